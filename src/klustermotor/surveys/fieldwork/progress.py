"""How a fieldwork is going: counts by day and stratum, and, in confidential mode, who is missing.

What is told of strata is told of groups of at least `SMALLEST` invited, so that a stratum of one
does not say whether its company answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from django.db.models import QuerySet, Sum

from klustermotor.surveys.fieldwork.keys import KeyMissingError
from klustermotor.surveys.fieldwork.sealing import row_id
from klustermotor.surveys.models import (
    Draft,
    FieldDay,
    Fieldwork,
    FrameMember,
    Invitation,
    Letter,
    PageCount,
    SealedAnswer,
)

SMALLEST = 5


@dataclass(frozen=True)
class Day:
    """One day: how many finished on it and until it, and the share of the invited."""

    day: date
    finished: int
    so_far: int
    rate: float | None


@dataclass(frozen=True)
class Stratum:
    """A group of the frame: how many were invited and answered; None where that would tell."""

    name: str
    invited: int
    answered: int | None

    @property
    def rate(self) -> float | None:
        return None if self.answered is None else self.answered / self.invited


@dataclass(frozen=True)
class Progress:
    """Everything that the page of a fieldwork shows of how it is going."""

    invited: int
    answered: int
    waiting: int
    started: int
    days: Sequence[Day]
    strata: dict[str, list[Stratum]]
    minutes: float | None
    pages: Sequence[tuple[int, int]]
    letters: dict[str, int]

    @property
    def rate(self) -> float | None:
        return self.answered / self.invited if self.invited else None


def progress_of(fieldwork: Fieldwork) -> Progress:
    """How it is going now, in a number of queries that does not grow with the invited."""
    invited = fieldwork.invitations.exclude(channel=Invitation.Channel.OPEN).count()
    marks = taken_part(fieldwork)
    days = list(fieldwork.days.all())
    waiting = SealedAnswer.objects.filter(fieldwork=fieldwork).count()
    seconds = [second for day in days for second in day.seconds if second]
    return Progress(
        invited=0 if fieldwork.open_link else invited,
        answered=len(marks) if not fieldwork.is_anonymous else _finished(fieldwork),
        waiting=waiting,
        started=Draft.objects.filter(fieldwork=fieldwork, is_submitted=False).count(),
        days=_days(days, 0 if fieldwork.open_link else invited),
        strata=_strata(fieldwork, marks),
        minutes=round(median(seconds) / 60, 1) if seconds else None,
        pages=list(PageCount.objects.filter(fieldwork=fieldwork).values_list("page", "reached")),
        letters=_letters(fieldwork),
    )


def _finished(fieldwork: Fieldwork) -> int:
    return FieldDay.objects.filter(fieldwork=fieldwork).aggregate(n=Sum("finished"))["n"] or 0


def taken_part(fieldwork: Fieldwork) -> set[UUID]:
    """Ids of the invitations whose answer counts; in anonymous mode of settled batches only."""
    rows = Invitation.objects.filter(fieldwork=fieldwork)
    if fieldwork.is_anonymous:
        return set(rows.filter(has_answered=True).values_list("pk", flat=True))
    submitted = set(
        Draft.objects.filter(fieldwork=fieldwork, is_submitted=True).values_list("pk", flat=True)
    )
    if not submitted:
        return set()
    try:
        return {row.pk for row in rows.only("pk", "fieldwork_id") if row_id(row) in submitted}
    except KeyMissingError:
        return set()


def missing(fieldwork: Fieldwork) -> QuerySet[Invitation]:
    """Who is invited and has not answered; nobody in anonymous mode, where that is not told."""
    if fieldwork.is_anonymous:
        return Invitation.objects.none()
    return fieldwork.invitations.exclude(pk__in=taken_part(fieldwork)).select_related(
        "organisation"
    )


def _days(days: Sequence[FieldDay], invited: int) -> list[Day]:
    """Every day from the first to the last, also those without an answer."""
    if not days:
        return []
    by_day = {row.day: row.finished for row in days}
    first, last, so_far, found = min(by_day), max(by_day), 0, []
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        so_far += by_day.get(day, 0)
        found.append(Day(day, by_day.get(day, 0), so_far, so_far / invited if invited else None))
    return found


def _strata(fieldwork: Fieldwork, marks: set[UUID]) -> dict[str, list[Stratum]]:
    members = FrameMember.objects.filter(frame__wave__fieldwork=fieldwork)
    rows = list(members.values_list("invitation_id", "size", "industry", "municipality"))
    found: dict[str, list[Stratum]] = {}
    for place, name in enumerate(("size", "industry", "municipality"), 1):
        groups: dict[str, set[UUID]] = {}
        for row in rows:
            if row[place] and row[0]:
                groups.setdefault(row[place], set()).add(row[0])
        if groups:
            told = [_stratum(group, ids, marks) for group, ids in sorted(groups.items())]
            answered = len(marks & set().union(*groups.values()))
            found[name] = _kept_from_subtraction(told, answered)
    return found


def _kept_from_subtraction(groups: list[Stratum], answered: int) -> list[Stratum]:
    """Hide further groups, smallest first, until what is hidden together tells of no company."""
    while hidden := [group for group in groups if group.answered is None]:
        shown = [group for group in groups if group.answered is not None]
        invited = sum(group.invited for group in hidden)
        rest = answered - sum(group.answered or 0 for group in shown)
        if not shown or (invited >= SMALLEST and 0 < rest < invited):
            break
        least = min(shown, key=lambda group: (group.invited, group.name))
        groups = [replace(one, answered=None) if one == least else one for one in groups]
    return groups


def _stratum(name: str, invited: set[UUID], marks: set[UUID]) -> Stratum:
    """Neither all nor none of a group may be told of: that would tell of each of them."""
    answered = len(invited & marks)
    told = len(invited) >= SMALLEST and 0 < answered < len(invited)
    return Stratum(name, len(invited), answered if told else None)


def _letters(fieldwork: Fieldwork) -> dict[str, int]:
    found: dict[str, int] = {}
    letters = Letter.objects.filter(invitation__fieldwork=fieldwork)
    for state in letters.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
