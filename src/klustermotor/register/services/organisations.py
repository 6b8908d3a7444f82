"""Writes to organisations themselves: what they are called, where they are, when they ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import FormerNumber, Organisation, OrganisationName
from klustermotor.register.services.done import Done
from klustermotor.register.services.provenance import correct, tell_by_hand
from klustermotor.register.services.removing import StillUsedError, used_by


@transaction.atomic
def organisation_for(name: str, number: str = "") -> Organisation:
    """The organisation with this number, else with this name; created when there is none.

    The number decides where it is given: two companies may share a name. A known organisation
    keeps the name it has.
    """
    name, number = name.strip(), number.strip()
    if number:
        found = Organisation.objects.filter(number=number).first()
        return found or Organisation.objects.create(name=name, number=number)
    found = Organisation.objects.filter(name=name).order_by("id").first()
    return found or Organisation.objects.create(name=name)


def create_organisation(fields: Mapping[str, Any], *, by: User) -> Done[Organisation]:
    """A new organisation; all that is said of it is told by hand."""
    with acting(by, "organisation.created") as act:
        organisation = Organisation.objects.create(**fields)
        tell_by_hand(organisation, [name for name, value in fields.items() if value], by=by)
    return Done(organisation, act.at)


def change_organisation(
    organisation: Organisation,
    fields: Mapping[str, Any],
    *,
    by: User,
    keep_name: bool = True,
    keep_number: bool = True,
) -> Done[Organisation]:
    """Correct what is said of an organisation.

    The name and the number that it leaves still find it, unless they were a slip of the pen
    (`keep_name`, `keep_number`).
    """
    with acting(by, "organisation.changed") as act:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        name, number = organisation.name, organisation.number
        changed = correct(organisation, fields, by=by)
        if changed:
            organisation.save()
        today = timezone.localdate()
        if "name" in changed and keep_name and name:
            _keep_name(organisation, name, today)
        if "number" in changed and keep_number and number:
            _keep_number(organisation, number, today)
    return Done(organisation, act.at)


def _keep_name(organisation: Organisation, name: str, until: date) -> None:
    kind = OrganisationName.Kind.FORMER
    row = organisation.other_names.filter(name=name, kind=kind).first()
    row = row or OrganisationName(organisation=organisation, name=name, kind=kind)
    row.used_to = until
    row.save()


def _keep_number(organisation: Organisation, number: str, until: date) -> None:
    row = organisation.former_numbers.filter(number=number).first()
    row = row or FormerNumber(organisation=organisation, number=number)
    row.used_to = until
    row.save()


def end_organisation(organisation: Organisation, on: date, *, by: User) -> Done[Organisation]:
    """Mark an organisation as ended; it is kept, and left out of the list unless asked for."""
    with acting(by, "organisation.ended") as act:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if correct(organisation, {"ended": on}, by=by):
            organisation.save()
    return Done(organisation, act.at)


def reopen_organisation(organisation: Organisation, *, by: User) -> Done[Organisation]:
    """An organisation goes on after all."""
    with acting(by, "organisation.reopened") as act:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if correct(organisation, {"ended": None}, by=by):
            organisation.save()
    return Done(organisation, act.at)


def remove_organisation(organisation: Organisation, *, by: User) -> Done[Organisation]:
    """Take away an organisation that should never have been there, with all that hangs on it.

    Raises :class:`StillUsedError` when it is another's parent, or rooms above refer to it.
    """
    key = organisation.pk
    with acting(by, "organisation.removed") as act:
        if users := used_by(organisation):
            raise StillUsedError(users)
        organisation.delete()
        organisation.pk = key
    return Done(organisation, act.at)
