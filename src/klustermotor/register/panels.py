"""What upper rooms show on an organisation's or a person's page; each adds its own in `ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A part of the pages of one kind: its template, and what fills it (None leaves it out)."""

    name: str
    kind: type
    template: str
    fill: Callable[[Any, HttpRequest], Mapping[str, object] | None]
    order: int = 100


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a part; the same name again replaces it."""
    _panels[panel.name] = panel


def panels_of(thing: Any, request: HttpRequest) -> list[dict[str, object]]:
    """The parts to show this visitor, in order, each with its template and its values."""
    filled = (
        (panel.template, panel.fill(thing, request))
        for panel in sorted(_panels.values(), key=lambda panel: panel.order)
        if isinstance(thing, panel.kind)
    )
    return [{"template": template, **values} for template, values in filled if values is not None]
