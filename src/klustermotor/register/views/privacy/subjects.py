"""One person's rights: by what right they are kept, their extract, their erasure."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.models import DataRequest, Job, User
from klustermotor.core.privacy import Subject
from klustermotor.core.privacy.controllers import NoControllerError
from klustermotor.core.privacy.jobs import ERASE, EXTRACT, SEARCH
from klustermotor.core.privacy.planning import law_on, whole_plan
from klustermotor.core.privacy.services import order
from klustermotor.core.privacy.sweep import Mention, histories, model_named, value_of
from klustermotor.core.toasts import say
from klustermotor.register.forms.privacy import EraseForm, GrantForm
from klustermotor.register.models import LegalBasis, Organisation, Person
from klustermotor.register.queries.secrecy import marks_on
from klustermotor.register.services import privacy as services

FRESH = timedelta(days=1)
"""For how long a search for mentions may be gone through before it has to be made anew."""
AROUND = 70
MOST = 500
PAGES = {
    Person: ("person_privacy", "person_extract", "person_erase", "person"),
    Organisation: (
        "sole_trader_privacy",
        "sole_trader_extract",
        "sole_trader_erase",
        "organisation",
    ),
    User: ("user_privacy", "user_extract", "user_erase", "user"),
}


def _found(model: type, key: Any) -> Subject:
    subject = Subject(model, key)
    if subject.row() is None:
        raise Http404
    return subject


def person_subject(person: UUID) -> Subject:
    """The person of this key; Http404 when there is none."""
    return _found(Person, person)


def sole_trader_subject(organisation: UUID) -> Subject:
    """The sole trader of this key; Http404 for a company of any other form."""
    return _found(Organisation, organisation)


def user_subject(user: int) -> Subject:
    """The user of this number; Http404 when there is none."""
    return _found(User, user)


def addresses(subject: Subject) -> dict[str, str]:
    """The addresses of one person's pages."""
    page, extract, erase, name = PAGES[subject.model]
    key = {name: subject.key}
    return {
        "page": reverse(page, kwargs=key),
        "extract": reverse(extract, kwargs=key),
        "erase": reverse(erase, kwargs=key),
    }


@requires("privacy.administer", person_subject)
def person(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A person's rights."""
    return _page(request, subject)


@requires("privacy.administer", sole_trader_subject)
def sole_trader(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A sole trader's rights."""
    return _page(request, subject)


@requires("privacy.administer", user_subject)
def user(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A user's rights."""
    return _page(request, subject)


def _page(request: HttpRequest, subject: Subject) -> HttpResponse:
    row = subject.row()
    context: dict[str, Any] = {
        "subject": subject,
        "thing": row,
        "kind": subject.kind.label,
        "addresses": addresses(subject),
        "extracts": _jobs(subject, EXTRACT, request.user)[:5],
        "requests": DataRequest.objects.filter(
            subject_model=subject.label, subject=str(subject.key)
        ),
        "marks": marks_on(row) if not isinstance(row, User) else [],
    }
    if isinstance(row, Person):
        context["bases"] = row.legal_bases.select_related("source", "text")
        context["form"] = GrantForm(initial={"given_on": timezone.localdate()})
    return render(request, "register/privacy/subject.html", context)


def _jobs(subject: Subject, kind: str, by: User):
    return Job.objects.filter(
        kind=kind, owner=by, arguments__model=subject.label, arguments__key=str(subject.key)
    ).order_by("-created")


@require_POST
@requires("privacy.administer", person_subject)
def person_extract(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Order a person's extract."""
    return _extract(request, subject)


@require_POST
@requires("privacy.administer", sole_trader_subject)
def sole_trader_extract(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Order a sole trader's extract."""
    return _extract(request, subject)


@require_POST
@requires("privacy.administer", user_subject)
def user_extract(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Order a user's extract."""
    return _extract(request, subject)


def _extract(request: HttpRequest, subject: Subject) -> HttpResponse:
    job = order(EXTRACT, subject, by=request.user, title=_("Register extract"))
    return redirect("job", job_id=job.pk)


@requires("privacy.administer", person_subject)
def person_erase(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Erase a person."""
    return _erase(request, subject)


@requires("privacy.administer", sole_trader_subject)
def sole_trader_erase(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Erase a sole trader."""
    return _erase(request, subject)


@requires("privacy.administer", user_subject)
def user_erase(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Erase a user."""
    return _erase(request, subject)


@dataclass(frozen=True)
class Shown:
    """A mention as the reviewer sees it: where, the words around it, and whether law keeps it."""

    place: str
    where: str
    text: str
    law: str
    sure: bool


def _erase(request: HttpRequest, subject: Subject) -> HttpResponse:
    row = subject.row()
    search = _search_of(request, subject)
    reviewed = _reviewed(search) if search and search.state == Job.State.DONE else []
    form = EraseForm(request.POST if "name" in request.POST else None, wanted=str(row))
    if request.method == "POST" and "search" in request.POST:
        title = _("Search for mentions before an erasure")
        job = order(SEARCH, subject, by=request.user, title=title)
        return redirect("job", job_id=job.pk)
    refusal = subject.kind.refusal(row, request.user)
    ready = search is not None and search.state == Job.State.DONE and not refusal
    if request.method == "POST" and ready and form.is_valid():
        return _order_erasure(request, subject, reviewed)
    try:
        planned = whole_plan(subject)
    except NoControllerError:
        planned = None
    context = {
        "subject": subject,
        "thing": row,
        "addresses": addresses(subject),
        "planned": planned,
        "rows": planned.rows[:MOST] if planned else [],
        "counts": Counter(str(one.action) for one in planned.rows) if planned else {},
        "refusal": refusal,
        "search": search,
        "reviewed": reviewed,
        "silently": _silently(search),
        "ready": ready and planned is not None,
        "form": form,
        "namesakes": _namesakes(subject),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "register/privacy/erase.html", context, status=status)


def _search_of(request: HttpRequest, subject: Subject) -> Job | None:
    found = _jobs(subject, SEARCH, request.user).first()
    if found is None or found.state in (Job.State.FAILED, Job.State.CANCELLED):
        return None
    return found if found.created > timezone.now() - FRESH else None


def _order_erasure(request: HttpRequest, subject: Subject, reviewed: list[Shown]) -> HttpResponse:
    chosen = set(request.POST.getlist("strike"))
    left = [one.place for one in reviewed if one.place not in chosen and not one.law]
    also = [one.place for one in reviewed if one.place in chosen and not one.sure]
    job = order(ERASE, subject, by=request.user, title=_("Erasure"), left=left, also=also)
    say(request, _("The erasure has begun. The log of erasures tells when it is done."))
    return redirect("job", job_id=job.pk)


def _reviewed(search: Job) -> list[Shown]:
    """What a person has to look at: texts of today that people wrote, and files."""
    earlier = {table._meta.label_lower for table in histories()}
    found = []
    for one in search.result.get("mentions", [])[:MOST]:
        mention = Mention(**one)
        if mention.by_machine or mention.model in earlier:
            continue
        model = model_named(mention.model)
        row = model._base_manager.filter(pk=mention.key).first() if model else None
        if model is None or row is None:
            continue
        where = f"{model._meta.verbose_name}: {row}"[:80]
        text = str(value_of(mention))[: 4 * AROUND]
        found.append(Shown(mention.place, where, text, law_on(mention), mention.sure))
    for file in search.result.get("files", []):
        where = _("file that nobody could read") if file["unread"] else _("file")
        found.append(
            Shown(
                f"file/{file['path']}", where, file["path"], "", file["sure"] and not file["unread"]
            )
        )
    return found


def _silently(search: Job | None) -> int:
    """How many copies that the system made go without asking."""
    if search is None:
        return 0
    return sum(one["by_machine"] for one in search.result.get("mentions", []))


def _namesakes(subject: Subject) -> list[tuple[str, str]]:
    """Others of the same name or address: they keep both, unless they are erased too."""
    row = subject.row()
    found = []
    for model in (Person, User):
        others = model._base_manager.filter(name__iexact=row.name)
        if getattr(row, "email", ""):
            others |= model._base_manager.filter(email__iexact=row.email)
        for other in others:
            if Subject.of(other) != subject:
                found.append((str(other), addresses(Subject.of(other))["page"]))
    return found


def person_of(person: UUID) -> Person:
    """The person of this key; Http404 when there is none."""
    return get_object_or_404(Person, pk=person)


@require_POST
@requires("register.change", person_of)
def grant_basis(request: HttpRequest, one: Person) -> HttpResponse:
    """Note by what right a person is kept for a purpose."""
    form = GrantForm(request.POST)
    if form.is_valid():
        try:
            services.grant(one, **form.cleaned_data, by=request.user)
            say(request, _("Saved."))
            return _back(request, one)
        except ValidationError as error:
            form.add_error(None, [text for texts in error.message_dict.values() for text in texts])
    context = {"thing": one, "form": form, "addresses": addresses(Subject.of(one))}
    return render(request, "register/privacy/grant.html", context, status=422)


def basis_of(basis: UUID) -> LegalBasis:
    """The basis of this key; Http404 when there is none."""
    return get_object_or_404(LegalBasis.objects.select_related("person"), pk=basis)


@require_POST
@requires("register.change", basis_of)
def withdraw_basis(request: HttpRequest, basis: LegalBasis) -> HttpResponse:
    """End a basis today."""
    services.withdraw(basis, by=request.user)
    say(request, _("The basis has ended today."))
    return _back(request, basis.person)


def _back(request: HttpRequest, one: Person) -> HttpResponse:
    """To the page that the form stood on."""
    from django.utils.http import url_has_allowed_host_and_scheme

    came_from = request.POST.get("next", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return HttpResponseRedirect(came_from)
    if request.user.has_perm("privacy.administer"):
        return redirect("person_privacy", person=one.pk)
    return redirect("/")
