"""What a page offers, whoever sees it may open."""

import re

import pytest
from django.test import Client

from klustermotor.core.testing.access import LOGGED_IN, World

LINK = re.compile(r'href="(/[^"]*)"')
PAGES = ("/", "/companies", "/people")


@pytest.mark.parametrize("role", sorted(LOGGED_IN))
def test_each_role_may_open_what_its_pages_offer(role: str, world: World) -> None:
    client = Client()
    client.force_login(
        world.users[role], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    offered = set()
    for page in PAGES:
        answer = client.get(page)
        if answer.status_code == 200:
            offered |= {link.replace("&amp;", "&") for link in LINK.findall(answer.text)}
    links = [one for one in offered if "/static/" not in one and "log" not in one]
    assert links
    assert [one for one in sorted(links) if client.get(one).status_code in (403, 404)] == []


def test_a_contact_is_led_to_the_own_company(world: World) -> None:
    client = Client()
    client.force_login(
        world.users["company_contact"],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = client.get("/").text
    assert "Se och rätta ditt företag" in page
    assert "Inget har delats med dig" not in page
