"""Keep the index true: in the same transaction as what it tells of."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save

from klustermotor.core.models import SearchEntry
from klustermotor.core.search.registry import (
    Entry,
    Searched,
    kind_named,
    searched,
    stored_key,
    told_by,
)
from klustermotor.core.search.words import folded

ROWS_AT_A_TIME = 2000
TOLD_APART = ("scope", "title", "text")
Row = tuple[str, str, str]

_waiting: ContextVar[dict[str, set[Any]] | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Gather what is touched, and make its entries anew once, at the end of the block.

    Used by `core.history.acting`, inside its transaction.
    """
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[str, set[Any]] = {}
    token = _waiting.set(waiting)
    try:
        yield
        _make_anew(waiting)
    finally:
        _waiting.reset(token)


def touched(rows: Iterable[models.Model]) -> None:
    """These rows were written or deleted: the entries of the things they tell of follow."""
    waiting = _waiting.get()
    now: dict[str, set[Any]] = {} if waiting is None else waiting
    for row in rows:
        for kind, keys in told_by(row):
            now.setdefault(kind.kind, set()).update(key for key in keys if key is not None)
    if waiting is None or sum(map(len, now.values())) >= ROWS_AT_A_TIME:
        _make_anew(now)


def _make_anew(waiting: dict[str, set[Any]]) -> None:
    while waiting:
        name, keys = waiting.popitem()
        refresh(name, keys)


def _on_write(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    # A load of fixtures brings rows before those that they point to.
    if not kwargs.get("raw"):
        touched([instance])


def watch() -> None:
    """Follow every table that a kind names; called when all rooms have added theirs."""
    for kind in searched():
        for model in kind.watched:
            for signal in (post_save, post_delete):
                signal.connect(_on_write, sender=model, dispatch_uid=f"search:{model._meta.label}")


def follow(label: str, key: Any) -> None:
    """A row of this table was changed or deleted past its model, as an erasure does it."""
    model = apps.get_model(label)
    row = model._base_manager.filter(pk=key).first()
    if row is not None:
        touched([row])
        return
    for kind in searched():
        if kind.model is model:
            refresh(kind.kind, [key])


def refresh(kind_name: str, keys: Collection[Any]) -> int:
    """Make the entries of these things anew; return how many changed. Needs no order, any number.

    Runs in the transaction of the caller, or in one of its own.
    """
    kind = kind_named(kind_name)
    if kind is None:
        return 0
    changed = 0
    with transaction.atomic():
        for some in _parts(keys):
            changed += _write(kind, some, _wanted(kind, some))
    return changed


def _wanted(kind: Searched, keys: Collection[Any]) -> dict[str, Row]:
    return {stored_key(entry.key): _row(entry) for entry in kind.entries(keys)}


def _row(entry: Entry) -> Row:
    title = folded(entry.title)
    rest = folded(entry.text)
    return entry.scope, title, f"{title} {rest}" if rest else title


def _write(kind: Searched, keys: Sequence[Any], wanted: dict[str, Row]) -> int:
    """Only what differs is written: each write costs three indexes."""
    found = SearchEntry.objects.filter(
        kind=kind.kind, key__in=[stored_key(str(key)) for key in keys]
    )
    there = {key: (pk, tuple(row)) for pk, key, *row in found.values_list("pk", "key", *TOLD_APART)}
    new, other = {}, []
    for key, row in wanted.items():
        known = there.pop(key, None)
        if known is None:
            new[key] = row
        elif known[1] != row:
            other.append(SearchEntry(known[0], kind.kind, key, *row))
    if there:
        SearchEntry.objects.filter(pk__in=[pk for pk, _row in there.values()]).delete()
    _insert(kind, new)
    SearchEntry.objects.bulk_update(other, TOLD_APART, batch_size=500)
    return len(there) + len(new) + len(other)


def _insert(kind: Searched, rows: dict[str, Row]) -> None:
    """Many at a time: a load brings a million."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_searchentry (kind, key, scope, title, text) "
            "VALUES (%s, %s, %s, %s, %s)",
            [(kind.kind, key, *row) for key, row in rows.items()],
        )


def reindex() -> dict[str, int]:
    """Make the whole index anew, each kind in one transaction; return how many entries of each."""
    counts = {}
    for kind in searched():
        with transaction.atomic():
            SearchEntry.objects.filter(kind=kind.kind).delete()
            counts[kind.kind] = 0
            for keys in _parts(_keys(kind)):
                rows = _wanted(kind, keys)
                _insert(kind, rows)
                counts[kind.kind] += len(rows)
    SearchEntry.objects.exclude(kind__in=[kind.kind for kind in searched()]).delete()
    tidy()
    return counts


def out_of_date() -> dict[str, int]:
    """How many entries of each kind are missing, wrong, or of things that are gone."""
    counts = {}
    for kind in searched():
        wrong, seen = 0, 0
        for keys in _parts(_keys(kind)):
            wanted = _wanted(kind, keys)
            found = SearchEntry.objects.filter(kind=kind.kind, key__in=list(wanted))
            there = {key: tuple(row) for key, *row in found.values_list("key", *TOLD_APART)}
            seen += len(there)
            wrong += sum(there.get(key) != row for key, row in wanted.items())
        counts[kind.kind] = wrong + SearchEntry.objects.filter(kind=kind.kind).count() - seen
    return counts


def fill_if_empty() -> None:
    """Make the index where there is none yet: after an update from a version without it."""
    if not SearchEntry.objects.exists():
        reindex()


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while part := list(islice(rest, ROWS_AT_A_TIME)):
        yield part


def _keys(kind: Searched) -> Iterator[Any]:
    keys = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
    return keys.iterator(chunk_size=ROWS_AT_A_TIME)


def tidy() -> None:
    """Put the indexes in order: searches get faster, and words of deleted entries go for good."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("core_search_words", "core_search_inside"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        else:
            cursor.execute("ANALYZE core_searchentry")
