"""The list of organisations: what it can be filtered by, and the rows that fit."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, Prefetch, Q, QuerySet
from django.http import QueryDict

from klustermotor.core.models import User
from klustermotor.core.search import Matching
from klustermotor.register.models import (
    Municipality,
    Organisation,
    OrganisationTag,
    ValueChainPosition,
)
from klustermotor.register.queries.choices import County, industry_ranges
from klustermotor.register.queries.secrecy import visible_to

TEXT_AT_MOST = 100
DENSE = 10_000
COUNTY_DIGITS = 2


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


@dataclass(frozen=True)
class Listed:
    """The organisations that fit: to be shown in order, and to be counted."""

    shown: QuerySet[Organisation]
    counted: QuerySet[Organisation]


class WithoutIndex(Func):
    """A column that SQLite must not look up by its own index, so that it walks the list's."""

    template = "+%(expressions)s"


def listed(user: User, asked: Filter, counties: list[County], text: Matching, sort: str) -> Listed:
    """The organisations that fit, and answer the text, with what the list shows of each."""
    columns = _by_column(asked, counties)
    others = organisations_for(user).filter(_fits(asked), text.condition)
    counted = others.filter(*columns.values())
    walked = {name for name, fits in columns.items() if _is_walked(name, fits, asked, sort)}
    looked_up = [fits for name, fits in columns.items() if name not in walked]
    rows = others.filter(*looked_up)
    for name in walked:
        free = WithoutIndex(F(name), output_field=CharField())
        rows = rows.alias(**{f"free_{name}": free}).filter(_renamed(columns[name], name))
    return Listed(_with_what_is_shown(rows), counted)


def _is_walked(name: str, fits: Q, asked: Filter, sort: str) -> bool:
    """Whether so many fit that walking the list in its order finds a page sooner than its index.

    SQLite, which keeps no statistics, would else sort all that the index gives. A single place,
    kind or size has an index that is in the order of names.
    """
    in_order = name in ("kind", "size") or not _is_county(asked.place)
    if connection.vendor != "sqlite" or (name != "main_industry" and in_order and sort == "name"):
        return False
    return Organisation.objects.filter(fits).order_by()[: DENSE + 1].count() > DENSE


def _is_county(place: str) -> bool:
    return len(place.partition("-")[2]) == COUNTY_DIGITS


def _renamed(fits: Q, name: str) -> Q:
    """The same condition on the column without its index."""
    renamed = Q(_connector=fits.connector)
    for part in fits.children:
        if isinstance(part, Q):
            renamed.add(_renamed(part, name), fits.connector)
        else:
            path, value = part
            renamed.children.append((f"free_{path}", value))
    return renamed


def _with_what_is_shown(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    # What is beside a row is read after the page is cut: a join would tempt the database to
    # begin there and to sort all that it finds.
    places = Municipality.objects.defer("boundary")
    return rows.prefetch_related(
        Prefetch("municipality", places), "main_industry", "tags__tag"
    ).defer("description")


def _by_column(asked: Filter, counties: list[County]) -> dict[str, Q]:
    """What is asked of each column that has an index of its own."""
    columns = {name: Q(**{name: getattr(asked, name)}) for name in ("kind", "size")}
    found = {name: fits for name, fits in columns.items() if getattr(asked, name)}
    if asked.place:
        found["municipality"] = _at(asked.place, counties)
    if asked.industry:
        found["main_industry"] = _within(asked.industry)
    return found


def _fits(asked: Filter) -> Q:
    fits = Q()
    if not asked.ended:
        fits &= Q(ended__isnull=True)
    elif asked.ended == "only":
        fits &= Q(ended__isnull=False)
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
