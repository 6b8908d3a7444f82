"""Sending letters as a job: with progress, stopped and taken up again without a letter twice."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.jobs import JobError, JobRun, enqueue, job_kind
from klustermotor.core.models import Job, User
from klustermotor.surveys.fieldwork import letters
from klustermotor.surveys.models import Fieldwork, Letter

SEND = "surveys.letters"


def send_letters(fieldwork: Fieldwork, kind: str, number: int, *, by: User) -> Job:
    """Queue a letter for all whom it is for, and have the worker send it."""
    letters.queue(fieldwork, kind, number)
    return send_queued(fieldwork, by=by)


def send_queued(fieldwork: Fieldwork, *, by: User) -> Job:
    """Have the worker send the letters that are queued, and write no new ones."""
    return enqueue(
        SEND,
        {"fieldwork": str(fieldwork.pk)},
        owner=by,
        title=_("Letters: %(name)s") % {"name": fieldwork.name},
    )


@job_kind(SEND, label=gettext_lazy("Letters of a survey"), max_attempts=50)
def work(run: JobRun) -> dict[str, Any]:
    """Send what is due; a letter that the server wants later waits for the next round."""
    fieldwork = Fieldwork.objects.filter(pk=run.arguments["fieldwork"]).first()
    if fieldwork is None:
        raise JobError(_("The fieldwork has been removed."))
    if not fieldwork.site:
        raise JobError(_("Open the fieldwork first: letters lead to its pages."))
    letters.recover(fieldwork)
    waiting = Letter.objects.filter(
        invitation__fieldwork=fieldwork, state=Letter.State.QUEUED
    ).count()
    states: Counter[str] = Counter()
    for letter in letters.send_due(fieldwork, fieldwork.site):
        states[letter.state] += 1
        done = sum(states.values())
        run.progress(
            100 * done / max(waiting, done),
            _("%(done)s of %(all)s letters") % {"done": done, "all": max(waiting, done)},
        )
    return dict(states)
