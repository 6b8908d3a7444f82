"""What can be found; each room adds its own."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from klustermotor.core.models import User
from klustermotor.core.search.words import Question


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, its page, and a line that tells it from its namesakes."""

    title: str
    url: str
    line: str = ""


@dataclass(frozen=True)
class Entry:
    """What the index keeps of one thing.

    ``scope`` is a word by which `Searched.seen_by` lets users in; ``text`` is all that finds it
    beside the title.
    """

    key: str
    title: str
    text: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Seen:
    """What a user may see of a kind: entries of these scopes (None: of all), but for some keys."""

    scopes: Collection[str] | None = None
    but: Collection[str] = ()

    @property
    def nothing(self) -> bool:
        return self.scopes is not None and not self.scopes


EVERYTHING, NOTHING = Seen(), Seen(scopes=())

Entries = Callable[[Collection[Any]], Iterable[Entry]]
Hits = Callable[[Sequence[Any], Question, User], Mapping[str, Hit]]
SeenBy = Callable[[User], Seen]
KeysOf = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True)
class Searched:
    """A kind of thing that can be found.

    ``source`` names the module with its three functions, imported when first needed:
    ``entries(keys)`` makes the entries of these things (those that are gone give none);
    ``hits(keys, question, user)`` tells how they are shown, by key, in the reader's language;
    ``seen_by(user)`` says what the user may see: EVERYTHING, NOTHING, or some.
    ``watched`` has, for each table that tells of the thing, the field with the thing's key, or a
    function that gives the keys of all things that a row tells of.
    ``weight`` multiplies the rank when kinds compete.
    """

    kind: str
    label: str | Promise
    model: type[models.Model]
    source: str
    watched: Mapping[type[models.Model], str | KeysOf] = field(default_factory=dict)
    order: int = 100
    weight: float = 1.0

    @property
    def code(self) -> str:
        """Three letters that stand for the kind in the trigram index."""
        return self.kind[:3]

    @property
    def entries(self) -> Entries:
        return import_string(f"{self.source}.entries")

    @property
    def hits(self) -> Hits:
        return import_string(f"{self.source}.hits")

    @property
    def seen_by(self) -> SeenBy:
        return import_string(f"{self.source}.seen_by")


def stored_key(key: str) -> str:
    """A key as the index keeps it: without dashes, as SQLite keeps the keys of the rows."""
    return key.replace("-", "")


def among(keys: Collection[Any]) -> RawSQL:
    """What ``pk__in`` takes instead of thousands of keys, for models whose keys are UUIDs."""
    if connection.vendor == "sqlite":
        words = json.dumps([stored_key(str(key)) for key in keys])
        return RawSQL("SELECT value FROM json_each(%s)", [words])
    return RawSQL("SELECT unnest(%s::uuid[])", [[str(key) for key in keys]])


_kinds: dict[str, Searched] = {}


def register_search(kind: Searched) -> None:
    """Add a kind; the same name again replaces it. The first three letters tell kinds apart."""
    if any(other.code == kind.code and other.kind != kind.kind for other in _kinds.values()):
        raise ValueError(f"Another kind than {kind.kind!r} begins with {kind.code!r}.")
    _kinds[kind.kind] = kind


def searched() -> list[Searched]:
    """All kinds, in the order in which they are shown."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_named(name: str) -> Searched | None:
    """The kind of this name, if there is one."""
    return _kinds.get(name)


def told_by(row: models.Model) -> list[tuple[Searched, Iterable[Any]]]:
    """The kinds that a row tells of, and the keys of their things."""
    told = []
    for kind in _kinds.values():
        keys = kind.watched.get(type(row))
        if isinstance(keys, str):
            told.append((kind, [getattr(row, keys)]))
        elif keys is not None:
            told.append((kind, keys(row)))
    return told
