"""What ends because it is missing from a file that holds all of a part of its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klustermotor.formats.errors import fault
from klustermotor.formats.register.record import Record
from klustermotor.register.models import SourceKey
from klustermotor.register.services.loading.entries import Entry, Values, batched
from klustermotor.register.services.loading.subjects import SUBJECTS, Subject
from klustermotor.register.services.loading.subjects.base import AT_ONCE

if TYPE_CHECKING:
    from klustermotor.register.services.loading.planner import Planner

MOST_MISSING = 0.2
"""The share of a scope that may be missing from a file without --force."""


def end_missing(planner: Planner) -> None:
    """End what came with this scope before and is missing now."""
    total = missing = 0
    waiting: list[tuple[SourceKey, Entry]] = []
    for subject in [SUBJECTS[name]() for name in ("organisation", "establishment", "person")]:
        keys = SourceKey.objects.filter(
            source=planner.load.source_id, model=subject.name, scope=planner.load.scope
        ).order_by("pk")
        for part in batched(keys.iterator(chunk_size=AT_ONCE), AT_ONCE):
            gone = _gone(planner, subject, part)
            total += len(part) - sum(bool(key.told.get("_missing")) for key in part)
            for key, entry in gone:
                missing += 1
                waiting.append((key, entry))
    if total and missing / total > MOST_MISSING and not planner.load.force:
        share = round(100 * missing / total)
        details = {"total": total, "share": share, "scope": planner.load.scope}
        planner.outcome.faults.append(
            fault("many_missing", planner.load.file_name, value=missing, **details)
        )
    for key, entry in waiting:
        planner.write(entry)
        record = Record(entry.subject, 0, key.key, {}, label=str(key.told.get("name") or key.key))
        changes = [[name, entry.before.get(name, ""), v] for name, v in entry.values.items()]
        planner.show(record, "ended", entry.thing, changes=changes)


def _gone(
    planner: Planner, subject: Subject, keys: Sequence[SourceKey]
) -> list[tuple[SourceKey, Entry]]:
    here = planner.seen.of(f"thing {subject.name}", {key.row.hex for key in keys})
    said = planner.seen.of("refused", {f"{subject.name} {key.key}" for key in keys})
    absent = [
        key
        for key in keys
        if key.row.hex not in here
        and f"{subject.name} {key.key}" not in said
        and not key.told.get("_missing")
    ]
    parts = ["role"] if subject.name == "person" else []
    current = subject.current([key.row.hex for key in absent], planner.load.source_id, parts)
    gone = []
    for key in absent:
        had = current.get(key.row.hex)
        if had is None:
            continue
        values = _ending(planner, subject, key, had)
        told = {**key.told, "_missing": True}
        if subject.ends_by:
            told[subject.ends_by] = values.get(subject.ends_by, "")
        before = {name: had.get(name, "") for name in values}
        entry = Entry(
            subject.name, "ended", key.row.hex, key.key, values, before, {}, told, key.told
        )
        gone.append((key, entry))
    return gone


def _ending(planner: Planner, subject: Subject, key: SourceKey, had: Values) -> Values:
    today = planner.today.isoformat()
    if subject.ends_by:
        return {} if had.get(subject.ends_by) else {subject.ends_by: today}
    ours = {tuple(role[:3]) for role in key.told.get("role") or []}
    roles = [
        [*role[:3], today] if tuple(role[:3]) in ours and not role[3] else role
        for role in had.get("role") or []
    ]
    return {"role": roles} if roles != had.get("role") else {}
