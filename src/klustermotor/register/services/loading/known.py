"""What rows of a file may refer to, and what the register is like right now."""

from klustermotor.formats.register.record import Known
from klustermotor.register.models import (
    Establishment,
    Industry,
    Load,
    Municipality,
    Organisation,
    Person,
    SourceKey,
)


def known_here() -> Known:
    """The municipalities and industries of the register."""
    return Known(
        dict(Municipality.objects.values_list("id", "name")),
        frozenset(Industry.objects.values_list("id", flat=True)),
    )


def stamp_of_register() -> str:
    """A text that is another one as soon as something that a plan rests on has changed.

    It is made of the last lines of history: every change of these rows leaves one.
    """
    last = [
        model.history.model.objects.order_by("-history_id").values_list("history_id", flat=True)[:1]
        for model in (Organisation, Establishment, Person)
    ]
    parts = [next(iter(rows), 0) for rows in last]
    newest = SourceKey.objects.order_by("-id").values_list("id", flat=True)[:1]
    applied = Load.objects.exclude(state=Load.State.STAGED).count()
    undone = Load.objects.filter(state=Load.State.UNDONE).count()
    places, industries = Municipality.objects.count(), Industry.objects.count()
    return ".".join(map(str, [*parts, next(iter(newest), 0), applied, undone, places, industries]))
