"""What goes wrong is answered as RFC 9457 has it: type, title, status, detail, and which field."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

CONTENT_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemOut(Schema):
    """Why a call was not done."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Problem(Exception):  # noqa: N818 - the standard's own word
    """A call that is not done; `errors` are messages by field."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = dict(errors or {}), dict(headers or {})


def respond(problem: Problem) -> HttpResponse:
    """The answer that tells of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [
            {"field": field, "message": message}
            for field, messages in problem.errors.items()
            for message in messages
        ],
    }
    response = HttpResponse(
        json.dumps(body, cls=NinjaJSONEncoder, ensure_ascii=False),
        status=problem.status,
        content_type=CONTENT_TYPE,
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response


def answer_with_problems(api: NinjaAPI) -> None:
    """Let an API answer everything that goes wrong in this way."""

    @api.exception_handler(Problem)
    def problem(request: HttpRequest, error: Problem) -> HttpResponse:
        return respond(error)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        detail = "Send a key that works: Authorization: Bearer km_… Make one at /account/tokens."
        return respond(Problem(401, detail, headers={"WWW-Authenticate": "Bearer"}))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return respond(Problem(403, str(error) or "The key's user may not do this."))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return respond(Problem(404, "There is nothing at this address that the key's user sees."))

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return respond(Problem(error.status_code, str(error)))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors: dict[str, list[str]] = {}
        for one in error.errors:
            place = [str(part) for part in one["loc"][1:]]
            field = ".".join(part for part in place if part not in ("payload", "query"))
            errors.setdefault(field, []).append(one["msg"])
        return respond(Problem(422, "Some values are not what they must be.", errors=errors))
