"""Municipalities with their boundaries, from GeoJSON in degrees (WGS 84)."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from klustermotor.formats.errors import Fault, fail, fault
from klustermotor.formats.register.headings import words
from klustermotor.formats.register.json_rows import is_json, objects_of
from klustermotor.formats.register.record import ColumnRead, Given, Progress, Reading, Record
from klustermotor.formats.register.rows import unpacked

_CODES = words("kommunenummer|kommunkod|kommun_kod|knkod|lau_code|lau_id|kommunnr|code|kode|kod|id")
_NAMES = ("kommunenavn", "kommunnamn", "kommun_namn", "name", "navn", "namn", "knnamn", "lau_name")
_COUNTY_CODES = ("fylkesnummer", "lanskod", "länskod", "county_code", "lan_kod")
_COUNTIES = ("fylkesnavn", "lansnamn", "länsnamn", "county", "lan", "län", "fylke")


def read_boundaries(path: Path, given: Given) -> Reading:
    """One municipality per feature; the properties are known by their usual names."""
    done, name = Progress(), given.name
    stack = ExitStack()
    try:
        plain = stack.enter_context(unpacked(path, name))
        if not is_json(plain):
            raise fail("wrong_json", name, reason="no GeoJSON")
        features = objects_of(plain, name, done)
        first = next(features, None)
        if first is None:
            raise fail("register_no_rows", name)
    except BaseException:
        stack.close()
        raise
    headings = list((first.get("properties") or {}).keys())
    columns = tuple(
        ColumnRead(at, heading, _field(heading), "heading" if _field(heading) else "")
        for at, heading in enumerate(headings)
    )
    return Reading(columns, _records(stack, first, features, given), done)


def _field(heading: str) -> str:
    for field, names in (
        ("code", _CODES),
        ("name", _NAMES),
        ("county_code", _COUNTY_CODES),
        ("county", _COUNTIES),
    ):
        if heading.casefold() in names:
            return field
    return ""


def _records(
    stack: ExitStack,
    first: dict[str, Any],
    rest: Iterator[dict[str, Any]],
    given: Given,
) -> Iterator[Record]:
    with stack:
        yield _record(1, first, given)
        for number, feature in enumerate(rest, start=2):
            yield _record(number, feature, given)


def _record(row: int, feature: dict[str, Any], of: Given) -> Record:
    file, known, into = of.name, of.known, of.into
    faults: list[Fault] = []
    given = {str(k).casefold(): v for k, v in (feature.get("properties") or {}).items()}
    code = _text(given, _CODES).removeprefix("SE-").removeprefix("NO-")
    label = _text(given, _NAMES)
    if not code.isdigit():
        faults.append(fault("code_missing", file, row=row, column="properties", value=label))
    code = code.zfill(4)
    key = f"{into.country}-{code}"
    if not label and not known.municipalities.get(key):
        faults.append(fault("name_missing", file, row=row, column="properties", value=code))
    told: dict[str, Any] = {"country": into.country, "code": code}
    if label:
        told["name"] = label[:80]
    for field, names in (("county_code", _COUNTY_CODES), ("county", _COUNTIES)):
        if text := _text(given, names):
            told[field] = text[:80]
    geometry = feature.get("geometry") or {}
    points = list(_points(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if geometry.get("type") not in ("Polygon", "MultiPolygon") or not points:
        faults.append(fault("no_geometry", file, row=row, column="geometry", value=code))
    elif wrong := next((p for p in points if abs(p[0]) > 180 or abs(p[1]) > 90), None):
        faults.append(fault("not_degrees", file, row=row, column="geometry", value=wrong))
    else:
        told["boundary"] = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
        told["longitude"] = round((min(p[0] for p in points) + max(p[0] for p in points)) / 2, 6)
        told["latitude"] = round((min(p[1] for p in points) + max(p[1] for p in points)) / 2, 6)
    return Record("municipality", row, key, told, tuple(faults), label=label or code)


def _text(given: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = given.get(name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = value[0].get("navn")  # Kartverket lists names in several languages
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value).strip()
    return ""


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(coordinates, list) or not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        if len(coordinates) >= 2:
            yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)
