"""What happens around every request: log line, content security policy, language."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import translation

from klustermotor.core.logs import without_secrets

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("klustermotor.request")

# MapLibre and PDF previews start workers from a blob; a chart carries its picture as data.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'{forms}; "
    "frame-ancestors 'none'"
)


def request_log(get_response: Handler) -> Handler:
    """Write one line per request: method, path, status, milliseconds, id of the user."""

    def handle(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        if not request.path.startswith((settings.STATIC_URL, "/health")):
            user = getattr(request, "user", None)
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "path": without_secrets(request.path),
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - start) * 1000),
                    "user": user.pk if user is not None and user.is_authenticated else None,
                },
            )
        return response

    return handle


def client_address(request: HttpRequest) -> str:
    """The address that the trusted proxy saw, or the connection's own."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.TRUST_FORWARDED_FOR and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META["REMOTE_ADDR"]


def content_security_policy(get_response: Handler) -> Handler:
    """Allow scripts and styles of our own only; ``request.csp_nonce`` marks an inline one."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = nonce = secrets.token_urlsafe(16)
        response = get_response(request)
        response.setdefault(
            "Content-Security-Policy", POLICY.format(nonce=nonce, forms=settings.CSP_FORM_ACTION)
        )
        return response

    return handle


def private_pages(get_response: Handler) -> Handler:
    """Keep no page of a logged-in user anywhere, so that "back" after logging out shows nothing.

    Also refuses addresses with a null character, which no database takes.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("The address holds a null character.")
        response = get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response

    return handle


def language_of_user(get_response: Handler) -> Handler:
    """Speak the language that a logged-in user has chosen, on every device."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return handle
