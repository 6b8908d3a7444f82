"""Lists that the register refers to: industries, bridges between them, municipalities."""

from collections.abc import Sequence
from typing import Any

from klustermotor.core import bulk
from klustermotor.register.models import Industry, IndustryCrosswalk, Municipality
from klustermotor.register.services.loading.entries import Entry
from klustermotor.register.services.loading.subjects.base import Subject, Writing, as_json

LEVELS = {1: "section", 2: "division", 3: "group", 4: "class", 5: "subclass"}


def level_of(code: str) -> str:
    """The level of a code: a letter is a section, five digits a subclass."""
    digits = code.replace(".", "")
    return LEVELS[min(len(digits), 5)] if digits.isdigit() else "section"


class IndustrySubject(Subject):
    """A code of a standard; told again with other titles it is changed, never taken away."""

    name = "industry"
    model = Industry
    scalars = {"standard": "", "code": "", "level": "", "parent": None, "titles": None}
    foreign = frozenset({"parent"})
    keyed = False
    columns = ("id", "standard", "code", "level", "parent_id", "titles")

    def stored(self, name: str, value: Any) -> Any:
        return as_json(value or {}) if name == "titles" else super().stored(name, value)

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        ordered = sorted(entries, key=lambda e: (len(e.values["code"].replace(".", "")), e.thing))
        bulk.insert(Industry, self.columns, [self.row(entry, {}) for entry in ordered])


class CrosswalkSubject(Subject):
    """A code that became another."""

    name = "crosswalk"
    model = IndustryCrosswalk
    scalars = {"old": None, "new": None, "is_partial": False}
    foreign = frozenset({"old", "new"})
    keyed = False
    columns = ("id", "old_id", "new_id", "is_partial")

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        bulk.insert(IndustryCrosswalk, self.columns, [self.row(entry, {}) for entry in entries])


class MunicipalitySubject(Subject):
    """A municipality with its boundary."""

    name = "municipality"
    model = Municipality
    scalars = {
        "country": "",
        "code": "",
        "name": "",
        "county_code": "",
        "county": "",
        "latitude": None,
        "longitude": None,
        "boundary": None,
    }
    keyed = False
    columns = ("id", *scalars)

    def stored(self, name: str, value: Any) -> Any:
        if name == "boundary":
            return as_json(value) if value else None
        return super().stored(name, value)

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        bulk.insert(Municipality, self.columns, [self.row(entry, {}) for entry in entries])
