"""Calls about people and their roles."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from klustermotor.core.api import (
    Page,
    PageQuery,
    call,
    checked,
    listed,
    require_match,
    with_version,
)
from klustermotor.core.models import User
from klustermotor.register.api.organisations import organisation_of
from klustermotor.register.api.shown import PersonOut, RoleOut, person_shown, role_shown
from klustermotor.register.forms.people import PersonForm, RoleFields
from klustermotor.register.models import Organisation, Person, PersonRole
from klustermotor.register.queries import people as queries
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.services import people
from klustermotor.register.views.people import COLUMNS

router = Router(tags=["People"])
READ, WRITE = "people:read", "people:write"


class PeopleQuery(PageQuery):
    """What the list may be filtered by, as on the page."""

    text: str = Field("", max_length=100, description="In name, e-mail or organisation.")
    role: str = Field("", max_length=80)
    mail: Literal["", "yes", "no"] = Field("", description="Who takes mail.")


class PersonChange(Schema):
    """What is to be changed; what is left out stays."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None


class RoleIn(Schema):
    """What a person is at the organisation."""

    title: str = ""
    email: str = ""
    phone: str = ""
    since: date | None = None
    until: date | None = None


class PersonIn(PersonChange):
    """A new person, with a role at the organisation."""

    name: str
    role: RoleIn = RoleIn()


class RoleEnd(Schema):
    """The role's last day."""

    until: date


def person_of(user: User, person: UUID) -> Person:
    """The person with this key and the roles that the user sees."""
    return get_object_or_404(queries.listed(user), pk=person)


def role_of(user: User, role: UUID) -> PersonRole:
    """The role with this key, if the user sees it."""
    rows = visible_to(PersonRole.objects.select_related("person", "organisation"), user)
    return get_object_or_404(rows, pk=role)


@router.get("/people", response=Page[PersonOut], summary="List people")
@call("register.view", READ)
def list_people(request: HttpRequest, response: HttpResponse, query: Query[PeopleQuery]) -> Any:
    """Those that the key's user sees, as JSON, CSV or XLSX."""
    user: Any = request.user
    asked = {name: getattr(query, name).replace("\0", "") for name in ("text", "role", "mail")}
    rows = queries.listed(user, **asked)
    return listed(request, response, rows, COLUMNS, query, shown=person_shown, name="people")


@router.get("/people/{uuid:person}", response=PersonOut, summary="Read a person")
@call("register.view", READ, person_of)
def read_person(request: HttpRequest, person: Person, response: HttpResponse) -> Any:
    """With their roles; ETag is the version."""
    return with_version(request, response, person_shown(person))


@router.patch("/people/{uuid:person}", response=PersonOut, summary="Change a person")
@call("register.change", WRITE, person_of)
def change_person(
    request: HttpRequest, person: Person, response: HttpResponse, payload: PersonChange
) -> Any:
    """Send If-Match with the ETag; what is left out stays."""
    user: Any = request.user
    sent = payload.model_dump(exclude_unset=True)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        require_match(request, person_shown(person_of(user, row.pk)))
        form: Any = checked(lambda data: PersonForm(data, instance=row, by=user), sent, now=row)
        people.change_person(row, {name: form.cleaned_data[name] for name in sent}, by=user)
    return with_version(request, response, person_shown(person_of(user, person.pk)))


@router.post(
    "/organisations/{uuid:organisation}/people",
    response={201: PersonOut},
    summary="Add a person at an organisation",
)
@call("register.change", WRITE, organisation_of)
def add_person(request: HttpRequest, organisation: Organisation, payload: PersonIn) -> Any:
    """Somebody new, with a role at the organisation."""
    user: Any = request.user
    sent = payload.model_dump(exclude={"role"}, exclude_none=True)
    form: Any = checked(lambda data: PersonForm(data, by=user), sent)
    role: Any = checked(RoleFields, payload.role.model_dump(exclude_none=True))
    fields = {name: form.cleaned_data[name] for name in PersonForm.Meta.fields}
    done = people.create_person(fields, by=user, at=organisation, role=role.cleaned_data)
    return Status(201, person_shown(person_of(user, done.row.pk)))


@router.post("/roles/{uuid:role}/end", response=RoleOut, summary="End a role")
@call("register.change", WRITE, role_of)
def end_role(request: HttpRequest, role: PersonRole, payload: RoleEnd) -> Any:
    """The role is kept among the earlier ones; a contact's access ends with it."""
    user: Any = request.user
    sent = {"since": role.since, "until": payload.until}
    checked(RoleFields, {name: value for name, value in sent.items() if value})
    return role_shown(people.end_role(role, payload.until, by=user).row)
