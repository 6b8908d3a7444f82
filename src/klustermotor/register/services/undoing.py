"""Take back an act: all that it wrote of a thing, as long as nobody has changed it since."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from klustermotor.core.history import acting
from klustermotor.core.merging import CannotUndoMergeError
from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    Merge,
    Organisation,
    OrganisationIndustry,
    Person,
    Source,
    SourcedValue,
)
from klustermotor.register.recorded import parts_of
from klustermotor.register.services.done import Done
from klustermotor.register.services.industries import keep_main_industries
from klustermotor.register.services.merging import merge_at, undo_merge
from klustermotor.register.services.provenance import as_told, model_name, tell_by_hand

SOURCED = (Organisation, Establishment, Person)


class CannotUndoError(Exception):
    """Why an act is not taken back: ``other``'s act, ``changed`` since, or ``unknown``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def undo_act(
    model: type[models.Model], thing: UUID, at: datetime, *, by: User
) -> Done[models.Model | None]:
    """Set all that an act wrote of a thing back to what it was; the thing itself, if it is there.

    Raises :class:`CannotUndoError` when the act is not this user's own, or when any row of it has
    been changed since.
    """
    if merged := merge_at(thing, at):
        return _unmerge(merged, by)
    with acting(by, "undone") as act:
        records = _records(model, thing, at)
        if not records:
            raise CannotUndoError("unknown")
        if any(record.history_user_id != by.pk for record in records):
            raise CannotUndoError("other")
        if any(_has_later(record) for record in records) or _is_built_upon(
            model, thing, at, records
        ):
            raise CannotUndoError("changed")
        for record in reversed(records):  # what hangs on a row goes before it
            if record.history_type == "+":
                type(record.instance)._default_manager.get(pk=record.id).delete()
        for record in records:  # and comes back after it
            if record.history_type == "-":
                record.instance.save(force_insert=True)
            elif record.history_type == "~":
                _set_back(record, by)
        if any(record.instance_type is OrganisationIndustry for record in records):
            keep_main_industries([thing])
    return Done(model._default_manager.filter(pk=thing).first(), act.at)


def _unmerge(record: Merge, by: User) -> Done[models.Model | None]:
    """A merge has its own way back, which knows all that moved."""
    if record.by_id != by.pk:
        raise CannotUndoError("other")
    try:
        undo_merge(record, by=by)
    except CannotUndoMergeError as error:
        raise CannotUndoError("changed") from error
    record.refresh_from_db()
    survivor = Organisation if record.model == "organisation" else Person
    return Done(survivor._default_manager.get(pk=record.survivor), record.undone_at or record.at)


def _records(model: type[models.Model], thing: UUID, at: datetime) -> list[Any]:
    """What the act wrote, in the order in which rows are made; the last version of each row."""
    found: dict[Any, Any] = {}
    for part in parts_of(model):
        for record in part.records(thing).filter(history_date=at):
            found.setdefault((part.model, record.id), record)
    return list(found.values())


def _has_later(record: Any) -> bool:
    later: bool = (
        record.instance_type.history.filter(id=record.id)
        .filter(history_date__gt=record.history_date)
        .exists()
    )
    return later


def _is_built_upon(
    model: type[models.Model], thing: UUID, at: datetime, records: list[Any]
) -> bool:
    """Whether taking back a new thing would take along what was hung on it later."""
    created = {record.instance_type for record in records if record.history_type == "+"}
    if not created & {model, Establishment}:
        return False
    return any(
        part.records(thing).filter(history_date__gt=at).exists()
        for part in parts_of(model)
        if model in created or part.owner == "establishment"
    )


def _set_back(record: Any, by: User) -> None:
    before = record.prev_record
    if before is None:
        raise CannotUndoError("unknown")
    row = before.instance
    changed = [
        field.name
        for field in before.tracked_fields
        if getattr(record, field.attname) != getattr(before, field.attname)
    ]
    row._state.adding = False  # the version of a row is not new: save it over what there is
    row.save()
    if isinstance(row, SOURCED):
        _tell_again(row, changed, by)


def _tell_again(row: models.Model, fields: list[str], by: User) -> None:
    """A value that a source told is the source's again; any other is told by hand."""
    told = {
        (one.field, one.value)
        for one in SourcedValue.objects.filter(row=row.pk, model=model_name(row)).exclude(
            source=Source.BY_HAND
        )
    }
    returned = [name for name in fields if (name, as_told(getattr(row, name))) in told]
    SourcedValue.objects.filter(row=row.pk, field__in=returned, source=Source.BY_HAND).delete()
    tell_by_hand(row, [name for name in fields if name not in returned], by=by)
