"""Who may visit the addresses of initiatives; `core/testing/access.py` tells how this works."""

from klustermotor.core.testing.access import ADMINISTRATOR, INSIDE, LEADERS, World
from klustermotor.initiatives.models import Assignment
from klustermotor.initiatives.services import assign, record_fact, save_initiative

MAY = {
    "initiatives": INSIDE | {"panel_member"},
    "initiative": INSIDE | {"panel_member"},
    "initiative_create": ADMINISTRATOR,
    "initiative_change": LEADERS,
    "fact_add": LEADERS,
    "fact_remove": LEADERS,
    "fact_restore": LEADERS,
    "users": ADMINISTRATOR,
    "user_create": ADMINISTRATOR,
    "user": ADMINISTRATOR,
    "assignment_make": ADMINISTRATOR,
    "assignment_end": ADMINISTRATOR,
    "assignment_restore": ADMINISTRATOR,
}

CALLS = {
    "GET /initiatives": INSIDE | {"panel_member"},
    "GET /initiatives/{slug}": INSIDE | {"panel_member"},
}


def prepare(world: World) -> None:
    """The initiative in which each role is held; the evaluator has another one, too."""
    steel = save_initiative("steel", name="Stålklustret", region="Dalarna", started=2004)
    boom = save_initiative("boom", name="Boomstaden", region="Dalarna")
    for role in Assignment.Role.values:
        assign(world.users[role], steel, role)
    assign(world.users["evaluator"], boom, "evaluator")
    fact = record_fact(steel, 2009, "Företagsbesök", 550, unit="besök", source="Utvärderingen")
    version = fact.history.get().pk
    world.things |= {"initiative": steel, "told": boom}
    world.arguments |= {"slug": steel.slug, "user": world.users["evaluator"].pk, "fact": fact.pk}
    world.arguments["assignment"] = Assignment.objects.get(role="staff").pk
    world.of["fact_restore"] = {"slug": steel.slug, "version": version}
    world.of["assignment_restore"] = {"version": 1}
