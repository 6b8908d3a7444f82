"""The API, assembled from the rooms' parts; `core/api` is its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.responses import Response

from klustermotor import __version__
from klustermotor.core.api.keys import Bearer
from klustermotor.core.api.problems import ProblemOut, answer_with_problems
from klustermotor.core.api.search import router as search
from klustermotor.initiatives.api import router as initiatives
from klustermotor.register.api import router as register

DESCRIPTION = (
    "Call with a key of your own: Authorization: Bearer km_… A key does what its user may, within "
    "its scopes. Lists come in pages: send next as after for the one that follows. Before "
    "changing something, read it, and send its ETag back as If-Match. What goes wrong is "
    "answered as application/problem+json."
)
api = NinjaAPI(
    title="Klustermotor",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    auth=Bearer(),
    openapi_url=None,
    docs_url=None,
)
answer_with_problems(api)
for part in (register, initiatives, search):
    api.add_router("", part)


def operations() -> Iterator[tuple[str, str, Operation]]:
    """Every call: its method, its path below ``/api/v1`` and what ninja knows of it."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, path, operation


def document() -> dict[str, Any]:
    """The OpenAPI document, with the scope of each call and the answers that any may give."""
    described: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = described["components"]["schemas"]
    schemas |= problem.pop("$defs", {}) | {"ProblemOut": problem}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    by_id = {api.get_openapi_operation_id(one): one for _method, _path, one in operations()}
    for calls in described["paths"].values():
        for one in calls.values():
            one["x-scope"] = getattr(by_id[one["operationId"]].view_func, "scope", "")
            one["responses"]["default"] = {"description": "A problem", "content": content}
    return described


def openapi(request: HttpRequest) -> HttpResponse:
    """What programs read of the API; it holds no data."""
    return Response(document())


@dataclass(frozen=True)
class Described:
    """One call on the page: what it does, takes and answers."""

    method: str
    path: str
    summary: str
    description: str
    scope: str
    parameters: list[dict[str, Any]]
    body: str
    answer: str


def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, from the same document, with nothing fetched from elsewhere."""
    told = document()
    groups: dict[str, list[Described]] = {}
    for path, calls in told["paths"].items():
        for method, one in calls.items():
            described = Described(
                method.upper(),
                path,
                one["summary"],
                one.get("description", ""),
                one["x-scope"],
                [_parameter(parameter) for parameter in one.get("parameters", [])],
                _named(one.get("requestBody", {})),
                next((_named(a) for code, a in one["responses"].items() if code != "default"), ""),
            )
            groups.setdefault(one["tags"][0], []).append(described)
    shapes = {
        name: [
            {"name": key, "type": _type(value), "needed": key in shape.get("required", [])}
            for key, value in shape["properties"].items()
        ]
        for name, shape in sorted(told["components"]["schemas"].items())
        if "properties" in shape and not name.startswith("Page_") and not name.endswith("Query")
    }
    context = {
        "groups": groups,
        "shapes": shapes,
        "description": told["info"]["description"],
        "version": told["info"]["version"],
        "address": request.build_absolute_uri(reverse("api_openapi")),
        "base": request.build_absolute_uri("/api/v1"),
    }
    return render(request, "core/api.html", context)


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "type": _type(schema),
        "needed": parameter.get("required", False),
        "description": parameter.get("description") or schema.get("description", ""),
    }


def _named(message: dict[str, Any]) -> str:
    for kind in message.get("content", {}).values():
        return _type(kind.get("schema", {}))
    return ""


def _type(schema: dict[str, Any]) -> str:
    if reference := schema.get("$ref"):
        name = str(reference).rpartition("/")[2]
        paged = name.removeprefix("Page_").removesuffix("_")
        return f"page of {paged}" if paged != name else name
    if parts := schema.get("anyOf"):
        return " or ".join(_type(part) for part in parts)
    if "enum" in schema:
        return ", ".join(f"“{value}”" if value == "" else str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "anything")
