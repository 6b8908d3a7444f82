"""How allauth behaves here: accounts are given by an administrator, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from klustermotor.core.history import acting
from klustermotor.core.models import User


def display_name(user: User) -> str:
    """The name that mails and pages call a user by."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set it; the history tells when, never what."""
        with acting(user, "user.password_chosen"):
            super().set_password(user, password)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the trusted proxy saw, or the connection's own."""
        forwarded = request.headers.get("X-Forwarded-For", "")
        if settings.TRUST_FORWARDED_FOR and forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()
        return request.META["REMOTE_ADDR"]
