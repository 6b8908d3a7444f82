"""Every read of contacts: who they are, who is invited, who asks, what they propose."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.register import contact_links
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    Organisation,
    Person,
    PersonRole,
    ProfileProposal,
)
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.rules import contact_at, held, municipalities_of


def kept_by(user: User) -> QuerySet[Organisation]:
    """The organisations that the user may change, and so say who their contacts are."""
    rows = visible_to(Organisation.objects.all(), user)
    if user.has_perm("register.change"):
        return rows
    return rows.filter(municipality__in=municipalities_of(user))


def contacts_kept_by(user: User) -> QuerySet[CompanyContact]:
    """The contacts of those organisations."""
    rows = CompanyContact.objects.filter(role__organisation__in=kept_by(user))
    return rows.select_related("user", "role__person", "role__organisation", "let_in_by")


def waiting_requests(user: User) -> QuerySet[ContactRequest]:
    """Verified requests that wait for a second person to confirm them, oldest first."""
    rows = ContactRequest.objects.filter(verified_at__isnull=False, decided_at=None)
    return rows.filter(organisation__in=kept_by(user)).select_related("organisation")


def waiting_proposals(user: User) -> QuerySet[ProfileProposal]:
    """What contacts propose and nobody has decided, oldest first."""
    rows = ProfileProposal.objects.filter(decided_at=None, organisation__in=kept_by(user))
    return rows.select_related("organisation", "by")


def open_invitations(user: User) -> QuerySet[ContactInvitation]:
    """Invitations whose link still lets in, latest first."""
    rows = ContactInvitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    rows = rows.filter(role__organisation__in=kept_by(user))
    return rows.select_related("role__person", "role__organisation", "invited_by")


def roles_to_invite(organisation: Organisation) -> QuerySet[PersonRole]:
    """People who have a role at the organisation today and do not log in as its contact."""
    return organisation.people.filter(held(), contact=None).select_related("person")


def invitation_for(token: str) -> ContactInvitation:
    """The invitation that a link is for, open or not; Http404 when the link is not ours."""
    rows = ContactInvitation.objects.select_related("role__person", "role__organisation")
    return get_object_or_404(rows, pk=contact_links.invitation_key(token))


def request_for(token: str) -> ContactRequest:
    """The request that a link is for; Http404 when it is not ours, or too old."""
    rows = ContactRequest.objects.select_related("organisation")
    return get_object_or_404(rows, pk=contact_links.request_key(token))


def contacts_panel(organisation: Organisation, request: HttpRequest) -> dict[str, object] | None:
    """What a company's page shows of its contacts to those who keep it."""
    user: Any = request.user
    if not user.has_perm("register.manage_contacts", organisation):
        return None
    asking = ContactRequest.objects.filter(
        organisation=organisation, verified_at__isnull=False, decided_at=None
    )
    return {
        "contacts": contacts_kept_by(user).filter(role__organisation=organisation),
        "n_waiting": asking.count() + organisation.proposals.filter(decided_at=None).count(),
        "organisation": organisation,
    }


def own_organisations(user: User) -> Sequence[Organisation]:
    """The organisations that the user is a contact of, by name."""
    return list(Organisation.objects.filter(pk__in=contact_at(user)).order_by("name", "pk"))


def own_person(user: User, organisation: Organisation) -> Person:
    """The person that the user is at an organisation; Http404 when it is none of theirs."""
    key = contact_at(user).get(organisation.pk)
    if key is None:
        raise Http404
    return Person.objects.get(pk=key)


def own_proposals(organisation: Organisation) -> QuerySet[ProfileProposal]:
    """What was proposed for an organisation: what waits, and the latest decisions."""
    rows: Any = organisation.proposals.select_related("by").order_by("-proposed_at")
    return rows.filter(Q(decided_at=None) | Q(pk__in=rows.values("pk")[:10]))
