"""How people are found: by name and e-mail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.search import Entry, Hit, Question, Seen, among, number_words
from klustermotor.register.models import Person, PersonRole
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.search.organisations import seen_of


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By name, e-mail and telephone, also those of a role."""
    more: dict[object, list[str]] = {}
    roles = PersonRole.objects.filter(person__in=among(keys)).order_by()
    for person, email, phone in roles.values_list("person_id", "email", "phone"):
        more.setdefault(person, []).extend([email, number_words(phone)])
    rows = Person.objects.filter(pk__in=among(keys)).order_by()
    for key, name, email, phone in rows.values_list("pk", "name", "email", "phone"):
        parts = [email, number_words(phone), *more.get(key, ())]
        yield Entry(key=str(key), title=name, text=" ".join(filter(None, parts)))


def hits(keys: Sequence[Any], question: Question, user: User) -> Mapping[str, Hit]:
    """With role and organisation now."""
    roles = visible_to(PersonRole.objects.select_related("organisation"), user)
    rows = Person.objects.filter(pk__in=keys).prefetch_related(Prefetch("roles", roles))
    return {
        str(row.pk): Hit(
            row.name,
            reverse("person", kwargs={"person": row.pk}),
            " · ".join(_role(role) for role in row.roles.all() if role.until is None),
        )
        for row in rows
    }


def _role(role: PersonRole) -> str:
    return ", ".join(filter(None, [role.title, role.organisation.name]))


def seen_by(user: User) -> Seen:
    """Whoever reads the register finds its people, but for those whom a mark hides."""
    return seen_of(Person, user)
