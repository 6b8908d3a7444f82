"""Who is answering: a cookie that a personal link was swapped for, and guesses counted."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from klustermotor.core.middleware import client_address
from klustermotor.surveys.fieldwork.links import invitation_of
from klustermotor.surveys.models import Invitation

COOKIE, PATH = "answering", "/answer"
KEPT_SECONDS = 90 * 86_400
GUESSES, WINDOW_SECONDS = 20, 600


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Swap the link for a cookie that only the answering pages get."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Leave nothing behind on a shared device."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def invited(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser was opened with."""
    token = request.COOKIES.get(COOKIE, "")
    return invitation_of(token) if token else None


def is_guessing(request: HttpRequest) -> bool:
    """Whether too many wrong links came from this address."""
    return cache.get(_key(request), 0) >= GUESSES


def count_guess(request: HttpRequest) -> None:
    """Remember a wrong link for a while."""
    key = _key(request)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out in between
        cache.set(key, 1, WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    return f"guesses:{client_address(request)}"
