"""Organisations with their industries, other names, tags, positions and figures."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from klustermotor.core import bulk
from klustermotor.register.models import (
    FormerNumber,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Tag,
    ValueChainPosition,
    YearlyFact,
)
from klustermotor.register.services.industries import keep_main_industries
from klustermotor.register.services.loading.entries import Entry, Values
from klustermotor.register.services.loading.names import plain_name
from klustermotor.register.services.loading.subjects.base import (
    Subject,
    Writing,
    plain_decimal,
    plain_id,
    replace_rows,
)

UNITS = {"employees": "persons", "export_share": "percent"}


class OrganisationSubject(Subject):
    """A legal unit. Its parent is told by number and set when all of a file is there."""

    name = "organisation"
    model = Organisation
    scalars = {
        "name": "",
        "number": "",
        "country": "SE",
        "kind": "company",
        "legal_form": "",
        "is_sole_trader": False,
        "municipality": None,
        "street": "",
        "postcode": "",
        "city": "",
        "latitude": None,
        "longitude": None,
        "size": "",
        "website": "",
        "email": "",
        "phone": "",
        "description": "",
        "started": None,
        "ended": None,
    }
    foreign = frozenset({"municipality"})
    parts = ("industries", "former_names", "trade_names", "tags", "chain", "facts", "parent")
    additive = frozenset({"former_names", "trade_names", "tags", "chain", "facts"})
    with_history = (
        Organisation,
        OrganisationIndustry,
        OrganisationName,
        OrganisationTag,
        ValueChainPosition,
        YearlyFact,
        FormerNumber,
    )
    columns = (
        "id",
        *(f"{n}_id" if n == "municipality" else n for n in scalars),
        "main_industry_id",
        "created_at",
        "changed_at",
    )
    ends_by = "ended"

    def nothing(self, part: str) -> Any:
        return {"facts": {}, "parent": ""}.get(part, [])

    def read_part(self, name: str, ids: Sequence[str], source: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if name == "parent":
            rows = Organisation.objects.filter(pk__in=ids, parent__isnull=False)
            return {plain_id(k): number for k, number in rows.values_list("pk", "parent__number")}
        if name == "facts":
            facts = YearlyFact.objects.filter(organisation__in=ids, source=source)
            for key, measure, year, value in facts.values_list(
                "organisation", "measure", "year", "value"
            ):
                found.setdefault(plain_id(key), {})[f"{measure}:{year}"] = plain_decimal(value)
            return found
        for key, value in self._listed(name, ids):
            found.setdefault(plain_id(key), []).append(value)
        if name != "industries":
            for values in found.values():
                values.sort()
        return found

    def _listed(self, name: str, ids: Sequence[str]) -> Any:
        if name == "industries":
            rows = OrganisationIndustry.objects.filter(organisation__in=ids)
            return rows.order_by("rank", "industry").values_list("organisation", "industry")
        if name == "tags":
            tags = OrganisationTag.objects.filter(organisation__in=ids)
            return tags.values_list("organisation", "tag__name")
        if name == "chain":
            chain = ValueChainPosition.objects.filter(organisation__in=ids)
            positions = chain.values_list("organisation", "cluster", "position")
            return [(key, f"{cluster}:{position}") for key, cluster, position in positions]
        kind = "former" if name == "former_names" else "trade"
        names = OrganisationName.objects.filter(organisation__in=ids, kind=kind)
        return names.values_list("organisation", "name")

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        moment = bulk.as_stored(writing.at)
        extra = {"created_at": moment, "changed_at": moment}
        rows = [
            self.row(e, {**extra, "main_industry_id": (e.values.get("industries") or [None])[0]})
            for e in entries
        ]
        bulk.insert(Organisation, self.columns, rows)
        for name in self.parts:
            new = [(e.thing, e.values[name]) for e in entries if e.values.get(name)]
            if new and name != "parent":
                self._add(name, new, writing)

    def update(self, entries: Sequence[Entry], writing: Writing) -> None:
        names, numbers = [], []
        for entry in entries:
            old, new = entry.before.get("name"), entry.values.get("name")
            if old and new and plain_name(old) != plain_name(new):
                names.append((entry.thing, old))
            if (old := entry.before.get("number")) and entry.values.get("number"):
                numbers.append((entry.thing, old))
        super().update(entries, writing)
        self._keep_former(names, numbers, writing)

    def _keep_former(
        self, names: list[tuple[str, str]], numbers: list[tuple[str, str]], writing: Writing
    ) -> None:
        """A company that changes name or number is found by the former one too."""
        today = writing.today.isoformat()
        known = set(
            OrganisationName.objects.filter(
                organisation__in=[key for key, _name in names], kind="former"
            ).values_list("organisation", "name")
        )
        known = {(plain_id(key), name) for key, name in known}
        bulk.insert(
            OrganisationName,
            ("id", "organisation_id", "name", "kind", "used_to"),
            [
                (writing.next_id(), key, name, "former", today)
                for key, name in names
                if (key, name) not in known
            ],
        )
        bulk.insert(
            FormerNumber,
            ("id", "organisation_id", "number", "used_to"),
            [(writing.next_id(), key, number, today) for key, number in numbers],
        )

    def write_part(
        self, name: str, values: Mapping[str, Any], writing: Writing, refs: Mapping[str, Values]
    ) -> None:
        if name == "parent":
            set_parents(list(values.items()))
            bulk.record_changed(Organisation, writing.old(values), at=writing.at)
            return
        if name == "industries":
            wanted = {
                key: {one: {"rank": rank} for rank, one in enumerate(all_, start=1)}
                for key, all_ in values.items()
            }
            missing = replace_rows(
                OrganisationIndustry, "organisation", wanted, lambda row: row.industry_id
            )
            rows = [(thing, one, fields["rank"]) for thing, one, fields in missing]
            self._insert_industries(rows, writing)
            keep_main_industries([UUID(key) for key in values])
            return
        if name == "facts":
            facts = {
                key: {one: {"value": value} for one, value in all_.items()}
                for key, all_ in values.items()
            }
            missing = replace_rows(
                YearlyFact,
                "organisation",
                facts,
                lambda row: f"{row.measure}:{row.year}",
                YearlyFact.objects.filter(source=writing.source),
            )
            self._insert_facts([(t, one, f["value"]) for t, one, f in missing], writing)
            return
        models = {
            "tags": (OrganisationTag, lambda row: row.tag.name, None),
            "chain": (ValueChainPosition, lambda row: f"{row.cluster}:{row.position}", None),
            "former_names": (
                OrganisationName,
                lambda row: row.name,
                OrganisationName.objects.filter(kind="former"),
            ),
            "trade_names": (
                OrganisationName,
                lambda row: row.name,
                OrganisationName.objects.filter(kind="trade"),
            ),
        }
        model, key_of, among = models[name]
        listed: dict[str, dict[Any, dict[str, Any]]] = {
            key: {one: {} for one in all_} for key, all_ in values.items()
        }
        missing = replace_rows(model, "organisation", listed, key_of, among)
        added: dict[str, list[str]] = {}
        for thing, one, _fields in missing:
            added.setdefault(thing, []).append(one)
        self._add(name, list(added.items()), writing)

    def _add(self, name: str, new: Sequence[tuple[str, Any]], writing: Writing) -> None:
        """Write new rows of a part that has none of them yet."""
        if name == "industries":
            self._insert_industries(
                [(key, one, rank) for key, all_ in new for rank, one in enumerate(all_, start=1)],
                writing,
            )
        elif name == "facts":
            self._insert_facts(
                [(key, one, value) for key, all_ in new for one, value in all_.items()], writing
            )
        elif name == "tags":
            tags = _tags({one for _key, all_ in new for one in all_})
            bulk.insert(
                OrganisationTag,
                ("id", "organisation_id", "tag_id"),
                [(writing.next_id(), key, tags[one]) for key, all_ in new for one in all_],
            )
        elif name == "chain":
            pairs = [(key, *one.rsplit(":", 1)) for key, all_ in new for one in all_]
            bulk.insert(
                ValueChainPosition,
                ("id", "organisation_id", "cluster", "position"),
                [(writing.next_id(), key, cluster[:80], at) for key, cluster, at in pairs],
            )
        else:
            kind = "former" if name == "former_names" else "trade"
            bulk.insert(
                OrganisationName,
                ("id", "organisation_id", "name", "kind"),
                [(writing.next_id(), key, one, kind) for key, all_ in new for one in all_],
            )

    def _insert_industries(self, rows: list[tuple[str, str, int]], writing: Writing) -> None:
        bulk.insert(
            OrganisationIndustry,
            ("id", "organisation_id", "industry_id", "rank"),
            [(writing.next_id(), *row) for row in rows],
        )

    def _insert_facts(self, rows: list[tuple[str, str, str]], writing: Writing) -> None:
        bulk.insert(
            YearlyFact,
            ("id", "organisation_id", "measure", "year", "value", "unit", "source_id"),
            [
                (
                    writing.next_id(),
                    key,
                    one.split(":")[0],
                    int(one.split(":")[1]),
                    value,
                    UNITS.get(one.split(":")[0], ""),
                    writing.source,
                )
                for key, one, value in rows
            ],
        )


def set_parents(pairs: Sequence[tuple[str, str]]) -> None:
    """Set the parent of each organisation to the one with this number (empty: to none)."""
    table = connection.ops.quote_name(Organisation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET parent_id = (SELECT p.id FROM {table} AS p "
            f"WHERE p.number = %s AND p.number <> '') WHERE id = %s",
            [(number, key) for key, number in pairs],
        )


def _tags(names: set[str]) -> dict[str, str]:
    """Name → id of tags, made where they are missing."""
    known = {
        name: key.hex for key, name in Tag.objects.filter(name__in=names).values_list("pk", "name")
    }
    for name in sorted(names - set(known)):
        known[name] = Tag.objects.create(name=name).pk.hex
    return known
