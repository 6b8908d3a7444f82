"""What a reader of register data gives: one record per thing that a row of a file tells of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from klustermotor.formats.errors import Fault

Country = Literal["SE", "NO"]
Values = dict[str, Any]
"""Field → value as it is kept and compared: text, number, bool, ISO date, or a list of such.

A field that is absent was not told; an empty one (``""``, ``[]``) was told to be empty.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What one row of a file tells of one thing.

    `subject` is ``organisation``, ``establishment``, ``person``, ``industry``, ``crosswalk`` or
    ``municipality``; `key` is what the source itself calls it. With `faults` it cannot be loaded;
    `notes` are what a person should know of it although it can. A `context` record is only
    mentioned by its row (the company of an establishment) and counts for nothing by itself.
    """

    subject: str
    row: int
    key: str
    values: Values
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    label: str = ""
    own_key: bool = False
    """Whether the key is the source's own, and not made up of number or name."""
    context: bool = False


@dataclass(frozen=True)
class Known:
    """What a record may refer to: municipalities by id and by name, industries by id."""

    municipalities: Mapping[str, str] = field(default_factory=dict)
    """Id (``SE-2080``) → name."""
    industries: frozenset[str] = frozenset()
    """Ids such as ``SN2007:62.010``."""

    def municipality_named(self, name: str, country: str) -> str:
        """The id of a municipality by its name, with or without the word for municipality."""
        return self._by_name.get((country, plain_place(name)), "")

    @property
    def _by_name(self) -> Mapping[tuple[str, str], str]:
        kept: dict[tuple[str, str], str] | None = self.__dict__.get("_names")
        if kept is None:
            kept = {(key[:2], plain_place(name)): key for key, name in self.municipalities.items()}
            self.__dict__["_names"] = kept
        return kept


def plain_place(name: str) -> str:
    """A municipality's name in small letters, without ``kommun``, ``kommune`` and a genitive s."""
    text = " ".join(name.casefold().split())
    for ending in (" kommun", " kommune", " municipality"):
        if text.endswith(ending):
            text = text.removesuffix(ending)
            if ending == " kommun" and text.endswith("s"):
                text = text.removesuffix("s")
            break
    return text.split(" - ")[0].strip()


@dataclass(frozen=True)
class Into:
    """What holds for a whole file: country, standard of industries, year of its figures …"""

    country: Country = "SE"
    standard: str = ""
    year: int = 0
    cluster: str = ""
    basis: str = ""
    purpose: str = "contact"
    given_on: str = ""

    def standard_of(self, country: str) -> str:
        """The standard of industry codes, where no heading names it."""
        return self.standard or ("SN2007" if country == "NO" else "SNI2007")


@dataclass(frozen=True)
class Given:
    """What a file is called, what it may refer to, and what holds for all of it."""

    name: str
    known: Known
    into: Into


@dataclass(frozen=True)
class Reading:
    """How far a file has been read: its columns as they were understood, and its records.

    `records` may be walked once. `done` says how much of the file has been read, 0–1.
    """

    columns: "tuple[ColumnRead, ...]"
    records: Iterator[Record]
    done: "Progress"
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What is wrong with the whole file; there are then no records, only columns."""
    titles: dict[str, str] = field(default_factory=dict)
    """What the file itself calls industries that are not known, by id; it grows with the walk."""


@dataclass
class Progress:
    """How much of a file has been read, 0–1."""

    share: float = 0.0


@dataclass(frozen=True)
class ColumnRead:
    """One column of a file: its place and heading, what it was taken for, and by what."""

    place: int
    heading: str
    field: str
    by: str
    """``heading``, ``values``, ``swapped``, ``chosen`` or nothing."""
    examples: tuple[str, ...] = ()
