"""What upper rooms show on an initiative's page; each adds its own in `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from klustermotor.initiatives.models import Initiative


@dataclass(frozen=True)
class Panel:
    """A part of the page: its template, and what fills it (None leaves the part out)."""

    name: str
    template: str
    fill: Callable[[Initiative, HttpRequest], Mapping[str, object] | None]
    order: int = 100


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a part; the same name again replaces it."""
    _panels[panel.name] = panel


def panels_of(initiative: Initiative, request: HttpRequest) -> list[dict[str, object]]:
    """The parts to show this visitor, in order, each with its template and its values."""
    filled = (
        (panel.template, panel.fill(initiative, request))
        for panel in sorted(_panels.values(), key=lambda panel: panel.order)
    )
    return [{"template": template, **values} for template, values in filled if values is not None]
