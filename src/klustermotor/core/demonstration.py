"""The parts of the demonstration; each room adds its own in ``AppConfig.ready``.

    register_part(Part("register", "klustermotor.register.demonstration.load", order=20))

`klustermotor demo` calls them in order. A part makes what is missing and doubles nothing; what
people have changed or deleted since stays as they left it. Rows say that they are invented.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.module_loading import import_string

from klustermotor.core.models import User

Load = Callable[[Mapping[str, User]], None]


@dataclass(frozen=True)
class Part:
    """A room's part: ``load`` names its function, which gets the demonstration's users by role."""

    name: str
    load: str
    order: int = 100


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a part; the same name again replaces it."""
    _parts[part.name] = part


def parts() -> list[Part]:
    """All parts, in the order in which they are loaded."""
    return sorted(_parts.values(), key=lambda part: part.order)


def load_parts(
    users: Mapping[str, User], progress: Callable[[str], None] = lambda name: None
) -> None:
    """Load every part; `progress` is told the name of each before it is loaded."""
    for part in parts():
        progress(part.name)
        load: Load = import_string(part.load)
        load(users)
