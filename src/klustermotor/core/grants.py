"""Who may do what, where the reason lies in a room above the one that asks.

The register lets in those who work in an initiative, but does not know initiatives. It declares
`granted("register.view")` as a part of its rule, and the room above says whom it lets in:

    grant("register.view", is_inside_any)   # in AppConfig.ready
"""

from collections.abc import Callable
from typing import Any

import rules

from klustermotor.core.models import User

_granted: dict[str, dict[str, Any]] = {}


def grant(permission: str, predicate: Callable[..., bool]) -> None:
    """Let in those for whom `predicate` holds; the same predicate again changes nothing."""
    _granted.setdefault(permission, {})[predicate.__module__ + predicate.__name__] = predicate


def granted(permission: str) -> Any:
    """Return the predicate that holds when a room above lets this user in.

    Its test takes what the rule is about, or None.
    """

    @rules.predicate(name=f"granted:{permission}")
    def is_granted(user: User, thing: Any = None) -> bool:
        return any(bool(test(user, thing)) for test in _granted.get(permission, {}).values())

    return is_granted
