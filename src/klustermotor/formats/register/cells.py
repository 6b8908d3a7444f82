"""One row's cells read into values, with every fault named by its file, row, column and value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from klustermotor.analysis.identifiers import OrganisationNumber
from klustermotor.formats.errors import Fault, fault
from klustermotor.formats.register import values
from klustermotor.formats.register.record import Country, Known, Values
from klustermotor.formats.register.rows import FORMULA_LOST

LENGTHS: Mapping[str, int] = {
    "name": 200,
    "legal_form": 60,
    "street": 160,
    "postcode": 12,
    "city": 80,
    "phone": 40,
    "title": 80,
    "tag": 60,
}
_ERRORS = re.compile(
    r"#(REF|VALUE|NAME|DIV/0|NUM|SAKNAS|VÄRDEFEL|REFERENS|NAMN|OGILTIGT|VERDI|NAVN)[!?]", re.I
)


@dataclass
class RowReader:
    """Reads one row. What cannot be read is a fault, or only a note where `lenient`."""

    file: str
    row: int
    cells: Mapping[str, str | None]
    headings: Mapping[str, str]
    known: Known
    lenient: bool = False
    values: Values = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def say(self, kind: str, name: str, value: object = None, **details: object) -> None:
        """A fault in a column."""
        self.faults.append(self._fault(kind, name, value, **details))

    def note(self, kind: str, name: str, value: object = None, **details: object) -> None:
        """Something to know of a column although the row can be loaded."""
        self.notes.append(self._fault(kind, name, value, **details))

    def _fault(self, kind: str, name: str, value: object, **details: object) -> Fault:
        column = self.headings.get(name, name)
        return fault(kind, self.file, row=self.row, column=column, value=value, **details)

    def cell(self, name: str) -> str:
        """The text in a column; empty for nothing, and with a fault for a broken formula."""
        text = self.cells.get(name)
        if text is None:
            return ""
        if text == FORMULA_LOST:
            self.say("formula_not_stored", name)
            return ""
        if _ERRORS.fullmatch(text):
            self.say("cell_error", name, text)
            return ""
        if text[0] == "'" and text[1:2] in ("=", "+", "-", "@"):  # as our own files guard them
            text = text[1:]
        return "" if values.is_nothing(text) else text

    def has(self, name: str) -> bool:
        """Whether the file has the column at all."""
        return name in self.cells

    def take(self, name: str, read: Any, *, into: str = "", kind: str = "") -> Any:
        """Read a cell by ``read(text)`` and keep what comes of it; empty stays empty.

        `kind` is what is said instead where the value is only left out.
        """
        if not self.has(name):
            return None
        text = self.cell(name)
        value = read(text) if text else ""
        if isinstance(value, tuple):
            wrong, details = value
            if self.lenient and kind:
                self.note(kind, name, text, **details)
                return None
            self.say(wrong, name, text, **details)
            return None
        self.values[into or name] = value
        return value

    def text(self, name: str, *, into: str = "") -> str:
        """Text as it stands, with single blanks."""
        if not self.has(name):
            return ""
        value = " ".join(self.cell(name).split())
        most = LENGTHS.get(into or name, 0)
        if most and len(value) > most:
            if self.lenient:
                value = value[:most].strip()
            else:
                self.say("too_long", name, value, found=len(value), most=most)
        self.values[into or name] = value
        return value

    def long_text(self, name: str) -> None:
        """Text with its lines."""
        if self.has(name):
            self.values[name] = self.cell(name).strip()

    def date(self, name: str) -> None:
        self.take(name, values.read_date)

    def number(self, name: str, country: Country | None) -> OrganisationNumber | None:
        """An organisation number; nothing, with a fault, when it is not valid."""
        text = self.cell(name)
        if not text:
            return None
        found = values.read_number(text, country)
        if isinstance(found, tuple):
            self.say(found[0], name, text, **found[1])
            return None
        return found

    def municipality(self, name: str, country: str) -> None:
        self.take(
            name,
            lambda text: values.read_municipality(text, country, self.known),
            into="municipality",
            kind="municipality_left_out",
        )

    def email(self, name: str = "email") -> None:
        self.take(name, values.read_email, kind="email_left_out")

    def website(self, name: str = "website") -> None:
        self.take(name, values.read_website, kind="website_left_out")

    def dates_in_order(self, first: str, last: str) -> None:
        """Say when the one date lies after the other."""
        one, other = self.values.get(first), self.values.get(last)
        if one and other and one > other:
            self.say("dates_reversed", last, other, first=one)
