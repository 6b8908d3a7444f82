"""Notes about organisations and people."""

from collections.abc import Sequence

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Note, Organisation, Person
from klustermotor.register.services import hanging
from klustermotor.register.services.done import Done


def write_note(
    thing: Organisation | Person,
    text: str,
    *,
    by: User,
    is_confidential: bool = False,
    readers: Sequence[User] = (),
) -> Done[Note]:
    """Write something down; a confidential note is seen by its writer and `readers` alone."""
    with acting(by, "note.written") as act:
        name = "organisation" if isinstance(thing, Organisation) else "person"
        note = Note.objects.create(
            **{name: thing}, text=text.strip(), is_confidential=is_confidential, by=by
        )
        if is_confidential:
            note.readers.set(readers)
        hanging.touch(note)
    return Done(note, act.at)


def change_note(
    note: Note,
    text: str,
    *,
    by: User,
    is_confidential: bool,
    readers: Sequence[User] = (),
) -> Done[Note]:
    """Change a note and who may read it."""
    fields = {"text": text.strip(), "is_confidential": is_confidential}
    with acting(by, "note.changed") as act:
        note.readers.set(readers if is_confidential else ())
        changed = any(getattr(note, name) != value for name, value in fields.items())
        if changed:
            for name, value in fields.items():
                setattr(note, name, value)
            note.save()
            hanging.touch(note)
    return Done(note, act.at)


def remove_note(note: Note, *, by: User) -> Done[Note]:
    """Take a note away. Undone, a confidential one is its writer's alone until shared again."""
    return hanging.remove(note, "note.removed", by=by)
