"""Who may do what with an initiative: it hangs on what they are to it."""

from collections.abc import Iterable
from uuid import UUID

import rules

from klustermotor.core.models import User
from klustermotor.core.rules import is_administrator
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact

Role = Assignment.Role
INSIDE = (Role.PROCESS_LEADER, Role.STAFF, Role.EVALUATOR)
"""Who work in an initiative."""
SEES = (*INSIDE, Role.PANEL_MEMBER)
"""Who see its page; a panel member nothing beyond it, until the panel is asked something."""


def roles_of(user: User) -> dict[UUID, set[str]]:
    """What the user is to each initiative; read once per request, kept on the user."""
    kept: dict[UUID, set[str]] | None = getattr(user, "_initiative_roles", None)
    if kept is None:
        kept = {}
        for initiative, role in Assignment.objects.filter(user=user.pk).values_list(
            "initiative_id", "role"
        ):
            kept.setdefault(initiative, set()).add(role)
        user._initiative_roles = kept
    return kept


def initiatives_as(user: User, roles: Iterable[str]) -> set[UUID]:
    """Ids of the initiatives in which the user has one of these roles."""
    wanted = set(roles)
    return {initiative for initiative, held in roles_of(user).items() if held & wanted}


def _has(user: User, initiative: Initiative | None, roles: Iterable[str]) -> bool:
    if not user.is_authenticated or initiative is None:
        return False
    return bool(roles_of(user).get(initiative.pk, set()) & set(roles))


@rules.predicate
def works_inside(user: User, initiative: Initiative | None) -> bool:
    return _has(user, initiative, INSIDE)


@rules.predicate
def sees(user: User, initiative: Initiative | None) -> bool:
    return _has(user, initiative, SEES)


@rules.predicate
def sees_any(user: User) -> bool:
    return user.is_authenticated and bool(initiatives_as(user, SEES))


@rules.predicate
def runs(user: User, initiative: Initiative | None) -> bool:
    return _has(user, initiative, (Role.PROCESS_LEADER,))


@rules.predicate
def evaluates(user: User, initiative: Initiative | None) -> bool:
    return _has(user, initiative, (Role.EVALUATOR,))


@rules.predicate
def funds(user: User, initiative: Initiative | None) -> bool:
    return _has(user, initiative, (Role.FUNDER,))


@rules.predicate
def evaluates_any(user: User) -> bool:
    return user.is_authenticated and bool(initiatives_as(user, [Role.EVALUATOR]))


@rules.predicate
def is_inside_any(user: User) -> bool:
    return user.is_authenticated and bool(initiatives_as(user, INSIDE))


def may_use_register(user: User, _thing: object = None) -> bool:
    """Whoever works in an initiative reads the one register of the region."""
    return user.is_authenticated and bool(initiatives_as(user, INSIDE))


def has_a_role(user: User, _thing: object = None) -> bool:
    """Whether the user is anything to any initiative."""
    return user.is_authenticated and bool(roles_of(user))


def may_keep_register(user: User, _thing: object = None) -> bool:
    """Process leaders and staff keep it; an evaluator only reads."""
    return user.is_authenticated and bool(initiatives_as(user, (Role.PROCESS_LEADER, Role.STAFF)))


rules.add_perm("initiatives.list", is_administrator | sees_any)
rules.add_perm("initiatives.view", is_administrator | sees)
rules.add_perm("initiatives.work_in", is_administrator | works_inside)
rules.add_perm("initiatives.change", is_administrator | runs)
rules.add_perm("initiatives.create", is_administrator)
rules.add_perm("initiatives.assign", is_administrator)


@rules.predicate
def runs_fact(user: User, fact: InitiativeFact | None) -> bool:
    return fact is not None and runs(user, fact.initiative)


rules.add_perm("initiatives.change_fact", is_administrator | runs_fact)
rules.add_perm("initiatives.end_assignment", is_administrator)
