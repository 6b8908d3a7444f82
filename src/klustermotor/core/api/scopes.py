"""What keys may be used for; each room adds its own in `AppConfig.ready`."""

from collections.abc import Mapping

from django.utils.functional import Promise

_scopes: dict[str, str | Promise] = {}


def register_scope(name: str, label: str | Promise) -> None:
    """Add ``room:read`` or ``room:write``; the same name again replaces its label."""
    _scopes[name] = label


def scopes() -> Mapping[str, str | Promise]:
    """Every scope with what it lets a key do."""
    return dict(sorted(_scopes.items()))
