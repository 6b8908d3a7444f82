"""Between which figures a sentence says that something has moved."""

from itertools import pairwise

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

Pair = tuple[TableCell, TableCell]
_BESIDE = 8


def told_pairs(statement: Statement) -> list[tuple[Quantity, Quantity]]:
    """Every "from A to B" in the sentence."""
    ends = [q for q in statement.quantities if q.role in ("from", "to")]
    return [(a, b) for a, b in pairwise(ends) if (a.role, b.role) == ("from", "to")]


def pairs_of(  # noqa: PLR0911 - one return per way of naming waves
    statement: Statement, tables: Tables, topic: Topic
) -> list[Pair]:
    """The pairs of waves that a change may be between; one when the sentence tells them."""
    row = tables.figures.row(topic)
    order = [w for w in row if w]
    if len(order) < 2:
        return []
    named = [w for mention in statement.waves for w in mention.waves]
    known = [w for w in order if w in named]
    if any(not m.waves for m in statement.waves) and not known:
        return []
    if any(len(m.waves) > 2 for m in statement.waves) and len(statement.waves) == 1:
        return list(pairwise(row[w] for w in order))
    if any(len(m.waves) > 1 for m in statement.waves) and len(known) > 2:
        return [(row[w], row[order[-1]]) for w in order[:-1]]
    if len(known) >= 2:
        return [(row[a], row[b]) for i, a in enumerate(known) for b in known[i + 1 :]]
    if len(known) == 1:
        only = known[0]
        since = any(only in m.waves and m.relation == "since" for m in statement.waves)
        at = order.index(only)
        if since or at == 0:
            return [(row[only], row[order[-1]])] if at < len(order) - 1 else []
        return [(row[w], row[only]) for w in order[:at]][::-1]
    if named:
        return []
    return [(row[w], row[order[-1]]) for w in order[:-1]][::-1]


def pairs_at(statement: Statement, tables: Tables, topic: Topic, at: int) -> list[Pair]:
    """The pairs of a change whose own wave stands right after it: "doubled since 2018 and …"."""
    row = tables.figures.row(topic)
    after = [m for m in statement.waves if m.start >= at and m.relation == "since"]
    if after and len(after) < len(row) and len(statement.waves) > 1:
        near = after[0]
        if near.start - at <= _BESIDE and all(w in row for w in near.waves[:1]) and near.waves:
            return [(row[near.waves[0]], list(row.values())[-1])]
    return pairs_of(statement, tables, topic)
