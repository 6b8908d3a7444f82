"""Which column is what: by its heading, by what it holds, and when two have changed places."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from klustermotor.analysis.identifiers import is_organisation_number
from klustermotor.formats.errors import Fault, fault
from klustermotor.formats.register import values
from klustermotor.formats.register.record import ColumnRead
from klustermotor.formats.register.rows import Cells, Row

Headings = Mapping[str, tuple[str, ...]]
LOOKED_AT = 200
"""Rows that are looked at to recognise columns by what they hold."""
HEADING_WITHIN = 12
"""Rows within which the headings are looked for: above them may stand titles."""
MOST = 0.6
"""The share of a column's values that must look like a kind to be taken for it."""
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_COMPANY = re.compile(
    r"\b(AB|HB|KB|AS|ASA|ANS|DA|ENK|Aktiebolag|Handelsbolag|ek\.? för\.?|SA|BA)\b"
)
_PERSON = re.compile(r"^[A-ZÅÄÖÆØ][\w'-]+(?: [A-ZÅÄÖÆØ][\w'.-]*)+$")


@dataclass(frozen=True)
class Layout:
    """How the columns of a file are read.

    `fields` says per place what stands there; `years` the year that a heading names for a figure;
    `first` is the row number of the headings.
    """

    columns: tuple[ColumnRead, ...]
    years: Mapping[int, int]
    first: int
    width: int
    """Cells that the row of headings has; more in a row below is a fault."""
    notes: tuple[Fault, ...] = ()

    @property
    def fields(self) -> dict[int, str]:
        """Place → field, of the columns that are used."""
        return {column.place: column.field for column in self.columns if column.field}


def recognise(
    rows: Sequence[Row],
    headings: Headings,
    file: str,
    chosen: Mapping[str, str] | None = None,
) -> Layout:
    """What the columns of the first rows of a file are.

    `chosen` says per place (as text) what a person has decided; it goes before everything else.
    """
    words = _by_word(headings)
    at = _heading_row(rows, words)
    names = _names(rows, at)
    body = [row.cells for row in rows[at + 1 :]][:LOOKED_AT]
    found: dict[int, tuple[str, str]] = {}
    years: dict[int, int] = {}
    for place, name in enumerate(names):
        if chosen is not None:
            field, by = chosen.get(str(place), ""), "chosen"
        else:
            field, by = _by_heading(name, words), "heading"
        taken = field in {f for f, _by in found.values()}
        if field and (not taken or field in ("employees", "turnover")):
            found[place] = (field, by)
            if year := _YEAR.search(name):
                years[place] = int(year[1])
    notes: tuple[Fault, ...] = ()
    if chosen is None:
        found, notes = _swapped(found, names, body, file=file, row=rows[at].number)
        _by_values(found, names, body, headings)
    columns = tuple(
        ColumnRead(
            place,
            name or _letters(place),
            found.get(place, ("", ""))[0],
            found.get(place, ("", ""))[1],
            tuple(_sample(body, place))[:3],
        )
        for place, name in enumerate(names)
    )
    return Layout(columns, years, rows[at].number, len(rows[at].cells), notes)


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading without case, marks and what stands in brackets."""
    text = re.sub(r"[(\[].*?[)\]]", " ", heading.casefold())
    return " ".join(re.sub(r"[*:.,;_/\"#?\n\r\t]", " ", text).split())


def _by_word(headings: Headings) -> dict[str, str]:
    words: dict[str, str] = {}
    for field, alike in headings.items():
        for word in (*alike, field):
            words.setdefault(plain(word), field)
    return words


def _by_heading(name: str, words: Mapping[str, str]) -> str:
    text = plain(name)
    if text in words:
        return words[text]
    without_year = " ".join(_YEAR.sub(" ", text).split())
    if without_year != text and without_year in words:
        return words[without_year]
    last = text.rsplit(" ", 1)[-1]  # "Besöksadress Postnr": the group of merged headings first
    return words.get(last, "") if " " in text else ""


def _heading_row(rows: Sequence[Row], words: Mapping[str, str]) -> int:
    """The place of the row with most headings among the first; else the first row."""

    def score(place: int) -> tuple[int, int]:
        names = [_by_heading(cell or "", words) for cell in rows[place].cells]
        return len({name for name in names if name}), -place

    return max(range(min(len(rows), HEADING_WITHIN)), key=score, default=0)


def _names(rows: Sequence[Row], at: int) -> list[str]:
    """The headings; one that stands twice gets the merged heading above it in front."""
    width = max(len(row.cells) for row in rows[at:])
    names = [(_cell(rows[at].cells, place) or "").strip() for place in range(width)]
    if at == 0:
        return names
    above, group = [], ""
    for place in range(width):
        group = _cell(rows[at - 1].cells, place) or group
        above.append(group)
    return [
        f"{above[place]} {name}".strip() if name and names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def _cell(cells: Cells, place: int) -> str | None:
    return cells[place] if place < len(cells) else None


def _sample(body: Sequence[Cells], place: int) -> list[str]:
    cells = (_cell(row, place) for row in body)
    return [cell for cell in cells if cell and not values.is_nothing(cell)]


def _share(body: Sequence[Cells], place: int, test: Callable[[str], bool]) -> float:
    """How large a share of a column's values pass a test; nought for an empty column."""
    sample = _sample(body, place)
    return sum(map(test, sample)) / len(sample) if sample else 0.0


def _is_email(text: str) -> bool:
    return isinstance(values.read_email(text), str)


def _is_website(text: str) -> bool:
    return "@" not in text and isinstance(values.read_website(text), str)


def _is_postcode(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3} \d{2}", text))


def _is_number(text: str) -> bool:
    return is_organisation_number(text)


def _is_company(text: str) -> bool:
    return bool(_COMPANY.search(text))


def _is_person(text: str) -> bool:
    return bool(_PERSON.match(text)) and not _is_company(text)


def _swapped(
    found: dict[int, tuple[str, str]],
    names: Sequence[str],
    body: Sequence[Cells],
    *,
    file: str,
    row: int,
) -> tuple[dict[int, tuple[str, str]], tuple[Fault, ...]]:
    """Two headings that have changed places: the numbers stand under the name."""
    places = {field: place for place, (field, _by) in found.items()}
    number = places.get("number", places.get("organisation_number"))
    name = places.get("name", places.get("organisation_name"))
    if number is None or name is None:
        return found, ()
    under_name, under_number = (_share(body, place, _is_number) for place in (name, number))
    if under_name < MOST or under_number > 1 - MOST:
        return found, ()
    said = fault(
        "columns_swapped",
        file,
        row=row,
        column=names[name],
        first=names[name],
        second=names[number],
    )
    turned = {number: (found[name][0], "swapped"), name: (found[number][0], "swapped")}
    return {**found, **turned}, (said,)


def _by_values(
    found: dict[int, tuple[str, str]],
    names: Sequence[str],
    body: Sequence[Cells],
    headings: Headings,
) -> None:
    """Take columns that no heading tells of for what they hold, where that is missing."""
    tests: list[tuple[tuple[str, ...], Callable[[str], bool]]] = [
        (("number", "organisation_number"), _is_number),
        (("email",), _is_email),
        (("website",), _is_website),
        (("postcode",), _is_postcode),
    ]
    if "first_name" in headings:
        tests += [(("name",), _is_person), (("organisation_name",), _is_company)]
    else:
        tests.append((("name", "organisation_name"), _is_company))
    for fields, test in tests:
        have = {field for field, _by in found.values()}
        wanted = next((field for field in fields if field in headings), "")
        if not wanted or have & set(fields):
            continue
        free = [place for place in range(len(names)) if place not in found]
        best = max(free, key=lambda place: _share(body, place, test), default=None)
        if best is not None and _share(body, best, test) >= MOST:
            found[best] = (wanted, "values")


def _letters(position: int) -> str:
    from klustermotor.formats.tables import letters

    return letters(position)
