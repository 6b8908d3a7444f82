"""Every write to initiatives, their facts and their people."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact

Translations = Mapping[str, Mapping[str, str]]
"""A row's texts in other languages: ``{"nb": {"label": …}}``."""


def save_initiative(slug: str, *, by: User | None = None, **fields: Any) -> Initiative:
    """The initiative with this address name, created or brought up to date with `fields`."""
    with acting(by, "initiative.saved"):
        initiative = Initiative.objects.filter(slug=slug).first() or Initiative(slug=slug)
        return _write(initiative, fields)


def change_initiative(initiative: Initiative, *, by: User, **fields: Any) -> Initiative:
    """Bring what is known of an initiative up to date; its address name may change too."""
    with acting(by, "initiative.changed"):
        return _write(initiative, fields)


def record_fact(
    initiative: Initiative,
    year: int,
    label: str,
    value: Decimal | float,
    *,
    unit: str = "",
    source: str,
    translations: Translations | None = None,
    by: User | None = None,
) -> InitiativeFact:
    """A figure about one year; the same label and year again replaces it."""
    with acting(by, "fact.recorded"):
        fact = InitiativeFact.objects.filter(
            initiative=initiative, year=year, label=label
        ).first() or InitiativeFact(initiative=initiative, year=year, label=label)
        return _write(
            fact,
            {
                "value": Decimal(str(value)),
                "unit": unit,
                "source": source,
                **({} if translations is None else {"translations": dict(translations)}),
            },
        )


def remove_fact(fact: InitiativeFact, *, by: User) -> int:
    """Take a figure away; returns the number of its last version, for `restore_fact`."""
    with acting(by, "fact.removed"):
        return _remove(fact)


def restore_fact(initiative: Initiative, version: int, *, by: User) -> InitiativeFact:
    """Put back a figure that was removed. Raises Http404 when this is no version of its."""
    record = get_object_or_404(
        InitiativeFact.history, history_id=version, initiative_id=initiative.pk, history_type="-"
    )
    with acting(by, "fact.restored"):
        return _restore(record)


def _remove(row: Any) -> int:
    key, history = row.pk, type(row).history
    row.delete()
    return history.filter(id=key, history_type="-").latest("history_date").history_id


def _restore(record: Any) -> Any:
    row = record.instance
    if not type(row).objects.filter(pk=row.pk).exists():
        row.save(force_insert=True)
    return row


def assign(user: User, initiative: Initiative, role: str, *, by: User | None = None) -> Assignment:
    """Give a user a role in an initiative; the same again changes nothing."""
    with acting(by, "assignment.made"):
        return Assignment.objects.get_or_create(user=user, initiative=initiative, role=role)[0]


def end_assignment(assignment: Assignment, *, by: User) -> int:
    """Take a role away; returns the number of its last version, for `restore_assignment`."""
    with acting(by, "assignment.ended"):
        return _remove(assignment)


def restore_assignment(version: int, *, by: User) -> Assignment:
    """Give back a role that was taken away. Raises Http404 when this is no version of one."""
    record = get_object_or_404(Assignment.history, history_id=version, history_type="-")
    with acting(by, "assignment.restored"):
        return _restore(record)


def _write(row: Any, fields: dict[str, Any]) -> Any:
    """Set the fields; save only when one of them is new, so that history holds real changes.

    The translation of a text that changes goes with it, unless a new one is given.
    """
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if row.translations and "translations" not in fields:
        row.translations = {
            language: {name: text for name, text in texts.items() if name not in changed}
            for language, texts in row.translations.items()
        }
    for name, value in changed.items():
        setattr(row, name, value)
    if changed or row._state.adding:
        row.full_clean()
        row.save()
    return row
