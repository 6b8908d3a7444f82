"""One search over everything; each room adds what it can find in ``AppConfig.ready``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from klustermotor.core.models import User


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, its page, and a line that tells it from its namesakes."""

    title: str
    url: str
    line: str = ""


@dataclass(frozen=True)
class Source:
    """What a room can find.

    ``find(text, user, limit)`` returns at most ``limit`` hits, best first, and only what ``user``
    may see; ``permission`` hides the source from those without it.
    """

    name: str
    label: str | Promise
    find: Callable[[str, User, int], Sequence[Hit]]
    order: int = 100
    permission: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one source."""

    label: str | Promise
    hits: Sequence[Hit]
    more: bool


PER_SOURCE = 10
_sources: dict[str, Source] = {}


def register_search(source: Source) -> None:
    """Add a source; the same name again replaces it."""
    _sources[source.name] = source


def search(text: str, user: User) -> list[Group]:
    """Return the hits for ``text``, grouped by source; sources without hits are left out."""
    text = " ".join(text.split())
    if not text:
        return []
    groups = []
    for source in sorted(_sources.values(), key=lambda source: source.order):
        if source.permission and not user.has_perm(source.permission):
            continue
        hits = source.find(text, user, PER_SOURCE + 1)
        if hits:
            groups.append(Group(source.label, hits[:PER_SOURCE], len(hits) > PER_SOURCE))
    return groups
