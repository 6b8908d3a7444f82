"""What the initiatives keep of users: their roles."""

from klustermotor.core.models import User
from klustermotor.core.privacy import Shredder, exempt, mentions_in, register_shredder
from klustermotor.core.privacy.own import ACCOUNTS
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact


def declare() -> None:
    """Say all of it; called when the room is ready."""
    register_shredder(
        Shredder(
            Assignment,
            of=User,
            path="user",
            activity=ACCOUNTS,
            personal=("initiative", "role"),
        )
    )
    mentions_in(Initiative, "name", "owner", "purpose", "web", "region", "translations")
    mentions_in(InitiativeFact, "label", "unit", "source", "translations")
    exempt(Initiative, "The initiative's name in an address.", "slug")
