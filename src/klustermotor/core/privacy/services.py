"""Writes to controllers, requests, rules and texts of the record."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klustermotor.core.history import acting
from klustermotor.core.jobs import enqueue
from klustermotor.core.models import (
    Controller,
    DataRequest,
    Job,
    ProcessingText,
    RetentionRule,
    User,
)
from klustermotor.core.privacy.retention import RetentionKind, months_before
from klustermotor.core.privacy.shredders import Subject

MONTHS_TO_ANSWER = 1
MOST_MONTHS = 3
"""With the extension that complex requests may have (GDPR article 12.3)."""


def save_controller(controller: Controller, *, by: User) -> Controller:
    """Create or change a controller; the first one, and one that is made so, is the default."""
    with acting(by, "controller.saved"):
        others = Controller.objects.exclude(pk=controller.pk)
        if not others.filter(is_default=True).exists():
            controller.is_default = True
        elif controller.is_default:
            for other in others.filter(is_default=True):
                other.is_default = False
                other.save()
        controller.full_clean()
        controller.save()
    return controller


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    return months_before(day, -months)


def receive_request(
    kind: str, *, subject: Subject | None, received_on: date, reference: str = "", by: User
) -> DataRequest:
    """Note what somebody asks; it has to be answered within a month. Raises ``ValidationError``."""
    if received_on > timezone.localdate():
        raise ValidationError({"received_on": _("This day has not been yet.")})
    with acting(by, "data_request.received"):
        request = DataRequest(
            kind=kind,
            subject_model=subject.label if subject else "",
            subject=str(subject.key) if subject else "",
            received_on=received_on,
            due_on=months_after(received_on, MONTHS_TO_ANSWER),
            reference=reference,
            handled_by=by,
        )
        request.full_clean()
        request.save()
    return request


def extend_request(request: DataRequest, *, reason: str, by: User) -> DataRequest:
    """Take two months more, for a reason that the person is told. Raises ``ValidationError``."""
    if not reason.strip():
        raise ValidationError({"extension_reason": _("Say why: the person has to be told.")})
    with acting(by, "data_request.extended"):
        request.due_on = months_after(request.received_on, MOST_MONTHS)
        request.extension_reason = reason.strip()
        request.save()
    return request


def answer_request(
    request: DataRequest, *, state: str, answer: str, answered_on: date, by: User
) -> DataRequest:
    """Close a request. Raises ``ValidationError`` for a refusal without a reason."""
    faults: dict[str, str] = {}
    if state == DataRequest.State.REFUSED and not answer.strip():
        faults["answer"] = _("Say why it was refused.")
    if answered_on < request.received_on or answered_on > timezone.localdate():
        faults["answered_on"] = _("Between the day it came and today.")
    if faults:
        raise ValidationError(faults)
    with acting(by, "data_request.answered"):
        request.state, request.answer = state, answer.strip()
        request.answered_on, request.handled_by = answered_on, by
        request.save()
    return request


def save_rule(rule: RetentionRule, *, by: User) -> RetentionRule:
    """Set for how long a kind is kept, and by which decision it goes.

    Raises ``ValidationError`` for a rule that applies itself without a decision.
    """
    if rule.is_active and not rule.is_decided:
        raise ValidationError(
            {"is_active": _("Name the disposal decision first: number, day and who decided.")}
        )
    with acting(by, "retention_rule.saved"):
        rule.full_clean()
        rule.save()
    return rule


def save_processing_text(text: ProcessingText, *, by: User) -> ProcessingText:
    """Say of an activity what our words do not; empty fields show our words again."""
    with acting(by, "processing_text.saved"):
        text.full_clean()
        text.save()
    return text


@transaction.atomic
def order(kind: str, subject: Subject, *, by: User, title: str, **arguments: Any) -> Job:
    """Put long work about somebody into the queue; neither title nor arguments name them."""
    return enqueue(
        kind,
        {"model": subject.label, "key": str(subject.key), **arguments},
        owner=by,
        title=title,
    )


def order_disposal(kind: RetentionKind, *, by: User) -> Job:
    """Let the worker apply one rule."""
    from klustermotor.core.privacy.jobs import RETAIN

    title = _("Disposal: %(what)s") % {"what": kind.label}
    return enqueue(RETAIN, {"kind": kind.name}, owner=by, title=title)
