"""How waves are found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.search import NOTHING, Entry, Hit, Question, Seen
from klustermotor.initiatives import search as initiatives
from klustermotor.surveys.models import Wave


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By the initiative and the wave's name."""
    for row in Wave.objects.filter(pk__in=keys).select_related("initiative"):
        yield Entry(key=str(row.pk), title=str(row), scope=str(row.initiative_id))


def hits(keys: Sequence[Any], question: Question, user: User) -> Mapping[str, Hit]:
    """With the state that the wave is in."""
    return {
        str(row.pk): Hit(
            str(row), reverse("wave", kwargs={"wave": row.pk}), row.get_state_display()
        )
        for row in Wave.objects.filter(pk__in=keys).select_related("initiative")
    }


def seen_by(user: User) -> Seen:
    """Those who find the initiative find its waves."""
    return initiatives.seen_by(user) if user.has_perm("initiatives.list") else NOTHING
