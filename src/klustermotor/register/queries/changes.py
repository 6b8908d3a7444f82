"""The history of a thing as people read it: who, when, what, from and to.

One act (a saved form, a load, a merge) is told as one, however many rows it wrote.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.core.templatetags.design import shown
from klustermotor.register.actions import label_of
from klustermotor.register.models import Municipality, Note, Organisation, Person, Source
from klustermotor.register.numbers import written
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.recorded import Part, parts_of

ROWS_PER_PART = 200
SHOWN_AT_ONCE = 8
HIDDEN = {"id", "organisation", "person", "establishment", "by", "written_at", "model", "row"}


@dataclass(frozen=True)
class Change:
    """One field of one row, from and to; an added or removed row has no field."""

    what: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """What somebody did at one moment; `key` names it in an address."""

    at: datetime
    by: str
    action: str
    label: str
    changes: tuple[Change, ...]
    may_undo: bool = False

    @property
    def key(self) -> int:
        return moment_key(self.at)

    @property
    def first(self) -> tuple[Change, ...]:
        """What stands under the act at once: all of it, or the beginning of a long one."""
        return self.changes[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[Change, ...]:
        return self.changes[SHOWN_AT_ONCE:]


def moment_key(at: datetime) -> int:
    """A moment as whole microseconds, exact in an address."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def moment_of(key: int) -> datetime:
    """The moment that a key stands for. Raises ``OverflowError`` for none."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=key)


def acts_on(
    thing: Organisation | Person,
    user: User,
    *,
    before: datetime | None = None,
    limit: int = 20,
    leave_out: Iterable[type[models.Model]] = (),
) -> list[Act]:
    """The newest acts on a thing that this user may know of, before a moment."""
    kept = [part for part in parts_of(type(thing)) if part.model not in set(leave_out)]
    records, floor = _newest(kept, thing.pk, user, before)
    records.sort(key=lambda record: (record.history_date, record.history_id), reverse=True)
    groups = []
    for _key, group in groupby(records, key=_act_of):
        rows = list(group)
        if floor is None or rows[0].history_date > floor or not groups:
            groups.append(rows)
        if len(groups) == limit:
            break
    chosen = [record for rows in groups for record in rows]
    previous = _previous(chosen, records)
    words = _Words(thing, chosen, previous, user)
    latest = _latest_moments(records, before)
    return [_act(rows, previous, words, user, latest) for rows in groups]


def _act_of(record: Any) -> tuple[datetime, Any, Any]:
    return record.history_date, record.history_user_id, record.history_change_reason


def _newest(
    parts: Sequence[Part], thing: UUID, user: User, before: datetime | None
) -> tuple[list[Any], datetime | None]:
    """The newest records of each part; acts at or before the floor may lack some of theirs."""
    records: list[Any] = []
    floors = []
    for part in parts:
        rows = part.records(thing)
        if before is not None:
            rows = rows.filter(history_date__lt=before)
        if part.model is Note:
            rows = rows.filter(id__in=visible_to(Note.objects.all(), user).values("pk"))
        found = list(rows.select_related("history_user")[:ROWS_PER_PART])
        if len(found) == ROWS_PER_PART:
            floors.append(found[-1].history_date)
        records += found
    return records, max(floors, default=None)


def _previous(chosen: Sequence[Any], known: Sequence[Any]) -> dict[int, Any]:
    """The version before each changed one: among those at hand, else asked for, once per table."""
    by_row: dict[tuple[type, Any], list[Any]] = {}
    for record in known:
        by_row.setdefault((type(record), record.id), []).append(record)
    found: dict[int, Any] = {}
    missing: dict[type, list[Any]] = {}
    for record in chosen:
        if record.history_type != "~":
            continue
        older = [
            other
            for other in by_row[type(record), record.id]
            if other.history_date < record.history_date
        ]
        if older:
            found[id(record)] = max(older, key=lambda o: (o.history_date, o.history_id))
        else:
            missing.setdefault(type(record), []).append(record)
    for model, records in missing.items():
        older_rows = model._default_manager.filter(id__in={record.id for record in records})
        versions = list(older_rows.order_by("history_date", "history_id"))
        for record in records:
            before = [
                v for v in versions if v.id == record.id and v.history_date < record.history_date
            ]
            if before:
                found[id(record)] = before[-1]
    return found


def _latest_moments(records: Sequence[Any], before: datetime | None) -> dict[Any, datetime]:
    """When each row was changed last, where that is known: on the first page."""
    if before is not None:
        return {}
    latest: dict[Any, datetime] = {}
    for record in records:
        latest.setdefault((type(record), record.id), record.history_date)
    return latest


def _act(
    rows: Sequence[Any],
    previous: dict[int, Any],
    words: "_Words",
    user: User,
    latest: dict[Any, datetime],
) -> Act:
    first = rows[0]
    ordered = sorted(rows, key=lambda record: record.instance_type not in (Organisation, Person))
    changes = [change for record in ordered for change in words.changes(record, previous)]
    is_own = first.history_user_id == user.pk
    is_last = all(latest.get((type(r), r.id)) == r.history_date for r in rows)
    return Act(
        at=first.history_date,
        by=str(first.history_user or ""),
        action=first.history_change_reason or "",
        label=label_of(first.history_change_reason or "", first.history_type),
        changes=tuple(changes),
        may_undo=is_own and is_last,
    )


class _Words:
    """Says values in words; the rows that they point at are read once for the whole page."""

    def __init__(
        self, thing: models.Model, records: Sequence[Any], previous: dict[int, Any], user: User
    ) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for record in [*records, *previous.values()]:
            for field in record.tracked_fields:
                key = getattr(record, field.attname)
                if field.is_relation and key is not None:
                    wanted.setdefault(field.related_model, set()).add(key)
        self.thing = _OWNER[type(thing)]
        self.names: dict[tuple[type[models.Model], Any], str] = {}
        for model, keys in wanted.items():
            rows: Any = model._default_manager.filter(pk__in=keys)
            if model in (Organisation, Person):
                rows = visible_to(rows, user).only("pk", "name")
            elif model is Municipality:
                rows = rows.only("pk", "name")
            self.names.update({(model, row.pk): str(row) for row in rows})

    def changes(self, record: Any, previous: dict[int, Any]) -> list[Change]:
        what = capfirst(str(record.instance_type._meta.verbose_name))
        if record.history_type == "+":
            return [Change(what, "", "", self.summary(record))]
        if record.history_type == "-":
            return [Change(what, "", self.summary(record), "")]
        before = previous.get(id(record))
        if before is None:
            return []
        name = self.summary(record)
        is_thing = record.instance_type in (Organisation, Person)
        return [
            Change(
                "" if is_thing else f"{what}: {name}",
                capfirst(str(field.verbose_name)),
                self.value(before, field),
                self.value(record, field),
            )
            for field in record.tracked_fields
            if field.name not in HIDDEN
            and getattr(before, field.attname) != getattr(record, field.attname)
        ]

    def summary(self, record: Any) -> str:
        """What a row is called: its name, or its values side by side."""
        for name in ("name", "text", "legal_ground"):
            field = next((f for f in record.tracked_fields if f.name == name), None)
            if field is not None and not field.is_relation and getattr(record, name):
                return str(getattr(record, name))[:120]
        shown_fields = [
            field
            for field in record.tracked_fields
            if field.name not in {*_LEFT_OUT_OF_SUMMARY, self.thing}
            and getattr(record, field.attname)
        ]
        return " · ".join(self.value(record, field) for field in shown_fields)

    def value(self, record: Any, field: Any) -> str:
        value = getattr(record, field.attname)
        if value is None or value == "":
            return ""
        if field.is_relation:
            return self.name(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if field.name == "number" and record.instance_type is Organisation:
            return written(value, record.country)
        if field.name in ("year", "rank"):
            return str(value)
        is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
        return shown(int(value) if is_whole else value)

    def name(self, model: type[models.Model], key: Any) -> str:
        """What a row that is pointed at is called, where this user may know."""
        if model is Source and key == Source.BY_HAND:
            return _("by hand")
        return self.names.get((model, key), _("something removed"))


_LEFT_OUT_OF_SUMMARY = {"id", "establishment", "by", "model", "row", "rank", "unit"}
_OWNER: dict[type, str] = {Organisation: "organisation", Person: "person"}
