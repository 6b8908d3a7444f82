"""What the planner, the applying and the undoing ask of a kind of thing."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import connection, models

from klustermotor.core import bulk
from klustermotor.register.services.loading.entries import Entry, Values

AT_ONCE = 900


@dataclass
class Writing:
    """One load being applied or undone: its moment, its source, and the ids that it gives out."""

    at: datetime
    today: date
    source: str
    next_id: Callable[[], str]
    prefix: str = ""
    """How the ids of what the load creates begin; their line of history is written at the end."""

    def old(self, things: Iterable[str]) -> list[str]:
        """Those that were there before the load, in order."""
        return sorted(t for t in things if not (self.prefix and t.startswith(self.prefix)))


class Subject:
    """One kind of thing.

    `scalars` are the fields that are columns of its own, with the value that an empty one is
    kept as; `parts` are those kept in tables of their own.
    """

    name: ClassVar[str]
    model: ClassVar[Any]
    scalars: ClassVar[Mapping[str, Any]]
    foreign: ClassVar[frozenset[str]] = frozenset()
    parts: ClassVar[tuple[str, ...]] = ()
    additive: ClassVar[frozenset[str]] = frozenset()
    """Parts that a source adds to but does not take away from."""
    keyed: ClassVar[bool] = True
    """Whether sources know it by keys; what is not has no provenance (codes, boundaries)."""
    with_history: ClassVar[tuple[Any, ...]] = ()
    """The tables whose new rows get a line of history."""
    columns: ClassVar[tuple[str, ...]] = ()
    ends_by: ClassVar[str] = ""
    """The date that says that it is no more."""

    # reading

    def current(
        self, ids: Sequence[str], source: str, parts: Iterable[str] = ()
    ) -> dict[str, Values]:
        """Id → values of the things that exist, as records tell them."""
        wanted = set(parts) & set(self.parts)
        found: dict[str, Values] = {}
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            names = ["pk", *(self.attribute(name) for name in self.scalars)]
            for key, *values in self.model.objects.filter(pk__in=part).values_list(*names):
                told = (as_told(value) for value in values)
                found[plain_id(key)] = dict(zip(self.scalars, told, strict=True))
            alive = [key for key in part if key in found]
            for name in wanted:
                read = self.read_part(name, alive, source)
                for key in alive:
                    found[key][name] = read.get(key, self.nothing(name))
        return found

    def attribute(self, name: str) -> str:
        """The model's attribute for a field."""
        return f"{name}_id" if name in self.foreign else name

    def nothing(self, part: str) -> Any:
        """What a part is when it is empty."""
        return []

    def read_part(self, name: str, ids: Sequence[str], source: str) -> dict[str, Any]:
        """Id → value of a part."""
        raise NotImplementedError

    # writing

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        """Write new things; their history is written when all are there."""
        raise NotImplementedError

    def update(self, entries: Sequence[Entry], writing: Writing) -> None:
        """Set what changes, with a line of history for each thing."""
        columns: dict[str, list[tuple[Any, str]]] = {}
        for entry in entries:
            for name, value in entry.values.items():
                if name in self.scalars:
                    stored = entry.refs.get(name, value) if name in self.foreign else value
                    columns.setdefault(name, []).append((self.stored(name, stored), entry.thing))
        self._write_columns(columns, writing)
        for name in self.parts:
            changed = {e.thing: e.values[name] for e in entries if name in e.values}
            if changed:
                refs = {e.thing: e.refs for e in entries}
                self.write_part(name, changed, writing, refs)
        if self.with_history and columns:
            touched = {thing for pairs in columns.values() for _value, thing in pairs}
            bulk.record_changed(self.model, writing.old(touched), at=writing.at)

    def _write_columns(
        self, columns: Mapping[str, list[tuple[Any, str]]], writing: Writing
    ) -> None:
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        pk = quote(self.model._meta.pk.column)
        with connection.cursor() as cursor:
            for name, pairs in columns.items():
                column = quote(self.model._meta.get_field(name).column)
                cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {pk} = %s", pairs)
            names = {field.name for field in self.model._meta.concrete_fields}
            if "changed_at" in names and columns:
                things = {(thing,) for pairs in columns.values() for _value, thing in pairs}
                moment = bulk.as_stored(writing.at)
                cursor.executemany(
                    f"UPDATE {table} SET changed_at = %s WHERE {pk} = %s",
                    [(moment, thing) for (thing,) in sorted(things)],
                )

    def write_part(
        self, name: str, values: Mapping[str, Any], writing: Writing, refs: Mapping[str, Values]
    ) -> None:
        """Make a part of each thing what it is told to be."""
        raise NotImplementedError

    def stored(self, name: str, value: Any) -> Any:
        """A told value as the column takes it."""
        empty = self.scalars[name]
        return empty if value is None or value == "" else value

    def row(self, entry: Entry, extra: Mapping[str, Any]) -> tuple[Any, ...]:
        """A new thing in the order of `columns`."""
        values = {**entry.values, **entry.refs}
        stored = {self.attribute(n): self.stored(n, values.get(n)) for n in self.scalars}
        whole = {"id": entry.thing, **stored, **extra}
        return tuple(whole[name] for name in self.columns)


def as_told(value: Any) -> Any:
    """A column's value as records tell it: text, number, bool, ISO date; nothing is empty text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return value


def plain_decimal(value: Decimal) -> str:
    """12.50 as 12.5, 12.00 as 12."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def plain_id(key: Any) -> str:
    """A key as plans keep it: 32 hexadecimal digits of a UUID, else the text itself."""
    return key.hex if hasattr(key, "hex") and not isinstance(key, float | str) else str(key)


def as_json(value: Any) -> str:
    """A value for a JSON column."""
    return json.dumps(value, ensure_ascii=False)


def replace_rows(
    model: type[models.Model],
    owner: str,
    wanted: Mapping[str, Mapping[Any, Mapping[str, Any]]],
    key_of: Callable[[Any], Any],
    among: models.QuerySet[Any] | None = None,
) -> list[Any]:
    """Make the rows of each owner the wanted ones: delete what is not wanted, change what differs.

    `wanted` is owner → key → fields. Returns (owner, key, fields) of those that are missing, for
    the caller to create.
    """
    rows = model._default_manager.all() if among is None else among
    missing = {
        (thing, key): fields for thing, all_ in wanted.items() for key, fields in all_.items()
    }
    for start in range(0, len(wanted), AT_ONCE):
        part = list(wanted)[start : start + AT_ONCE]
        for one in rows.filter(**{f"{owner}__in": part}):
            thing = plain_id(getattr(one, f"{owner}_id"))
            fields = missing.pop((thing, key_of(one)), None)
            if fields is None:
                one.delete()
            elif changed := [
                n for n, v in fields.items() if as_told(getattr(one, n)) != as_told(v)
            ]:
                for name in changed:
                    setattr(one, name, fields[name])
                one.save(update_fields=changed)
    return [(thing, key, fields) for (thing, key), fields in missing.items()]
