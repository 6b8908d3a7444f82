"""The administrator's pages: requests, erasures, controllers, texts of consent, missing bases."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import Controller, DataRequest, Erasure, RetentionRule, User
from klustermotor.core.privacy import Subject, ledger
from klustermotor.core.privacy import services as privacy
from klustermotor.core.privacy.retention import retention_kinds
from klustermotor.core.toasts import say
from klustermotor.register.forms.privacy import (
    AnswerForm,
    BulkGrantForm,
    ConsentForm,
    ControllerForm,
    ExtensionForm,
    RequestForm,
)
from klustermotor.register.models import ConsentText, LegalBasis, Person, SecrecyMark
from klustermotor.register.queries.privacy import without_basis
from klustermotor.register.queries.secrecy import marked_names, standing_marks
from klustermotor.register.services import privacy as services


def _fault(form: Any, error: ValidationError) -> None:
    """Put a service's refusal beside the field that it is about."""
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)


@requires("privacy.administer")
def overview(request: HttpRequest) -> HttpResponse:
    """What the law asks for now, and the way to each part of it."""
    today = timezone.localdate()
    waiting = DataRequest.objects.filter(state=DataRequest.State.OPEN)
    decided = [rule for rule in RetentionRule.objects.all() if rule.is_decided]
    context = {
        "open": waiting.count(),
        "late": waiting.filter(due_on__lt=today).count(),
        "soon": waiting[:10],
        "today": today,
        "bare": without_basis(request.user).count(),
        "erasures": Erasure.objects.count(),
        "marks": standing_marks().count(),
        "controller": Controller.objects.filter(is_default=True).first(),
        "undecided": len(retention_kinds()) - len(decided),
    }
    return render(request, "register/privacy/overview.html", context)


def _state(one: DataRequest) -> str:
    late = one.state == DataRequest.State.OPEN and one.due_on < timezone.localdate()
    return _("late") if late else one.get_state_display()


REQUESTS = [
    Column(
        "received_on",
        gettext_lazy("Received"),
        lambda one: one.received_on,
        sort="received_on",
        url=lambda one: reverse("data_request", args=[one.pk]),
    ),
    Column("kind", gettext_lazy("What is asked for"), lambda one: one.get_kind_display()),
    Column("due", gettext_lazy("To be answered by"), lambda one: one.due_on, sort="due_on"),
    Column("state", gettext_lazy("State"), _state),
    Column("reference", gettext_lazy("Reference number"), lambda one: one.reference),
]


@requires("privacy.administer")
def requests(request: HttpRequest) -> HttpResponse:
    """What people have asked of their data."""
    rows = DataRequest.objects.all()
    order = order_of(request, REQUESTS, default="-received_on")
    if file := exported(request, rows, REQUESTS, order, "requests"):
        return file
    context = {"page": list_page(request, rows, REQUESTS, order)}
    return render(request, "register/privacy/requests.html", context)


@requires("privacy.administer")
def new_request(request: HttpRequest) -> HttpResponse:
    """Note a request; the person is found by e-mail or by the page one came from."""
    subject = _named(request.GET.get("model", ""), request.GET.get("key", ""))
    initial = {"received_on": timezone.localdate(), "email": _email(subject)}
    form = RequestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        email = data.pop("email")
        subject = _subject_by(email) if email else None
        if email and subject is None:
            form.add_error("email", _("Nobody here has this address. Leave it empty to go on."))
        else:
            try:
                made = privacy.receive_request(**data, subject=subject, by=request.user)
                say(request, _("The request is noted."))
                return redirect("data_request", data_request=made.pk)
            except ValidationError as error:
                _fault(form, error)
    return render(request, "register/privacy/request_new.html", {"form": form})


def _named(label: str, key: str) -> Subject | None:
    try:
        return Subject.named(label, key)
    except (LookupError, ValueError, ValidationError):
        return None


def _email(subject: Subject | None) -> str:
    row = subject.row() if subject else None
    return getattr(row, "email", "") if row is not None else ""


def _subject_by(email: str) -> Subject | None:
    found = Person.objects.filter(Q(email__iexact=email) | Q(roles__email__iexact=email)).first()
    found = found or User.objects.filter(email__iexact=email).first()
    return Subject.of(found) if found else None


def request_of(data_request: UUID) -> DataRequest:
    """The request of this key; Http404 when there is none."""
    return get_object_or_404(DataRequest.objects.select_related("handled_by"), pk=data_request)


@requires("privacy.administer", request_of)
def show_request(request: HttpRequest, one: DataRequest) -> HttpResponse:
    """One request: whom it is about, when it is due, how it was answered."""
    form = AnswerForm(
        request.POST or None, initial={"answered_on": timezone.localdate(), "state": "answered"}
    )
    if request.method == "POST" and one.state == DataRequest.State.OPEN and form.is_valid():
        try:
            privacy.answer_request(one, **form.cleaned_data, by=request.user)
            say(request, _("The request is answered."))
            return redirect("data_request", data_request=one.pk)
        except ValidationError as error:
            _fault(form, error)
    return _request_page(request, one, form, ExtensionForm())


@require_POST
@requires("privacy.administer", request_of)
def extend_request(request: HttpRequest, one: DataRequest) -> HttpResponse:
    """Take two months more."""
    form = ExtensionForm(request.POST)
    if form.is_valid() and one.state == DataRequest.State.OPEN:
        privacy.extend_request(one, reason=form.cleaned_data["extension_reason"], by=request.user)
        say(request, _("Two months more. Tell the person why."))
        return redirect("data_request", data_request=one.pk)
    return _request_page(request, one, AnswerForm(), form)


def _request_page(
    request: HttpRequest, one: DataRequest, form: AnswerForm, extension: ExtensionForm
) -> HttpResponse:
    subject = _named(one.subject_model, one.subject)
    row = subject.row() if subject else None
    context = {
        "one": one,
        "state": _state(one),
        "thing": row,
        "page_of": subject.kind.page(row) if subject and row is not None else "",
        "rights": _rights(subject) if row is not None else None,
        "form": form,
        "extension": extension,
    }
    status = 422 if form.errors or extension.errors else 200
    return render(request, "register/privacy/request.html", context, status=status)


def _rights(subject: Subject | None) -> dict[str, str] | None:
    from klustermotor.register.views.privacy.subjects import addresses

    return addresses(subject) if subject else None


def _kind_of(label: str) -> str:
    subject = _named(label, "0")
    for kind in (subject,) if subject else ():
        return str(kind.kind.label)
    names = {"register.person": _("person"), "register.organisation": _("sole trader")}
    return names.get(label, label)


def _reason(one: Erasure) -> str:
    if one.reason == "request":
        return _("request")
    return ", ".join(part for part in (_("retention"), one.decision) if part)


ERASURES = [
    Column("at", gettext_lazy("Erased"), lambda one: one.at, sort="at"),
    Column("what", gettext_lazy("Kind"), lambda one: _kind_of(one.subject_model)),
    Column("key", gettext_lazy("Key"), lambda one: one.subject),
    Column("reason", gettext_lazy("Why"), _reason),
    Column("rows", gettext_lazy("Erased rows"), lambda one: sum(one.erased.values()), number=True),
    Column("kept", gettext_lazy("Kept by law"), lambda one: sum(one.kept.values()), number=True),
    Column("left", gettext_lazy("Left after review"), lambda one: len(one.left), number=True),
    Column("again", gettext_lazy("Applied again"), lambda one: one.applied_again_at),
]


@requires("privacy.administer")
def erasures(request: HttpRequest) -> HttpResponse:
    """The log of erasures: keys and counts alone."""
    rows = Erasure.objects.all()
    order = order_of(request, ERASURES, default="-at")
    if file := exported(request, rows, ERASURES, order, "erasures"):
        return file
    context = {"page": list_page(request, rows, ERASURES, order)}
    return render(request, "register/privacy/erasures.html", context)


@requires("privacy.administer")
def erasures_file(request: HttpRequest) -> FileResponse:
    """The log as the file that a restore reads."""
    ledger.write_down(settings.HOME)
    path = ledger.ledger(settings.HOME)
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@requires("privacy.administer")
def controllers(request: HttpRequest) -> HttpResponse:
    """Who answers for what."""
    found = Controller.objects.annotate(places=Count("municipalities", distinct=True)).order_by(
        "-is_default", "name"
    )
    return render(request, "register/privacy/controllers.html", {"controllers": found})


@requires("privacy.administer")
def new_controller(request: HttpRequest) -> HttpResponse:
    """Name a controller."""
    return _controller(request, None)


def controller_of(controller: UUID) -> Controller:
    """The controller of this key; Http404 when there is none."""
    return get_object_or_404(Controller, pk=controller)


@requires("privacy.administer", controller_of)
def controller(request: HttpRequest, one: Controller) -> HttpResponse:
    """Change a controller."""
    return _controller(request, one)


def _controller(request: HttpRequest, one: Controller | None) -> HttpResponse:
    form = ControllerForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["municipalities"]
        services.save_controller(form.save(commit=False), chosen, by=request.user)
        say(request, _("Saved."))
        return redirect("controllers")
    return render(request, "register/privacy/controller.html", {"form": form, "one": one})


@requires("privacy.administer")
def consents(request: HttpRequest) -> HttpResponse:
    """The words that people agree to, by purpose."""
    latest: dict[str, int] = {}
    for purpose, version in ConsentText.objects.values_list("purpose", "version"):
        latest[purpose] = max(version, latest.get(purpose, 0))
    given = dict(
        LegalBasis.objects.filter(basis="consent", withdrawn_on=None)
        .order_by()
        .values_list("purpose")
        .annotate(count=Count("pk"))
    )
    purposes = [
        (value, label, latest.get(value), given.get(value, 0))
        for value, label in LegalBasis.Purpose.choices
    ]
    return render(request, "register/privacy/consents.html", {"purposes": purposes})


def purpose_of(purpose: str) -> str:
    """A purpose that one may consent to; Http404 for any other."""
    if purpose not in LegalBasis.Purpose.values:
        raise Http404
    return purpose


@requires("privacy.administer", purpose_of)
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """The texts of one purpose: a change makes a new version."""
    versions = ConsentText.objects.filter(purpose=purpose)
    newest = versions.order_by("-version").first()
    current = versions.filter(version=newest.version) if newest else versions.none()
    form = ConsentForm(
        request.POST or None, initial={f"text_{one.language}": one.text for one in current}
    )
    if request.method == "POST" and form.is_valid():
        made = services.save_consent_texts(purpose, form.texts(), by=request.user)
        say(request, _("A new version is in force.") if made else _("Nothing was changed."))
        return redirect("consent_texts")
    context = {
        "purpose": LegalBasis.Purpose(purpose).label,
        "form": form,
        "versions": versions.annotate(count=Count("given")).order_by("-version", "language"),
    }
    return render(request, "register/privacy/consent.html", context)


BARE = [
    Column(
        "name",
        gettext_lazy("Name"),
        str,
        sort="name",
        url=lambda one: reverse("person_privacy", args=[one.pk]),
    ),
    Column("email", gettext_lazy("E-mail"), lambda one: one.email),
    Column("created", gettext_lazy("In the register since"), lambda one: one.created_at.date()),
]


@requires("privacy.administer")
def bare(request: HttpRequest) -> HttpResponse:
    """People whom nothing gives us the right to keep, and a basis for all of them at once."""
    purpose = request.GET.get("purpose", "")
    if purpose not in LegalBasis.Purpose.values:
        purpose = ""
    rows = without_basis(request.user, purpose)
    order = order_of(request, BARE, default="name")
    if file := exported(request, rows, BARE, order, "without-legal-basis"):
        return file
    form = BulkGrantForm(
        request.POST or None,
        initial={"given_on": timezone.localdate(), "purpose": purpose or "contact"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = services.grant_to_many(rows, **form.cleaned_data, by=request.user)
            say(request, _("A basis was noted for %(count)s people.") % {"count": count})
            return redirect("without_basis")
        except ValidationError as error:
            _fault(form, error)
    context = {
        "page": list_page(request, rows, BARE, order),
        "form": form,
        "purpose": purpose,
        "purposes": LegalBasis.Purpose.choices,
    }
    return render(request, "register/privacy/bare.html", context)


def _mark_columns() -> list[Column]:
    names = marked_names()
    return [
        Column("what", gettext_lazy("What"), lambda one: names.get(one.pk, one.model)),
        Column("ground", gettext_lazy("Legal ground"), lambda one: one.legal_ground),
        Column("decided_by", gettext_lazy("Decided by"), lambda one: one.decided_by),
        Column(
            "decided_on", gettext_lazy("Decided on"), lambda one: one.decided_on, sort="decided_on"
        ),
        Column("until", gettext_lazy("Until"), lambda one: one.until),
    ]


@requires("privacy.administer")
def marks(request: HttpRequest) -> HttpResponse:
    """Everything that carries a secrecy mark."""
    rows, columns = SecrecyMark.objects.all(), _mark_columns()
    order = order_of(request, columns, default="-decided_on")
    if file := exported(request, rows, columns, order, "secrecy-marks"):
        return file
    page = list_page(request, rows, columns, order)
    return render(request, "register/privacy/marks.html", {"page": page, "marks": page.objects})
