"""Put the demonstration's organisations into the database. Again: nothing doubled."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from klustermotor.core.history import acting, bulk_create
from klustermotor.core.models import User
from klustermotor.register.demonstration import making, words
from klustermotor.register.demonstration.making import Company
from klustermotor.register.models import (
    Establishment,
    EstablishmentYear,
    Industry,
    LegalBasis,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    Source,
    SourceKey,
    Tag,
    ValueChainPosition,
    YearlyFact,
)
from klustermotor.register.services.provenance import Told, tell
from klustermotor.register.services.reference import load_reference_data

NAMESPACE = UUID("6d1f2f6e-6f0b-5b0e-9c55-0f5f6f0c1a4b")
SOURCE, SOURCE_NAME = "demonstration", "Synthetic, demonstration"
TAG = "Syntetisk, demonstration"
AS_OF = date(2025, 12, 31)
TOLD = ("name", "number", "kind", "legal_form", "municipality", "street", "city", "size", "website")


def load(users: Mapping[str, User]) -> None:
    """Add the organisations that have never been added; those changed or deleted stay so."""
    load_reference_data()
    source = Source.objects.get_or_create(pk=SOURCE, defaults={"name": SOURCE_NAME})[0]
    there = set(SourceKey.objects.filter(source=source).values_list("key", flat=True))
    missing = [one for one in making.companies() if one.key not in there]
    if not missing:
        return
    with acting(users["administrator"], "demonstration.loaded"):
        _write(missing, source)


def _write(made: list[Company], source: Source) -> None:
    tag = Tag.objects.get_or_create(name=TAG)[0]
    titles = {row.pk: row.titles for row in Industry.objects.filter(level="division")}
    parents = {one.parent for one in made if one.parent}
    # A parent is written before what it owns.
    for some in (
        [one for one in made if one.key in parents],
        [one for one in made if one.key not in parents],
    ):
        rows = [_organisation(one, titles) for one in some]
        bulk_create(rows, Organisation)
        tell(
            (
                Told("organisation", row.pk, name, getattr(row, name))
                for row in rows
                for name in TOLD
            ),
            source,
        )
    bulk_create(
        [_industry(one, d, n) for one in made for n, d in _ranked(one)], OrganisationIndustry
    )
    bulk_create(
        [OrganisationTag(organisation_id=_id(one), tag=tag) for one in made], OrganisationTag
    )
    bulk_create(_names(made), OrganisationName)
    bulk_create(_positions(made), ValueChainPosition)
    bulk_create(_units(made), Establishment)
    bulk_create(_unit_years(made, source), EstablishmentYear)
    bulk_create(_facts(made, source), YearlyFact)
    _people(made, source)
    SourceKey.objects.bulk_create(
        SourceKey(source=source, key=one.key, model="organisation", row=_id(one), scope=one.region)
        for one in made
    )


def _id(one: Company) -> UUID:
    return uuid5(NAMESPACE, one.key)


def _industry_key(country: str, division: str) -> str:
    return f"{'SNI' if country == 'SE' else 'SN'}2007:{division}"


def _organisation(one: Company, titles: Mapping[str, Mapping[str, str]]) -> Organisation:
    main = _industry_key(one.country, one.divisions[0])
    language = "sv" if one.country == "SE" else "nb"
    described = words.DESCRIPTION if one.kind == "company" else words.BODY
    return Organisation(
        id=_id(one),
        name=one.name,
        number=one.number,
        country=one.country,
        kind=one.kind,
        legal_form=one.legal_form,
        municipality_id=one.municipality,
        street=one.street,
        city=one.city,
        latitude=one.latitude,
        longitude=one.longitude,
        size=one.size,
        website=one.website,
        description=described[one.country].format(title=titles[main][language].rstrip(".")),
        parent_id=uuid5(NAMESPACE, one.parent) if one.parent else None,
        started=one.started,
        main_industry_id=main,
    )


def _ranked(one: Company) -> Iterable[tuple[int, str]]:
    return enumerate(one.divisions, start=1)


def _industry(one: Company, division: str, rank: int) -> OrganisationIndustry:
    return OrganisationIndustry(
        organisation_id=_id(one), industry_id=_industry_key(one.country, division), rank=rank
    )


def _names(made: list[Company]) -> list[OrganisationName]:
    return [
        OrganisationName(organisation_id=_id(one), name=name, used_from=since, used_to=until)
        for one in made
        for name, since, until in one.former
    ]


def _positions(made: list[Company]) -> list[ValueChainPosition]:
    return [
        ValueChainPosition(organisation_id=_id(one), cluster=cluster, position=position)
        for one in made
        for cluster, position in one.positions
    ]


def _units(made: list[Company]) -> list[Establishment]:
    return [
        Establishment(
            id=uuid5(NAMESPACE, unit.number),
            organisation_id=_id(one),
            number=unit.number,
            name=unit.name,
            street=unit.street,
            city=unit.city,
            municipality_id=unit.municipality,
            latitude=unit.latitude,
            longitude=unit.longitude,
            industry_id=_industry_key(one.country, unit.division),
            opened=one.started,
        )
        for one in made
        for unit in one.units
    ]


def _unit_years(made: list[Company], source: Source) -> list[EstablishmentYear]:
    return [
        EstablishmentYear(
            establishment_id=uuid5(NAMESPACE, unit.number),
            year=year,
            employees=employees,
            source=source,
            as_of=AS_OF,
        )
        for one in made
        for unit in one.units
        for year, employees in unit.employees
    ]


def _facts(made: list[Company], source: Source) -> list[YearlyFact]:
    return [
        YearlyFact(
            organisation_id=_id(one),
            year=year,
            measure=measure,
            value=value,
            unit=unit,
            source=source,
            as_of=AS_OF,
        )
        for one in made
        for year, measure, value, unit in one.facts
    ]


def _people(made: list[Company], source: Source) -> None:
    people, roles, bases = [], [], []
    for one in made:
        for contact in one.contacts:
            person = Person(
                id=uuid5(NAMESPACE, f"{one.key} {contact.title}"),
                name=contact.name,
                email=contact.email,
                language="sv" if one.country == "SE" else "nb",
            )
            of: dict[str, Any] = {"person": person}
            people.append(person)
            roles.append(
                PersonRole(**of, organisation_id=_id(one), title=contact.title, since=contact.since)
            )
            bases.append(
                LegalBasis(
                    **of,
                    purpose=LegalBasis.Purpose.CONTACT,
                    basis=LegalBasis.Basis.PUBLIC_INTEREST,
                    source=source,
                    given_on=contact.since,
                )
            )
    bulk_create(people, Person)
    bulk_create(roles, PersonRole)
    bulk_create(bases, LegalBasis)
