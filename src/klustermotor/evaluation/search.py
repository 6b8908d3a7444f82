"""How reports are found: those inside find all of an initiative, funders what is released."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.core.search import EVERYTHING, Entry, Hit, Question, Seen
from klustermotor.evaluation.models import Report
from klustermotor.initiatives.models import Assignment
from klustermotor.initiatives.rules import INSIDE, initiatives_as
from klustermotor.surveys.models import Wave

Role = Assignment.Role


def scope_of(about: object, *, released: bool) -> str:
    """Initiative or round, and whether the report is released."""
    return f"{about}:released" if released else str(about)


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By initiative and year; a round's report by the word for it in each language."""
    for row in Report.objects.filter(pk__in=keys).select_related("initiative"):
        about = row.initiative_id or f"round:{row.period}"
        yield Entry(
            key=str(row.pk),
            title=f"{row.initiative} {row.period}" if row.initiative else row.period,
            text="" if row.initiative else " ".join(_round_words()),
            scope=scope_of(about, released=row.released_at is not None),
        )


def _round_words() -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield _("Round")


def hits(keys: Sequence[Any], question: Question, user: User) -> Mapping[str, Hit]:
    """With the day on which it was ordered."""
    return {
        str(row.pk): Hit(
            str(row),
            reverse("report", kwargs={"report": row.pk}),
            timezone.localdate(row.created).isoformat(),
        )
        for row in Report.objects.filter(pk__in=keys).select_related("initiative")
    }


def seen_by(user: User) -> Seen:
    """What `queries.reports_for` lets the user read, as words of the index."""
    if user.has_perm("core.administer"):
        return EVERYTHING
    inside = initiatives_as(user, INSIDE)
    may = {scope_of(one, released=released) for one in inside for released in (True, False)}
    may |= {scope_of(one, released=True) for one in initiatives_as(user, [Role.FUNDER])}
    mine, evaluated = initiatives_as(user, Role.values), initiatives_as(user, [Role.EVALUATOR])
    for period, asked in _asked().items():
        if asked & mine:
            may.add(scope_of(f"round:{period}", released=True))
        if asked <= evaluated:
            may.add(scope_of(f"round:{period}", released=False))
            may.add(scope_of(f"round:{period}", released=True))
    return Seen(may)


def _asked() -> dict[str, set[UUID]]:
    """Which initiatives were asked in each round."""
    asked: dict[str, set[UUID]] = {}
    for period, initiative in Wave.objects.values_list("name", "initiative_id"):
        asked.setdefault(period, set()).add(initiative)
    return asked
