"""How initiatives are found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.search import EVERYTHING, Entry, Hit, Question, Seen
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.rules import SEES, initiatives_as


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By name, owner, region and what it is for, in each language."""
    for row in Initiative.objects.filter(pk__in=keys):
        translated = [text for texts in row.translations.values() for text in texts.values()]
        yield Entry(
            key=str(row.pk),
            title=row.name,
            text=" ".join([row.region, row.owner, row.purpose, *map(str, translated)]),
            scope=str(row.pk),
        )


def hits(keys: Sequence[Any], question: Question, user: User) -> Mapping[str, Hit]:
    """Told apart by region and owner."""
    return {
        str(row.pk): Hit(
            row.name,
            reverse("initiative", kwargs={"slug": row.slug}),
            " · ".join(filter(None, [row.region, row.owner])),
        )
        for row in Initiative.objects.filter(pk__in=keys)
    }


def seen_by(user: User) -> Seen:
    """Those who may open its page find it."""
    if user.has_perm("core.administer"):
        return EVERYTHING
    return Seen([str(initiative) for initiative in initiatives_as(user, SEES)])
