"""Calls about the establishments of organisations."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.responses import Status

from klustermotor.core.api import call, checked, require_match, with_version
from klustermotor.core.models import User
from klustermotor.register.api.organisations import READ, WRITE, organisation_of
from klustermotor.register.api.shown import EstablishmentOut, establishment_shown
from klustermotor.register.forms.establishments import EstablishmentForm
from klustermotor.register.models import Establishment, Organisation
from klustermotor.register.queries.organisation import establishments_of
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.services import hanging

router = Router(tags=["Establishments"])


class EstablishmentIn(Schema):
    """What is said of an establishment; give it a name, an address or a number."""

    name: str | None = None
    number: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    municipality: str | None = Field(None, description="Its key, SE-2080.")
    latitude: float | None = None
    longitude: float | None = None
    industry: str | None = Field(None, description="Its key, SNI2007:24, or its code.")
    opened: date | None = None
    closed: date | None = None


def establishment_of(user: User, establishment: UUID) -> Establishment:
    """The establishment with this key, if the user sees it."""
    rows = visible_to(Establishment.objects.select_related("organisation"), user)
    return get_object_or_404(rows, pk=establishment)


@router.get(
    "/organisations/{uuid:organisation}/establishments",
    response=list[EstablishmentOut],
    summary="List an organisation's establishments",
)
@call("register.view", READ, organisation_of)
def list_establishments(request: HttpRequest, organisation: Organisation) -> Any:
    """Those that are open first."""
    user: Any = request.user
    return [establishment_shown(row) for row in establishments_of(organisation, user)]


@router.post(
    "/organisations/{uuid:organisation}/establishments",
    response={201: EstablishmentOut},
    summary="Add an establishment",
)
@call("register.change", WRITE, organisation_of)
def add_establishment(
    request: HttpRequest, organisation: Organisation, payload: EstablishmentIn
) -> Any:
    """An establishment of the organisation."""
    user: Any = request.user
    row = Establishment(organisation=organisation)
    form: Any = checked(
        lambda data: EstablishmentForm(data, instance=row), payload.model_dump(exclude_none=True)
    )
    for name, value in form.cleaned_data.items():
        setattr(row, name, value)
    done = hanging.add(row, "establishment.created", by=user, sourced=True)
    return Status(201, establishment_shown(done.row))


@router.get(
    "/establishments/{uuid:establishment}",
    response=EstablishmentOut,
    summary="Read an establishment",
)
@call("register.view", READ, establishment_of)
def read_establishment(
    request: HttpRequest, establishment: Establishment, response: HttpResponse
) -> Any:
    """ETag is its version."""
    return with_version(request, response, establishment_shown(establishment))


@router.patch(
    "/establishments/{uuid:establishment}",
    response=EstablishmentOut,
    summary="Change an establishment",
)
@call("register.change", WRITE, establishment_of)
def change_establishment(
    request: HttpRequest,
    establishment: Establishment,
    response: HttpResponse,
    payload: EstablishmentIn,
) -> Any:
    """Send If-Match with the ETag; what is left out stays."""
    user: Any = request.user
    sent = payload.model_dump(exclude_unset=True)
    with transaction.atomic():
        row = Establishment.objects.select_for_update().get(pk=establishment.pk)
        require_match(request, establishment_shown(row))
        form: Any = checked(lambda data: EstablishmentForm(data, instance=row), sent, now=row)
        fields = {name: form.cleaned_data[name] for name in sent}
        done = hanging.change(row, fields, "establishment.changed", by=user, sourced=True)
    return with_version(request, response, establishment_shown(done.row))
