"""Who answers for a row, and by which law a public body keeps what a private one must erase."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from klustermotor.core.models import Controller


class NoControllerError(Exception):
    """Nobody is named who answers for the data, so nobody can say what law keeps."""


_assumed: ContextVar[Controller | None] = ContextVar("assumed", default=None)


@contextmanager
def assuming(kind: str) -> Iterator[None]:
    """Take one of this kind for the default controller where a restored archive knows none."""
    token = _assumed.set(Controller(name="", kind=kind))
    try:
        yield
    finally:
        _assumed.reset(token)


def default_controller() -> Controller:
    """Who answers where no other is named. Raises :class:`NoControllerError`."""
    found = Controller.objects.filter(is_default=True).first() or _assumed.get()
    if found is None:
        raise NoControllerError
    return found


def controller_of(row: Model, path: str) -> Controller:
    """Who answers for a row: at the end of the path, else the default one."""
    value: Any = row
    for part in path.split("__") if path else ():
        value = getattr(value, part, None)
        if value is None:
            break
    return value if isinstance(value, Controller) else default_controller()


def keeping_law(controller: Controller) -> str:
    """Why a public body keeps an official document."""
    if controller.country == Controller.Country.NORWAY:
        return _(
            "%(controller)s is a public body: its case documents are kept by arkivlova until their "
            "disposal is decided (GDPR article 17.3 b and d)."
        ) % {"controller": controller}
    return _(
        "%(controller)s is a public body: its official documents are kept by arkivlagen "
        "(1990:782) until their disposal is decided (GDPR article 17.3 b and d)."
    ) % {"controller": controller}
