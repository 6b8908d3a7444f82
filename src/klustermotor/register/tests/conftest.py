"""Organisations with valid numbers, and one user per role, for the tests of the register."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from stdnum import luhn

from klustermotor.core import grants
from klustermotor.core.models import User
from klustermotor.register.models import Municipality, Organisation, Person
from klustermotor.register.services.reference import load_industries, load_municipalities

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def swedish_numbers(start: int = 556000000) -> Iterator[str]:
    """Valid organisation numbers of Swedish companies, one after the other."""
    while True:
        yield f"{start}{luhn.calc_check_digit(str(start))}"
        start += 1


MAY = {
    "reader": {"register.view"},
    "keeper": {"register.view", "register.change", "register.load"},
}
"""What the rooms above give these users; an outsider gets nothing, an administrator has all."""


@pytest.fixture
def users(db: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    """A reader, a keeper and an administrator of the register, and one who may not enter."""
    monkeypatch.setattr(grants, "_granted", {})
    found = {
        role: User.objects.create_user(f"{role}@example.org", name=role.title())
        for role in ("outsider", *MAY)
    }
    for role, permissions in MAY.items():
        for permission in permissions:
            _let_in(permission, role)
    found["administrator"] = User.objects.create_superuser("admin@example.org", name="Admin")
    return found


def _let_in(permission: str, role: str) -> None:
    def test(user: User, _thing: object = None) -> bool:
        return user.is_authenticated and user.email == f"{role}@example.org"

    test.__name__ = f"is_{role}"
    grants.grant(permission, test)


@pytest.fixture
def log_in(client: Client) -> Callable[[User], Client]:
    """Log a user in: ``log_in(users["keeper"]).get("/companies")``."""

    def enter(user: User) -> Client:
        client.force_login(user, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def falun(db: Any) -> Municipality:
    return Municipality.objects.get_or_create(
        id="SE-2080",
        defaults={
            "country": "SE",
            "code": "2080",
            "name": "Falun",
            "county_code": "20",
            "county": "Dalarnas län",
        },
    )[0]


@pytest.fixture
def make_organisation(db: Any) -> Callable[..., Organisation]:
    """An organisation with a valid number of its own: ``make_organisation("Stål AB", kind=…)``."""
    numbers = swedish_numbers()

    def make(name: str = "Stål AB", **fields: Any) -> Organisation:
        return Organisation.objects.create(name=name, **{"number": next(numbers), **fields})

    return make


@pytest.fixture
def make_person(db: Any) -> Callable[..., Person]:
    def make(name: str = "Kim Berg", **fields: Any) -> Person:
        return Person.objects.create(name=name, **fields)

    return make


@pytest.fixture
def industries(db: Any) -> None:
    """The sections and divisions of SNI and SN, as they are shipped: ``SNI2007:24``."""
    load_industries()


@pytest.fixture
def municipalities(db: Any) -> None:
    """All municipalities of Sweden and Norway: ``SE-2080``, ``NO-3405``."""
    load_municipalities()
