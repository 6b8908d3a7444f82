"""One record per change, with who did it and a stable code of what was done.

class Initiative(models.Model):
    history = History()

with acting(user, "initiative.renamed"):
    initiative.save()
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

if TYPE_CHECKING:  # users have a history themselves
    from klustermotor.core.models import User

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Act:
    """Who is doing what: ``user`` may be nobody (a load from the command line).

    All that it writes bears the moment ``at``, so that it is found, and undone, as one.
    """

    user: "User | None"
    action: str
    at: datetime = field(default_factory=timezone.now)


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def acting(user: "User | None", action: str) -> Iterator[Act]:
    """Run a service's writes in one transaction and record them as ``user`` doing ``action``.

    An action code is ``room.verb`` and never changes its meaning, as ``initiative.renamed``.
    """
    act = Act(user, action)
    token = _act.set(act)
    try:
        with transaction.atomic(), _searchable_at_the_end():
            yield act
    finally:
        _act.reset(token)


def current_act() -> Act | None:
    """Who is doing what right now, inside :func:`acting`."""
    return _act.get()


class History(HistoricalRecords):
    """History of a model; its rows carry user, action code and moment of :func:`acting`."""

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        """Record a change at the moment of the act."""
        act = _act.get()
        own = act is not None and not hasattr(instance, "_history_date")
        if own:
            instance._history_date = act.at
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            if own:
                del instance._history_date

    def post_save(
        self,
        instance: models.Model,
        created: bool,
        using: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Record a save, unless it touched only fields that the history leaves out."""
        fields = kwargs.get("update_fields")
        if fields and set(fields) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using, **kwargs)

    def get_history_user(self, instance: models.Model) -> "User | None":
        act = _act.get()
        return act.user if act else super().get_history_user(instance)

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: str
    ) -> str | None:
        act = _act.get()
        return act.action if act else None


def bulk_create(rows: Sequence[Row], model: type[Row], *, batch: int = 500) -> list[Row]:
    """Create many rows with their history, as the current act."""
    act = _act.get()
    with transaction.atomic():
        created: list[Row] = bulk_create_with_history(
            rows,
            model,
            batch_size=batch,
            default_user=act.user if act else None,
            default_change_reason=act.action if act else None,
            default_date=act.at if act else None,
        )
        _searchable(created)
    return created


def bulk_update(
    rows: Sequence[Row], model: type[Row], fields: Sequence[str], *, batch: int = 500
) -> int:
    """Update many rows with their history, as the current act; return how many."""
    act = _act.get()
    with transaction.atomic():
        count: int = bulk_update_with_history(
            rows,
            model,
            fields,
            batch_size=batch,
            default_user=act.user if act else None,
            default_change_reason=act.action if act else None,
            default_date=act.at if act else None,
        )
        _searchable(rows)
    return count


def _searchable_at_the_end() -> AbstractContextManager[None]:
    """The search index follows an act once, when all of it is written."""
    from klustermotor.core.search.index import gathered  # users have a history, and are found

    return gathered()


def _searchable(rows: Sequence[models.Model]) -> None:
    """No signal tells of rows written many at a time."""
    from klustermotor.core.search.index import touched

    touched(rows)


def undo(row: models.Model, user: "User") -> Any:
    """Set ``row`` back to what it was before its last change; return the restored row.

    Raises ``ValueError`` when the last change was made by someone else or created the row: then
    there is nothing that this user may undo.
    """
    latest = row.history.first()
    before = latest.prev_record if latest else None
    if latest is None or before is None or latest.history_user_id != user.pk:
        raise ValueError("The latest change is not one that this user may undo.")
    with acting(user, f"{latest.history_change_reason or 'change'}.undone"):
        restored = before.instance
        restored._state.adding = False  # not a new row, also where keys are made up beforehand
        restored.save()
    return restored
