"""What can be loaded from files and written to them, told by every room that has something.

    register_loader(Loader("people", _("People"), load, order=20, permission="register.load"))

The command ``load`` and the pages call the same loader. A room above adds its own kinds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from klustermotor.core.models import User

Progress = Callable[[float, str], None]


def no_progress(percent: float, message: str = "") -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Request:
    """What is asked of a loader: the file, from whom, and how."""

    path: Path
    into: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    by: User | None = None
    complete: str = ""
    """The part of the source that the file holds all of; what is missing from it ends."""
    force: bool = False
    dry_run: bool = False
    take_held: bool = False
    """Let the file's values go before what people have corrected."""
    language: str = "en"
    progress: Progress = no_progress


@dataclass(frozen=True)
class Summary:
    """What a load did or, dry, would do. `said` tells of each row that needs a look, in words."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    held: int = 0
    ended: int = 0
    said: tuple[str, ...] = ()
    more: int = 0
    """How many rows `said` leaves out."""
    load: str = ""
    """The id by which the load can be undone."""

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name, as JSON tells them."""
        names = ("created", "changed", "unchanged", "refused", "held", "ended")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Loader:
    """A kind of file: what it is called, who may load it, and what does it.

    `into` names the keys that ``--into key=value`` takes. The loader raises InputError for a file
    that it cannot use.
    """

    kind: str
    label: str | Promise
    load: Callable[[Request], Summary]
    permission: str
    into: tuple[str, ...] = ()
    order: int = 100


_loaders: dict[str, Loader] = {}
_unread: list[str] = []


def loaders_in(function: str) -> None:
    """Name a function, as ``package.module.function``, that registers loaders.

    It is called when loaders are first asked for: reading files needs much that no page needs.
    """
    if function not in _unread:
        _unread.append(function)


def _read() -> None:
    while _unread:
        import_string(_unread.pop(0))()


def register_loader(loader: Loader) -> None:
    """Add a kind; the same kind again replaces it."""
    _loaders[loader.kind] = loader


def loaders() -> list[Loader]:
    """All kinds in order."""
    _read()
    return sorted(_loaders.values(), key=lambda loader: (loader.order, loader.kind))


def loader_of(kind: str) -> Loader | None:
    """The loader of a kind, if there is one."""
    _read()
    return _loaders.get(kind)
