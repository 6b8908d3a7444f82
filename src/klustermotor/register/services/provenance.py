"""Who told each value, so that no source overwrites what a person has corrected.

    correct(organisation, {"city": "Falun"}, by=user)      # a person's correction: told by hand
    tell([Told("organisation", row_id, "city", "FALUN")], source)     # a source, in bulk
    hand = hand_values([row_id, …])                         # {(row, field): value} that stand

A value told by hand stands until a person changes it; what a source tells later is kept and
shown beside it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.register.models import Source, SourcedValue

ROWS_AT_A_TIME = 2000


@dataclass(frozen=True)
class Told:
    """One value of one field of one row, as a source told it."""

    model: str
    row: UUID
    field: str
    value: object


def as_told(value: object) -> str:
    """A value as it is kept and compared: nothing is empty, a row is its key, 2.50 is 2.5."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        text = f"{Decimal(str(value)):f}"
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    return str(value)


def model_name(row: models.Model | type[models.Model]) -> str:
    """What the table is called in `SourcedValue` and `SourceKey`: ``organisation``, ``person``."""
    return row._meta.model_name or ""


def by_hand() -> Source:
    """The source of what people write themselves."""
    return Source.objects.get_or_create(pk=Source.BY_HAND, defaults={"name": "By hand"})[0]


def tell(
    values: Iterable[Told],
    source: Source,
    *,
    at: datetime | None = None,
    by: User | None = None,
) -> int:
    """Keep what a source tells, in place of what it told of the same fields before."""
    at = at or timezone.now()
    rows = [
        SourcedValue(
            source=source,
            model=one.model,
            row=one.row,
            field=one.field,
            value=as_told(one.value),
            told_at=at,
            by=by,
        )
        for one in values
    ]
    SourcedValue.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["row", "field", "source"],
        update_fields=["value", "told_at", "by"],
    )
    return len(rows)


def correct(row: models.Model, values: Mapping[str, object], *, by: User | None) -> list[str]:
    """Set fields of `row` as a person wants them and remember that; save it yourself after.

    Returns the names of the fields that changed; those alone are told by hand.
    """
    changed = [
        name for name, value in values.items() if as_told(getattr(row, name)) != as_told(value)
    ]
    for name in changed:
        setattr(row, name, values[name])
    tell_by_hand(row, changed, by=by)
    return changed


def tell_by_hand(row: models.Model, fields: Iterable[str], *, by: User | None) -> None:
    """Remember that a person has set these fields of `row` to what they hold now."""
    told = [Told(model_name(row), row.pk, name, getattr(row, name)) for name in fields]
    if told:
        tell(told, by_hand(), by=by)


def hand_values(rows: Collection[UUID]) -> dict[tuple[UUID, str], str]:
    """What people have corrected in these rows; a load leaves those fields alone."""
    found: Any = SourcedValue.objects.filter(row__in=rows, source=Source.BY_HAND)
    return {(row, field): value for row, field, value in found.values_list("row", "field", "value")}
