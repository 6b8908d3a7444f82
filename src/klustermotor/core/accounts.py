"""How allauth behaves here: accounts are given by an administrator, never taken."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from klustermotor.core.history import acting
from klustermotor.core.middleware import client_address
from klustermotor.core.models import User

DEMO_DOMAIN = "@demo.example"
"""Accounts of the demonstration: everybody knows their passwords."""


def display_name(user: User) -> str:
    """The name that mails and pages call a user by."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Nobody gets in with a password that everybody knows, but in the demonstration."""
        if user.email.endswith(DEMO_DOMAIN) and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def set_password(self, user: User, password: str) -> None:
        """Set it; the history tells when, never what."""
        with acting(user, "user.password_chosen"):
            super().set_password(user, password)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)
