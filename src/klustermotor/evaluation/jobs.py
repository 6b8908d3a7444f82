"""Reports are built by the worker: one file per language and format."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.analysis.claims.cells import Fault
from klustermotor.core.jobs import JobError, JobRun, job_kind
from klustermotor.evaluation.documents import initiative_document, round_document
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.own_words import faults_of_our_own
from klustermotor.evaluation.proofreading import Proof, blocking_in, figures_of, proofs_of_report
from klustermotor.evaluation.queries import evaluated_for
from klustermotor.evaluation.services import REPORT_JOB
from klustermotor.initiatives.models import Initiative
from klustermotor.report.document import Document
from klustermotor.report.render import render


@job_kind(REPORT_JOB, label=gettext_lazy("Report"))
def build(run: JobRun) -> dict[str, Any]:
    """Write the report's files; begins from the start each time, into the run's own folder."""
    report = Report.objects.select_related("initiative").filter(pk=run.arguments["report"]).first()
    if report is None:
        raise JobError(_("The report has been removed."))
    rests_on = _rests_on(report)
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
    if _rests_on(report) != rests_on:
        raise JobError(_("The answers changed while the report was written. Build it again."))
    Report.objects.filter(pk=report.pk).update(rests_on=rests_on)
    return {"report": str(report.pk)}


def _rests_on(report: Report) -> str:
    try:
        evaluated = evaluated_for(report.initiative, report.period)
    except ValueError as error:
        raise JobError(str(error)) from error
    return evaluated.rests_on if evaluated else ""


def _document(report: Report, language: str) -> Document:
    date = timezone.localdate().isoformat()
    try:
        # Read once: what is checked here is what the report will hold.
        proofs = proofs_of_report(report.initiative, report.period, language)
        _check_texts(proofs)
        document = _written(report, language, proofs, date)
        found = evaluated_for(report.initiative, report.period)
        if found is not None:
            figures = figures_of(found, language)
            _check_our_own_words(faults_of_our_own(document, found.evaluation, figures))
    except ValueError as error:
        raise JobError(str(error)) from error
    return document


def _written(
    report: Report,
    language: str,
    proofs: Mapping[Initiative | None, Sequence[Proof]],
    date: str,
) -> Document:
    if report.initiative is None:
        return round_document(report.period, language, proofs=proofs, date=date)
    found = evaluated_for(report.initiative, report.period)
    return initiative_document(
        report.initiative,
        report.period,
        language,
        evaluation=found.evaluation if found else None,
        proofs=proofs[report.initiative],
        date=date,
    )


def _check_texts(proofs: Mapping[Initiative | None, Sequence[Proof]]) -> None:
    """Texts may have changed since the report was ordered. Raises JobError for a fault in them."""
    blocking = blocking_in(proof for texts in proofs.values() for proof in texts)
    if blocking:
        sentences = " ".join(f"“{r.fault.sentence}”" for proof in blocking for r in proof.blocking)
        raise JobError(
            _(
                "A text has changed since the report was ordered and no longer agrees with the "
                "figures. Mend it, or state why it stands, and build the report again: "
                "%(sentences)s"
            )
            % {"sentences": sentences}
        )


def _check_our_own_words(faults: Sequence[Fault]) -> None:
    """Raises JobError when the report's own sentences or tables cannot be true."""
    if faults:
        found = " ".join(f"“{fault.sentence}” {fault.message}" for fault in faults)
        raise JobError(
            _(
                "The report was not built, as its own sentences or tables do not agree. This is "
                "a fault in the program; send this message to those who look after it: %(found)s"
            )
            % {"found": found}
        )


def file_stem(report: Report) -> str:
    """The start of a report's file names: ``triple-steelix-2009``."""
    return f"{report.initiative.slug if report.initiative else 'round'}-{report.period}"
