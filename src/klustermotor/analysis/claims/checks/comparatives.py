"""Two figures ranked against each other: "more name A than B", "fewer name A now than in 2017"."""

from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import say, shown
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import as_percent
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.statement import Span, Statement

_REACH, _BESIDE = 90, 45


def comparative_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """A comparison that the figures turn the other way."""
    if statement.places:
        return
    for field, sign in (("more", 1), ("fewer", -1)):
        for span in statement.spots(field):
            lead = " ".join(statement.text[: span[0]].split()[-3:])
            if statement.lexicon.has("negation", lead) or _is_counted(statement, span):
                continue
            than = statement.lexicon.compiled["simply_than"].search(
                statement.text, span[1], span[1] + _REACH
            )
            _, last = statement.clause_of(span[0])
            if than is not None and than.end() <= last:
                yield from _judged(statement, tables, sign, span, than.span())


def _is_counted(statement: Statement, span: Span) -> bool:
    """ "more than half", "62 more than": a figure with its modifier, or a difference."""
    return any(
        q.start <= span[0] < q.end or 0 <= span[0] - q.end <= 1 or 0 <= q.start - span[1] <= 1
        for q in statement.quantities
    )


def _judged(
    statement: Statement, tables: Tables, sign: int, span: Span, than: Span
) -> Iterator[Fault]:
    found = _two_topics(statement, tables, than) or _two_waves(statement, tables, than)
    if not found or any((one.value - other.value) * sign >= 0 for _, one, _, other in found):
        return
    topic, cell, other_topic, other = found[0]
    language = statement.lexicon.code
    message = say(
        "compared", language, words=statement.text[span[0] : span[1]],
        cell=shown(cell, language, tables.name(topic)),
        other=shown(other, language, tables.name(other_topic)),
    )  # fmt: skip
    yield fault(statement, "wrong_direction", "error", cell, message, "", span)


Pairs = list[tuple[Topic, TableCell, Topic, TableCell]]


def _two_topics(statement: Statement, tables: Tables, than: Span) -> Pairs:
    """What is named before "than" and right after it, in one wave."""
    first, last = statement.clause_of(than[0])
    before = [m for m in statement.mentions if first <= m.start and m.end <= than[0]]
    after = [m for m in statement.mentions if than[1] <= m.start < last]
    if not before or not after or after[0].start - than[1] > _BESIDE or len(statement.waves) > 1:
        return []
    if any(than[1] <= q.start < after[0].start for q in statement.quantities):
        return []
    one, other = before[-1], after[0]
    if not (one.whole and other.whole) or set(one.topics) & set(other.topics):
        return []
    waves = [w for m in statement.waves for w in m.waves] or list(statement.order[-1:])
    pairs = []
    for a in one.topics:
        for b in other.topics:
            if (a.initiative, a.table) != (b.initiative, b.table):
                continue
            rows = tables.figures.row(a), tables.figures.row(b)
            for wave in waves:
                if all(wave in row for row in rows) and rows[0][wave].unit == rows[1][wave].unit:
                    pairs.append((a, rows[0][wave], b, rows[1][wave]))
    return pairs


def _two_waves(statement: Statement, tables: Tables, than: Span) -> Pairs:
    """One topic now, and in the wave named right after "than"."""
    after = [m for m in statement.waves if than[1] - 2 <= m.end and m.start - than[1] <= _BESIDE]
    before = [m for m in statement.waves if m.end <= than[0]]
    mentions = [m for m in statement.mentions if m.whole]
    after = [m for m in after if m not in before and len(m.waves) == 1]
    if len(after) != 1 or len(before) > 1 or len(mentions) != 1:
        return []
    if any(than[0] <= m.start for m in statement.mentions):
        return []
    now = before[0].waves if before else statement.order[-1:]
    if len(now) != 1 or now == after[0].waves:
        return []
    pairs = []
    for topic in mentions[0].topics:
        row = tables.figures.row(topic)
        if now[0] in row and after[0].waves[0] in row:
            one, other = row[now[0]], row[after[0].waves[0]]
            if one.unit == "count" or as_percent(one) is not None or one.unit == "mean":
                pairs.append((topic, one, topic, other))
    return pairs
