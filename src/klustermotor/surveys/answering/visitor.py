"""Who is answering: a cookie that a personal link was swapped for, and guesses counted."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from klustermotor.core.middleware import client_address
from klustermotor.surveys.fieldwork.links import invitation_of
from klustermotor.surveys.models import Invitation

COOKIE, PATH = "answering", "/answer"
FOR_ANOTHER = "answering-for"
"""Set while an interviewer fills in the form for somebody on the telephone."""
KEPT_SECONDS, CALL_SECONDS = 90 * 86_400, 3600
GUESSES, WINDOW_SECONDS = 20, 600


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Swap the link for a cookie that only the answering pages get."""
    _set(response, COOKIE, token, KEPT_SECONDS)
    response.delete_cookie(FOR_ANOTHER, path=PATH, samesite="Lax")
    return response


def remember_for_a_call(response: HttpResponse, token: str) -> HttpResponse:
    """The same for an interviewer: for the length of a call, and gone when it is sent."""
    _set(response, COOKIE, token, CALL_SECONDS)
    _set(response, FOR_ANOTHER, "1", CALL_SECONDS)
    return response


def is_for_another(request: HttpRequest) -> bool:
    """Whether an interviewer holds the pen; they never see what somebody answered themselves."""
    return request.COOKIES.get(FOR_ANOTHER) == "1"


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> HttpResponse:
    """Leave nothing behind on a shared device."""
    for name in (COOKIE, FOR_ANOTHER):
        response.delete_cookie(name, path=PATH, samesite="Lax")
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
