"""Building reports, following their making, reading and releasing them."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.jobs import cancel
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import say
from klustermotor.evaluation import queries, services
from klustermotor.evaluation.forms import ReportForm
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.proofreading import blocking_in, proofs_of_report
from klustermotor.evaluation.views.rounds import round_named
from klustermotor.evaluation.views.texts import address_of, title_of
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.queries import initiative_named
from klustermotor.initiatives.templatetags.figures import language


def state_of(report: Report) -> str:
    """How far a report has come, in words."""
    if report.released_at:
        return _("Released")
    if report.job is None:
        return _("Files are gone")
    return _("Ready") if report.job.state == "done" else report.job.get_state_display()


COLUMNS = [
    Column(
        "report",
        gettext_lazy("Report"),
        str,
        url=lambda report: reverse("report", kwargs={"report": report.pk}),
    ),
    Column("languages", gettext_lazy("Languages"), lambda report: ", ".join(report.languages)),
    Column("formats", gettext_lazy("Formats"), lambda report: ", ".join(report.formats)),
    Column("state", gettext_lazy("State"), state_of),
    Column("created", gettext_lazy("Ordered"), lambda report: report.created, sort="created"),
    Column("by", gettext_lazy("Ordered by"), lambda report: str(report.created_by or "")),
]


@requires("evaluation.list_reports")
def listing(request: HttpRequest) -> HttpResponse:
    """The reports that the user may read, newest first."""
    rows = queries.reports_for(request.user)
    order = order_of(request, COLUMNS, default="-created")
    if file := exported(request, rows, COLUMNS, order, "reports"):
        return file
    page = list_page(request, rows, COLUMNS, order)
    rounds = queries.rounds_for(request.user)
    return render(request, "evaluation/reports.html", {"page": page, "rounds": rounds})


@requires("evaluation.build", initiative_named)
def order(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Choose languages and formats, and have the report built."""
    periods = queries.periods_of(initiative)
    if not periods:
        return redirect("evaluation", slug=initiative.slug)
    period = request.GET.get("wave") or periods[-1]
    if period not in periods:
        raise Http404
    back = (
        reverse("evaluation", kwargs={"slug": initiative.slug}) + f"?{urlencode({'wave': period})}"
    )
    return _order(request, initiative, period, back)


@requires("evaluation.view_round", round_named)
def order_round(request: HttpRequest, period: str) -> HttpResponse:
    """The same for a round."""
    return _order(request, None, period, reverse("round", kwargs={"period": period}))


def _order(
    request: HttpRequest, initiative: Initiative | None, period: str, back: str
) -> HttpResponse:
    form = ReportForm(
        request.POST or None, initial={"languages": [language()], "formats": ["pdf", "docx"]}
    )
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            report = services.order_report(
                initiative,
                period,
                languages=form.cleaned_data["languages"],
                formats=form.cleaned_data["formats"],
                by=request.user,
            )
            return redirect("report", report=report.pk)
        except services.TextsToMendError:
            refused = True
    context = {
        "initiative": initiative,
        "period": period,
        "form": form,
        "back": back,
        "refused": refused,
        "to_mend": _to_mend(initiative, period),
    }
    return render(request, "evaluation/order.html", context)


def _to_mend(initiative: Initiative | None, period: str) -> list[dict[str, object]]:
    """The texts that keep a report from being built, by language."""
    found = []
    for code, name in settings.LANGUAGES:
        try:
            proofs = proofs_of_report(initiative, period, code)
        except ValueError:  # the evaluation's own page tells why
            return []
        blocking = blocking_in(proof for texts in proofs.values() for proof in texts)
        texts = [
            {"title": title_of(p.text), "address": address_of(p.text), "proof": p} for p in blocking
        ]
        if texts:
            found.append({"code": code, "name": name, "here": code == language(), "texts": texts})
    return found


def report_of(report: str) -> Report:
    """A report; Http404 when there is none."""
    return get_object_or_404(
        Report.objects.select_related("initiative", "job", "created_by", "released_by"), pk=report
    )


@requires("evaluation.read_report", report_of)
def show(request: HttpRequest, report: Report) -> HttpResponse:
    """A report: its progress while it is built, then its files."""
    job, context = report.job, _context(request, report)
    moving = request.htmx and not (job and job.is_over)
    response = render(
        request, "evaluation/progress.html" if moving else "evaluation/report.html", context
    )
    if request.htmx and not moving:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, report: Report) -> dict[str, object]:
    return {
        "report": report,
        "job": report.job,
        "files": _files(report),
        "state": state_of(report),
        "may_release": request.user.has_perm("evaluation.release_report", report),
        "is_ready": report.job is not None and report.job.state == "done",
    }


def _files(report: Report) -> list[dict[str, object]]:
    if report.job is None or report.job.state != "done":
        return []
    return [{"name": path.name, "size": path.stat().st_size} for path in report.job.files()]


@requires("evaluation.read_report", report_of)
def file(request: HttpRequest, report: Report, name: str) -> HttpResponse | FileResponse:
    """Download one of the report's files."""
    done = report.job is not None and report.job.state == "done"
    paths = {path.name: path for path in report.job.files()} if done and report.job else {}
    if name not in paths:
        raise Http404
    return FileResponse(paths[name].open("rb"), as_attachment=True, filename=name)


@require_POST
@requires("evaluation.release_report", report_of)
def stop(request: HttpRequest, report: Report) -> HttpResponse:
    """Cancel the building of a report."""
    if report.job is not None:
        cancel(report.job)
    return redirect("report", report=report.pk)


@require_POST
@requires("evaluation.release_report", report_of)
def release(request: HttpRequest, report: Report) -> HttpResponse:
    """Let the funder read it."""
    if report.job is None or report.job.state != "done":
        raise Http404
    try:
        services.release_report(report, by=request.user)
    except services.ReleaseRefusedError as refused:
        context = {**_context(request, report), "refused": str(refused)}
        return render(request, "evaluation/report.html", context, status=409)
    undo = reverse("report_withdraw", kwargs={"report": report.pk})
    say(request, _("The funder can now read the report."), undo=undo)
    return redirect("report", report=report.pk)


@require_POST
@requires("evaluation.release_report", report_of)
def withdraw(request: HttpRequest, report: Report) -> HttpResponse:
    """Close it to the funder again."""
    services.withdraw_report(report, by=request.user)
    undo = reverse("report_release", kwargs={"report": report.pk})
    say(request, _("The funder can no longer read the report."), undo=undo)
    return redirect("report", report=report.pk)
