"""The roles that the matrix of who may what walks through, and what a room says in it.

A room's table is `tests/access.py`:

    from klustermotor.core.testing.access import KEEPERS, READERS, World

    MAY = {
        "company": READERS,  # the address's name, and the roles that get in
        "company_change": KEEPERS | {"municipal_developer"},
    }

    def prepare(world: World) -> None:
        world.arguments["organisation"] = Organisation.objects.create(name="Stål AB").pk

Calls of the API stand in `CALLS`, by method and path: ``"GET /organisations/{organisation}"``.

`MAY` names every address of the room; `config/tests/test_access.py` fails for one that is left out.
`prepare` makes what the addresses are about: `arguments` by the name in the address, or `of` by the
name of one address when the same word means different things.
"""

from dataclasses import dataclass, field
from typing import Any

from klustermotor.core.models import User

ADMINISTRATOR = frozenset({"administrator"})
LEADERS = ADMINISTRATOR | {"process_leader"}
EVALUATORS = ADMINISTRATOR | {"evaluator"}
WRITERS = LEADERS | EVALUATORS
KEEPERS = LEADERS | {"staff"}
"""Who keep the register: they change every organisation and load files."""
INSIDE = KEEPERS | EVALUATORS
"""Who work in the initiative that the address is about."""
READERS = INSIDE | {"municipal_developer"}
"""Who read the register of organisations and people."""
KEEPERS_OF_THIS = KEEPERS | {"municipal_developer"}
"""Who change the organisation in question: it lies in the municipality of the developer."""
LOGGED_IN = READERS | {"funder", "panel_member", "company_contact", "outsider"}
ANYONE = LOGGED_IN | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
"""For an address that is about something that none of the walkers has, as another's job."""

ROLES = tuple(sorted(ANYONE))


@dataclass
class World:
    """What the walk is made in: one user per role, and what the addresses are about."""

    users: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    of: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What a call sends, by method and path."""
