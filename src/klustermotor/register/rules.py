"""Who may see and change the register: those whom it is for, and whom upper rooms let in.

`register.view` and `register.change` are asked of one thing (an organisation, an establishment, a
person, a note on one), or of None: the register as a whole. Who keeps one municipality may change
what lies there, but not the register as a whole.
"""

from typing import Any
from uuid import UUID

import rules
from django.db.models import Model, Q
from django.utils import timezone

from klustermotor.core.grants import granted
from klustermotor.core.models import User
from klustermotor.core.rules import is_administrator
from klustermotor.register.models import (
    CompanyContact,
    Establishment,
    MunicipalDeveloper,
    Note,
    Organisation,
    Person,
)
from klustermotor.register.queries.secrecy import may_see


def held(path: str = "") -> Q:
    """Roles of people that last beyond today; one that ends today opens no door any more."""
    until = f"{path}until"
    return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": timezone.localdate()})


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
        return thing.roles.filter(held(), organisation__municipality__in=places).exists()
    above = getattr(thing, "organisation", None) or getattr(thing, "person", None)
    return above is not None and _lies_in(above, places)


@rules.predicate
def manages_contacts(user: User, thing: Any = None) -> bool:
    """Whoever may change an organisation says who its contacts are; None: of any at all."""
    if isinstance(thing, Organisation):
        return user.has_perm("register.change", thing)
    if thing is not None:
        return user.has_perm("register.change", thing.organisation)
    return user.has_perm("register.change") or develops_a_municipality(user)


def contact_at(user: User) -> dict[UUID, UUID]:
    """The person that the user is at each organisation as its contact, for as long as today's
    roles last; read once per request, kept on the user."""
    kept: dict[UUID, UUID] | None = getattr(user, "_contact_at", None)
    if kept is None:
        found = CompanyContact.objects.filter(held("role__"), user=user.pk)
        kept = dict(found.values_list("role__organisation_id", "role__person_id"))
        user._contact_at = kept
    return kept


@rules.predicate
def is_contact(user: User, organisation: Organisation | None = None) -> bool:
    """Whether the user is a contact of the organisation; None: of any at all."""
    if not user.is_authenticated or not user.is_contact:
        return False
    at = contact_at(user)
    return bool(at) if organisation is None else organisation.pk in at


def is_former_contact(user: User) -> bool:
    """Whether the user was a contact, is none any more, and has nothing else to do here."""
    if not user.is_authenticated or not user.is_contact or is_contact(user):
        return False
    return not user.has_perm("core.has_a_role")


rules.add_perm(
    "core.has_a_role",
    is_administrator | develops_a_municipality | granted("core.has_a_role"),
)
rules.add_perm("register.manage_contacts", manages_contacts)
rules.add_perm("register.own_profile", is_contact)


@rules.predicate
def is_not_hidden(user: User, thing: Any = None) -> bool:
    """Whether no secrecy mark hides the thing, or what it hangs on, from this user."""
    return not isinstance(thing, Model) or may_see(thing, user)


@rules.predicate
def is_its_writer(user: User, note: Note | None = None) -> bool:
    return note is not None and user.is_authenticated and note.by_id == user.pk


MAY_VIEW = is_administrator | develops_a_municipality | granted("register.view")
MAY_CHANGE = is_administrator | develops_its_municipality | granted("register.change")
rules.add_perm("register.view", MAY_VIEW & is_not_hidden)
rules.add_perm("register.change", MAY_CHANGE & is_not_hidden)
# Where the new one may lie is looked at with the rest that is said of it.
rules.add_perm(
    "register.add", is_administrator | develops_a_municipality | granted("register.change")
)
rules.add_perm("register.change_note", MAY_CHANGE & is_its_writer & is_not_hidden)
# Who takes something back must have done it: the service looks, also where nothing is left.
rules.add_perm(
    "register.undo", is_administrator | develops_a_municipality | granted("register.change")
)
rules.add_perm("register.load", is_administrator | granted("register.load"))
rules.add_perm("register.see_secret", is_administrator | granted("register.see_secret"))
rules.add_perm("register.mark_secret", is_administrator | granted("register.mark_secret"))
rules.add_perm("privacy.administer", is_administrator)
