"""Organisations, establishments, people and industries in files as people keep them.

The columns are recognised by their headings in three languages, else by what they hold; a person
can say what they are instead. Bolagsverket's and SCB's files are read by the same means.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from klustermotor.formats.errors import Fault, fail, fault
from klustermotor.formats.register import headings, people, swedish, values
from klustermotor.formats.register.cells import LENGTHS, RowReader
from klustermotor.formats.register.columns import Layout, recognise
from klustermotor.formats.register.record import Given, Into, Progress, Reading, Record
from klustermotor.formats.register.rows import Row, rows_of, unpacked

_YES = ("1", "ja", "yes", "true", "x", "delvis", "partial")
MEASURES = ("employees", "turnover", "value_added", "export_share", "research")
_SPLIT = re.compile(r"[;|\n]")
_PARTS = re.compile(r"[;|,\n]")


@dataclass(frozen=True)
class Sheet:
    """A kind of file in rows and columns: its headings, what a row becomes, what it must have."""

    headings: Mapping[str, tuple[str, ...]]
    records: Callable[[RowReader, Into, Layout], Iterator[Record]]
    needs: tuple[str, ...]
    """One of these must be there."""
    lenient: bool = False
    prepare: Callable[[RowReader], None] = field(default=lambda reader: None)


@dataclass
class _Open:
    """The file that a reading walks; it is closed when the walk ends."""

    stack: ExitStack
    rows: Iterator[Row]


def read_sheet(
    kind: str,
    path: Path,
    given: Given,
    chosen: Mapping[str, str] | None = None,
) -> Reading:
    """A file of one of the `SHEETS` as records.

    Where no column is recognised that it needs, there is a fault, and only the columns.
    """
    sheet, name = SHEETS[kind], given.name
    done = Progress()
    stack = ExitStack()
    try:
        plain = stack.enter_context(unpacked(path, name))
        rows = rows_of(plain, name, done)
        first = list(islice(rows, 220))
        if not first:
            raise fail("empty_file", name)
        layout = recognise(first, sheet.headings, name, chosen)
        fields = set(layout.fields.values())
        if not fields & set(sheet.needs):
            stack.close()
            return Reading(layout.columns, iter(()), done, layout.notes, (_lacking(sheet, name),))
    except BaseException:
        stack.close()
        raise
    records = _records(_Open(stack, chain(first, rows)), sheet, layout, given)
    return Reading(layout.columns, records, done, layout.notes)


def _lacking(sheet: Sheet, name: str) -> Fault:
    words = [sheet.headings[need][0] for need in sheet.needs]
    english = [need.replace("_", " ") for need in sheet.needs]
    return fault("register_columns", name, wanted=words, in_english=english)


def _records(opened: _Open, sheet: Sheet, layout: Layout, given: Given) -> Iterator[Record]:
    fields = layout.fields
    said = {column.field: column.heading for column in layout.columns if column.field}
    width = layout.width
    with opened.stack:
        for row in opened.rows:
            if row.number <= layout.first:
                continue
            cells = row.cells
            reader = RowReader(
                given.name,
                row.number,
                {field: cells[at] if at < len(cells) else None for at, field in fields.items()},
                said,
                given.known,
                sheet.lenient,
            )
            if len(cells) > width and any(cells[width:]):
                reader.say("cells_too_many", "", found=len(cells), wanted=width)
            if not any(reader.cells.values()) and not reader.faults:
                continue
            sheet.prepare(reader)
            yield from sheet.records(reader, given.into, layout)


def organisation_records(reader: RowReader, into: Into, layout: Layout) -> Iterator[Record]:
    """The organisation that a row tells of."""
    country = _country(reader, into)
    number = reader.number("number", None)
    name = reader.text("name")
    if not name:
        reader.say("name_missing", "name")
    if number:
        country = number.country
        reader.values["number"] = number.digits
        reader.values["is_sole_trader"] = number.is_personal
        if number.is_personal:
            reader.note("number_of_person", "number")
    if number or reader.cell("country"):
        reader.values["country"] = country
    _words(reader)
    _address(reader, country)
    reader.email()
    reader.website()
    reader.text("phone")
    reader.long_text("description")
    _parent(reader, country)
    reader.date("started")
    reader.date("ended")
    reader.dates_in_order("started", "ended")
    _industries(reader, into, country, layout)
    for column in ("former_names", "trade_names"):
        _listed(reader, column, _SPLIT, LENGTHS["name"])
    _listed(reader, "tags", _PARTS, LENGTHS["tag"])
    _chain(reader, into)
    _facts(reader, into, layout, country)
    own = reader.cell("key")
    yield Record(
        "organisation",
        reader.row,
        own or reader.values.get("number") or key_of_name(name, reader.values.get("municipality")),
        reader.values,
        tuple(reader.faults),
        tuple(reader.notes),
        name,
        bool(own),
    )


def key_of_name(name: str, municipality: object) -> str:
    """What stands for a key where the file has neither key nor number."""
    return f"{' '.join(name.casefold().split())[:100]}|{municipality or ''}"


def establishment_records(reader: RowReader, into: Into, layout: Layout) -> Iterator[Record]:
    """The establishment that a row tells of, and first the company that it belongs to."""
    country = into.country
    number = reader.number("organisation_number", None)
    company = " ".join(reader.cell("organisation_name").split())[: LENGTHS["name"]]
    if number is None and not reader.faults:
        reader.say("organisation_missing", "organisation_number")
    if number is not None:
        reader.values["organisation"] = number.digits
        country = number.country
        if company:
            yield Record(
                "organisation",
                reader.row,
                number.digits,
                {
                    "number": number.digits,
                    "name": company,
                    "country": number.country,
                    "is_sole_trader": number.is_personal,
                },
                label=company,
                context=True,
            )
    own = reader.cell("number").replace(" ", "").replace("-", "")
    reader.values["number"] = own[:20]
    reader.text("name")
    _address(reader, country)
    standard = into.standard_of(country)
    if reader.has("industry"):
        reader.take("industry", lambda text: values.read_industry(text, standard, reader.known))
    reader.date("opened")
    reader.date("closed")
    reader.dates_in_order("opened", "closed")
    year = _year(reader, into)
    if reader.has("employees") and (text := reader.cell("employees")):
        count = values.read_figure(text, 0, 1e7)
        if isinstance(count, tuple):
            reader.say(count[0], "employees", text, **count[1])
        elif year:
            reader.values["years"] = {str(year): plain_figure(count)}
    label = reader.values.get("name") or company or own
    place = f"{reader.values.get('organisation', '')}|{reader.values.get('street', '')}"
    yield Record(
        "establishment",
        reader.row,
        own or place.casefold()[:110],
        reader.values,
        tuple(reader.faults),
        tuple(reader.notes),
        label,
        bool(own),
    )


def industry_records(reader: RowReader, into: Into, layout: Layout) -> Iterator[Record]:
    """A code of a standard with its titles."""
    standard = (reader.cell("standard") or into.standard_of(into.country)).upper().replace(" ", "")
    if standard not in ("SNI2007", "SNI2025", "SN2007", "SN2025"):
        known = ("SNI2007", "SNI2025", "SN2007", "SN2025")
        reader.say("not_one_of", "standard", standard, known=known)
    code = values.industry_code(reader.cell("code"))
    if not code:
        reader.say("code_missing", "code", reader.cell("code"))
    given = values.industry_code(reader.cell("parent")) if reader.cell("parent") else ""
    titles = {}
    for language in ("sv", "nb", "en"):
        if title := " ".join(reader.cell(language).split()):
            titles[language] = title
    if not titles:
        reader.say("name_missing", "sv")
    yield Record(
        "industry",
        reader.row,
        f"{standard}:{code}",
        {"standard": standard, "code": code, "parent": given, "titles": titles},
        tuple(reader.faults),
        label=code,
    )


def crosswalk_records(reader: RowReader, into: Into, layout: Layout) -> Iterator[Record]:
    """A code of the old standard, and one that it became."""
    norwegian = into.country == "NO"
    pair = []
    for column, version in (("old", "2007"), ("new", "2025")):
        standard = f"{'SN' if norwegian else 'SNI'}{version}"
        code = values.industry_code(reader.cell(column))
        if not code:
            reader.say("code_missing", column, reader.cell(column))
        elif f"{standard}:{code}" not in reader.known.industries:
            reader.say("unknown_industry", column, reader.cell(column), standard=standard)
        pair.append(f"{standard}:{code}")
    partial = reader.cell("is_partial").casefold() in _YES
    yield Record(
        "crosswalk",
        reader.row,
        f"{pair[0]}>{pair[1]}",
        {"old": pair[0], "new": pair[1], "is_partial": partial},
        tuple(reader.faults),
        label=f"{pair[0]} → {pair[1]}",
    )


def _country(reader: RowReader, into: Into) -> str:
    text = reader.cell("country")
    if not text:
        return into.country
    found = values.read_word(text, values.COUNTRIES)
    if isinstance(found, tuple):
        reader.say(found[0], "country", text, **found[1])
        return into.country
    return found


def _words(reader: RowReader) -> None:
    for column, words in (("kind", values.KINDS), ("size", values.SIZES)):
        if reader.has(column) and reader.cell(column):
            reader.take(column, lambda text, words=words: values.read_word(text, words))
    reader.text("legal_form")


def _address(reader: RowReader, country: str) -> None:
    reader.text("street")
    reader.text("postcode")
    reader.text("city")
    reader.municipality("municipality", country)
    for column, most in (("latitude", 90), ("longitude", 180)):
        reader.take(column, lambda text, most=most: values.read_figure(text, -most, most))


def _parent(reader: RowReader, country: str) -> None:
    if reader.has("parent"):
        parent = reader.number("parent", None)
        if parent is not None:
            reader.values["parent"] = parent.digits


def _industries(reader: RowReader, into: Into, country: str, layout: Layout) -> None:
    codes: list[str] = []
    told = False
    for column in ("industries", "industries2", "industries3"):
        if not reader.has(column):
            continue
        told = True
        heading = reader.headings.get(column, "")
        standard = into.standard_of(country)
        if not into.standard and "2025" in heading:
            standard = standard.replace("2007", "2025")
        for text in _SPLIT.split(reader.cell(column)):
            if not text.strip() or set(text.strip()) <= {"0", "."}:
                continue
            found = values.read_industry(text, standard, reader.known)
            if isinstance(found, tuple):
                reader.say(found[0], column, text.strip(), **found[1])
            elif found not in codes:
                codes.append(found)
    if told:
        reader.values["industries"] = codes


def _listed(reader: RowReader, column: str, split: re.Pattern[str], most: int) -> None:
    if not reader.has(column):
        return
    found: list[str] = []
    for part in split.split(reader.cell(column)):
        text = " ".join(part.split())
        if len(text) > most:
            reader.say("too_long", column, text, found=len(text), most=most)
        elif text and text not in found:
            found.append(text)
    reader.values[column] = sorted(found)


def _chain(reader: RowReader, into: Into) -> None:
    """Positions in value chains: ``Stål: nedströms``, or the position alone."""
    if not reader.has("chain"):
        return
    found = []
    for part in _SPLIT.split(reader.cell("chain")):
        cluster, _colon, position = part.rpartition(":")
        cluster = " ".join(cluster.split()) or into.cluster
        if not position.strip():
            continue
        word = values.read_word(position.strip(), values.POSITIONS)
        if isinstance(word, tuple):
            reader.say(word[0], "chain", part.strip(), **word[1])
        else:
            found.append(f"{cluster or '–'}:{word}")
    reader.values["chain"] = sorted(set(found))


def _year(reader: RowReader, into: Into) -> int:
    text = reader.cell("year")
    if not text:
        return into.year
    year = values.read_figure(text[:4], 1900, 2100)
    if isinstance(year, tuple):
        reader.say(year[0], "year", text, **year[1])
        return 0
    return int(year)


def _facts(reader: RowReader, into: Into, layout: Layout, country: str) -> None:
    """Figures of a year, which heading, column or whole file names; the size class too."""
    year = _year(reader, into)
    years = {column.field: layout.years.get(column.place, 0) for column in layout.columns}
    facts: dict[str, str] = {}
    for measure in MEASURES:
        text = reader.cell(measure) if reader.has(measure) else ""
        if not text:
            continue
        high = 100 if measure == "export_share" else 1e15
        value = values.read_figure(text, -1e15 if measure == "value_added" else 0, high)
        if isinstance(value, tuple):
            reader.say(value[0], measure, text, **value[1])
            continue
        of = years.get(measure) or year
        if of:
            facts[f"{measure}:{of}"] = plain_figure(value)
        if measure == "employees" and not reader.cell("size"):
            reader.values["size"] = values.size_of(value)
    if facts:
        reader.values["facts"] = facts


def plain_figure(value: float) -> str:
    """A figure as it is kept and compared: 12, 12.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


SHEETS: Mapping[str, Sheet] = {
    "organisations": Sheet(headings.ORGANISATION, organisation_records, ("name",)),
    "establishments": Sheet(
        headings.ESTABLISHMENT, establishment_records, ("organisation_number", "number")
    ),
    "people": Sheet(headings.PERSON, people.person_records, ("name", "first_name", "last_name")),
    "industries": Sheet(headings.INDUSTRY, industry_records, ("code",)),
    "crosswalk": Sheet(headings.CROSSWALK, crosswalk_records, ("old",)),
    "bolagsverket": Sheet(
        headings.ORGANISATION, organisation_records, ("number", "name"), True, swedish.bolagsverket
    ),
    "scb": Sheet(
        headings.ESTABLISHMENT, establishment_records, ("organisation_number",), True, swedish.scb
    ),
}
