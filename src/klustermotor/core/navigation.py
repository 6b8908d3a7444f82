"""The places in the left column; each room adds its own in ``AppConfig.ready``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """A link in the left column.

    ``prefix`` is the start of every path inside the place (its link is marked as current there),
    ``also`` are others; ``visible`` says who sees it.
    """

    name: str
    label: str | Promise
    url_name: str
    prefix: str
    order: int
    visible: Callable[[HttpRequest], bool] = lambda request: request.user.is_authenticated
    also: tuple[str, ...] = ()


_places: dict[str, Place] = {}


def register_place(place: Place) -> None:
    """Add a place; the same name again replaces it."""
    _places[place.name] = place


_entrances: dict[str, str | Promise] = {}


def register_entrance(url_name: str, label: str | Promise) -> None:
    """Add another way in, for those who have no account yet, to the page of logging in."""
    _entrances[url_name] = label


def entrances() -> list[dict[str, object]]:
    """What the page of logging in shows under the form."""
    return [{"url": reverse(name), "label": label} for name, label in _entrances.items()]


def places(request: HttpRequest) -> list[dict[str, object]]:
    """Return what the left column shows this visitor, in order."""
    shown = sorted(
        (place for place in _places.values() if place.visible(request)), key=lambda p: p.order
    )
    return [
        {
            "label": place.label,
            "url": reverse(place.url_name),
            "current": request.path == place.prefix
            or (place.prefix != "/" and request.path.startswith((place.prefix, *place.also))),
        }
        for place in shown
    ]
