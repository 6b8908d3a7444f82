"""Every write of an evaluation: texts, reports, what is released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klustermotor.core.history import acting
from klustermotor.core.jobs import enqueue
from klustermotor.core.models import User
from klustermotor.evaluation.cache import key_of
from klustermotor.evaluation.models import ProofOverride, Report, SectionText
from klustermotor.evaluation.proofreading import Proof, Remark, blocking_in, proofs_of_report
from klustermotor.evaluation.queries import evaluated_for
from klustermotor.evaluation.snapshots import let_out
from klustermotor.initiatives.models import Initiative
from klustermotor.surveys.models import Wave

FORMATS = ("pdf", "docx", "html", "xlsx")
REPORT_JOB = "evaluation.report"
ONE_SITTING = timedelta(minutes=5)


class TextsToMendError(Exception):
    """A report may not be built, as these texts have faults that are neither mended nor overridden.

    `proofs` are the texts with their faults.
    """

    def __init__(self, proofs: Sequence[Proof]) -> None:
        super().__init__(", ".join(str(proof.text) for proof in proofs))
        self.proofs = tuple(proofs)


@dataclass(frozen=True)
class Saving:
    """What became of a text: the text that stands, and the one that could not stand with it."""

    text: SectionText
    refused: str | None = None


@transaction.atomic
def save_text(
    initiative: Initiative | None,
    period: str,
    section: str,
    language: str,
    text: str,
    *,
    by: User,
    base_version: int,
) -> Saving:
    """Save what was typed on top of version `base_version`.

    When someone else has saved since, their text stands and what was typed is kept in the
    history, so that neither is lost.
    """
    text = text.replace("\r\n", "\n")
    SectionText.objects.get_or_create(
        initiative=initiative, period=period, section=section, language=language
    )
    row = SectionText.objects.select_for_update().get(
        initiative=initiative, period=period, section=section, language=language
    )
    if row.text == text:
        return Saving(row)
    if row.version != base_version:
        _keep_in_history(row, text, by)
        return Saving(row, refused=text)
    sitting = _sitting(row, by, text)
    row.text, row.author, row.version = text, by, row.version + 1
    if sitting is None:
        with acting(by, "text.saved"):
            row.save()
    else:
        row.skip_history_when_saving = True
        row.save()
        sitting.text, sitting.version = text, row.version
        sitting.save()
    return Saving(row)


def _keep_in_history(row: SectionText, text: str, by: User) -> None:
    manager = row.history
    latest = manager.first()
    if latest and latest.text == text and latest.history_user_id == by.pk:
        return
    fields = {field.attname: getattr(row, field.attname) for field in manager.model.tracked_fields}
    manager.model.objects.create(
        **{**fields, "text": text, "author_id": by.pk},
        history_date=timezone.now(),
        history_type="~",
        history_user=by,
        history_change_reason="text.refused",
    )


def _sitting(row: SectionText, by: User, text: str):
    """The history record that this save goes on with: the same author, moments ago, not undone.

    A text that loses much of its length starts a new record, so that what was there stays.
    """
    latest = row.history.first()
    if (
        latest is None
        or latest.history_change_reason != "text.saved"
        or latest.history_user_id != by.pk
        or timezone.now() - latest.history_date > ONE_SITTING
        or len(text) < 0.8 * len(latest.text)
    ):
        return None
    return latest


def restore_text(row: SectionText, version_id: int, *, by: User) -> SectionText:
    """Put an earlier text back; what stood until now stays in the history."""
    earlier = row.history.get(history_id=version_id)
    with acting(by, "text.restored"):
        row.text, row.author, row.version = earlier.text, by, row.version + 1
        row.save()
    return row


def override_fault(text: SectionText, remark: Remark, reason: str, *, by: User) -> ProofOverride:
    """Let a sentence stand although a fault was found in it. Raises ValueError without a reason."""
    reason = " ".join(reason.split())
    if not reason:
        raise ValueError(_("State why the sentence stands."))
    with acting(by, "fault.overridden"):
        override, _created = ProofOverride.objects.update_or_create(
            text=text,
            fingerprint=remark.fingerprint,
            defaults={
                "kind": remark.fault.kind,
                "sentence": remark.fault.sentence,
                "message": remark.fault.message,
                "reason": reason,
                "author": by,
            },
        )
    return override


@transaction.atomic
def use_wording(row: SectionText, remark: Remark, *, by: User) -> SectionText:
    """Put the wording that the proofreader proposes in place; the earlier stays in the history."""
    fault = remark.fault
    with acting(by, "text.reworded"):
        row.text = row.text[: fault.start] + fault.suggestion + row.text[fault.end :]
        row.author, row.version = by, row.version + 1
        row.save()
    return row


def take_back_override(override: ProofOverride, *, by: User) -> None:
    """The fault counts again. What was stated stays in the history."""
    with acting(by, "fault.override_taken_back"):
        override.delete()


def order_report(
    initiative: Initiative | None,
    period: str,
    *,
    languages: Sequence[str],
    formats: Sequence[str],
    by: User,
) -> Report:
    """A report on its way: of an initiative's wave, or of a round when there is no initiative.

    Asking again for the same while nothing has changed gives the same report. Raises
    TextsToMendError when a text in one of the languages has a fault that cannot be true.
    """
    blocking = blocking_in(
        proof
        for language in languages
        for proofs in proofs_of_report(initiative, period, language).values()
        for proof in proofs
    )
    if blocking:
        raise TextsToMendError(blocking)
    evaluated = evaluated_for(initiative, period)
    texts = SectionText.objects.filter(period=period)
    if initiative is not None:
        texts = texts.filter(initiative=initiative)
    key = key_of(
        REPORT_JOB,
        str(initiative.pk) if initiative else "",
        period,
        sorted(languages),
        sorted(formats),
        evaluated.key if evaluated else "",
        sorted((str(pk), version) for pk, version in texts.values_list("pk", "version")),
        sorted(
            (str(pk), reason)
            for pk, reason in ProofOverride.objects.filter(text__in=texts).values_list(
                "pk", "reason"
            )
        ),
        str(by.pk),
    )
    with acting(by, "report.ordered"):
        report = Report(
            initiative=initiative,
            period=period,
            languages=list(languages),
            formats=list(formats),
            created_by=by,
            rests_on=evaluated.rests_on if evaluated else "",
        )
        name = initiative.name if initiative else pgettext("of reports", "Round")
        title = _("Report: %(name)s %(period)s") % {"name": name, "period": period}
        job = enqueue(REPORT_JOB, {"report": str(report.pk)}, owner=by, title=title, key=key)
        known = Report.objects.filter(job=job).first()
        if known is not None:
            return known
        report.job = job
        report.save()
    return report


class ReleaseRefusedError(ValueError):
    """Beside what is shown now, the report would give away what single companies answered."""


@transaction.atomic
def release_report(report: Report, *, by: User) -> None:
    """Let the funder read it. Its waves stand still from now on, by the disclosure rule.

    Raises ReleaseRefusedError when it rests on other answers than those that are shown.
    """
    # Nothing is loaded into the waves meanwhile.
    list(Wave.objects.select_for_update().filter(name__lte=report.period).values_list("pk"))
    evaluated = evaluated_for(report.initiative, report.period)
    if evaluated is not None:
        if report.rests_on != evaluated.rests_on:
            raise ReleaseRefusedError(
                _(
                    "The answers behind this report are not the ones that the results are shown "
                    "from now. Read side by side, the two would give away what single companies "
                    "answered. Build the report again and release that one."
                )
            )
        for standing in evaluated.standings:
            let_out(standing)
    with acting(by, "report.released"):
        report.released_at, report.released_by = timezone.now(), by
        report.save()


def withdraw_report(report: Report, *, by: User) -> None:
    """Close it to the funder again. What it showed still counts in the disclosure rule."""
    with acting(by, "report.withdrawn"):
        report.released_at = report.released_by = None
        report.save()
