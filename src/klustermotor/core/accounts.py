"""How allauth behaves here: accounts are given by an administrator, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from klustermotor.core.models import User


def display_name(user: User) -> str:
    """The name that mails and pages call a user by."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
