"""The list of organisations: what it can be filtered by, and the rows that fit."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from klustermotor.core.models import User
from klustermotor.core.search import Matching
from klustermotor.register.models import (
    Organisation,
    OrganisationTag,
    ValueChainPosition,
)
from klustermotor.register.queries.choices import County, industry_ranges
from klustermotor.register.queries.secrecy import visible_to

TEXT_AT_MOST = 100


@dataclass(frozen=True)
class Filter:
    """What somebody asks of the list; empty means all. The fields are the address's own names."""

    text: str = ""
    place: str = ""
    industry: str = ""
    kind: str = ""
    size: str = ""
    tag: str = ""
    cluster: str = ""
    position: str = ""
    ended: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filter":
        """Read an address; a choice that does not exist counts as not made."""
        asked = cls(
            **{
                field.name: query.get(field.name, "").replace("\0", "").strip()[:TEXT_AT_MOST]
                for field in fields(cls)
            }
        )
        return replace(asked, **{name: "" for name, known in KNOWN.items() if not known(asked)})

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}


KNOWN: dict[str, Callable[[Filter], bool]] = {
    "kind": lambda asked: asked.kind in Organisation.Kind.values,
    "size": lambda asked: asked.size in Organisation.Size.values,
    "position": lambda asked: asked.position in ValueChainPosition.Position.values,
    "ended": lambda asked: asked.ended in ("too", "only"),
}


def organisations_for(user: User) -> QuerySet[Organisation]:
    """The organisations that no secrecy mark hides from this user."""
    return visible_to(Organisation.objects.all(), user)


def listed(
    user: User, asked: Filter, counties: list[County], text: Matching
) -> QuerySet[Organisation]:
    """The organisations that fit, and answer the text, with what the list shows of each."""
    rows = organisations_for(user).filter(_fits(asked, counties), text.condition)
    return (
        rows.select_related("municipality", "main_industry")
        .prefetch_related("tags__tag")
        .defer("description", "municipality__boundary")
    )


def _fits(asked: Filter, counties: list[County]) -> Q:
    fits = Q()
    if not asked.ended:
        fits &= Q(ended__isnull=True)
    elif asked.ended == "only":
        fits &= Q(ended__isnull=False)
    if asked.place:
        fits &= _at(asked.place, counties)
    for name in ("kind", "size"):
        if value := getattr(asked, name):
            fits &= Q(**{name: value})
    if asked.industry:
        fits &= _within(asked.industry)
    if asked.tag:
        tagged = OrganisationTag.objects.filter(tag__name=asked.tag)
        fits &= Q(pk__in=tagged.values("organisation"))
    if asked.cluster or asked.position:
        positions: dict[str, Any] = {"cluster": asked.cluster, "position": asked.position}
        chosen = {name: value for name, value in positions.items() if value}
        fits &= Q(pk__in=ValueChainPosition.objects.filter(**chosen).values("organisation"))
    return fits


def _at(place: str, counties: list[County]) -> Q:
    for county in counties:
        if county.key and county.key == place:
            return Q(municipality__in=[key for key, _name in county.municipalities])
    return Q(municipality=place)


def _within(industry: str) -> Q:
    """Its main industry is this one or a part of it."""
    fits = Q()
    for first, end in industry_ranges(industry):
        fits |= Q(main_industry__gte=first, main_industry__lt=end)
    return fits
