"""Which users answer for which municipalities."""

from django.shortcuts import get_object_or_404

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import MunicipalDeveloper, Municipality


def make_developer(
    user: User, municipality: Municipality, *, by: User | None = None
) -> MunicipalDeveloper:
    """Let a user keep the organisations of a municipality; the same again changes nothing."""
    with acting(by, "developer.made"):
        return MunicipalDeveloper.objects.get_or_create(user=user, municipality=municipality)[0]


def end_developer(developer: MunicipalDeveloper, *, by: User) -> int:
    """Take a municipality away; returns the number of its last version, for `restore_developer`."""
    with acting(by, "developer.ended"):
        key = developer.pk
        developer.delete()
        return MunicipalDeveloper.history.filter(id=key, history_type="-").latest().history_id


def restore_developer(version: int, *, by: User) -> MunicipalDeveloper:
    """Give back a municipality that was taken away. Raises Http404 for another version."""
    record = get_object_or_404(MunicipalDeveloper.history, history_id=version, history_type="-")
    return make_developer(record.user, record.municipality, by=by)
