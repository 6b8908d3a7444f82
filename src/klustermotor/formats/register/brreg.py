"""Enhetsregisteret and its underenheter as Brønnøysundregistrene gives them out: CSV or JSON.

Both may be packed as .gz. The headings of the CSV are the names of the JSON with dots between the
levels (``forretningsadresse.kommunenummer``). Which of the two registers a file holds, its
headings say: underenheter have a ``beliggenhetsadresse``.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from operator import mul
from pathlib import Path
from typing import Any

from klustermotor.analysis.identifiers import is_organisation_number
from klustermotor.formats.errors import Fault, fail, fault
from klustermotor.formats.register import values
from klustermotor.formats.register.json_rows import is_json, objects_of
from klustermotor.formats.register.record import (
    ColumnRead,
    Given,
    Known,
    Progress,
    Reading,
    Record,
)
from klustermotor.formats.register.rows import Row, rows_of, unpacked

PUBLIC_FORMS = frozenset({"KOMM", "FYLK", "STAT", "ORGL", "SF", "KF", "FKF", "IKS", "ADOS"})
OTHER_FORMS = frozenset({"FLI", "STI", "ESEK", "PK", "SAM", "KIRK", "BRL", "BBL", "PERS"})
SOLE_TRADER = "ENK"
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_HIGHER_EDUCATION = ("85.41", "85.42")

COLUMNS: Mapping[str, str] = {
    "organisasjonsnummer": "number",
    "navn": "name",
    "organisasjonsform.kode": "legal_form",
    "naeringskode1.kode": "industries",
    "naeringskode2.kode": "industries",
    "naeringskode3.kode": "industries",
    "antallAnsatte": "size",
    "hjemmeside": "website",
    "epostadresse": "email",
    "telefon": "phone",
    "mobil": "phone",
    "forretningsadresse.adresse": "street",
    "forretningsadresse.postnummer": "postcode",
    "forretningsadresse.poststed": "city",
    "forretningsadresse.kommunenummer": "municipality",
    "beliggenhetsadresse.adresse": "street",
    "beliggenhetsadresse.postnummer": "postcode",
    "beliggenhetsadresse.poststed": "city",
    "beliggenhetsadresse.kommunenummer": "municipality",
    "registreringsdatoEnhetsregisteret": "started",
    "slettedato": "ended",
    "overordnetEnhet": "parent",
    "aktivitet": "description",
    "vedtektsfestetFormaal": "description",
    "oppstartsdato": "opened",
    "nedleggelsesdato": "closed",
    "registreringsdatoAntallAnsatteEnhetsregisteret": "year",
}
_BY_SMALL = {name.casefold(): name for name in COLUMNS}

Get = Callable[[str], str]


def read_brreg(path: Path, given: Given) -> Reading:
    """The units, or the establishments, of a bulk file. Raises InputError for any other file."""
    done, name = Progress(), given.name
    titles: dict[str, str] = {}
    stack = ExitStack()
    try:
        plain = stack.enter_context(unpacked(path, name))
        if is_json(plain):
            flat = (_flat(one) for one in objects_of(plain, name, done))
            first = list(islice(flat, 200))
            headings = list(dict.fromkeys(key for one in first for key in one))
            rows = enumerate(chain(first, flat), start=1)
            reader: Iterator[tuple[int, Get]] = ((at, _getter(one)) for at, one in rows)
        else:
            lines = rows_of(plain, name, done, raw=True)
            head = next(lines, None)
            headings = [(cell or "").strip() for cell in head.cells] if head else []
            reader = _from_cells(lines, headings)
        names = {_BY_SMALL.get(heading.casefold(), heading) for heading in headings}
        if not {"organisasjonsnummer", "navn"} <= names:
            wanted = ("organisasjonsnummer", "navn")
            raise fail("register_columns", name, wanted=wanted, in_english=wanted)
    except BaseException:
        stack.close()
        raise
    units = _Units(name, given.known, given.into.standard or "SN2007", titles)
    columns = tuple(
        ColumnRead(
            at,
            heading,
            field := COLUMNS.get(_BY_SMALL.get(heading.casefold(), ""), ""),
            "heading" if field else "",
        )
        for at, heading in enumerate(headings)
    )
    parts = any(name.startswith("beliggenhetsadresse") for name in names)
    one = _establishment if parts else _organisation
    records = _records(stack, reader, one, units)
    return Reading(columns, records, done, titles=titles)


def _from_cells(lines: Iterator[Row], headings: list[str]) -> Iterator[tuple[int, Get]]:
    place = {_BY_SMALL.get(name.casefold(), name): at for at, name in enumerate(headings)}
    width = len(headings)
    for row in lines:
        cells = row.cells
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))

        def get(name: str, cells: list[str | None] = cells, at: dict[str, int] = place) -> str:
            return (cells[at[name]] or "").strip() if name in at else ""

        yield row.number, get


def _flat(given: Mapping[str, Any]) -> dict[str, str]:
    """An object of the JSON with the names of the CSV."""
    found: dict[str, str] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            for part, inner in value.items():
                found[f"{name}.{part}"] = _joined(inner)
        else:
            found[name] = _joined(value)
    return found


def _joined(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value if part)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _getter(one: Mapping[str, str]) -> Get:
    small = {_BY_SMALL.get(name.casefold(), name): value for name, value in one.items()}
    return lambda name: small.get(name, "")


def _records(
    stack: ExitStack,
    rows: Iterator[tuple[int, Get]],
    one: Callable[..., Record],
    units: "_Units",
) -> Iterator[Record]:
    with stack:
        for number, get in rows:
            yield one(number, get, units)


@dataclass(frozen=True)
class _Units:
    """What the rows of one file share, and the titles of industries that they tell."""

    file: str
    known: Known
    standard: str
    titles: dict[str, str]


@dataclass(frozen=True)
class _Said:
    """What is wrong with a row, and what is to know of it."""

    faults: list[Fault]
    notes: list[Fault]


def _is_valid(number: str) -> bool:
    """Whether nine digits have the check digit that they should; what else, stdnum tells."""
    if len(number) == 9 and number.isascii() and number.isdigit():
        rest: int = sum(map(mul, map(int, number[:8]), _WEIGHTS)) % 11
        return (11 - rest) % 11 == int(number[8])
    return is_organisation_number(number, "NO")


def _common(
    row: int, get: Get, units: _Units, address: str, said: _Said
) -> tuple[str, str, dict[str, Any]]:
    """Number, name and address: what units and establishments have in common."""
    file, known, faults = units.file, units.known, said.faults
    number = get("organisasjonsnummer")
    if not _is_valid(number):
        found = values.read_number(number, "NO")
        kind = found[0] if isinstance(found, tuple) else "number_letters"
        faults.append(fault(kind, file, row=row, column="organisasjonsnummer", value=number))
    name = " ".join(get("navn").split())
    if not name:
        faults.append(fault("name_missing", file, row=row, column="navn"))
    if not get(f"{address}.postnummer") and address == "forretningsadresse":
        address = "postadresse"
    code = get(f"{address}.kommunenummer")
    municipality = f"NO-{code.zfill(4)}" if code else ""
    if municipality and municipality not in known.municipalities:
        column = f"{address}.kommunenummer"
        said.notes.append(fault("municipality_left_out", file, row=row, column=column, value=code))
        municipality = ""
    return (
        number,
        name[:200],
        {
            "number": number,
            "name": name[:200],
            "street": get(f"{address}.adresse")[:160],
            "postcode": get(f"{address}.postnummer")[:12],
            "city": get(f"{address}.poststed")[:80],
            "municipality": municipality,
        },
    )


def _codes(get: Get, units: _Units) -> list[str]:
    codes: list[str] = []
    for at in ("1", "2", "3"):
        code = get(f"naeringskode{at}.kode")
        if not code:
            break
        if code == "00.000":  # "uoppgitt": not told
            continue
        key = f"{units.standard}:{code if '.' in code else values.dotted(code)}"
        if key not in codes:
            codes.append(key)
            if key not in units.known.industries and key not in units.titles:
                units.titles[key] = get(f"naeringskode{at}.beskrivelse")
    return codes


def _date(get: Get, column: str, row: int, file: str, said: _Said) -> str:
    text = get(column)
    if not text:
        return ""
    if len(text) == 10 and text[4] == "-" and text[7] == "-" and "1800" < text < "2200":
        return text
    found = values.read_date(text)
    if isinstance(found, tuple):
        said.notes.append(fault("wrong_date", file, row=row, column=column, value=text))
        return ""
    return found


def _organisation(row: int, get: Get, units: _Units) -> Record:
    said, file = _Said([], []), units.file
    number, name, told = _common(row, get, units, "forretningsadresse", said)
    form = get("organisasjonsform.kode")
    told["country"] = "NO"
    told["legal_form"] = form
    told["is_sole_trader"] = form == SOLE_TRADER
    codes = _codes(get, units)
    told["industries"] = codes
    told["kind"] = _kind(form, codes)
    employees = get("antallAnsatte")
    told["size"] = values.size_of(int(employees)) if employees.isdigit() else ""
    for column, field, read in (
        ("hjemmeside", "website", values.read_website),
        ("epostadresse", "email", values.read_email),
    ):
        text = get(column)
        value = read(text) if text else ""
        if isinstance(value, tuple):
            kind = f"{field}_left_out"
            said.notes.append(fault(kind, file, row=row, column=column, value=text))
            value = ""
        told[field] = value
    told["phone"] = (get("telefon") or get("mobil"))[:40]
    told["description"] = get("aktivitet") or get("vedtektsfestetFormaal")
    told["parent"] = get("overordnetEnhet")
    told["started"] = _date(get, "registreringsdatoEnhetsregisteret", row, file, said)
    told["ended"] = _date(get, "slettedato", row, file, said)
    year = get("registreringsdatoAntallAnsatteEnhetsregisteret")[:4]
    if employees.isdigit() and year.isdigit():
        told["facts"] = {f"employees:{year}": employees}
    return Record("organisation", row, number, told, tuple(said.faults), tuple(said.notes), name)


def _kind(form: str, codes: list[str]) -> str:
    if codes and codes[0].split(":")[1].startswith(_HIGHER_EDUCATION):
        return "academia"
    if form in PUBLIC_FORMS:
        return "public"
    return "other" if form in OTHER_FORMS else "company"


def _establishment(row: int, get: Get, units: _Units) -> Record:
    said, file = _Said([], []), units.file
    number, name, told = _common(row, get, units, "beliggenhetsadresse", said)
    owner = get("overordnetEnhet")
    if not owner:
        said.faults.append(fault("organisation_missing", file, row=row, column="overordnetEnhet"))
    told["organisation"] = owner
    codes = _codes(get, units)
    told["industry"] = codes[0] if codes else ""
    told["opened"] = _date(get, "oppstartsdato", row, file, said)
    told["closed"] = _date(get, "nedleggelsesdato", row, file, said)
    employees = get("antallAnsatte")
    year = get("registreringsdatoAntallAnsatteEnhetsregisteret")[:4]
    if employees.isdigit() and year.isdigit():
        told["years"] = {year: employees}
    return Record("establishment", row, number, told, tuple(said.faults), tuple(said.notes), name)
