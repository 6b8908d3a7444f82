"""How long things are kept, what would go, and the record of processing."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.models import Disposal, ProcessingText
from klustermotor.core.privacy import services as privacy
from klustermotor.core.privacy.processing import (
    Activity,
    activities,
    activity_named,
    described,
    record,
)
from klustermotor.core.privacy.retention import (
    RetentionKind,
    due_rows,
    retention_kind,
    retention_kinds,
    rule_for,
)
from klustermotor.core.toasts import say
from klustermotor.register.forms.privacy import ProcessingForm, RuleForm

SUFFIXES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ROWS = 100


@requires("privacy.administer")
def retention(request: HttpRequest) -> HttpResponse:
    """Each kind with its rule, and what has been disposed of."""
    kinds = [(kind, rule_for(kind)) for kind in retention_kinds()]
    context = {
        "kinds": [
            {"kind": kind, "rule": rule, "due": due_rows(kind, rule).count()}
            for kind, rule in kinds
        ],
        "disposals": Disposal.objects.select_related("by")[:50],
        "labels": {kind.name: kind.label for kind in retention_kinds()},
    }
    return render(request, "register/privacy/retention.html", context)


def kind_of(kind: str) -> RetentionKind:
    """The kind of this name; Http404 when there is none."""
    try:
        return retention_kind(kind)
    except LookupError as error:
        raise Http404 from error


@requires("privacy.administer", kind_of)
def rule(request: HttpRequest, kind: RetentionKind) -> HttpResponse:
    """One kind: its rule, and row by row what would go now."""
    known = rule_for(kind)
    form = RuleForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            privacy.save_rule(form.save(commit=False), by=request.user)
            say(request, _("Saved."))
            return redirect("retention_rule", kind=kind.name)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                form.add_error(name if name in form.fields else None, texts)
    saved = rule_for(kind)
    due = due_rows(kind, saved)
    page = Paginator(due, ROWS).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "rule": saved,
        "form": form,
        "due": page.paginator.count,
        "page": page,
        "lines": [{"text": kind.line(row), "key": row.pk} for row in page],
    }
    status = 422 if form.errors else 200
    return render(request, "register/privacy/rule.html", context, status=status)


@require_POST
@requires("privacy.administer", kind_of)
def dispose(request: HttpRequest, kind: RetentionKind) -> HttpResponse:
    """Let go what is due, by the worker."""
    if not rule_for(kind).is_decided:
        say(request, _("Name the disposal decision first: number, day and who decided."))
        return redirect("retention_rule", kind=kind.name)
    job = privacy.order_disposal(kind, by=request.user)
    return redirect("job", job_id=job.pk)


@requires("privacy.administer")
def processing(request: HttpRequest) -> HttpResponse:
    """The record of processing."""
    context = {"activities": [described(activity) for activity in activities()]}
    return render(request, "register/privacy/processing.html", context)


def activity_of(activity: str) -> Activity:
    """The activity of this name; Http404 when there is none."""
    try:
        return activity_named(activity)
    except LookupError as error:
        raise Http404 from error


@requires("privacy.administer", activity_of)
def processing_text(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Say of an activity what our words do not, in the language of the page."""
    language = (get_language() or "sv")[:2]
    known = ProcessingText.objects.filter(activity=activity.name, language=language).first()
    form = ProcessingForm(
        request.POST or None,
        instance=known or ProcessingText(activity=activity.name, language=language),
    )
    if request.method == "POST" and form.is_valid():
        privacy.save_processing_text(form.save(commit=False), by=request.user)
        say(request, _("Saved."))
        return redirect("processing")
    context = {"form": form, "told": described(activity)}
    return render(request, "register/privacy/processing_text.html", context)


@requires("privacy.administer")
def processing_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The record as a file."""
    from klustermotor.report.render import rendered

    if suffix not in SUFFIXES:
        raise Http404
    document = record((get_language() or "sv")[:2])
    response = HttpResponse(rendered(document, f".{suffix}"), content_type=SUFFIXES[suffix])
    response["Content-Disposition"] = f'attachment; filename="record-of-processing.{suffix}"'
    return response
