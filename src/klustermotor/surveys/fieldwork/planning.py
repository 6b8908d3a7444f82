"""Planning a fieldwork: its waves, whom to ask, opening, reminding, closing."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import LegalBasis, Organisation, Person, PersonRole
from klustermotor.register.services.privacy import may_mail
from klustermotor.surveys.fieldwork import keys
from klustermotor.surveys.fieldwork.collecting import settle
from klustermotor.surveys.fieldwork.holding import alone
from klustermotor.surveys.models import (
    Draft,
    Fieldwork,
    Frame,
    FrameMember,
    Instrument,
    Invitation,
    Letter,
    Wave,
)

Standing = Invitation.Standing


def plan(
    name: str,
    initiatives: Sequence[Initiative],
    instrument: Instrument,
    *,
    keyed: bool = False,
    by: User | None = None,
    **settings: Any,
) -> Fieldwork:
    """Plan a fieldwork with a wave of this name for each initiative; `keyed` makes it a panel.

    Raises ValidationError when an initiative has answers under this name already.
    """
    with acting(by, "fieldwork.planned"):
        fieldwork = Fieldwork(name=name, **settings)
        if not fieldwork.languages:
            fieldwork.languages = ["sv"]
        fieldwork.full_clean()
        fieldwork.save()
        keys.make_fieldwork_key(fieldwork.pk)
        for initiative in initiatives:
            wave = _add_wave(fieldwork, initiative, instrument, name)
            if keyed:
                wave.keyed = True
                wave.save(update_fields=["keyed"])
    return fieldwork


def _add_wave(
    fieldwork: Fieldwork, initiative: Initiative, instrument: Instrument, name: str
) -> Wave:
    wave = Wave.objects.filter(initiative=initiative, name=name).first()
    if wave is not None and (wave.fieldwork_id or wave.answers.exists()):
        raise ValidationError(
            _("%(initiative)s has a wave %(name)s already. Choose another name.")
            % {"initiative": initiative, "name": name}
        )
    wave = wave or Wave(initiative=initiative, name=name)
    wave.instrument, wave.fieldwork, wave.state = instrument, fieldwork, Wave.State.PLANNED
    wave.full_clean()
    wave.save()
    Frame.objects.get_or_create(wave=wave)
    return wave


def change(fieldwork: Fieldwork, *, by: User, **settings: Any) -> Fieldwork:
    """Change what a fieldwork says and does.

    What was promised to those who may have answered stays: once it is open its mode cannot
    change, and the link's end can only come sooner. Raises ValidationError.
    """
    if fieldwork.state != Fieldwork.State.PLANNED:
        if settings.get("mode", fieldwork.mode) != fieldwork.mode:
            raise ValidationError(
                {"mode": _("What was promised to those who answer cannot be changed.")}
            )
        until = settings.get("link_until", fieldwork.link_until)
        if fieldwork.link_until and (until is None or until > fieldwork.link_until):
            raise ValidationError(
                {"link_until": _("The link was promised to end by %(day)s.") % {
                    "day": fieldwork.link_until
                }}
            )  # fmt: skip
    with acting(by, "fieldwork.changed"):
        for name, value in settings.items():
            setattr(fieldwork, name, value)
        fieldwork.full_clean()
        fieldwork.save()
    return fieldwork


@dataclass(frozen=True)
class Unit:
    """Somebody who could be asked: a company, who answers for it, and what is known of it."""

    organisation: Organisation | None = None
    person: Person | None = None
    name: str = ""
    email: str = ""
    language: str = "sv"
    known: Mapping[str, str] = field(default_factory=dict)
    """``size``, ``industry``, ``municipality``, for non-response."""


def units_of(organisations: QuerySet[Organisation], *, language: str = "sv") -> list[Unit]:
    """Companies of the register with the person who answers for each.

    The person is one with a role there today who takes mail about surveys; where there are
    several, the one whose role is the latest. A company without such a person is in the frame
    and is not invited by mail.
    """
    rows = list(organisations.select_related("municipality").prefetch_related("industries"))
    people = _who_answers([row.pk for row in rows])
    return [_unit(row, people.get(row.pk), language) for row in rows]


def _who_answers(organisations: Sequence[UUID]) -> dict[UUID, PersonRole]:
    today = timezone.localdate()
    roles = PersonRole.objects.filter(organisation__in=organisations).filter(
        Q(until__isnull=True) | Q(until__gte=today)
    )
    chosen: dict[UUID, PersonRole] = {}
    for role in roles.select_related("person").order_by(F("since").desc(nulls_last=True), "pk"):
        known = role.organisation_id in chosen
        if not known and may_mail(role.person, LegalBasis.Purpose.SURVEY):
            chosen[role.organisation_id] = role
    return chosen


def _unit(organisation: Organisation, role: PersonRole | None, language: str) -> Unit:
    main = next(iter(organisation.industries.all()), None)
    known = {
        "size": organisation.size,
        "industry": main.industry_id.partition(":")[2][:2] if main else "",
        "municipality": organisation.municipality.name if organisation.municipality else "",
    }
    person = role.person if role else None
    return Unit(
        organisation,
        person,
        person.name if person else "",
        (role.email or role.person.email) if role else "",
        (person.language if person else "") or language,
        known,
    )


@dataclass(frozen=True)
class Drawn:
    """What became of a frame: how large it is, how many are invited, who was left out and why."""

    population: int
    invited: int
    without_address: int
    resting: int


@transaction.atomic
def invite(
    fieldwork: Fieldwork,
    initiative: Initiative,
    units: Iterable[Unit],
    *,
    sample: int | None = None,
    seed: int = 0,
    by: User | None = None,
) -> Drawn:
    """Set an initiative's frame and invite all of it, or a random sample of it.

    A company that other initiatives of the fieldwork invite too gets one invitation. Who got a
    survey of ours within the quarantine is in the frame and rests. Raises ValidationError when
    the fieldwork is not planned any more.
    """
    if fieldwork.state == Fieldwork.State.CLOSED:
        raise ValidationError(_("The fieldwork has closed: nobody more can be invited."))
    wave = Wave.objects.get(fieldwork=fieldwork, initiative=initiative)
    frame = Frame.objects.get(wave=wave)
    if fieldwork.state == Fieldwork.State.PLANNED:
        _clear(frame)
    everyone = list(units)
    chosen = everyone
    if sample is not None and sample < len(everyone):
        chosen = random.Random(seed).sample(everyone, sample)
    resting = _resting(fieldwork, [unit.email for unit in chosen if unit.email])
    invited = [_invite(fieldwork, frame, unit, resting) for unit in chosen]
    kept = fieldwork.state != Fieldwork.State.PLANNED
    with acting(by, "wave.frame_set"):
        wave.population = len(everyone) + (wave.population or 0) * kept
        wave.invited = frame.members.count()
        wave.selection = Wave.Selection.CENSUS if chosen is everyone else Wave.Selection.RANDOM
        wave.save(update_fields=["population", "invited", "selection"])
    return Drawn(
        population=len(everyone),
        invited=len(invited),
        without_address=sum(not row.email for row in invited),
        resting=sum(row.standing == Standing.RESTING for row in invited),
    )


def _clear(frame: Frame) -> None:
    """Begin again: an invitation that no other wave shares goes with its members."""
    mine = list(frame.members.values_list("invitation_id", flat=True))
    frame.members.all().delete()
    Invitation.objects.filter(pk__in=mine, members__isnull=True).delete()


def _resting(fieldwork: Fieldwork, addresses: Sequence[str]) -> set[str]:
    """Addresses that got a letter of another fieldwork within the quarantine."""
    if not fieldwork.quarantine_days:
        return set()
    since = timezone.now() - timedelta(days=fieldwork.quarantine_days)
    letters = Letter.objects.filter(sent_at__gte=since, invitation__email__in=addresses)
    others = letters.exclude(invitation__fieldwork=fieldwork)
    return set(others.values_list("invitation__email", flat=True))


def _invite(fieldwork: Fieldwork, frame: Frame, unit: Unit, resting: set[str]) -> Invitation:
    invitation = _known(fieldwork, unit)
    if invitation is None:
        invitation = Invitation.objects.create(
            fieldwork=fieldwork,
            organisation=unit.organisation,
            person=unit.person,
            name=unit.name,
            email=unit.email,
            language=unit.language,
            channel=Invitation.Channel.MAIL if unit.email else Invitation.Channel.PAPER,
            standing=Standing.RESTING if unit.email in resting else Standing.READY,
        )
    FrameMember.objects.get_or_create(
        frame=frame,
        invitation=invitation,
        defaults={"organisation": unit.organisation, **unit.known},
    )
    return invitation


def _known(fieldwork: Fieldwork, unit: Unit) -> Invitation | None:
    rows = Invitation.objects.filter(fieldwork=fieldwork)
    if unit.organisation is not None:
        return rows.filter(organisation=unit.organisation).first()
    return rows.filter(organisation=None, email=unit.email).first() if unit.email else None


def why_not_open(fieldwork: Fieldwork) -> list[str]:
    """What must be mended before it can open; empty when nothing must."""
    found = []
    waves = list(fieldwork.waves.select_related("initiative"))
    if not waves:
        found.append(_("Choose at least one initiative."))
    if not fieldwork.open_link and not fieldwork.invitations.exists():
        found.append(_("Nobody is invited yet."))
    if fieldwork.is_anonymous and any(wave.keyed for wave in waves):
        found.append(
            _("Anonymous answers cannot be followed from wave to wave. Choose confidential, or "
              "take away the panel.")
        )  # fmt: skip
    if not fieldwork.is_anonymous and not fieldwork.link_until:
        found.append(_("Say when the link between person and answers is destroyed."))
    if not keys.has_fieldwork_key(fieldwork.pk):
        found.append(_("The key of this fieldwork is missing."))
    missing = sorted(set(fieldwork.languages) - _languages(waves))
    if missing:
        found.append(
            _("The questionnaire is not translated into: %(languages)s.")
            % {"languages": ", ".join(missing)}
        )
    return found


def _languages(waves: Sequence[Wave]) -> set[str]:
    titles = [set(wave.instrument.title) for wave in waves]
    return set.intersection(*titles) if titles else set()


def open_fieldwork(fieldwork: Fieldwork, *, site: str = "", by: User | None = None) -> None:
    """Let answers in; links in letters lead to `site`.

    Raises ValidationError with everything that must be mended first.
    """
    if faults := why_not_open(fieldwork):
        raise ValidationError(faults)
    with acting(by, "fieldwork.opened"):
        held = alone(fieldwork.pk)
        held.state = Fieldwork.State.OPEN
        held.opens_on = held.opens_on or timezone.localdate()
        held.site = site.rstrip("/")
        held.save(update_fields=["state", "opens_on", "site"])
        for wave in held.waves.all():
            wave.state, wave.opened = Wave.State.OPEN, timezone.localdate()
            if held.open_link:  # nobody knows of how many the answers are
                wave.invited, wave.selection = None, Wave.Selection.CHOSEN
            wave.save(update_fields=["state", "opened", "invited", "selection"])
    fieldwork.refresh_from_db()


def close_fieldwork(fieldwork: Fieldwork, *, by: User | None = None) -> int:
    """Take no more answers and settle all that were acknowledged; returns how many were moved.

    Whoever submits at the same moment is either counted or told that it has closed.
    """
    with acting(by, "fieldwork.closed"):
        held = alone(fieldwork.pk)
        held.state = Fieldwork.State.CLOSED
        held.closes_on = held.closes_on or timezone.localdate()
        held.save(update_fields=["state", "closes_on"])
        moved = settle(held, everything=True)
        for wave in held.waves.all():
            wave.state, wave.closed = Wave.State.CLOSED, timezone.localdate()
            wave.save(update_fields=["state", "closed"])
        Letter.objects.filter(invitation__fieldwork=held, state=Letter.State.QUEUED).update(
            state=Letter.State.DROPPED
        )
    fieldwork.refresh_from_db()
    return moved


def destroy_link(fieldwork: Fieldwork, *, by: User | None = None) -> bool:
    """Destroy what joins people to their answers, as promised; false when it was gone already.

    Drafts go with the key. Answers stay, and nobody can tell any more whose they are.
    """
    if fieldwork.state != Fieldwork.State.CLOSED:
        raise ValidationError(_("Close the fieldwork first."))
    with acting(by, "fieldwork.link_destroyed"):
        settle(fieldwork, everything=True)
        Draft.objects.filter(fieldwork=fieldwork).delete()
    return keys.destroy_fieldwork_key(fieldwork.pk)


def due_reminder(fieldwork: Fieldwork, today: date | None = None) -> int | None:
    """The number of the reminder to send today, if one is due and has not been queued."""
    today = today or timezone.localdate()
    if fieldwork.state != Fieldwork.State.OPEN or fieldwork.opens_on is None:
        return None
    passed = (today - fieldwork.opens_on).days
    due = [n for n, days in enumerate(sorted(fieldwork.reminders), 1) if days <= passed]
    if not due:
        return None
    queued = Letter.objects.filter(
        invitation__fieldwork=fieldwork, kind=Letter.Kind.REMINDER, number=due[-1]
    )
    return None if queued.exists() else due[-1]
