"""What a company's contact meets: the invitation, the request, the own company."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klustermotor.core.access import requires
from klustermotor.core.middleware import client_address
from klustermotor.core.models import User
from klustermotor.core.throttle import seconds_to_wait
from klustermotor.core.toasts import say
from klustermotor.register.contact_mails import MailNotSentError
from klustermotor.register.forms.contacts import (
    AcceptForm,
    AskForm,
    OwnCompanyForm,
    OwnPersonForm,
)
from klustermotor.register.models import ContactInvitation, Organisation
from klustermotor.register.queries import contacts as queries
from klustermotor.register.services import contacts, own_profile
from klustermotor.register.views.contacts import NO_MAIL, links_of, organisation_of

TEMPLATES = "register/contacts"
ASKS_OF_VISITOR, ASKS_FOR_ADDRESS, HOUR = 10, 3, 3600


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link opens: choosing how to log in. Opening it alone changes nothing."""
    invitation = queries.invitation_for(token)
    if not invitation.is_open:
        return render(request, f"{TEMPLATES}/not_open.html", status=410)
    has_account = User.objects.filter(email__iexact=invitation.email).exists()
    if has_account or request.user.is_authenticated:
        return _accept_as_user(request, invitation, has_account)
    first = {"name": invitation.role.person.name, "language": get_language()}
    form = AcceptForm(request.POST or None, initial=first, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = contacts.accept_with_new_account(invitation, **form.cleaned_data)
        except contacts.NotOpenError:
            return render(request, f"{TEMPLATES}/not_open.html", status=410)
        return perform_login(request, user, redirect_url=reverse("my_company"))
    context = {"invitation": invitation, "form": form}
    return render(request, f"{TEMPLATES}/accept.html", context)


def _accept_as_user(
    request: HttpRequest, invitation: ContactInvitation, has_account: bool
) -> HttpResponse:
    is_theirs = request.user.is_authenticated and (
        request.user.email.lower() == invitation.email.lower()
    )
    if is_theirs and request.method == "POST":
        try:
            contacts.accept(invitation, request.user)
        except contacts.NotOpenError:
            return render(request, f"{TEMPLATES}/not_open.html", status=410)
        say(request, _("You are now a contact of %(name)s.") % {"name": invitation.organisation})
        return redirect("my_company")
    context = {"invitation": invitation, "is_theirs": is_theirs, "has_account": has_account}
    return render(request, f"{TEMPLATES}/accept_as_user.html", context)


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Asking to be the contact of the company that one works at.

    The answer is the same whether the company is known or not: who asks learns nothing of it.
    """
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_too_much(request, form.cleaned_data["email"]):
            form.add_error(None, _("Too many tries. Wait an hour."))
            return render(request, f"{TEMPLATES}/ask.html", {"form": form}, status=429)
        data = dict(form.cleaned_data)
        found = Organisation.objects.filter(number=data.pop("number")).first()
        try:
            if found is not None:
                contacts.ask(
                    found, **data, language=get_language() or "sv", links=links_of(request)
                )
        except MailNotSentError:
            form.add_error(None, NO_MAIL)
        else:
            return render(request, f"{TEMPLATES}/asked.html", {"email": data["email"]})
    return render(request, f"{TEMPLATES}/ask.html", {"form": form})


def _is_too_much(request: HttpRequest, email: str) -> bool:
    """Whether this visitor, or anybody for this address, has asked too often."""
    of_visitor = seconds_to_wait("contact_ask", client_address(request), ASKS_OF_VISITOR, HOUR)
    for_address = seconds_to_wait("contact_ask_for", email, ASKS_FOR_ADDRESS, HOUR)
    return bool(of_visitor or for_address)


@never_cache
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail to one who asks opens; a button says that it was they."""
    asked = queries.request_for(token)
    if request.method == "POST":
        contacts.verify(asked)
    return render(request, f"{TEMPLATES}/verify.html", {"asked": asked})


@requires("register.own_profile")
def listing(request: HttpRequest) -> HttpResponse:
    """The companies that the user is a contact of; the only one opens at once."""
    found = queries.own_organisations(request.user)
    if len(found) == 1:
        return redirect("own_company", organisation=found[0].pk)
    return render(request, f"{TEMPLATES}/own_companies.html", {"organisations": found})


@requires("register.own_profile", organisation_of)
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """One's own company: what the register says of it and of oneself, and correcting that."""
    person = queries.own_person(request.user, organisation)
    which = request.POST.get("form", "") if request.method == "POST" else ""
    company_form = OwnCompanyForm(
        request.POST if which == "company" else None, instance=organisation, prefix="company"
    )
    person_form = OwnPersonForm(
        request.POST if which == "person" else None, instance=person, prefix="person"
    )
    if which == "company" and company_form.is_valid():
        proposed = own_profile.correct_own(organisation, company_form.cleaned_data, by=request.user)
        say(
            request,
            _("Saved. The region looks at what you proposed.") if proposed else _("Saved."),
        )
        return redirect("own_company", organisation=organisation.pk)
    if which == "person" and person_form.is_valid():
        own_profile.correct_own_person(person, person_form.cleaned_data, by=request.user)
        say(request, _("Saved."))
        return redirect("own_company", organisation=organisation.pk)
    context = {
        "organisation": Organisation.objects.select_related("municipality").get(pk=organisation.pk),
        "industries": organisation.industries.select_related("industry"),
        "company_form": company_form,
        "person_form": person_form,
        "proposals": queries.own_proposals(organisation),
    }
    return render(request, f"{TEMPLATES}/own_company.html", context)
