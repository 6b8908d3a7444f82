"""The world that every address is walked in."""

from typing import Any

import pytest
from django.urls import reverse

from klustermotor.config.tests.addresses import patterns, tables
from klustermotor.core.models import User
from klustermotor.core.testing.access import ROLES, World
from klustermotor.evaluation import cache


@pytest.fixture
def world(db: Any) -> World:
    """One user per role; each room makes what its own addresses are about."""
    cache._kept.clear()
    users = {
        role: User.objects.create_user(f"{role}@example.org", name=role.replace("_", " ").title())
        for role in ROLES
        if role not in ("anonymous", "administrator")
    }
    users["administrator"] = User.objects.create_superuser("admin@example.org", name="Admin")
    world = World(users)
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(world)
    return world


@pytest.fixture
def addresses(world: World) -> dict[str, str]:
    """One address per view, about what the roles have to do with."""
    found = {}
    for pattern in patterns():
        name, taken = pattern.name, pattern.pattern.converters
        own = world.of.get(name) or {k: v for k, v in world.arguments.items() if k in taken}
        missing = set(taken) - set(own)
        assert not missing, f"{name}: say what {missing} is in `prepare` of its tests/access.py"
        found[name] = reverse(name, kwargs=own)
    return found
