"""Establishments with the employees of each year."""

from collections.abc import Mapping, Sequence
from typing import Any

from klustermotor.core import bulk
from klustermotor.register.models import Establishment, EstablishmentYear
from klustermotor.register.services.loading.entries import Entry, Values
from klustermotor.register.services.loading.subjects.base import (
    Subject,
    Writing,
    plain_decimal,
    plain_id,
    replace_rows,
)


class EstablishmentSubject(Subject):
    """A unit at an address; `organisation` is told by number and stands in `refs` by id."""

    name = "establishment"
    model = Establishment
    scalars = {
        "organisation": None,
        "number": "",
        "name": "",
        "street": "",
        "postcode": "",
        "city": "",
        "municipality": None,
        "latitude": None,
        "longitude": None,
        "industry": None,
        "opened": None,
        "closed": None,
    }
    foreign = frozenset({"organisation", "municipality", "industry"})
    parts = ("years",)
    additive = frozenset({"years"})
    with_history = (Establishment, EstablishmentYear)
    columns = (
        "id",
        *(f"{n}_id" if n in ("organisation", "municipality", "industry") else n for n in scalars),
    )
    ends_by = "closed"

    def current(self, ids: Sequence[str], source: str, parts: Any = ()) -> dict[str, Values]:
        found = super().current(ids, source, parts)
        rows = Establishment.objects.filter(pk__in=list(found))
        for key, number in rows.values_list("pk", "organisation__number"):
            found[plain_id(key)]["organisation"] = number
        return found

    def nothing(self, part: str) -> Any:
        return {}

    def read_part(self, name: str, ids: Sequence[str], source: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        years = EstablishmentYear.objects.filter(establishment__in=ids, source=source)
        for key, year, count in years.values_list("establishment", "year", "employees"):
            found.setdefault(plain_id(key), {})[str(year)] = plain_decimal(count)
        return found

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        bulk.insert(Establishment, self.columns, [self.row(entry, {}) for entry in entries])
        self._insert_years(
            [(e.thing, y, n) for e in entries for y, n in (e.values.get("years") or {}).items()],
            writing,
        )

    def write_part(
        self, name: str, values: Mapping[str, Any], writing: Writing, refs: Mapping[str, Values]
    ) -> None:
        wanted = {k: {y: {"employees": n} for y, n in all_.items()} for k, all_ in values.items()}
        missing = replace_rows(
            EstablishmentYear,
            "establishment",
            wanted,
            lambda row: str(row.year),
            EstablishmentYear.objects.filter(source=writing.source),
        )
        self._insert_years([(thing, y, f["employees"]) for thing, y, f in missing], writing)

    def _insert_years(self, rows: list[tuple[str, str, str]], writing: Writing) -> None:
        bulk.insert(
            EstablishmentYear,
            ("id", "establishment_id", "year", "employees", "source_id"),
            [(writing.next_id(), key, int(y), n, writing.source) for key, y, n in rows],
        )
