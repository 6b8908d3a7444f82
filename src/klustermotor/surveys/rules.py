import rules

from klustermotor.core.models import User
from klustermotor.core.rules import is_administrator
from klustermotor.initiatives.rules import (
    evaluates,
    evaluates_any,
    is_inside_any,
    works_inside,
)
from klustermotor.surveys.models import AnswerLoad, Fieldwork, Invitation, Wave


@rules.predicate
def evaluates_wave(user: User, wave: Wave | None) -> bool:
    return wave is not None and evaluates(user, wave.initiative)


@rules.predicate
def works_inside_wave(user: User, wave: Wave | None) -> bool:
    return wave is not None and works_inside(user, wave.initiative)


@rules.predicate
def evaluates_load(user: User, load: AnswerLoad | None) -> bool:
    return load is not None and evaluates(user, load.wave.initiative)


@rules.predicate
def evaluates_fieldwork(user: User, fieldwork: Fieldwork | None) -> bool:
    """Whoever sees who is invited evaluates every initiative that invites them."""
    if fieldwork is None:
        return False
    waves = list(fieldwork.waves.select_related("initiative"))
    return bool(waves) and all(evaluates(user, wave.initiative) for wave in waves)


@rules.predicate
def evaluates_invitation(user: User, invitation: Invitation | None) -> bool:
    return invitation is not None and evaluates_fieldwork(user, invitation.fieldwork)


rules.add_perm("surveys.list", is_administrator | evaluates_any)
rules.add_perm("surveys.view_wave", is_administrator | works_inside_wave)
rules.add_perm("surveys.change_wave", is_administrator | evaluates_wave)
rules.add_perm("surveys.load_answers", is_administrator | evaluates_wave)
rules.add_perm("surveys.create_wave", is_administrator | evaluates)
rules.add_perm("surveys.add_instrument", is_administrator | evaluates_any)
rules.add_perm("surveys.read_instrument", is_administrator | is_inside_any)
rules.add_perm("surveys.see_load", is_administrator | evaluates_load)
rules.add_perm("surveys.plan_fieldwork", is_administrator | evaluates_any)
rules.add_perm("surveys.run_fieldwork", is_administrator | evaluates_fieldwork)
rules.add_perm("surveys.run_invitation", is_administrator | evaluates_invitation)
