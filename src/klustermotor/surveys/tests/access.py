"""Who may visit the addresses of surveys; `core/testing/access.py` tells how this works.

The waves and answers that they are about are made by `evaluation/tests/access.py`.
"""

from klustermotor.core.testing.access import EVALUATORS, INSIDE, World
from klustermotor.surveys.fieldwork import planning
from klustermotor.surveys.fieldwork.collecting import submit
from klustermotor.surveys.models import Invitation
from klustermotor.surveys.services import save_instrument
from klustermotor.surveys.tests.conftest import YAML

MAY = {
    "surveys": EVALUATORS,
    "instruments": EVALUATORS,
    "instrument_create": EVALUATORS,
    "instrument_propose": EVALUATORS,
    "instrument": INSIDE,
    "instrument_file": INSIDE,
    "references": EVALUATORS,
    "wave_create": EVALUATORS,
    "wave": INSIDE,
    "wave_change": EVALUATORS,
    "wave_close": EVALUATORS,
    "wave_open": EVALUATORS,
    "wave_frame": EVALUATORS,
    "load_upload": EVALUATORS,
    "load": EVALUATORS,
    "load_choose": EVALUATORS,
    "load_apply": EVALUATORS,
    "load_undo": EVALUATORS,
    "load_discard": EVALUATORS,
    "fieldworks": EVALUATORS,
    "fieldwork_plan": EVALUATORS,
    "fieldwork": EVALUATORS,
    "fieldwork_change": EVALUATORS,
    "fieldwork_texts": EVALUATORS,
    "fieldwork_open": EVALUATORS,
    "fieldwork_close": EVALUATORS,
    "fieldwork_forget": EVALUATORS,
    "fieldwork_panel_key": EVALUATORS,
    "invited": EVALUATORS,
    "invite": EVALUATORS,
    "letters": EVALUATORS,
    "letters_send": EVALUATORS,
    "letters_test": EVALUATORS,
    "letters_uncertain": EVALUATORS,
    "paper": EVALUATORS,
    "invitation": EVALUATORS,
    "invitation_phone": EVALUATORS,
    "invitation_decline": EVALUATORS,
}

BY_LINK = "answered by whoever holds a personal link; see tests/test_answering.py"

EXEMPT = {
    "answer_enter": BY_LINK,
    "answer_decline": BY_LINK,
    "answer_open": BY_LINK,
    "answer": BY_LINK,
    "answer_page": BY_LINK,
    "answer_save": BY_LINK,
    "answer_thanks": BY_LINK,
    "answer_own": BY_LINK,
    "answer_language": BY_LINK,
    "answer_leave": BY_LINK,
}


def prepare(world: World) -> None:
    """A fieldwork of the initiative in which somebody has answered what nobody may read."""
    initiative = world.things["initiative"]
    fieldwork = planning.plan(
        "2030", [initiative], save_instrument(YAML), languages=["sv"], link_until="2031-01-01"
    )
    units = [planning.Unit(email=f"c{n}@exempel.se") for n in range(6)]
    planning.invite(fieldwork, initiative, units)
    planning.open_fieldwork(fieldwork, site="https://enkat.exempel.se")
    invitation = Invitation.objects.filter(fieldwork=fieldwork).select_related("fieldwork")[0]
    submit(invitation, {"will.grow": "no", "why.reason": "hemlig-anledning"})
    world.arguments["fieldwork"] = fieldwork.pk
    for name in ("invitation", "invitation_phone", "invitation_decline"):
        world.of[name] = {"invitation": invitation.pk}
