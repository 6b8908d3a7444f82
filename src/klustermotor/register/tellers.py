"""The register's part of the timelines of organisations and people: notes, and changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from klustermotor.core.models import User
from klustermotor.core.timeline import Entry, Teller, register_timeline
from klustermotor.register.models import Note, Organisation, Person, SecrecyMark
from klustermotor.register.queries.changes import acts_on
from klustermotor.register.queries.organisation import notes_on

FIELDS_NAMED = 4


def tell_timelines() -> None:
    """Add the register's tellers; called once, when the room is ready."""
    for kind in (Organisation, Person):
        name = kind._meta.model_name
        register_timeline(Teller(f"{name}-notes", kind, _notes))
        register_timeline(Teller(f"{name}-changes", kind, _changes))


def _notes(thing: Any, user: User, before: datetime | None, limit: int) -> Sequence[Entry]:
    notes = notes_on(thing, user).order_by("-written_at")
    if before is not None:
        notes = notes.filter(written_at__lt=before)
    return [
        Entry(
            note.written_at,
            pgettext("timeline", "Note"),
            note.text[:200],
            str(note.by or ""),
            "#notes",
        )
        for note in notes[:limit]
    ]


def _changes(thing: Any, user: User, before: datetime | None, limit: int) -> Sequence[Entry]:
    acts = acts_on(thing, user, before=before, limit=limit, leave_out=(Note, SecrecyMark))
    return [
        Entry(act.at, act.label[:1].upper() + act.label[1:], _summary(act.changes), act.by)
        for act in acts
    ]


def _summary(changes: Sequence[Any]) -> str:
    """What a change was about: the fields by name, what came or went, or of much its kinds."""
    parts = [change.field or change.after or change.before for change in changes]
    if len(changes) > FIELDS_NAMED:
        parts = [change.field or change.what for change in changes]
    named = list(dict.fromkeys(part for part in parts if part))
    text = ", ".join(named[:FIELDS_NAMED])
    return f"{text} …" if len(named) > FIELDS_NAMED else text
