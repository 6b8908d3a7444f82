"""Whatever a program sends, the API answers: it never breaks."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klustermotor.config.api import document
from klustermotor.core.api import scopes
from klustermotor.core.api.keys import make_token
from klustermotor.core.testing.access import World

# Surrogates alone are no text in any encoding, and no client can send them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def values(schema: dict[str, Any], told: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What the document says is right, and now and then anything at all."""
    return st.one_of(_right(schema, told), _right(schema, told), ANYTHING)


def _right(schema: dict[str, Any], told: dict[str, Any]) -> st.SearchStrategy[Any]:
    if reference := schema.get("$ref"):
        return _right(told["components"]["schemas"][reference.rpartition("/")[2]], told)
    if parts := schema.get("anyOf"):
        return st.one_of(*(_right(part, told) for part in parts))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": st.integers(schema.get("minimum", -(2**65)), schema.get("maximum", 2**65)),
        "number": st.floats(),
    }
    kind = schema.get("type", "")
    if kind == "array":
        return st.lists(_right(schema.get("items", {}), told), max_size=3)
    if kind == "object":
        fields = {name: values(part, told) for name, part in schema.get("properties", {}).items()}
        needed = {name: fields.pop(name) for name in schema.get("required", [])}
        return st.fixed_dictionaries(needed, optional=fields)
    if schema.get("format") == "date":
        return st.dates().map(str) | TEXT
    if schema.get("format") == "uuid":
        return st.uuids().map(str)
    return kinds.get(kind, TEXT)


CALLS = [
    (method.upper(), path, one)
    for path, calls in document()["paths"].items()
    for method, one in calls.items()
]


@pytest.mark.parametrize(
    ("method", "path", "described"), CALLS, ids=[f"{m} {p}" for m, p, _one in CALLS]
)
def test_no_call_breaks_whatever_is_sent(
    method: str, path: str, described: dict[str, Any], world: World
) -> None:
    key = make_token(world.users["administrator"], "Prov", list(scopes()), 30)[1]
    told = document()
    schema = {}
    for kind in described.get("requestBody", {}).get("content", {}).values():
        schema = kind["schema"]
    taken = [one for one in described.get("parameters", []) if one["in"] == "query"]
    queries = st.fixed_dictionaries(
        {}, optional={one["name"]: values(one["schema"], told) for one in taken}
    )
    places = st.sampled_from(["own", "own", "random"])

    @settings(
        max_examples=15,
        suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck],
    )
    @given(
        query=queries,
        body=values(schema, told) | st.binary(max_size=40),
        where=places,
        other=st.uuids().map(str),
        accept=st.sampled_from(["", "text/csv", "application/json", "*/*"]),
    )
    def send(query: Any, body: Any, where: str, other: str, accept: str) -> None:
        cache.clear()
        address = re.sub(
            r"\{(\w+)\}", lambda m: str(world.arguments[m[1]]) if where == "own" else other, path
        )
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}", "If-Match": "*", "Accept": accept}
        with transaction.atomic():
            answer = Client().generic(
                method,
                address,
                data=b"" if method == "GET" else sent,
                content_type="application/json",
                headers=headers,
                query_params={name: _text(value) for name, value in query.items()},
            )
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (address, query, body, answer.content)
        if answer.status_code >= 400 and answer["Content-Type"] == "application/problem+json":
            assert answer.json()["status"] == answer.status_code

    send()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def test_a_body_that_is_no_json_is_answered(world: World) -> None:
    key = make_token(world.users["administrator"], "Prov", list(scopes()), 30)[1]
    for body in (b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"NaN", b"[" * 5000):
        answer = Client().generic(
            "POST",
            "/api/v1/organisations",
            data=body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code in (400, 422), body[:20]
        assert answer["Content-Type"] == "application/problem+json"
