"""What loads keep of people and files, and when it goes."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from klustermotor.register.models import Load, LoadChange, LoadRow, SourcedValue, SourceKey
from klustermotor.register.services.loading.running import discard, folder, path_of, plan_of

KEPT = timedelta(days=14)
"""How long a file is kept: until it is applied, and after that for its refused rows."""
ROWS_KEPT = timedelta(days=90)
"""How long the rows of a preview are kept."""


def forget_old() -> None:
    """Forget files and previews whose time is over; the loads themselves stay in the list."""
    since = timezone.now() - KEPT
    for load in Load.objects.filter(state=Load.State.STAGED, created_at__lt=since):
        discard(load)
    for load in Load.objects.exclude(state=Load.State.STAGED).filter(created_at__lt=since):
        path_of(load).unlink(missing_ok=True)
        plan_of(load).unlink(missing_ok=True)
    LoadRow.objects.filter(load__created_at__lt=timezone.now() - ROWS_KEPT).delete()
    named = set(Load.objects.values_list("stored_as", flat=True))
    plans = {f"{key}.plan" for key in Load.objects.values_list("pk", flat=True)}
    for path in folder().glob("*.*"):
        old = path.stat().st_mtime < (timezone.now() - timedelta(days=1)).timestamp()
        if old and path.name not in named | plans:
            path.unlink(missing_ok=True)


def forget_thing(thing: UUID) -> int:
    """Forget all that loads and sources have kept of one thing, as when a person is erased.

    Returns how many rows went. A load that made it can then no longer bring it back.
    """
    gone = [
        LoadRow.objects.filter(thing=thing).delete()[0],
        LoadChange.objects.filter(row=thing).delete()[0],
        SourceKey.objects.filter(row=thing).delete()[0],
        SourcedValue.objects.filter(row=thing).delete()[0],
    ]
    return sum(gone)
