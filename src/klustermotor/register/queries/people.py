"""Reads of people."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from klustermotor.core.models import User
from klustermotor.core.search import matching
from klustermotor.register.models import LegalBasis, Organisation, Person, PersonRole
from klustermotor.register.queries.organisation import Contacts, by_time
from klustermotor.register.queries.secrecy import visible_to

ORGANISATIONS_AT_MOST = 2000


def people_for(user: User) -> QuerySet[Person]:
    """The people whom no secrecy mark hides from this user."""
    return visible_to(Person.objects.all(), user)


def listed(user: User, *, text: str = "", mail: str = "", role: str = "") -> QuerySet[Person]:
    """The people that fit, with their roles at organisations that this user may see."""
    roles = visible_to(PersonRole.objects.all(), user).select_related("organisation")
    rows = people_for(user).prefetch_related(Prefetch("roles", roles, to_attr="shown_roles"))
    if text:
        rows = rows.filter(_named(text))
    if role:
        rows = rows.filter(pk__in=PersonRole.objects.filter(title=role).values("person"))
    if mail:
        rows = rows.filter(unsubscribed_at__isnull=mail == "yes")
    return rows


def _named(text: str) -> Q:
    """Who is called so, has such an address, or is something at an organisation that is found."""
    fits = matching("person", text).condition | Q(email__icontains=text)
    at = matching("organisation", text)
    if at.many:
        return fits
    there = Organisation.objects.filter(at.condition).order_by()[:ORGANISATIONS_AT_MOST]
    roles = PersonRole.objects.filter(organisation__in=list(there.values_list("pk", flat=True)))
    return fits | Q(pk__in=roles.values("person"))


def person_of(person: UUID) -> Person:
    """The person with this key; Http404 when there is none."""
    return get_object_or_404(Person, pk=person)


def role_of(person: UUID, role: UUID) -> PersonRole:
    """A role of this person; Http404 when it is none of theirs."""
    rows = PersonRole.objects.select_related("person", "organisation")
    return get_object_or_404(rows, pk=role, person=person)


def roles_of(person: Person, user: User) -> Contacts:
    """What a person is and was at organisations that this user may see."""
    rows = visible_to(PersonRole.objects.filter(person=person), user)
    return by_time(rows.select_related("organisation"))


def legal_bases_of(person: Person) -> QuerySet[LegalBasis]:
    """By what right what is known of a person is kept, those that stand first."""
    rows = person.legal_bases.select_related("source", "text")
    return rows.order_by("withdrawn_on", "purpose", "-given_on")


def role_titles(user: User) -> list[str]:
    """The roles that people have, to filter by."""
    titles = PersonRole.objects.exclude(title="").order_by("title").values_list("title", flat=True)
    return list(titles.distinct()[:200])


def offered(text: str, user: User, limit: int = 10) -> list[Person]:
    """People to choose from while typing, by the beginning of name or e-mail."""
    rows = people_for(user).filter(Q(name__istartswith=text) | Q(email__istartswith=text))
    roles = visible_to(PersonRole.objects.all(), user).select_related("organisation")
    return list(rows.prefetch_related(Prefetch("roles", roles, to_attr="shown_roles"))[:limit])
