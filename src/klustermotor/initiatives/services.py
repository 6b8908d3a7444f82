"""Every write to initiatives, their facts and their people."""

from decimal import Decimal
from typing import Any

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact


def save_initiative(slug: str, *, by: User | None = None, **fields: Any) -> Initiative:
    """The initiative with this address name, created or brought up to date with `fields`."""
    with acting(by, "initiative.saved"):
        initiative = Initiative.objects.filter(slug=slug).first() or Initiative(slug=slug)
        return _write(initiative, fields)


def record_fact(
    initiative: Initiative,
    year: int,
    label: str,
    value: Decimal | float,
    *,
    unit: str = "",
    source: str,
    by: User | None = None,
) -> InitiativeFact:
    """A figure about one year; the same label and year again replaces it."""
    with acting(by, "fact.recorded"):
        fact = InitiativeFact.objects.filter(
            initiative=initiative, year=year, label=label
        ).first() or InitiativeFact(initiative=initiative, year=year, label=label)
        return _write(fact, {"value": Decimal(str(value)), "unit": unit, "source": source})


def remove_fact(fact: InitiativeFact, *, by: User) -> None:
    """Take a figure away; its history stays."""
    with acting(by, "fact.removed"):
        fact.delete()


def assign(user: User, initiative: Initiative, role: str, *, by: User | None = None) -> Assignment:
    """Give a user a role in an initiative; the same again changes nothing."""
    with acting(by, "assignment.made"):
        return Assignment.objects.get_or_create(user=user, initiative=initiative, role=role)[0]


def end_assignment(assignment: Assignment, *, by: User) -> None:
    """Take a role away; its history stays."""
    with acting(by, "assignment.ended"):
        assignment.delete()


def _write(row: Any, fields: dict[str, Any]) -> Any:
    """Set the fields; save only when one of them is new, so that history holds real changes."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed or row._state.adding:
        row.full_clean()
        row.save()
    return row
