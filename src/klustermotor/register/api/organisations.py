"""Calls about organisations and their figures of years."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from klustermotor.core.api import (
    Page,
    PageQuery,
    Problem,
    call,
    checked,
    listed,
    require_match,
    with_version,
)
from klustermotor.core.models import User
from klustermotor.core.search import matching
from klustermotor.register.api.shown import (
    FactOut,
    OrganisationInFull,
    OrganisationOut,
    fact_shown,
    organisation_in_full,
    organisation_shown,
    shows_personal,
)
from klustermotor.register.forms.establishments import FactForm
from klustermotor.register.forms.organisations import OrganisationForm
from klustermotor.register.models import Organisation
from klustermotor.register.queries import choices, listing
from klustermotor.register.queries.organisation import figures_of
from klustermotor.register.services import figures, organisations
from klustermotor.register.views.listing import columns

router = Router(tags=["Organisations"])
READ, WRITE = "register:read", "register:write"


class OrganisationQuery(PageQuery):
    """What the list may be filtered by, as on the page."""

    text: str = Field("", max_length=100, description="In a name of today or before, or a number.")
    place: str = Field("", max_length=12, description="A municipality, SE-2080, or county, SE-20.")
    industry: str = Field("", max_length=24, description="A main industry with its parts.")
    kind: str = Field("", max_length=10)
    size: str = Field("", max_length=8)
    tag: str = Field("", max_length=60)
    cluster: str = Field("", max_length=80)
    position: str = Field("", max_length=10)
    ended: Literal["", "too", "only"] = Field("", description="Those that have ended.")


class OrganisationChange(Schema):
    """What is to be changed; what is left out stays. All of it is told by hand."""

    name: str | None = None
    country: Literal["SE", "NO", ""] | None = None
    number: str | None = Field(None, description="With or without dash and spaces.")
    kind: str | None = None
    legal_form: str | None = None
    is_sole_trader: bool | None = None
    municipality: str | None = Field(None, description="Its key, SE-2080.")
    size: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    parent: str | None = Field(None, description="The parent's number, or its whole name.")
    started: date | None = None
    ended: date | None = None


class OrganisationIn(OrganisationChange):
    """A new organisation."""

    name: str
    country: Literal["SE", "NO", ""] = "SE"
    kind: str = "company"


class FactIn(Schema):
    """A figure of a year; the same year and measure again replaces what was told by hand."""

    year: int
    measure: str
    value: Decimal
    as_of: date | None = None


def organisation_of(user: User, organisation: UUID) -> Organisation:
    """The organisation with this key, if the user sees it."""
    rows = listing.organisations_for(user).select_related("municipality", "parent")
    return get_object_or_404(rows, pk=organisation)


@router.get("/organisations", response=Page[OrganisationOut], summary="List organisations")
@call("register.view", READ)
def list_organisations(
    request: HttpRequest, response: HttpResponse, query: Query[OrganisationQuery]
) -> Any:
    """Those that the key's user sees, filtered as on the page; as JSON, CSV or XLSX."""
    known = {name: str(value) for name, value in query.model_dump().items() if value}
    asked = listing.Filter.read(_as_address(known))
    _refuse_unknown(known, asked)
    personal = shows_personal(request.user, request.auth.scopes)
    text = matching("organisation", asked.text)
    sort = query.sort.removeprefix("-") or "name"
    rows = listing.listed(request.user, asked, choices.counties(), text, sort)
    return listed(
        request,
        response,
        rows.shown,
        columns(with_personal=personal, with_ended=bool(asked.ended)),
        query,
        shown=lambda row: organisation_shown(row, personal=personal),
        name="companies",
    )


def _as_address(values: dict[str, str]) -> QueryDict:
    address = QueryDict(mutable=True)
    address.update(values)
    return address


def _refuse_unknown(sent: dict[str, str], asked: listing.Filter) -> None:
    """A page forgives a choice that does not exist; a program is told."""
    wrong = {
        name: [f"There is no {name} {sent[name]}."]
        for name in listing.KNOWN
        if sent.get(name) and not getattr(asked, name)
    }
    if wrong:
        raise Problem(422, "Some values are not what they must be.", errors=wrong)


@router.post("/organisations", response={201: OrganisationInFull}, summary="Add an organisation")
@call("register.add", WRITE)
def add_organisation(request: HttpRequest, payload: OrganisationIn) -> Any:
    """A municipal developer adds only what lies in the own municipalities."""
    sent = payload.model_dump(exclude_none=True)
    user: Any = request.user
    form: Any = checked(lambda data: OrganisationForm(data, by=user), sent)
    fields = {name: form.cleaned_data[name] for name in OrganisationForm.Meta.fields}
    done = organisations.create_organisation(fields, by=user)
    return Status(201, _in_full(request, done.row))


@router.get(
    "/organisations/{uuid:organisation}",
    response=OrganisationInFull,
    summary="Read an organisation",
)
@call("register.view", READ, organisation_of)
def read_organisation(
    request: HttpRequest, organisation: Organisation, response: HttpResponse
) -> Any:
    """With its names, numbers, industries and places in value chains; ETag is its version."""
    return with_version(request, response, _in_full(request, organisation))


@router.patch(
    "/organisations/{uuid:organisation}",
    response=OrganisationInFull,
    summary="Change an organisation",
)
@call("register.change", WRITE, organisation_of)
def change_organisation(
    request: HttpRequest,
    organisation: Organisation,
    response: HttpResponse,
    payload: OrganisationChange,
) -> Any:
    """Send If-Match with the ETag. An earlier name and number are kept, and still find it."""
    user: Any = request.user
    sent = payload.model_dump(exclude_unset=True)
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        require_match(request, _in_full(request, row))
        form: Any = checked(
            lambda data: OrganisationForm(data, instance=row, by=user), sent, now=row
        )
        fields = {name: form.cleaned_data[name] for name in sent}
        if getattr(form, "is_personal", False):
            fields["is_sole_trader"] = True
        organisations.change_organisation(row, fields, by=user)
    row = organisation_of(user, organisation.pk)
    return with_version(request, response, _in_full(request, row))


def _in_full(request: HttpRequest, row: Organisation) -> OrganisationInFull:
    personal = shows_personal(request.user, request.auth.scopes)
    return organisation_in_full(row, personal=personal)


@router.get(
    "/organisations/{uuid:organisation}/facts",
    response=list[FactOut],
    summary="List an organisation's figures",
)
@call("register.view", READ, organisation_of)
def list_facts(request: HttpRequest, organisation: Organisation) -> Any:
    """Figures of years from all sources, by measure, latest year first."""
    return [fact_shown(row) for row in figures_of(organisation).facts]


@router.post(
    "/organisations/{uuid:organisation}/facts",
    response=FactOut,
    summary="Tell a figure by hand",
)
@call("register.change", WRITE, organisation_of)
def tell_fact(request: HttpRequest, organisation: Organisation, payload: FactIn) -> Any:
    """The unit follows from the measure and the country; sources' own figures stay beside it."""
    user: Any = request.user
    form: Any = checked(
        lambda data: FactForm(data, organisation=organisation), payload.model_dump()
    )
    done = figures.record_fact(organisation, **form.cleaned_data, unit=form.unit, by=user)
    done.row.refresh_from_db()
    return fact_shown(done.row)
