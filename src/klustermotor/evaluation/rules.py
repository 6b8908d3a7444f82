from uuid import UUID

import rules

from klustermotor.core.models import User
from klustermotor.core.rules import is_administrator
from klustermotor.evaluation.models import Report, SectionText
from klustermotor.initiatives.models import Assignment
from klustermotor.initiatives.rules import (
    INSIDE,
    evaluates,
    funds,
    initiatives_as,
    runs,
    works_inside,
)
from klustermotor.surveys.models import Wave

READS_ROUNDS = (*INSIDE, Assignment.Role.FUNDER)
"""Who reads a round's report once it is released."""


def asked_in(period: str) -> set[UUID]:
    """Ids of the initiatives whose companies were asked in a round."""
    return set(Wave.objects.filter(name=period).values_list("initiative_id", flat=True))


def _round_is_evaluated(user: User, period: str) -> bool:
    """Whether the user evaluates every initiative that was asked in the round."""
    asked = asked_in(period)
    return bool(asked) and asked <= initiatives_as(user, [Assignment.Role.EVALUATOR])


@rules.predicate
def evaluates_round(user: User, period: str | None) -> bool:
    return user.is_authenticated and period is not None and _round_is_evaluated(user, period)


@rules.predicate
def may_read(user: User, report: Report | None) -> bool:
    if report is None or not user.is_authenticated:
        return False
    if report.initiative is None:
        evaluated = evaluates_round(user, report.period)
        return evaluated or (report.released_at is not None and bool(_roles_in_round(user, report)))
    inside = works_inside(user, report.initiative)
    return inside or (report.released_at is not None and funds(user, report.initiative))


def _roles_in_round(user: User, report: Report) -> set[object]:
    return asked_in(report.period) & initiatives_as(user, READS_ROUNDS)


@rules.predicate
def may_release(user: User, report: Report | None) -> bool:
    if report is None:
        return False
    if report.initiative is None:
        return evaluates_round(user, report.period)
    return evaluates(user, report.initiative)


rules.add_perm("evaluation.view", is_administrator | works_inside)
rules.add_perm("evaluation.write", is_administrator | evaluates)
rules.add_perm("evaluation.write_process_leader", is_administrator | evaluates | runs)
rules.add_perm("evaluation.build", is_administrator | evaluates)
rules.add_perm("evaluation.list_reports", rules.is_authenticated)
rules.add_perm("evaluation.view_round", is_administrator | evaluates_round)
rules.add_perm("evaluation.read_report", is_administrator | may_read)
rules.add_perm("evaluation.release_report", is_administrator | may_release)


@rules.predicate
def may_write_text(user: User, text: SectionText | None) -> bool:
    if text is None:
        return False
    if text.initiative is None:
        return evaluates_round(user, text.period)
    leads = text.section == "process-leader" and runs(user, text.initiative)
    return leads or evaluates(user, text.initiative)


rules.add_perm("evaluation.write_text", is_administrator | may_write_text)
