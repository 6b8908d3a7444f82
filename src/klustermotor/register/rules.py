"""Who may see and change the register: those whom it is for, and whom upper rooms let in.

`register.view` and `register.change` are asked of one thing (an organisation, an establishment, a
person, a note on one), or of None: the register as a whole. Who keeps one municipality may change
what lies there, but not the register as a whole.
"""

from typing import Any

import rules
from django.db.models import Q
from django.utils import timezone

from klustermotor.core.grants import granted
from klustermotor.core.models import User
from klustermotor.core.rules import is_administrator
from klustermotor.register.models import (
    Establishment,
    MunicipalDeveloper,
    Organisation,
    Person,
)


def municipalities_of(user: User) -> frozenset[str]:
    """The municipalities that the user answers for; read once per request, kept on the user."""
    kept: frozenset[str] | None = getattr(user, "_municipalities", None)
    if kept is None:
        found = MunicipalDeveloper.objects.filter(user=user.pk)
        kept = frozenset(found.values_list("municipality_id", flat=True))
        user._municipalities = kept
    return kept


@rules.predicate
def develops_a_municipality(user: User, _thing: Any = None) -> bool:
    return user.is_authenticated and bool(municipalities_of(user))


@rules.predicate
def develops_its_municipality(user: User, thing: Any = None) -> bool:
    """Whether the thing lies in a municipality that the user answers for."""
    if thing is None or not user.is_authenticated or not municipalities_of(user):
        return False
    return _lies_in(thing, municipalities_of(user))


def _lies_in(thing: Any, places: frozenset[str]) -> bool:
    """Whether an organisation is registered there, and so for what belongs to one.

    An establishment lies where it stands. A person lies where an organisation does at which they
    are something today.
    """
    if isinstance(thing, Organisation):
        return thing.municipality_id in places
    if isinstance(thing, Establishment):
        if thing.municipality_id:
            return thing.municipality_id in places
        return thing.organisation.municipality_id in places
    if isinstance(thing, Person):
        still = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
        return thing.roles.filter(still, organisation__municipality__in=places).exists()
    above = getattr(thing, "organisation", None) or getattr(thing, "person", None)
    return above is not None and _lies_in(above, places)


rules.add_perm(
    "register.view", is_administrator | develops_a_municipality | granted("register.view")
)
rules.add_perm(
    "register.change", is_administrator | develops_its_municipality | granted("register.change")
)
rules.add_perm("register.load", is_administrator | granted("register.load"))
rules.add_perm("register.see_secret", is_administrator | granted("register.see_secret"))
rules.add_perm("register.mark_secret", is_administrator | granted("register.mark_secret"))
rules.add_perm("privacy.administer", is_administrator)
