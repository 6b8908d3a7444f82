"""A plan carried out: every write of a load, in one transaction, with its history."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from klustermotor.core import bulk
from klustermotor.core.history import current_act
from klustermotor.register.models import Load, LoadChange, SourceKey
from klustermotor.register.services.loading.entries import Entry, entries_in
from klustermotor.register.services.loading.searchable import make_searchable
from klustermotor.register.services.loading.subjects import SUBJECTS, Subject
from klustermotor.register.services.loading.subjects.base import AT_ONCE, Writing, as_json
from klustermotor.register.services.provenance import Told, tell

ENTRIES_AT_ONCE = 5000
Progress = Callable[[float, str], None]


def carry_out(load: Load, plan: Path, entries: int, progress: Progress) -> None:
    """Write everything that a plan of so many entries says; call it inside `bulk.many_writes`."""
    act = current_act()
    at = act.at if act else timezone.now()
    parts = _ids(load.id_prefix)
    writing = Writing(at, timezone.localdate(at), load.source_id, parts.__next__, load.id_prefix)
    subjects = {name: subject() for name, subject in SUBJECTS.items()}
    done = 0
    met: set[str] = set()
    for some in entries_in(plan, ENTRIES_AT_ONCE):
        for name, subject in _in_order(some, subjects):
            mine = [entry for entry in some if entry.subject == name]
            met.add(name)
            _write(load, subject, mine, writing)
        done += len(some)
        progress(80 * done / max(entries, 1), f"{done}")
    low, high = span(load.id_prefix)
    for name in met:
        for model in subjects[name].with_history:
            bulk.record_created(model, low, high, at=at)
    make_searchable(load, UUID(low), UUID(high))
    load.marks = _marks(subjects[name] for name in met)
    load.applied_at = at


def span(prefix: str) -> tuple[str, str]:
    """The first and the last id that a load can give out."""
    return prefix + "0" * 16, prefix + "f" * 16


def _ids(prefix: str) -> Iterator[str]:
    """Ids of the rows that parts are kept in; those of things are given out by the planner."""
    number = 0xA000000000000000
    while True:
        number += 1
        yield f"{prefix}{number:016x}"


def _in_order(entries: Sequence[Entry], subjects: dict[str, Subject]) -> list[tuple[str, Subject]]:
    """What others refer to goes first: industries and municipalities, then organisations."""
    there = {entry.subject for entry in entries}
    order = ("municipality", "industry", "crosswalk", "organisation", "establishment", "person")
    return [(name, subjects[name]) for name in order if name in there]


def _write(load: Load, subject: Subject, entries: Sequence[Entry], writing: Writing) -> None:
    created = [entry for entry in entries if entry.fate == "created"]
    if created:
        subject.create(created, writing)
    changed = [entry for entry in entries if entry.fate != "created" and entry.values]
    if changed:
        for part in rounds(changed):
            subject.update(part, writing)
    if subject.keyed:
        _keep_keys(load, subject, [entry for entry in entries if entry.key], writing.at)
        _keep_held(load, subject, entries, writing.at)
        touched = [
            e for e in entries if e.fate != "created" and not e.thing.startswith(load.id_prefix)
        ]
    else:
        touched = list(entries)
    _keep_changes(load, touched)


def rounds(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries in rounds in which no thing comes twice: a person with several roles in one file."""
    rounds: list[dict[str, Entry]] = []
    for entry in entries:
        free = next((one for one in rounds if entry.thing not in one), None)
        if free is None:
            free = {}
            rounds.append(free)
        free[entry.thing] = entry
    return [list(one.values()) for one in rounds]


def _keep_keys(load: Load, subject: Subject, entries: Sequence[Entry], at: datetime) -> None:
    """What the source calls each thing, and all that it told of it."""
    new = [entry for entry in entries if entry.told_before is None]
    known = [entry for entry in entries if entry.told_before is not None]
    keys = [entry.key for entry in new]
    stale = SourceKey.objects.filter(source=load.source_id, model=subject.name)
    for start in range(0, len(keys), AT_ONCE):
        stale.filter(key__in=keys[start : start + AT_ONCE]).delete()
    moment = bulk.as_stored(at)
    bulk.insert(
        SourceKey,
        ("source_id", "key", "model", "row", "scope", "told", "fingerprint", "told_at"),
        [
            (
                load.source_id,
                entry.key,
                subject.name,
                entry.thing,
                load.scope,
                as_json(entry.all_told),
                entry.fingerprint,
                moment,
            )
            for entry in new
        ],
    )
    table = connection.ops.quote_name(SourceKey._meta.db_table)
    row = connection.ops.quote_name("row")
    scoped = ", scope = %s" if load.scope else ""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET told = %s, fingerprint = %s, told_at = %s, {row} = %s{scoped} "
            "WHERE source_id = %s AND model = %s AND key = %s",
            [
                (
                    as_json(entry.all_told),
                    entry.fingerprint,
                    moment,
                    entry.thing,
                    *([load.scope] if load.scope else []),
                    load.source_id,
                    subject.name,
                    entry.key,
                )
                for entry in known
            ],
        )


def _keep_held(load: Load, subject: Subject, entries: Sequence[Entry], at: datetime) -> None:
    """What the source tells against a correction is shown beside it on the thing's page."""
    held = [
        Told(subject.name, UUID(entry.thing), name, value)
        for entry in entries
        for name, value in entry.held.items()
    ]
    if held:
        tell(held, load.source, at=at, by=load.by)


def _keep_changes(load: Load, entries: Sequence[Entry]) -> None:
    LoadChange.objects.bulk_create(
        [
            LoadChange(
                load=load,
                subject=entry.subject,
                row=UUID(entry.thing) if SUBJECTS[entry.subject].keyed else None,
                code="" if SUBJECTS[entry.subject].keyed else entry.thing[:40],
                before=None if entry.fate == "created" else entry.before,
                after=entry.values if entry.fate != "created" else {},
                key=entry.key,
                told_before=entry.told_before,
            )
            for entry in entries
        ],
        batch_size=AT_ONCE,
    )


def _marks(subjects: Iterator[Any]) -> dict[str, int]:
    """The last line of each history when the load is done: what comes after was changed since."""
    marks = {}
    for subject in subjects:
        for model in subject.with_history:
            last = model.history.model.objects.order_by("-history_id").values_list(
                "history_id", flat=True
            )
            marks[model._meta.model_name] = last.first() or 0
    return marks
