"""People, and what they are at organisations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Organisation, Person, PersonRole
from klustermotor.register.services import hanging
from klustermotor.register.services.done import Done
from klustermotor.register.services.provenance import correct, tell_by_hand
from klustermotor.register.services.removing import StillUsedError, used_by


def create_person(
    fields: Mapping[str, Any],
    *,
    by: User,
    at: Organisation | None = None,
    role: Mapping[str, Any] | None = None,
) -> Done[Person]:
    """A new person, at an organisation when one is given; the values are told by hand."""
    with acting(by, "person.created") as act:
        person = Person.objects.create(**fields)
        tell_by_hand(person, [name for name, value in fields.items() if value], by=by)
        if at is not None:
            row = PersonRole.objects.create(person=person, organisation=at, **(role or {}))
            hanging.touch(row)
    return Done(person, act.at)


def change_person(person: Person, fields: Mapping[str, Any], *, by: User) -> Done[Person]:
    """Correct what is said of a person."""
    with acting(by, "person.changed") as act:
        person = Person.objects.select_for_update().get(pk=person.pk)
        if correct(person, fields, by=by):
            person.save()
    return Done(person, act.at)


def give_role(
    person: Person, organisation: Organisation, fields: Mapping[str, Any], *, by: User
) -> Done[PersonRole]:
    """What a person is at an organisation; the same role from the same day is given once."""
    with acting(by, "role.given") as act:
        title, since = fields.get("title", ""), fields.get("since")
        row = PersonRole.objects.filter(
            person=person, organisation=organisation, title=title, since=since
        ).first()
        if row is None:
            row = PersonRole.objects.create(person=person, organisation=organisation, **fields)
            hanging.touch(row)
    return Done(row, act.at)


def end_role(role: PersonRole, on: date, *, by: User) -> Done[PersonRole]:
    """A person leaves a role; it is kept among the earlier ones."""
    return hanging.change(role, {"until": on}, "role.ended", by=by)


def set_unsubscribed(person: Person, unsubscribed: bool, *, by: User) -> Done[Person]:
    """Stop, or take up again, mail to a person."""
    since = timezone.now() if unsubscribed else None
    action = "person.unsubscribed" if unsubscribed else "person.subscribed"
    return hanging.change(person, {"unsubscribed_at": since}, action, by=by)


def remove_person(person: Person, *, by: User) -> Done[Person]:
    """Take away a person entered by mistake; erasure for good is another thing (`privacy`).

    Raises :class:`StillUsedError` when rooms above refer to them.
    """
    if users := used_by(person):
        raise StillUsedError(users)
    return hanging.remove(person, "person.removed", by=by)
