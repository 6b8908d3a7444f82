"""Which kinds of long work exist; a room declares its own when it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from klustermotor.core.jobs.run import JobRun

Work = Callable[["JobRun"], dict[str, Any] | None]


class JobError(Exception):
    """What the owner of the job can mend; its text is shown on the job's page."""


@dataclass(frozen=True)
class JobKind:
    """A kind of long work: what it is called, what does it, how often it may be tried."""

    name: str
    label: str | Promise
    work: Work
    max_attempts: int


_kinds: dict[str, JobKind] = {}
_unread: list[str] = []


def jobs_in(module: str) -> None:
    """Name a module that declares kinds. It is loaded when a kind is first asked for.

    What does long work imports much that no other page or command needs.
    """
    _unread.append(module)


def job_kind(name: str, *, label: str | Promise, max_attempts: int = 3) -> Callable[[Work], Work]:
    """Declare the decorated function as what does jobs of kind ``name``.

    It takes a :class:`JobRun`, may be started again after a killed worker, so it must begin from
    the start and write files only into ``run.folder``, and returns what ``Job.result`` keeps
    (JSON) or nothing. It raises :class:`JobError` for what the owner can mend.
    """

    def declare(work: Work) -> Work:
        _kinds[name] = JobKind(name, label, work, max_attempts)
        return work

    return declare


def kind_named(name: str) -> JobKind:
    """Return a declared kind; raises ``LookupError`` that names those that exist."""
    while name not in _kinds and _unread:
        import_module(_unread.pop(0))
    try:
        return _kinds[name]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise LookupError(f"No job kind {name!r}; declared are: {known}.") from None
