"""Reports are built by the worker: one file per language and format."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.jobs import JobError, JobRun, job_kind
from klustermotor.evaluation.documents import initiative_document, round_document
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.queries import evaluated_for
from klustermotor.evaluation.services import REPORT_JOB
from klustermotor.report.document import Document
from klustermotor.report.render import render


@job_kind(REPORT_JOB, label=gettext_lazy("Report"))
def build(run: JobRun) -> dict[str, Any]:
    """Write the report's files; begins from the start each time, into the run's own folder."""
    report = Report.objects.select_related("initiative").filter(pk=run.arguments["report"]).first()
    if report is None:
        raise JobError(_("The report has been removed."))
    steps = len(report.languages) * (len(report.formats) + 2)
    done = 0

    def step(message: str) -> None:
        nonlocal done
        run.progress(100 * done / steps, message)
        done += 1

    for language in report.languages:
        step(_("Evaluating the answers"))
        document = _document(report, language)
        step(_("Writing the text"))
        for suffix in report.formats:
            step(
                _("Writing %(format)s in %(language)s")
                % {"format": suffix.upper(), "language": language}
            )
            render(document, run.folder / f"{file_stem(report)}-{language}.{suffix}")
    return {"report": str(report.pk)}


def _document(report: Report, language: str) -> Document:
    date = timezone.localdate().isoformat()
    try:
        if report.initiative is None:
            return round_document(report.period, language, date=date)
        found = evaluated_for(report.initiative, report.period)
        evaluation = found.evaluation if found else None
        return initiative_document(
            report.initiative, report.period, language, evaluation=evaluation, date=date
        )
    except ValueError as error:
        raise JobError(str(error)) from error


def file_stem(report: Report) -> str:
    """The start of a report's file names: ``triple-steelix-2009``."""
    return f"{report.initiative.slug if report.initiative else 'round'}-{report.period}"
