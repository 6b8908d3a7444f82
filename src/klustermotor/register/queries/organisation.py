"""What the page of one organisation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from klustermotor.core.models import User
from klustermotor.core.search import matching
from klustermotor.register.models import (
    Establishment,
    EstablishmentYear,
    FormerNumber,
    Municipality,
    Note,
    Organisation,
    OrganisationName,
    OrganisationTag,
    PersonRole,
    Source,
    ValueChainPosition,
    YearlyFact,
)
from klustermotor.register.queries.secrecy import visible_to

SUBSIDIARIES_AT_MOST = 50
SUBSIDIARIES_READ = 500
GENERATIONS_AT_MOST = 10
YEARS_SHOWN = 5


def organisation_of(organisation: UUID) -> Organisation:
    """The organisation with this key; Http404 when there is none."""
    rows = Organisation.objects.select_related("municipality", "main_industry", "parent")
    return get_object_or_404(rows, pk=organisation)


@dataclass(frozen=True)
class Contacts:
    """Who is something at an organisation today, and who was."""

    now: list[PersonRole]
    earlier: list[PersonRole]


def contacts_of(organisation: Organisation, user: User) -> Contacts:
    """The people of an organisation that this user may see."""
    rows = visible_to(PersonRole.objects.filter(organisation=organisation), user)
    return by_time(rows.select_related("person"))


def by_time(roles: QuerySet[PersonRole]) -> Contacts:
    """Roles of today, and those that have ended."""
    now, earlier = [], []
    for role in roles:
        (now if role.is_current else earlier).append(role)
    return Contacts(now, earlier)


def establishments_of(organisation: Organisation, user: User) -> list[Establishment]:
    """Its establishments, those that are open first, with the employees of each year."""
    years = EstablishmentYear.objects.select_related("source").order_by("year")
    rows = (
        visible_to(Establishment.objects.filter(organisation=organisation), user)
        .select_related("municipality", "industry")
        .defer("municipality__boundary")
        .prefetch_related(Prefetch("years", years))
        .order_by("name", "id")
    )
    return sorted(rows, key=lambda row: row.closed is not None)


@dataclass(frozen=True)
class Series:
    """A measure over years: one value a year, a person's own before any source's."""

    label: str
    unit: str
    values: tuple[YearlyFact, ...]

    @property
    def points(self) -> list[tuple[int, float]]:
        return [(fact.year, float(fact.value)) for fact in self.values]


@dataclass(frozen=True)
class Figures:
    """The figures of an organisation: each as it was told, and as series."""

    facts: list[YearlyFact]
    series: list[Series]
    years: list[int]
    """The newest first, so that a narrow page shows them."""

    def table(self) -> list[tuple[Series, list[YearlyFact | None]]]:
        """For each series its values in the years shown."""
        return [
            (one, [next((f for f in one.values if f.year == year), None) for year in self.years])
            for one in self.series
        ]


def figures_of(organisation: Organisation) -> Figures:
    """Its yearly figures, from all sources."""
    facts = list(
        organisation.yearly_facts.select_related("source").order_by("measure", "-year", "source")
    )
    series = []
    for measure, label in YearlyFact.Measure.choices:
        of_measure = [fact for fact in facts if fact.measure == measure]
        if of_measure:
            values = tuple(_chosen(of_measure, year) for year in _years(of_measure))
            series.append(Series(str(label), values[-1].unit, values))
    return Figures(facts, series, _years(facts)[-YEARS_SHOWN:][::-1])


def _years(facts: Sequence[YearlyFact]) -> list[int]:
    return sorted({fact.year for fact in facts})


def _chosen(facts: Sequence[YearlyFact], year: int) -> YearlyFact:
    """A person's own figure, else the one told latest."""
    of_year = [fact for fact in facts if fact.year == year]
    return max(
        of_year,
        key=lambda fact: (
            fact.source_id == Source.BY_HAND,
            fact.as_of is not None,
            str(fact.as_of or ""),
            fact.source_id,
        ),
    )


@dataclass(frozen=True)
class Group:
    """Where an organisation stands in its group: above it, from the top down, and below it."""

    above: list[Organisation]
    below: list[tuple[Organisation, list[Organisation]]]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


def group_of(organisation: Organisation, user: User) -> Group:
    """Its parents, its subsidiaries, and theirs, as far as this user may see them."""
    visible = visible_to(Organisation.objects.only("pk", "name", "ended", "parent"), user)
    above: list[Organisation] = []
    key = organisation.parent_id
    for _generation in range(GENERATIONS_AT_MOST):
        found = visible.filter(pk=key).first() if key else None
        if found is None or found in above or found == organisation:
            break
        above.insert(0, found)
        key = found.parent_id
    # Sorted here: asked for in order, SQLite walks the names of all that there are.
    found_below = visible.filter(parent=organisation).order_by()[:SUBSIDIARIES_READ]
    children = sorted(found_below, key=lambda row: (row.name, row.pk))
    more = len(children) > SUBSIDIARIES_AT_MOST
    children = children[:SUBSIDIARIES_AT_MOST]
    below: dict[UUID, list[Organisation]] = {child.pk: [] for child in children}
    if children:
        grandchildren = visible.filter(parent__in=children).exclude(pk=organisation.pk)
        for row in sorted(
            grandchildren.order_by()[:SUBSIDIARIES_AT_MOST], key=lambda row: (row.name, row.pk)
        ):
            below[row.parent_id].append(row)
    return Group(above, [(child, below[child.pk]) for child in children], more)


def notes_on(thing: Any, user: User) -> QuerySet[Note]:
    """The notes on an organisation or a person that this user may read."""
    rows: Any = visible_to(thing.notes.all(), user)
    found: QuerySet[Note] = rows.select_related("by").prefetch_related("readers")
    return found


def positions_of(organisation: Organisation) -> QuerySet[ValueChainPosition]:
    """Where it stands in the value chains of clusters."""
    return organisation.value_chain_positions.all()


# What a row of the page's smaller tables is; each answers Http404 when it is none of theirs.


def establishment_of(organisation: UUID, establishment: UUID) -> Establishment:
    """An establishment of this organisation."""
    rows = Establishment.objects.select_related("organisation", "municipality", "industry")
    return get_object_or_404(rows, pk=establishment, organisation=organisation)


def establishment_year_of(
    organisation: UUID, establishment: UUID, employees: UUID
) -> EstablishmentYear:
    """The employees of a year of an establishment of this organisation."""
    rows = EstablishmentYear.objects.select_related("establishment__organisation")
    return get_object_or_404(
        rows, pk=employees, establishment=establishment, establishment__organisation=organisation
    )


def fact_of(organisation: UUID, fact: UUID) -> YearlyFact:
    """A figure of this organisation."""
    rows = YearlyFact.objects.select_related("organisation", "source")
    return get_object_or_404(rows, pk=fact, organisation=organisation)


def name_of(organisation: UUID, name: UUID) -> OrganisationName:
    """Another name of this organisation."""
    rows = OrganisationName.objects.select_related("organisation")
    return get_object_or_404(rows, pk=name, organisation=organisation)


def number_of(organisation: UUID, number: UUID) -> FormerNumber:
    """An earlier number of this organisation."""
    rows = FormerNumber.objects.select_related("organisation")
    return get_object_or_404(rows, pk=number, organisation=organisation)


def tag_of(organisation: UUID, tag: UUID) -> OrganisationTag:
    """A tag on this organisation."""
    rows = OrganisationTag.objects.select_related("organisation", "tag")
    return get_object_or_404(rows, pk=tag, organisation=organisation)


def position_of(organisation: UUID, position: UUID) -> ValueChainPosition:
    """A place of this organisation in a value chain."""
    rows = ValueChainPosition.objects.select_related("organisation")
    return get_object_or_404(rows, pk=position, organisation=organisation)


def note_of(note: UUID) -> Note:
    """A note on an organisation or a person."""
    found = Note.objects.select_related("organisation", "person", "by").filter(pk=note).first()
    if found is None:
        raise Http404
    return found


def offered(text: str, user: User, limit: int = 10) -> list[Organisation]:
    """Organisations to choose from while typing: by number, or by a name of today or before."""
    found = matching("organisation", text)
    rows = visible_to(Organisation.objects.filter(found.condition), user)
    places = Municipality.objects.defer("boundary")
    return list(rows.prefetch_related(Prefetch("municipality", places))[:limit])
