"""Addresses, queries and forms filled with junk: every page answers, none breaks."""

import base64
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from klustermotor.config.tests.addresses import patterns
from klustermotor.core.testing.access import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JUNK = (
    "",
    "nothing-such",
    "\x00",
    "²",
    "-1",
    "9" * 30,
    "x" * 5000,
    "'\"><script>alert(1)</script>",
    "../../../../etc/passwd",
    "//evil.example/",
    str(uuid.UUID(int=7)),
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)
QUERIES = ("group", "section", "region", "kind", "sort", "after", "before", "format", "q", "next")
FIELDS = (
    "text", "section", "language", "period", "version", "name", "slug", "user", "initiative",
    "role", "year", "label", "value", "unit", "source", "email", "file", "frame-file", "yaml",
    "title", "as-0", "languages", "formats", "instrument", "selection", "invited", "population",
    "opened", "closed", "groupings", "started", "web", "step", "proposal", "next",
)  # fmt: skip


def cursors() -> list[str]:
    """Places in a list that no list gave out, though they look it."""
    plain: list[object] = [
        ["-created", {"a": 1}, "x"],
        ["name", None, None],
        ["name", ["a"], str(uuid.UUID(int=7))],
        ["name", "\x00", str(uuid.UUID(int=7))],
        ["-wave", 2**80, 2**80],
        ["name", "a"],
        7,
        None,
    ]
    return [base64.urlsafe_b64encode(json.dumps(one).encode()).decode() for one in plain]


def visit(client: Client, method: str, address: str, values: dict[str, Any]) -> None:
    """Visit and take back what it wrote; an exception in the view fails the test."""
    with transaction.atomic():
        response = getattr(client, method)(address, values)
        assert response.status_code < 500, (method, address, values)
        if response.streaming:
            list(response.streaming_content)
        where = response.headers.get("Location", "/")
        assert where.startswith(("/", "?")) and not where.startswith("//"), (address, where)
        assert b"<script>alert(1)" not in getattr(response, "content", b""), (address, values)
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["administrator", "evaluator", "funder"])
def test_junk_in_the_query_breaks_no_page(
    role: str, addresses: dict[str, str], world: World, client: Client
) -> None:
    client.force_login(world.users[role], backend=BACKEND)
    junk = (*JUNK, *cursors()) if role == "administrator" else JUNK[1:3]
    for address in addresses.values():
        for value in junk:
            for wave in (value, "2009"):
                visit(client, "get", address, {**dict.fromkeys(QUERIES, value), "wave": wave})


@pytest.mark.parametrize("role", ["administrator", "evaluator", "process_leader"])
def test_junk_in_a_form_breaks_no_page(
    role: str, addresses: dict[str, str], world: World, client: Client
) -> None:
    client.force_login(world.users[role], backend=BACKEND)
    for address in addresses.values():
        for value in JUNK if role == "administrator" else JUNK[2:4]:
            visit(client, "post", address, dict.fromkeys(FIELDS, value))


def test_junk_in_the_path_breaks_no_page(world: World, client: Client) -> None:
    client.force_login(world.users["administrator"], backend=BACKEND)
    values = {"slug": "nothing-such", "period": "nothing", "name": "../../keys/secret_key"}
    numbers = {"version": 10**30, "user": 10**30}
    for pattern in patterns():
        for changed in ({}, {"period": "2009"}, {"slug": "steel"}):
            known = {**values, **numbers, "content": "x", "suffix": "y", **changed}
            taken = pattern.pattern.converters
            own = {k: known.get(k, uuid.UUID(int=7)) for k in taken}
            try:
                address = reverse(pattern.name, kwargs=own)
            except NoReverseMatch:
                continue
            for method in ("get", "post"):
                visit(client, method, address, {"language": "sv", "section": "results"})


def test_the_same_form_twice_breaks_nothing(
    addresses: dict[str, str], world: World, client: Client
) -> None:
    client.force_login(world.users["administrator"], backend=BACKEND)
    for address in addresses.values():
        with transaction.atomic():
            for _time in range(2):
                assert client.post(address, {}).status_code < 500, address
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["load_upload", "wave_frame", "instrument_create", "references"])
def test_no_file_breaks_the_page_it_is_loaded_on(
    name: str, addresses: dict[str, str], world: World, client: Client
) -> None:
    client.force_login(world.users["evaluator"], backend=BACKEND)
    for suffix in (".csv", ".xlsx", ".sav", ".lsa", ".yaml", ".exe", ""):
        for content in (b"", b"\x00\xff" * 50, b"PK\x03\x04rubbish", b"a;b\n1", b"a"):
            file = "../../<b>svar</b>" + suffix
            fields = {key: SimpleUploadedFile(file, content) for key in ("file", "frame-file")}
            data = {"name": "S", "source": "K", "title": "T", **fields}
            response = client.post(addresses[name], data, follow=True)
            assert response.status_code in (200, 422), (suffix, content)
            assert b"<b>svar</b>" not in response.content
