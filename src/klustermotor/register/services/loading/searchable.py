"""The search index after a load: the loads write past Django, so they tell the index themselves."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models

from klustermotor.core.models import SearchEntry
from klustermotor.core.search.index import refresh
from klustermotor.register.models import Establishment, Load, Organisation, Person

AT_ONCE = 2000


def make_searchable(load: Load, low: UUID, high: UUID, *, created: bool = True) -> None:
    """Make the entries of all that the load created or changed anew, in its transaction."""
    for kind, model in (("organisation", Organisation), ("person", Person)):
        new = model.objects.filter(pk__gte=low, pk__lte=high).order_by("pk")
        new = new if created else new.none()
        for part in _parts(new.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)):
            refresh(kind, part)
        changed = load.changes.filter(subject=kind, row__isnull=False)
        _refresh(kind, changed.values_list("row", flat=True))
    moved = models.Q(pk__gte=low, pk__lte=high) | models.Q(
        pk__in=load.changes.filter(subject="establishment").values("row")
    )
    owners = Establishment.objects.filter(moved).exclude(
        organisation__gte=low, organisation__lte=high
    )
    _refresh("organisation", owners.values_list("organisation", flat=True).distinct())


def forget_created(low: UUID, high: UUID) -> None:
    """Take the entries of what a load created out of the index; those that stay come back."""
    for kind, model in (("organisation", Organisation), ("person", Person)):
        gone = SearchEntry.objects.filter(kind=kind, key__gte=low.hex, key__lte=high.hex)
        there = model.objects.filter(pk__gte=low, pk__lte=high)
        stay = [key.hex for key in there.values_list("pk", flat=True)]
        gone.exclude(key__in=stay).delete()


def _refresh(kind: str, keys: Any) -> None:
    for part in _parts(keys.order_by().iterator(chunk_size=AT_ONCE)):
        refresh(kind, part)


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while part := list(islice(rest, AT_ONCE)):
        yield part
