"""Every write of the core."""

from django.contrib.sessions.models import Session

from klustermotor.core.history import acting
from klustermotor.core.models import User


def save_user(user: User, *, by: User) -> User:
    """Create or change an account; a closed one is logged out everywhere at once."""
    created = user.pk is None
    if created:
        user.set_unusable_password()
    with acting(by, "user.created" if created else "user.changed"):
        user.save()
    if not user.is_active:
        end_sessions(user)
    return user


def end_sessions(user: User) -> None:
    """Log a user out everywhere."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
