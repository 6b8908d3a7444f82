"""What the API shows of the register, and how it is read from rows."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema

from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    Industry,
    Municipality,
    Organisation,
    Person,
    PersonRole,
    YearlyFact,
)


class MunicipalityOut(Schema):
    """A municipality; its key is country and official code."""

    id: str
    country: str
    code: str
    name: str
    county: str
    latitude: float | None
    longitude: float | None


class IndustryOut(Schema):
    """A code of a standard; its key is both."""

    id: str
    standard: str
    code: str
    level: str
    parent: str | None
    titles: dict[str, str]


class BridgeOut(Schema):
    """What an industry is in another version of the standard."""

    id: str
    is_partial: bool


class IndustryInFull(IndustryOut):
    """An industry with its parts and its bridges to other versions."""

    parts: list[str]
    bridges: list[BridgeOut]


class OrganisationOut(Schema):
    """An organisation as a list has it. A sole trader's number is personal data: it is shown only
    to those who keep the register, with the scope people:read."""

    id: UUID
    name: str
    number: str
    country: str
    kind: str
    legal_form: str
    is_sole_trader: bool
    municipality: str | None
    main_industry: str | None
    size: str
    street: str
    postcode: str
    city: str
    latitude: float | None
    longitude: float | None
    website: str
    email: str
    phone: str
    parent: UUID | None
    started: date | None
    ended: date | None
    tags: list[str]
    changed_at: datetime


class OtherNameOut(Schema):
    """An earlier name, or one that it trades under."""

    name: str
    kind: str
    used_from: date | None
    used_to: date | None


class PositionOut(Schema):
    """Where in the value chain of a cluster it stands."""

    cluster: str
    position: str


class OrganisationInFull(OrganisationOut):
    """An organisation with what hangs on it."""

    description: str
    industries: list[str]
    other_names: list[OtherNameOut]
    former_numbers: list[str]
    value_chain: list[PositionOut]


class EstablishmentOut(Schema):
    """A unit at an address."""

    id: UUID
    organisation: UUID
    number: str
    name: str
    street: str
    postcode: str
    city: str
    municipality: str | None
    latitude: float | None
    longitude: float | None
    industry: str | None
    opened: date | None
    closed: date | None


class FactOut(Schema):
    """A figure of a year, with where it is from."""

    id: UUID
    year: int
    measure: str
    value: Decimal
    unit: str
    source: str
    as_of: date | None


class RoleOut(Schema):
    """What a person is at an organisation."""

    id: UUID
    organisation: UUID
    title: str
    email: str
    phone: str
    since: date | None
    until: date | None


class PersonOut(Schema):
    """A person with their roles, today's and earlier ones."""

    id: UUID
    name: str
    email: str
    phone: str
    language: str
    unsubscribed_at: datetime | None
    roles: list[RoleOut]
    changed_at: datetime


def shows_personal(user: User, scopes: list[str]) -> bool:
    """Whether sole traders' numbers are shown."""
    return "people:read" in scopes and user.has_perm("register.change")


def municipality_shown(row: Municipality) -> MunicipalityOut:
    """A municipality, without its boundary."""
    return MunicipalityOut.from_orm(row)


def industry_shown(row: Industry) -> IndustryOut:
    """An industry."""
    return IndustryOut(
        id=row.pk,
        standard=row.standard,
        code=row.code,
        level=row.level,
        parent=row.parent_id,
        titles=row.titles,
    )


def _organisation(row: Organisation, personal: bool) -> dict[str, object]:
    return {
        "id": row.pk,
        "name": row.name,
        "number": "" if row.is_sole_trader and not personal else row.number,
        "country": row.country,
        "kind": row.kind,
        "legal_form": row.legal_form,
        "is_sole_trader": row.is_sole_trader,
        "municipality": row.municipality_id,
        "main_industry": row.main_industry_id,
        "size": row.size,
        "street": row.street,
        "postcode": row.postcode,
        "city": row.city,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "website": row.website,
        "email": row.email,
        "phone": row.phone,
        "parent": row.parent_id,
        "started": row.started,
        "ended": row.ended,
        "tags": sorted(one.tag.name for one in row.tags.all()),
        "changed_at": row.changed_at,
    }


def organisation_shown(row: Organisation, *, personal: bool) -> OrganisationOut:
    """`row` comes with its tags."""
    return OrganisationOut.model_validate(_organisation(row, personal))


def organisation_in_full(row: Organisation, *, personal: bool) -> OrganisationInFull:
    """With what hangs on it."""
    former = [one.number for one in row.former_numbers.all()]
    return OrganisationInFull.model_validate(
        {
            **_organisation(row, personal),
            "description": row.description,
            "industries": list(row.industries.values_list("industry", flat=True)),
            "other_names": [
                {
                    "name": one.name,
                    "kind": one.kind,
                    "used_from": one.used_from,
                    "used_to": one.used_to,
                }
                for one in row.other_names.all()
            ],
            "former_numbers": [] if row.is_sole_trader and not personal else former,
            "value_chain": [
                {"cluster": one.cluster, "position": one.position}
                for one in row.value_chain_positions.all()
            ],
        }
    )


def establishment_shown(row: Establishment) -> EstablishmentOut:
    """An establishment."""
    return EstablishmentOut(
        id=row.pk,
        organisation=row.organisation_id,
        number=row.number,
        name=row.name,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        municipality=row.municipality_id,
        latitude=row.latitude,
        longitude=row.longitude,
        industry=row.industry_id,
        opened=row.opened,
        closed=row.closed,
    )


def fact_shown(row: YearlyFact) -> FactOut:
    """A figure of a year."""
    return FactOut(
        id=row.pk,
        year=row.year,
        measure=row.measure,
        value=row.value,
        unit=row.unit,
        source=row.source_id,
        as_of=row.as_of,
    )


def role_shown(row: PersonRole) -> RoleOut:
    """A role."""
    return RoleOut(
        id=row.pk,
        organisation=row.organisation_id,
        title=row.title,
        email=row.email,
        phone=row.phone,
        since=row.since,
        until=row.until,
    )


def person_shown(row: Person) -> PersonOut:
    """`row` comes with `shown_roles`, which the caller's user may see."""
    return PersonOut(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        unsubscribed_at=row.unsubscribed_at,
        roles=[role_shown(one) for one in row.shown_roles],
        changed_at=row.changed_at,
    )
