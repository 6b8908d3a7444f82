"""A version of what is answered, so that nobody overwrites a change that they have not seen."""

import hashlib

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from klustermotor.core.api.problems import Problem


def version_of(shown: Schema) -> str:
    """The ETag of what is shown: the same when, and only when, it says the same."""
    digest = hashlib.sha256(shown.model_dump_json().encode()).hexdigest()
    return f'"{digest[:32]}"'


def with_version(
    request: HttpRequest, response: HttpResponse, shown: Schema
) -> Schema | HttpResponse:
    """Tell the version; answer 304 to one who has it already."""
    version = version_of(shown)
    if request.method in ("GET", "HEAD") and version in _named(request, "If-None-Match"):
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = version
        return unchanged
    response["ETag"] = version
    return shown


def require_match(request: HttpRequest, shown: Schema) -> None:
    """Go on only when the caller has seen what is to be changed as it is now.

    Raises `Problem` 428 without If-Match, and 412 when somebody has changed it since.
    """
    named = _named(request, "If-Match")
    if not named:
        detail = (
            "Send If-Match with the ETag that you got, so that no change is overwritten unseen."
        )
        raise Problem(428, detail)
    if "*" not in named and version_of(shown) not in named:
        raise Problem(412, "It was changed since you read it. Read it again, and then change it.")


def _named(request: HttpRequest, header: str) -> list[str]:
    parts = [part.strip().removeprefix("W/") for part in request.headers.get(header, "").split(",")]
    return [part for part in parts if part]
