"""Letters: queued once, sent once, and what is uncertain left to a person.

A worker leases a few letters at a time. Each is marked `SENDING` in a transaction of its own right
before the server gets it, and its outcome is written right after, so that a crash leaves at most
one letter of each worker uncertain, and gives the others back when their lease has run out.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from klustermotor.core.mail import Mailer, NotSentError, PerhapsSentError
from klustermotor.register.models import LegalBasis
from klustermotor.register.services.privacy import may_mail
from klustermotor.surveys.fieldwork.collecting import has_taken_part
from klustermotor.surveys.fieldwork.wording import mail_of
from klustermotor.surveys.models import Fieldwork, Invitation, Letter

AT_A_TIME = 20
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
State, Standing = Letter.State, Invitation.Standing


@transaction.atomic
def queue(fieldwork: Fieldwork, kind: str, number: int = 1) -> int:
    """Queue this letter for all whom it is for; the same again queues nobody twice.

    Invitations go to those who are not invited yet, reminders to those who are invited and have
    not answered; neither to those who asked for no mail. Returns how many were queued.
    """
    now = timezone.now()
    rows = [
        Letter(
            invitation=invitation,
            kind=kind,
            number=number,
            message_id=f"<{uuid4().hex}@{_domain()}>",
            not_before=now,
        )
        for invitation in _whom(fieldwork, kind)
    ]
    known = Letter.objects.filter(invitation__fieldwork=fieldwork, kind=kind, number=number)
    before = known.count()
    Letter.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return known.count() - before


def _whom(fieldwork: Fieldwork, kind: str) -> Iterator[Invitation]:
    rows = Invitation.objects.filter(fieldwork=fieldwork, channel=Invitation.Channel.MAIL)
    rows = rows.exclude(email="").select_related("person", "fieldwork")
    wanted = Standing.READY if kind == Letter.Kind.INVITATION else Standing.INVITED
    for invitation in rows.filter(standing=wanted).iterator(chunk_size=500):
        if may_write(invitation) and not (
            kind == Letter.Kind.REMINDER and has_taken_part(invitation)
        ):
            yield invitation


def may_write(invitation: Invitation) -> bool:
    """Whether the invited person takes mail about surveys; asked again as a letter is sent."""
    if invitation.standing in (Standing.DECLINED, Standing.BOUNCED, Standing.RESTING):
        return False
    return invitation.person is None or may_mail(invitation.person, LegalBasis.Purpose.SURVEY)


def send_due(fieldwork: Fieldwork, site: str, *, worker: str = "") -> Iterator[Letter]:
    """Send what is due, one by one, and yield each letter with what came of it."""
    worker = worker or uuid4().hex
    with Mailer() as mailer:
        while leased := _lease(fieldwork, worker):
            for pk in leased:
                letter = _send(pk, site, mailer, worker)
                if letter is not None:
                    yield letter


@transaction.atomic
def _lease(fieldwork: Fieldwork, worker: str) -> list[UUID]:
    now = timezone.now()
    due = Letter.objects.filter(
        invitation__fieldwork=fieldwork, state=State.QUEUED, not_before__lte=now
    )
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    found = list(due.order_by("not_before", "pk").values_list("pk", flat=True)[:AT_A_TIME])
    Letter.objects.filter(pk__in=found).update(worker=worker, not_before=now + LEASE)
    return found


def _send(pk: UUID, site: str, mailer: Mailer, worker: str) -> Letter | None:
    letter = (
        Letter.objects.select_related("invitation__fieldwork", "invitation__person")
        .filter(pk=pk, state=State.QUEUED, worker=worker)
        .first()
    )
    if letter is None:
        return None
    reminder = letter.kind == Letter.Kind.REMINDER
    invitation = letter.invitation
    if not may_write(invitation) or (reminder and has_taken_part(invitation)):
        return _note(letter, State.DROPPED)
    mail = mail_of(letter, site)
    ours = Letter.objects.filter(pk=pk, state=State.QUEUED, worker=worker)
    if not ours.update(state=State.SENDING, attempts=F("attempts") + 1):
        return None
    letter.attempts += 1
    try:
        mailer.send(mail)
    except NotSentError as error:
        return _not_sent(letter, error)
    except PerhapsSentError as error:
        return _note(letter, State.UNCERTAIN, error=str(error))
    return _sent(letter)


@transaction.atomic
def _sent(letter: Letter) -> Letter:
    Invitation.objects.filter(pk=letter.invitation_id, standing=Standing.READY).update(
        standing=Standing.INVITED
    )
    return _note(letter, State.SENT, sent_at=timezone.now())


@transaction.atomic
def _not_sent(letter: Letter, error: NotSentError) -> Letter:
    if error.permanent:
        Invitation.objects.filter(pk=letter.invitation_id).update(standing=Standing.BOUNCED)
        return _note(letter, State.FAILED, error=str(error))
    if letter.attempts >= MOST_ATTEMPTS:
        return _note(letter, State.FAILED, error=str(error))
    wait = min(FIRST_WAIT * 2 ** (letter.attempts - 1), LONGEST_WAIT)
    return _note(letter, State.QUEUED, error=str(error), not_before=timezone.now() + wait)


def _note(letter: Letter, state: str, **fields: object) -> Letter:
    letter.state, letter.worker = state, ""
    if "error" in fields:
        fields["error"] = str(fields["error"])[:300]
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save(update_fields=["state", "worker", *fields])
    return letter


def recover(fieldwork: Fieldwork) -> int:
    """Mark as uncertain what a dead worker was sending; returns how many.

    A worker writes the outcome of a letter within its lease; later than that it is gone.
    """
    gone = Letter.objects.filter(
        invitation__fieldwork=fieldwork, state=State.SENDING, not_before__lt=timezone.now()
    )
    return gone.update(state=State.UNCERTAIN, worker="", error="The worker ended while sending.")


def uncertain(fieldwork: Fieldwork) -> QuerySet[Letter]:
    """Letters that may have arrived: listed, and sent again only when a person says so."""
    return Letter.objects.filter(invitation__fieldwork=fieldwork, state=State.UNCERTAIN)


def send_again(letters: Iterable[UUID]) -> int:
    """Queue uncertain or failed letters again, with the Message-ID they had."""
    rows = Letter.objects.filter(
        Q(state=State.UNCERTAIN) | Q(state=State.FAILED), pk__in=list(letters)
    )
    Invitation.objects.filter(letters__in=rows, standing=Standing.BOUNCED).update(
        standing=Standing.READY
    )
    return rows.update(state=State.QUEUED, not_before=timezone.now(), attempts=0, error="")


def take_as_sent(letters: Iterable[UUID]) -> int:
    """Settle uncertain letters as arrived."""
    rows = Letter.objects.filter(state=State.UNCERTAIN, pk__in=list(letters))
    Invitation.objects.filter(letters__in=rows, standing=Standing.READY).update(
        standing=Standing.INVITED
    )
    return rows.update(state=State.SENT)


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
