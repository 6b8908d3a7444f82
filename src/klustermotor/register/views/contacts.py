"""Contacts of companies, for those who keep them: who is in, invited, asking, proposing."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import fail, say
from klustermotor.register.contact_mails import Links, MailNotSentError
from klustermotor.register.forms.contacts import InviteForm
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    Organisation,
    ProfileProposal,
)
from klustermotor.register.queries import contacts as queries
from klustermotor.register.services import contacts, own_profile

COLUMNS = [
    Column("name", gettext_lazy("Name"), lambda row: row.role.person.name),
    Column(
        "organisation",
        gettext_lazy("Company"),
        lambda row: row.organisation.name,
        url=lambda row: reverse("contact_invite", args=[row.organisation.pk]),
    ),
    Column("email", gettext_lazy("Logs in as"), lambda row: row.user.email),
    Column("way", gettext_lazy("How"), lambda row: row.get_way_display()),
    Column("since", gettext_lazy("Since"), lambda row: row.since, sort="since"),
    Column("until", gettext_lazy("Role ends"), lambda row: row.role.until),
    Column("last_login", gettext_lazy("Last login"), lambda row: row.user.last_login),
]
NO_MAIL = gettext_lazy("The mail could not be sent, so nothing was changed. Try again later.")


def links_of(request: HttpRequest) -> Links:
    """Whole addresses on the site that the visitor is on."""

    def to(name: str, token: str) -> str:
        return request.build_absolute_uri(reverse(name, kwargs={"token": token}))

    return Links(
        lambda token: to("contact_accept", token), lambda token: to("contact_verify", token)
    )


@requires("register.manage_contacts")
def listing(request: HttpRequest) -> HttpResponse:
    """Everyone who logs in for a company, and what waits for an answer."""
    rows = queries.contacts_kept_by(request.user)
    order = order_of(request, COLUMNS, default="-since")
    if file := exported(request, rows, COLUMNS, order, "contacts"):
        return file
    context = {
        "page": list_page(request, rows, COLUMNS, order),
        "requests": queries.waiting_requests(request.user),
        "proposals": queries.waiting_proposals(request.user),
        "invitations": queries.open_invitations(request.user)[:50],
    }
    return render(request, "register/contacts/list.html", context)


def organisation_of(organisation: str) -> Organisation:
    """The organisation with this key; Http404 when there is none."""
    return get_object_or_404(Organisation, pk=organisation)


@requires("register.manage_contacts", organisation_of)
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The contacts of one organisation, and inviting another."""
    form = InviteForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        data, links = form.cleaned_data, links_of(request)
        try:
            if data["role"] is not None:
                contacts.invite(data["role"], data["email"], by=request.user, links=links)
            else:
                contacts.invite_new(
                    organisation,
                    data["name"],
                    data["email"],
                    title=data["title"],
                    language=data["language"],
                    by=request.user,
                    links=links,
                )
        except MailNotSentError:
            form.add_error(None, NO_MAIL)
        else:
            say(request, _("The invitation was sent to %(email)s.") % {"email": data["email"]})
            return redirect("contact_invite", organisation=organisation.pk)
    user = request.user
    context = {
        "form": form,
        "organisation": organisation,
        "contacts": queries.contacts_kept_by(user).filter(role__organisation=organisation),
        "invitations": queries.open_invitations(user).filter(role__organisation=organisation),
    }
    return render(request, "register/contacts/invite.html", context)


def invitation_of(invitation: str) -> ContactInvitation:
    """The invitation with this key; Http404 when there is none."""
    rows = ContactInvitation.objects.select_related("role__organisation", "role__person")
    return get_object_or_404(rows, pk=invitation)


@require_POST
@requires("register.manage_contacts", invitation_of)
def withdraw(request: HttpRequest, invitation: ContactInvitation) -> HttpResponse:
    """Let the link in a mail stop working."""
    contacts.withdraw(invitation, by=request.user)
    say(request, _("The invitation was withdrawn. Its link no longer works."))
    return _back(request)


@require_POST
@requires("register.manage_contacts", invitation_of)
def send_again(request: HttpRequest, invitation: ContactInvitation) -> HttpResponse:
    """A new mail with a new link; the old one stops working."""
    try:
        contacts.invite(
            invitation.role,
            invitation.email,
            by=request.user,
            links=links_of(request),
            way=invitation.way,
        )
    except MailNotSentError:
        fail(request, NO_MAIL)
    else:
        say(request, _("The invitation was sent to %(email)s.") % {"email": invitation.email})
    return _back(request)


def contact_of(contact: str) -> CompanyContact:
    """The contact with this key; Http404 when there is none."""
    rows = CompanyContact.objects.select_related("role__organisation", "user")
    return get_object_or_404(rows, pk=contact)


@require_POST
@requires("register.manage_contacts", contact_of)
def end(request: HttpRequest, contact: CompanyContact) -> HttpResponse:
    """Let somebody in no longer, with the way back."""
    organisation = contact.organisation
    version = contacts.end_contact(contact, by=request.user)
    undo = reverse("contact_restore", kwargs={"organisation": organisation.pk, "version": version})
    say(request, _("The contact can no longer log in."), undo=undo)
    return _back(request)


@require_POST
@requires("register.manage_contacts", organisation_of)
def restore(request: HttpRequest, organisation: Organisation, version: int) -> HttpResponse:
    """Let somebody in again who was ended by mistake."""
    contacts.restore_contact(organisation, version, by=request.user)
    say(request, _("The contact can log in again."))
    return _back(request)


def request_of(asked: str) -> ContactRequest:
    """The request with this key; Http404 when there is none."""
    return get_object_or_404(ContactRequest.objects.select_related("organisation"), pk=asked)


@require_POST
@requires("register.manage_contacts", request_of)
def confirm(request: HttpRequest, asked: ContactRequest) -> HttpResponse:
    """Say that whoever asks is the one they say: they get a mail with a link."""
    try:
        contacts.confirm(asked, by=request.user, links=links_of(request))
    except contacts.NotBySelfError:
        fail(request, _("You asked yourself: somebody else must confirm it."))
    except contacts.NotOpenError:
        fail(request, _("This was decided already, or the company's web page has changed."))
    except MailNotSentError:
        fail(request, NO_MAIL)
    else:
        say(request, _("An invitation was sent to %(email)s.") % {"email": asked.email})
    return _back(request)


@require_POST
@requires("register.manage_contacts", request_of)
def refuse(request: HttpRequest, asked: ContactRequest) -> HttpResponse:
    """Say no to a request."""
    try:
        contacts.refuse(asked, by=request.user)
    except contacts.NotOpenError:
        fail(request, _("This was decided already."))
    else:
        say(request, _("The request was refused."))
    return _back(request)


def proposal_of(proposal: str) -> ProfileProposal:
    """The proposal with this key; Http404 when there is none."""
    return get_object_or_404(ProfileProposal.objects.select_related("organisation"), pk=proposal)


@require_POST
@requires("register.manage_contacts", proposal_of)
def accept_proposal(request: HttpRequest, proposal: ProfileProposal) -> HttpResponse:
    """Let a proposed value stand."""
    try:
        own_profile.accept_proposal(proposal, by=request.user)
    except ValidationError as error:
        fail(request, " ".join(error.messages))
    else:
        say(request, _("The change was accepted."))
    return _back(request)


@require_POST
@requires("register.manage_contacts", proposal_of)
def refuse_proposal(request: HttpRequest, proposal: ProfileProposal) -> HttpResponse:
    """Keep the value as it is."""
    try:
        own_profile.refuse_proposal(proposal, by=request.user)
    except ValidationError as error:
        fail(request, " ".join(error.messages))
    else:
        say(request, _("The change was refused."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("contacts")
