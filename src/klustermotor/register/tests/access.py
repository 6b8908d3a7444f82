"""Who may visit the addresses of the register; `core/testing/access.py` tells how this works."""

from collections.abc import Set

from klustermotor.core.testing.access import World
from klustermotor.register.models import MunicipalDeveloper, Municipality, Organisation

MAY: dict[str, Set[str]] = {}


def prepare(world: World) -> None:
    """One organisation in the municipality that the developer answers for."""
    place = Municipality.objects.get_or_create(
        pk="SE-2080", defaults={"country": "SE", "code": "2080", "name": "Falun"}
    )[0]
    MunicipalDeveloper.objects.create(user=world.users["municipal_developer"], municipality=place)
    organisation = Organisation.objects.create(name="Stålverket AB", municipality=place)
    world.things["organisation"] = organisation
    world.arguments["organisation"] = organisation.pk
