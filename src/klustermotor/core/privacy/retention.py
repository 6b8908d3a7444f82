"""For how long each kind of rows is kept, and the decision that lets it go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from klustermotor.core.models import Disposal, RetentionRule, User

AT_A_TIME = 500
Moment = TypeVar("Moment", date, datetime)


class NotDecidedError(Exception):
    """The rule does not name the disposal decision that it rests on."""


@dataclass(frozen=True)
class RetentionKind:
    """One kind of rows that is not kept for ever.

    `due(cutoff)` gives the rows that are older than the cut-off. `dispose(row, by, decision)` lets
    one of them go; when it is None the row is deleted with its earlier values. `line` tells a row
    in the dry run.
    """

    name: str
    label: str | Promise
    what: str | Promise
    months: int
    due: Callable[[datetime], QuerySet[Any]]
    dispose: Callable[[Any, User | None, str], None] | None = None
    line: Callable[[Any], str] = str
    """What an administrator sees of a row before it goes."""


_kinds: dict[str, RetentionKind] = {}


def register_retention(kind: RetentionKind) -> None:
    """Add a kind; the same name again replaces it."""
    _kinds[kind.name] = kind


def retention_kinds() -> list[RetentionKind]:
    """Every kind, in the order in which rooms have told of them."""
    return list(_kinds.values())


def retention_kind(name: str) -> RetentionKind:
    """The kind of this name. Raises ``LookupError`` that names those that exist."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No kind {name!r}; there are: {', '.join(_kinds)}.") from None


def months_before(moment: Moment, months: int) -> Moment:
    """The same day so many months earlier, or the last one of that month."""
    total = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(total, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)


def rule_for(kind: RetentionKind) -> RetentionRule:
    """The rule that is set, or one that proposes our months and has no decision."""
    return RetentionRule.objects.filter(kind=kind.name).first() or RetentionRule(
        kind=kind.name, months=kind.months
    )


def due_rows(kind: RetentionKind, rule: RetentionRule) -> QuerySet[Any]:
    """Exactly what would go now."""
    return kind.due(months_before(timezone.now(), rule.months)).order_by("pk")


def may_be_disposed_of(name: str, row: Model) -> bool:
    """Whether a disposal decision covers this row already."""
    if name not in _kinds:
        return False
    rule = rule_for(_kinds[name])
    return rule.is_decided and due_rows(_kinds[name], rule).filter(pk=row.pk).exists()


def decision_text(rule: RetentionRule) -> str:
    """The decision in one line: number, day, who."""
    return f"{rule.decision_number}, {rule.decided_on}, {rule.decided_by}"


def apply_rule(
    kind: RetentionKind,
    *,
    by: User | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Let go what is due; return how many rows went.

    Rows go one by one, each whole: a stopped run goes on where it was when started again. Raises
    :class:`NotDecidedError` when the rule names no decision.
    """
    from klustermotor.core.privacy.erasure import forget_row

    rule = rule_for(kind)
    if rule._state.adding or not rule.is_decided:
        raise NotDecidedError(kind.name)
    decision, total, gone = decision_text(rule), due_rows(kind, rule).count(), 0
    kept: set[Any] = set()
    while rows := list(due_rows(kind, rule).exclude(pk__in=kept)[:AT_A_TIME]):
        for row in rows:
            progress(gone, total)
            key, model = row.pk, type(row)
            if kind.dispose is None:
                forget_row(row)
            else:
                kind.dispose(row, by, decision)
            if model._base_manager.filter(pk=key).exists():
                kept.add(key)
            gone += key not in kept
    if gone:
        Disposal.objects.create(
            kind=kind.name, by=by, months=rule.months, decision=decision, rows=gone
        )
    return gone
