"""The one place for small rows that hang on an organisation or a person: add, change, remove."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Organisation, Person
from klustermotor.register.services.done import Done
from klustermotor.register.services.provenance import correct, tell_by_hand

Row = TypeVar("Row", bound=models.Model)


def add(row: Row, action: str, *, by: User, sourced: bool = False) -> Done[Row]:
    """Save a new row; `sourced` remembers each of its values as told by hand."""
    with acting(by, action) as act:
        row.save(force_insert=True)
        if sourced:
            tell_by_hand(row, _filled_in(row), by=by)
        touch(row)
    return Done(row, act.at)


def change(
    row: Row, fields: Mapping[str, Any], action: str, *, by: User, sourced: bool = False
) -> Done[Row]:
    """Set fields of a row; `sourced` remembers them as told by hand."""
    with acting(by, action) as act:
        row = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if sourced:
            changed = bool(correct(row, fields, by=by))
        else:
            changed = any(getattr(row, name) != value for name, value in fields.items())
            for name, value in fields.items():
                setattr(row, name, value)
        if changed:
            row.save()
            touch(row)
    return Done(row, act.at)


def remove(row: Row, action: str, *, by: User) -> Done[Row]:
    """Take a row away; the history keeps it, and `undo_act` brings it back."""
    key = row.pk
    with acting(by, action) as act:
        row.delete()
        row.pk = key
        touch(row)
    return Done(row, act.at)


def _filled_in(row: models.Model) -> list[str]:
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return [name for name in names if name != "organisation" and getattr(row, name)]


def touch(row: models.Model) -> None:
    """Let what a row hangs on count as changed now."""
    for name in ("organisation", "person"):
        thing = getattr(row, name, None)
        if isinstance(thing, Organisation | Person):
            thing.save(update_fields=["changed_at"])
