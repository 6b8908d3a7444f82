"""Taking answers: drafts, submits that count once, and settling them in their waves.

See `models/fieldwork.py` for what is kept apart from what. An acknowledged submit is committed;
settling moves it in a transaction of its own that may be repeated.
"""

import hashlib
import hmac
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from klustermotor.surveys.answering.form import Form, Values, form_of, waves_of
from klustermotor.surveys.fieldwork.holding import NotOpenError, alone, alone_if_free, share
from klustermotor.surveys.fieldwork.keys import fieldwork_key, panel_key
from klustermotor.surveys.fieldwork.sealing import opened, row_id, sealed
from klustermotor.surveys.models import (
    Answer,
    Draft,
    FieldDay,
    Fieldwork,
    FrameMember,
    Invitation,
    SealedAnswer,
    Wave,
)
from klustermotor.surveys.models.fieldwork import LEAST_BATCH

__all__ = ["Mine", "NotOpenError", "mine", "save_draft", "settle", "settle_soon", "submit"]
HALF_MINUTE = 30


@dataclass(frozen=True)
class Mine:
    """What one respondent has answered so far, in confidential mode."""

    values: dict[str, str | float] = field(default_factory=dict)
    page: int = 1
    revision: int = 0
    is_submitted: bool = False
    seconds: float = 0.0
    language: str = ""


def mine(invitation: Invitation) -> Mine:
    """The respondent's own answers; in anonymous mode they lie in the browser only."""
    if invitation.fieldwork.is_anonymous:
        return Mine()
    row = Draft.objects.filter(pk=row_id(invitation)).first()
    if row is None:
        return Mine()
    payload = opened(row.fieldwork_id, row.pk, row.sealed)
    return Mine(
        payload["values"],
        payload.get("page", 1),
        row.revision,
        row.is_submitted,
        payload.get("seconds", 0.0),
        payload.get("language", ""),
    )


@transaction.atomic
def save_draft(
    invitation: Invitation, values: Values, *, page: int, seconds: float = 0.0, language: str = ""
) -> int:
    """Keep what was answered so far (confidential mode); returns the draft's revision.

    A submitted answer may be changed until the fieldwork closes; it stays submitted as it was
    until it is submitted again. Raises NotOpenError when no answers are taken.
    """
    share(invitation.fieldwork_id)
    row_key = row_id(invitation)
    row = Draft.objects.select_for_update().filter(pk=row_key).first()
    before = opened(row.fieldwork_id, row.pk, row.sealed) if row else {}
    payload = {
        **before,
        "values": dict(values),
        "page": page,
        "seconds": seconds,
        "language": language,
        "invitation": str(invitation.pk),
    }
    return _write_draft(invitation, row, payload)


def _write_draft(
    invitation: Invitation, row: Draft | None, payload: Mapping[str, Any], **marks: bool
) -> int:
    row_key = row_id(invitation)
    content = sealed(invitation.fieldwork_id, row_key, payload)
    if row is None:
        Draft.objects.create(
            pk=row_key,
            fieldwork_id=invitation.fieldwork_id,
            sealed=content,
            revision=1,
            **marks,
        )
        return 1
    row.sealed = content
    row.revision += 1
    for name, value in marks.items():
        setattr(row, name, value)
    row.save(update_fields=["sealed", "revision", *marks])
    return row.revision


def submit(
    invitation: Invitation,
    values: Values,
    *,
    seconds: float = 0.0,
    language: str = "",
    channel: str = "",
    now: datetime | None = None,
) -> None:
    """Take a finished answer. The same again counts once; when it returns, it is kept.

    Raises NotOpenError when no answers are taken.
    """
    at = now or timezone.now()
    form = form_of(invitation.fieldwork, waves_for(invitation))
    done = {
        "invitation": str(invitation.pk),
        "values": form.kept(values),
        "seconds": seconds,
        "language": language,
        "channel": channel or invitation.channel,
        "day": timezone.localdate(at).isoformat(),
    }
    if invitation.fieldwork.is_anonymous:
        _submit_anonymously(invitation, done)
    else:
        _submit_confidentially(invitation, {**done, "at": at.isoformat()})
    settle_soon(invitation.fieldwork)


def open_invitation(fieldwork: Fieldwork, language: str) -> Invitation:
    """Somebody begins by an open link: an invitation without a person."""
    return Invitation.objects.create(
        fieldwork=fieldwork,
        channel=Invitation.Channel.OPEN,
        standing=Invitation.Standing.INVITED,
        language=fieldwork.spoken(language),
    )


def waves_for(invitation: Invitation) -> list[UUID] | None:
    """The waves somebody is invited to; None for an open link, which is to all of them."""
    if invitation.channel == Invitation.Channel.OPEN:
        return None
    rows = FrameMember.objects.filter(invitation=invitation)
    return list(rows.values_list("frame__wave_id", flat=True)) or None


@transaction.atomic
def _submit_confidentially(invitation: Invitation, done: dict[str, Any]) -> None:
    share(invitation.fieldwork_id)
    row = Draft.objects.select_for_update().filter(pk=row_id(invitation)).first()
    before = opened(row.fieldwork_id, row.pk, row.sealed) if row else {}
    settled = row is not None and row.is_settled
    earlier = before.get("done", {})
    counts = not earlier or (earlier["counts"] and not settled)
    payload = {
        **before,
        "values": done["values"],
        "done": {**done, "counts": counts, "first_at": earlier.get("first_at", done["at"])},
    }
    _write_draft(invitation, row, payload, is_submitted=True, is_settled=False)


@transaction.atomic
def _submit_anonymously(invitation: Invitation, done: dict[str, Any]) -> None:
    """Who has taken part already, settled or not, is thanked again and not counted again."""
    share(invitation.fieldwork_id)
    if Invitation.objects.filter(pk=invitation.pk, has_answered=True).exists():
        return
    row_key = row_id(invitation)
    content = sealed(invitation.fieldwork_id, row_key, done)
    SealedAnswer.objects.bulk_create(
        [SealedAnswer(pk=row_key, fieldwork_id=invitation.fieldwork_id, sealed=content)],
        ignore_conflicts=True,
    )


def has_taken_part(invitation: Invitation) -> bool:
    """Whether an answer of theirs counts; told to themselves, and asked before a reminder."""
    if invitation.has_answered:
        return True
    row_key = row_id(invitation)
    if invitation.fieldwork.is_anonymous:
        return SealedAnswer.objects.filter(pk=row_key).exists()
    return Draft.objects.filter(pk=row_key, is_submitted=True).exists()


def settle_soon(fieldwork: Fieldwork) -> None:
    """Settle unless somebody is at it: what they miss, the next submit or the worker takes."""
    with transaction.atomic():
        if alone_if_free(fieldwork.pk):
            _settle(fieldwork, everything=False)


@transaction.atomic
def settle(fieldwork: Fieldwork, *, everything: bool = False) -> int:
    """Move submitted answers to their waves; returns how many.

    In anonymous mode a batch has at least `LEAST_BATCH` answers, and as many stay sealed until
    `everything` is to go, at close; fewer than that stay sealed even then.
    """
    return _settle(alone(fieldwork.pk), everything=everything)


def _settle(fieldwork: Fieldwork, *, everything: bool) -> int:
    moved = (
        _settle_sealed(fieldwork, everything)
        if fieldwork.is_anonymous
        else _settle_drafts(fieldwork)
    )
    if moved:
        Wave.objects.filter(fieldwork=fieldwork).update(revision=F("revision") + 1)
    return moved


def _settle_sealed(fieldwork: Fieldwork, everything: bool) -> int:
    """Move a batch; at least `LEAST_BATCH` stay behind, so that the last batch is no smaller."""
    rows = list(SealedAnswer.objects.filter(fieldwork=fieldwork))
    random.SystemRandom().shuffle(rows)
    batch = len(rows) if everything else len(rows) - LEAST_BATCH
    if batch < LEAST_BATCH:
        return 0
    rows = rows[:batch]
    payloads = [opened(fieldwork.pk, row.pk, row.sealed) for row in rows]
    took_part = [payload["invitation"] for payload in payloads]
    form_by_waves = _Forms(fieldwork, took_part)
    answers = [
        Answer(wave_id=wave, respondent=uuid4().hex, values=values)
        for payload in payloads
        for wave, values in form_by_waves.parts(payload)
    ]
    random.SystemRandom().shuffle(answers)
    Answer.objects.bulk_create(answers, batch_size=500)
    Invitation.objects.filter(pk__in=took_part).update(has_answered=True)
    _count_days(fieldwork, payloads)
    SealedAnswer.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _settle_drafts(fieldwork: Fieldwork) -> int:
    """Write each company's answers once, by the rule for several persons of one company."""
    rows = list(Draft.objects.filter(fieldwork=fieldwork, is_submitted=True, is_settled=False))
    if not rows:
        return 0
    random.SystemRandom().shuffle(rows)
    finished = [opened(fieldwork.pk, row.pk, row.sealed)["done"] for row in rows]
    forms = _Forms(fieldwork, [done["invitation"] for done in finished])
    for done in _one_per_company(fieldwork, forms, finished):
        for wave, values in forms.parts(done, with_background=True):
            Answer.objects.update_or_create(
                wave_id=wave, respondent=forms.respondent(done, wave), defaults={"values": values}
            )
    _count_days(fieldwork, [done for done in finished if done["counts"]])
    Draft.objects.filter(pk__in=[row.pk for row in rows]).update(is_settled=True)
    return len(rows)


def _one_per_company(
    fieldwork: Fieldwork, forms: "_Forms", finished: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Whose answers count, where colleagues of theirs may have answered earlier."""
    chosen: dict[UUID, dict[str, Any]] = {}
    for done in finished:
        invitation = forms.invitations.get(UUID(done["invitation"]))
        if invitation is None:
            continue
        others = _of_colleagues(invitation) if invitation.organisation_id else []
        unit = invitation.organisation_id or invitation.pk
        chosen[unit] = _counting(fieldwork.several, [done, *others])
    return list(chosen.values())


def _of_colleagues(invitation: Invitation) -> list[dict[str, Any]]:
    """What others who were invited for the same company have finished."""
    others = Invitation.objects.filter(
        fieldwork_id=invitation.fieldwork_id, organisation_id=invitation.organisation_id
    ).exclude(pk=invitation.pk)
    keys = [row_id(other) for other in others]
    rows = Draft.objects.filter(pk__in=keys, is_submitted=True) if keys else []
    return [opened(row.fieldwork_id, row.pk, row.sealed)["done"] for row in rows]


def _counting(rule: str, finished: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if rule == Fieldwork.Several.FIRST:
        return min(finished, key=lambda done: done["first_at"])
    if rule == Fieldwork.Several.FULLEST:
        return max(finished, key=lambda done: (len(done["values"]), done["at"]))
    return max(finished, key=lambda done: done["at"])


class _Forms:
    """The forms and frames of those whose answers are settled, read once for all of them."""

    def __init__(self, fieldwork: Fieldwork, invitations: Iterable[str]) -> None:
        self.fieldwork = fieldwork
        self.waves = {wave.pk: wave for wave in waves_of(fieldwork)}
        wanted = list(Invitation.objects.filter(pk__in=list(invitations)))
        units = {row.organisation_id for row in wanted if row.organisation_id}
        colleagues = Invitation.objects.filter(fieldwork=fieldwork, organisation__in=units)
        self.invitations = {row.pk: row for row in (*wanted, *colleagues)}
        self.members = self._members(units)

    def _members(self, units: Collection[UUID]) -> dict[UUID, list[FrameMember]]:
        """The frame's rows by invitation, and by organisation for colleagues who have none."""
        found: dict[UUID, list[FrameMember]] = {}
        rows = FrameMember.objects.filter(frame__wave__fieldwork=self.fieldwork).filter(
            Q(invitation__in=list(self.invitations)) | Q(organisation__in=units)
        )
        for member in rows.select_related("frame"):
            for key in (member.invitation_id, member.organisation_id):
                if key is not None:
                    found.setdefault(key, []).append(member)
        return found

    def parts(
        self, payload: Mapping[str, Any], *, with_background: bool = False
    ) -> list[tuple[UUID, dict[str, Any]]]:
        """Each wave's answers; with what the frame knows of the unit and how it was asked."""
        frame = {member.frame.wave_id: member for member in self._of(payload)}
        waves = list(frame) or list(self.waves)
        form: Form = form_of(self.fieldwork, waves)
        found = []
        for wave in waves:
            values: dict[str, Any] = form.answers_of(wave, payload["values"])
            if with_background:
                values |= _background(frame.get(wave)) | {"mode": payload["channel"]}
            found.append((wave, values))
        return found

    def respondent(self, payload: Mapping[str, Any], wave: UUID) -> str:
        """A key that repeats: the company's in its panel, else one of this fieldwork alone."""
        key = UUID(payload["invitation"])
        invitation = self.invitations.get(key)
        unit = str(invitation.organisation_id or key) if invitation else str(key)
        row = self.waves[wave]
        if row.keyed:
            secret = panel_key(row.initiative_id, make=True)
        else:
            secret = fieldwork_key(self.fieldwork.pk, f"respondent {wave}")
        return hmac.new(secret, unit.encode(), hashlib.sha256).hexdigest()[:32]

    def _of(self, payload: Mapping[str, Any]) -> list[FrameMember]:
        key = UUID(payload["invitation"])
        invitation = self.invitations.get(key)
        company = invitation.organisation_id if invitation else None
        return self.members.get(key) or (self.members.get(company, []) if company else [])


def _background(member: FrameMember | None) -> dict[str, str]:
    """What the frame knows of the unit, for non-response and groups."""
    if member is None:
        return {}
    known = {"size": member.size, "industry": member.industry, "municipality": member.municipality}
    return {name: value for name, value in known.items() if value}


def _count_days(fieldwork: Fieldwork, payloads: Sequence[Mapping[str, Any]]) -> None:
    by_day: dict[date, list[int]] = {}
    for payload in payloads:
        rounded = round(payload.get("seconds", 0) / HALF_MINUTE) * HALF_MINUTE
        by_day.setdefault(date.fromisoformat(payload["day"]), []).append(rounded)
    for day, seconds in by_day.items():
        row, _created = FieldDay.objects.get_or_create(fieldwork=fieldwork, day=day)
        row.finished += len(seconds)
        row.seconds = sorted([*row.seconds, *seconds])
        row.save(update_fields=["finished", "seconds"])
