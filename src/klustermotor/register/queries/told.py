"""Where each value on a page is from, and what sources say since a person corrected it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.core.templatetags.design import shown
from klustermotor.register.models import Source, SourcedValue
from klustermotor.register.services.provenance import as_told, model_name


@dataclass(frozen=True)
class Offer:
    """A newer value of a source that a person's correction stands against."""

    key: int
    source: str
    value: str
    at: datetime


@dataclass
class Origin:
    """Where a field's value is from, in words, and what sources offer instead."""

    text: str = ""
    offers: list[Offer] = field(default_factory=list)


def origins_of(row: models.Model) -> dict[str, Origin]:
    """For each field of a row that somebody has told: who told its value, and newer ones."""
    told: dict[str, list[SourcedValue]] = {}
    rows = SourcedValue.objects.filter(row=row.pk, model=model_name(row))
    for one in rows.select_related("source", "by").order_by("told_at"):
        told.setdefault(one.field, []).append(one)
    return {name: _origin(row, name, values) for name, values in told.items()}


def _origin(row: models.Model, name: str, told: Sequence[SourcedValue]) -> Origin:
    now = as_told(getattr(row, name))
    by_hand = next((one for one in told if one.source_id == Source.BY_HAND), None)
    sources = [one for one in told if one.source_id != Source.BY_HAND]
    parts = []
    if by_hand is None or any(one.told_at < by_hand.told_at for one in sources):
        for one in sources:
            if by_hand is not None or one.value == now:
                parts.append(
                    _("from %(source)s %(date)s")
                    % {"source": str(one.source), "date": shown(one.told_at)[:10]}
                )
    if by_hand is not None and by_hand.value == now:
        parts.append(_by_whom(by_hand, corrected=bool(parts)))
    offers = [
        Offer(one.pk, str(one.source), value_in_words(row, name, one.value), one.told_at)
        for one in sources
        if by_hand is not None and one.told_at > by_hand.told_at and one.value != now
    ]
    return Origin("; ".join(parts[-2:]), offers)


def _by_whom(told: SourcedValue, *, corrected: bool) -> str:
    values = {"by": told.by or _("somebody"), "date": shown(told.told_at)[:10]}
    if corrected:
        return _("corrected by %(by)s %(date)s") % values
    return _("entered by %(by)s %(date)s") % values


def value_in_words(row: models.Model, name: str, told: str) -> str:
    """A told value as the page would show it."""
    of: Any = row._meta.get_field(name)
    if not told:
        return shown(None)
    if of.is_relation:
        found = of.related_model._default_manager.filter(pk=told).first()
        return str(found) if found else told
    if of.choices:
        return str(dict(of.flatchoices).get(told, told))
    return shown(value_of(row, name, told))


def value_of(row: models.Model, name: str, told: str) -> Any:
    """A told value as the field holds it. Raises ``ValidationError`` for one that it cannot."""
    of: Any = row._meta.get_field(name)
    if of.is_relation:
        return of.related_model._default_manager.get(pk=told) if told else None
    if not told and of.null:
        return None
    if isinstance(of, models.BooleanField):
        return told == "true"
    return of.to_python(told)


def told_value(row: models.Model, key: int) -> SourcedValue | None:
    """What a source tells of one field of this row."""
    return SourcedValue.objects.filter(pk=key, row=row.pk, model=model_name(row)).first()


def visible_origins(row: models.Model, user: User) -> dict[str, Origin]:
    """As `origins_of`; the offers only for those who may take them over."""
    origins = origins_of(row)
    if not user.has_perm("register.change", row):
        for origin in origins.values():
            origin.offers.clear()
    return origins
