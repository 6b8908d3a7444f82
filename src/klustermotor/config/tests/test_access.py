"""Every address of the site, walked by every role; a room's `tests/access.py` says who may."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from klustermotor.config.tests.addresses import all_patterns, exempt, may, patterns, tables
from klustermotor.core.testing.access import ANYONE, LOGGED_IN, ROLES, World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def answer(client: Client, address: str) -> Any:
    """The answer to a visit, by POST where GET is not taken; what it wrote is taken back."""
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        transaction.set_rollback(True)
    return response


def is_let_in(response: Any) -> bool:
    to_login = response.status_code == 302 and response.url.startswith("/account/login")
    return not to_login and response.status_code not in (401, 403)


def test_every_view_names_its_rule() -> None:
    without = [
        f"{p.name} ({p.callback.__module__})"
        for p in patterns()
        if not getattr(p.callback, "permission", "")
    ]
    assert without == [], "decorate these views with @requires(…)"


def test_the_tables_of_who_may_name_every_address() -> None:
    named = [name for table in tables() for name in getattr(table, "MAY", {})]
    named += [name for table in tables() for name in getattr(table, "EXEMPT", {})]
    there = {str(pattern.name) for pattern in all_patterns()}
    assert sorted(there - set(named)) == [], "add these to MAY in the room's tests/access.py"
    assert sorted(set(named) - there) == [], "there is no such address"
    assert len(named) == len(set(named)), "named twice"


def test_the_tables_name_known_roles_and_give_reasons() -> None:
    assert {role for roles in may().values() for role in roles} <= ANYONE
    assert all(len(why) > 10 for why in exempt().values())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_it_may_and_nothing_else(
    role: str, addresses: dict[str, str], world: World, client: Client
) -> None:
    if role != "anonymous":
        client.force_login(world.users[role], backend=BACKEND)
    let_in = {name for name, url in addresses.items() if is_let_in(answer(client, url))}
    table = {name for name, roles in may().items() if role in roles}
    assert sorted(let_in - table) == [], f"{role} gets in and should not"
    assert sorted(table - let_in) == [], f"{role} is kept out and should not be"


@pytest.mark.parametrize("role", sorted(LOGGED_IN))
def test_no_page_shows_whose_answer_is_whose(
    role: str, addresses: dict[str, str], world: World, client: Client
) -> None:
    client.force_login(world.users[role], backend=BACKEND)
    for name, address in addresses.items():
        response = answer(client, address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"hemlig-" not in body, f"{name} as {role}"
