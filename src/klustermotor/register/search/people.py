"""How people are found: by name and e-mail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.search import EVERYTHING, NOTHING, Entry, Hit, Question, number_words
from klustermotor.register.models import Person, PersonRole


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By name, e-mail and telephone, also those of a role."""
    more: dict[object, list[str]] = {}
    roles = PersonRole.objects.filter(person__in=list(keys)).order_by()
    for person, email, phone in roles.values_list("person_id", "email", "phone"):
        more.setdefault(person, []).extend([email, number_words(phone)])
    rows = Person.objects.filter(pk__in=list(keys)).order_by()
    for key, name, email, phone in rows.values_list("pk", "name", "email", "phone"):
        parts = [email, number_words(phone), *more.get(key, ())]
        yield Entry(key=str(key), title=name, text=" ".join(filter(None, parts)))


def hits(keys: Sequence[Any], question: Question) -> Mapping[str, Hit]:
    """With role and organisation now."""
    rows = Person.objects.filter(pk__in=keys).prefetch_related("roles__organisation")
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


def scopes(user: User) -> Collection[str] | None:
    """Whoever reads the register finds its people."""
    return EVERYTHING if user.has_perm("register.view") else NOTHING
