"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest

from klustermotor.core.navigation import entrances, places


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the places of the left column and what the top row shows."""
    return {
        "places": places(request) if hasattr(request, "user") else [],
        "entrances": entrances,
        "languages": settings.LANGUAGES,
        "show_design": settings.LOCAL,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
