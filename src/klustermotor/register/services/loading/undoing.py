"""A load taken back: what it created goes, what it changed is put back, unless changed since."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models import UUIDField
from django.utils import timezone
from simple_history.models import HistoricalChanges

from klustermotor.core.history import current_act
from klustermotor.register.models import (
    Establishment,
    Load,
    LoadChange,
    Organisation,
    SecrecyMark,
    SourcedValue,
    SourceKey,
)
from klustermotor.register.services.loading.applying import rounds, span
from klustermotor.register.services.loading.entries import Entry
from klustermotor.register.services.loading.searchable import forget_created, make_searchable
from klustermotor.register.services.loading.subjects import SUBJECTS, Subject
from klustermotor.register.services.loading.subjects.base import AT_ONCE, Writing, plain_id

Kept = list[str]
"""``[what, id, name, why]``; why is ``changed``, ``used`` or ``gone``."""


def take_back(load: Load, progress: Callable[[float, str], None]) -> list[Kept]:
    """Put back what a load did; returns what could not be. Call it inside `bulk.many_writes`."""
    act = current_act()
    at = act.at if act else timezone.now()
    kept: list[Kept] = []
    changes = load.changes.order_by("-id")
    total = changes.count() or 1
    done = 0
    last = None
    while True:
        part = list((changes.filter(pk__lt=last) if last else changes)[:AT_ONCE])
        if not part:
            break
        last = part[-1].pk
        kept += _put_back(load, part, at)
        done += len(part)
        progress(50 * done / total, "")
    kept += _remove_created(load)
    progress(90, "")
    kept += _remove_references(load)
    low, high = (UUID(end) for end in span(load.id_prefix))
    forget_created(low, high)
    make_searchable(load, low, high, created=False)
    return kept


def _put_back(load: Load, changes: Sequence[LoadChange], at: datetime) -> list[Kept]:
    kept: list[Kept] = []
    writing = Writing(at, timezone.localdate(at), load.source_id, lambda: uuid4().hex)
    for name, kind in SUBJECTS.items():
        mine = [c for c in changes if c.subject == name and c.before is not None]
        if not mine:
            continue
        subject = kind()
        seen = {_thing(change) for change in mine}
        parts = {field for change in mine for field in change.after} & set(subject.parts)
        current = subject.current(sorted(seen), load.source_id, parts)
        entries = []
        for change in mine:
            thing = _thing(change)
            had = current.get(thing)
            if had is None:
                kept.append([name, thing, "", "gone"])
                continue
            back = {
                f: v
                for f, v in (change.before or {}).items()
                if had.get(f, "") == change.after.get(f)
            }
            lost = sorted(set(change.after) - set(back))
            if lost:
                kept.append([name, thing, str(had.get("name") or ""), "changed"])
            if back:
                refs = _refs(subject, back)
                entries.append(Entry(name, "changed", thing, change.key, back, refs=refs))
                had |= back
        for some in rounds(entries):
            Subject.update(subject, some, writing)  # past the keeping of former names
        if subject.keyed:
            _put_back_keys(load, name, mine)
    return kept


def _thing(change: LoadChange) -> str:
    """The id of what was changed, as plans keep it."""
    return change.row.hex if change.row else change.code


def _refs(subject: Subject, values: dict[str, Any]) -> dict[str, Any]:
    if subject.name == "establishment" and values.get("organisation"):
        one = Organisation.objects.filter(number=values["organisation"]).values_list(
            "pk", flat=True
        )
        found = one.first()
        return {"organisation": found.hex} if found else {}
    return {name: values[name] or None for name in subject.foreign if name in values}


def _put_back_keys(load: Load, subject: str, changes: Sequence[LoadChange]) -> None:
    for change in changes:
        if not change.key:
            continue
        keys = SourceKey.objects.filter(source=load.source_id, model=subject, key=change.key)
        if change.told_before is None:
            keys.delete()
        else:
            keys.update(told=change.told_before, fingerprint="")


def _remove_created(load: Load) -> list[Kept]:
    """Remove what the load created, but for what is in use or was changed since."""
    low, high = (UUID(end) for end in span(load.id_prefix))
    kept: list[Kept] = []
    held_back: set[UUID] = set()
    for name in ("person", "establishment", "organisation"):
        subject = SUBJECTS[name]
        if subject.model._meta.model_name not in load.marks:
            continue
        whys = _held_things(load, subject, low, high)
        for key, why in whys.items():
            held_back.add(key)
            one = subject.model.objects.filter(pk=key).first()
            kept.append([name, key.hex, str(one or ""), why])
    # An establishment that stays keeps its company.
    owners = Establishment.objects.filter(pk__in=held_back, **_within("organisation", low, high))
    for key in owners.values_list("organisation", flat=True).distinct():
        if key not in held_back:
            held_back.add(key)
            kept.append(["organisation", key.hex, "", "used"])
    for name in ("person", "establishment", "organisation"):
        subject = SUBJECTS[name]
        if subject.model._meta.model_name in load.marks:
            _delete(subject, low, high, held_back)
    stay = list(held_back)
    SourceKey.objects.filter(row__range=(low, high)).exclude(row__in=stay).delete()
    SourcedValue.objects.filter(row__range=(low, high)).exclude(row__in=stay).delete()
    return kept


def _held_things(load: Load, subject: type[Subject], low: UUID, high: UUID) -> dict[UUID, str]:
    """Which of the created things must stay, and why."""
    whys: dict[UUID, str] = {}
    for model in subject.with_history:
        mark = load.marks.get(model._meta.model_name, 0)
        owner = "pk" if model is subject.model else f"{_owner(model, subject.model)}_id"
        for key in _changed_since(model, owner, mark, low, high):
            whys.setdefault(key, "changed")
    for relation in subject.model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        other = relation.related_model
        if issubclass(other, HistoricalChanges):
            continue
        name = relation.field.name
        rows = other._default_manager.filter(**_within(name, low, high))
        if isinstance(other._meta.pk, UUIDField):
            rows = rows.exclude(pk__range=(low, high))
        for key in rows.values_list(name, flat=True).distinct():
            whys.setdefault(key, "used")
    for key in SecrecyMark.objects.filter(row__range=(low, high)).values_list("row", flat=True):
        if subject.model.objects.filter(pk=key).exists():
            whys.setdefault(key, "used")
    there = set(subject.model.objects.filter(pk__in=list(whys)).values_list("pk", flat=True))
    return {key: why for key, why in whys.items() if key in there}


def _changed_since(model: Any, owner: str, mark: int, low: UUID, high: UUID) -> set[UUID]:
    """The things of which rows are not what they were when the load was done.

    A later load that was itself undone leaves lines of history but changes nothing.
    """
    history = model.history.model
    field = "id" if owner == "pk" else owner
    since = history.objects.filter(history_id__gt=mark, **_within(field, low, high))
    kept = {f.attname for f in history._meta.concrete_fields}
    names = [f.attname for f in model._meta.concrete_fields if f.attname in kept]
    found: set[UUID] = set()
    rows = list(since.values_list("id", field).distinct())
    for start in range(0, len(rows), AT_ONCE):
        part = dict(rows[start : start + AT_ONCE])
        before: dict[UUID, tuple[Any, ...]] = {}
        lines = history.objects.filter(id__in=list(part), history_id__lte=mark)
        for line in lines.order_by("history_id"):
            gone = line.history_type == "-"
            before[line.id] = () if gone else tuple(getattr(line, name) for name in names)
        now = {row[0]: row for row in model.objects.filter(pk__in=list(part)).values_list(*names)}
        found |= {thing for key, thing in part.items() if before.get(key, ()) != now.get(key, ())}
    return found


def _within(field: str, low: UUID, high: UUID) -> dict[str, UUID]:
    """The ids that a load can have given out."""
    return {f"{field}__gte": low, f"{field}__lte": high}


def _owner(part: Any, model: Any) -> str:
    """The field by which a part belongs to a thing."""
    return next(f.name for f in part._meta.concrete_fields if f.related_model is model)


def _delete(subject: type[Subject], low: UUID, high: UUID, held: set[UUID]) -> None:
    """Delete the created things and their parts, and the history of what was never to be."""
    stay = list(held)
    for model in reversed(subject.with_history):
        rows = model.objects.filter(pk__range=(low, high))
        history = model.history.model.objects.filter(id__range=(low, high))
        if model is subject.model:
            rows, history = rows.exclude(pk__in=stay), history.exclude(id__in=stay)
        else:
            owner = f"{_owner(model, subject.model)}__in"
            rows, history = rows.exclude(**{owner: stay}), history.exclude(**{owner: stay})
        rows._raw_delete(rows.db)
        history._raw_delete(history.db)


def _remove_references(load: Load) -> list[Kept]:
    """Remove codes and boundaries that the load added, unless something refers to them."""
    kept: list[Kept] = []
    for name in ("crosswalk", "industry", "municipality"):
        model = SUBJECTS[name].model
        keys = load.changes.filter(subject=name, before__isnull=True).order_by("-code")
        told = load.kind in ("industries", "crosswalk", "boundaries")
        for key in keys.values_list("code", flat=True).iterator():
            one = model.objects.filter(pk=key).first()
            if one is None:
                continue
            try:
                one.delete()
            except models.ProtectedError:
                if told:
                    kept.append([name, plain_id(one.pk), str(one), "used"])
    return kept
