"""What happened with a thing, newest first, told by every room that knows something of it."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from klustermotor.core.models import User


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: when, what, by whom, and where to read more."""

    at: datetime
    label: str | Promise
    text: str
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Teller:
    """A room's part of the timelines of one kind of thing.

    ``tell(thing, user, before, limit)`` returns at most ``limit`` entries older than ``before``
    (None: the newest), newest first, and only what ``user`` may see.
    """

    name: str
    kind: type
    tell: Callable[[Any, User, datetime | None, int], Sequence[Entry]]


_tellers: dict[str, Teller] = {}


def register_timeline(teller: Teller) -> None:
    """Add a teller; the same name again replaces it."""
    _tellers[teller.name] = teller


def timeline(
    thing: Any, user: User, *, before: datetime | None = None, limit: int = 30
) -> list[Entry]:
    """Return the newest entries about ``thing`` that ``user`` may see, from all rooms."""
    told: list[Iterable[Entry]] = [
        teller.tell(thing, user, before, limit)
        for teller in _tellers.values()
        if isinstance(thing, teller.kind)
    ]
    return heapq.nlargest(limit, (entry for part in told for entry in part), key=_when)


def _when(entry: Entry) -> datetime:
    return entry.at
