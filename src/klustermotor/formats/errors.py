"""Faults in what a user gave: which file, row, column and value, and what would be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from klustermotor.formats.messages import MESSAGES, WORDS

SHOWN, LISTED = 20, 20
"""How many faults a message lists before it only counts the rest."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in an input, and where.

    `kind` is a key of `messages.MESSAGES`; `details` fills the gaps in its wording. `row` counts
    as a spreadsheet does (the heading is row 1), `line` as a text editor.
    """

    kind: str
    file: str
    row: int | None = None
    line: int | None = None
    column: str = ""
    value: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)

    def problem(self, language: str = "en") -> str:
        """What is wrong."""
        return self._filled(MESSAGES[self.kind][language][0])

    def remedy(self, language: str = "en") -> str:
        """What would be right."""
        return self._filled(MESSAGES[self.kind][language][1])

    def text(self, language: str = "en") -> str:
        """Place, value, problem and remedy in one line."""
        words = WORDS[language]
        place = [self.file] if self.file else []
        if self.line is not None:
            place.append(f"{words['line']} {self.line}")
        if self.row is not None:
            place.append(f"{words['row']} {self.row}")
        if self.column:
            place.append(f"{words['column']} {self.column}" if self.row else self.column)
        said = f"{self.problem(language)}. {self.remedy(language)}."
        return f"{', '.join(place)}: {said}" if place else said[:1].upper() + said[1:]

    def __str__(self) -> str:
        return self.text()

    def _filled(self, wording: str) -> str:
        value = "" if self.value is None else _one_line(self.value)
        return wording.format(
            value=value, column=self.column, **{k: _listed(v) for k, v in self.details.items()}
        )


class InputError(Exception):
    """An input that cannot be used. `faults` are those kept, `count` all that were found."""

    def __init__(self, faults: Iterable[Fault], count: int | None = None) -> None:
        self.faults = tuple(faults)
        self.count = len(self.faults) if count is None else count
        super().__init__(self.text())

    def text(self, language: str = "en") -> str:
        """One line per fault, the first `SHOWN` of them, and how many more there are."""
        lines = [fault.text(language) for fault in self.faults[:SHOWN]]
        if self.count > len(lines):
            lines.append(WORDS[language]["more"].format(count=self.count - len(lines)))
        return "\n".join(lines)


def fail(kind: str, file: str, **place: object) -> InputError:
    """An InputError of one fault; whatever is no place in the file is a detail of the wording."""
    return InputError([fault(kind, file, **place)])


def fault(kind: str, file: str, **place: object) -> Fault:
    """A Fault; keywords other than row, line, column and value are details of the wording."""
    row, line = place.pop("row", None), place.pop("line", None)
    column, value = place.pop("column", ""), place.pop("value", None)
    return Fault(
        kind,
        file,
        row=row if isinstance(row, int) else None,
        line=line if isinstance(line, int) else None,
        column=str(column),
        value=None if value is None else str(value),
        details=place,
    )


def _listed(value: object) -> str:
    if isinstance(value, str):
        return _one_line(value)
    if isinstance(value, Iterable):
        parts = [str(part) for part in value]
        more = ", …" if len(parts) > LISTED else ""
        return ", ".join(parts[:LISTED]) + more
    return str(value)


def _one_line(text: str) -> str:
    """Text of a user as it can stand in a one-line message: no control characters, not long."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
