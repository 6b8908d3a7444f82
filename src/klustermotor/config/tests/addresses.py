"""Every address of the site, and what the rooms' tables say of it."""

import importlib
from collections.abc import Iterator, Mapping, Set
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = [
    app.removeprefix("klustermotor.")
    for app in reversed(settings.INSTALLED_APPS)
    if app.startswith("klustermotor.")
]
"""From the ground up, so that a room's `prepare` finds what those below have made."""


def tables() -> list[Any]:
    """The modules `tests/access.py` of the rooms, and that of the libraries' addresses."""
    return [importlib.import_module(f"klustermotor.{r}.tests.access") for r in (*ROOMS, "config")]


def may() -> dict[str, Set[str]]:
    """Which roles get in, by the address's name."""
    return {name: roles for table in tables() for name, roles in _part(table, "MAY").items()}


def calls() -> dict[str, Set[str]]:
    """Which roles a call of the API lets in, by method and path."""
    return {name: roles for table in tables() for name, roles in _part(table, "CALLS").items()}


def exempt() -> dict[str, str]:
    """Why an address stands under no rule, by its name."""
    return {name: why for table in tables() for name, why in _part(table, "EXEMPT").items()}


def _part(table: Any, name: str) -> Mapping[str, Any]:
    return getattr(table, name, {})


def all_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address that the site answers, but for the API's calls."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry)
        elif not is_call(entry):
            yield entry


def is_call(entry: URLPattern) -> bool:
    """Whether an address is a call of the API: those are walked by method (`CALLS`)."""
    return entry.callback.__module__ == "ninja.operation"


def patterns() -> Iterator[URLPattern]:
    """The addresses that stand under a rule."""
    free = exempt()
    return (pattern for pattern in all_patterns() if pattern.name not in free)
