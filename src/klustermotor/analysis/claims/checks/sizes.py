"""How far two figures are said to be apart, against the figures."""

from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import percent, points, say
from klustermotor.analysis.claims.checks.pairs import pairs_of, told_pairs
from klustermotor.analysis.claims.checks.sides import gap_sides
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.numbers import number
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

Compared = tuple[float, float, float, TableCell | None]
"""Before, after, how far their difference may be off, and the cell of the latter."""
_EXACT = 1e-6


def size_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """ "an increase of 8 percentage points", and percent where points are meant."""
    told = told_pairs(statement)
    for quantity, kind in statement.differences:
        if quantity.kind == "word":
            continue
        if kind == "gap":
            compared = _gaps(statement, tables)
        elif quantity.kind in ("points", "percent"):
            compared = _of_shares(statement, tables, told, quantity)
        else:
            compared = _of_numbers(statement, tables, told, quantity)
        if compared and not any(_fits(quantity, *c[:3]) for c in compared):
            yield _wrong(statement, quantity, compared[0])


def _wrong(statement: Statement, quantity: Quantity, compared: Compared) -> Fault:
    before, after, slack, cell = compared
    language = statement.lexicon.code
    difference = abs(after - before)
    span = (quantity.start, quantity.end)
    if quantity.kind not in ("points", "percent"):
        places = 1 if cell is None or cell.unit == "mean" else 0
        right = number(difference, language, places)
        message = say(
            "wrong_difference", language, words=quantity.text, right=right,
            before=number(before, language, places), after=number(after, language, places),
        )  # fmt: skip
        return fault(statement, "wrong_difference", "error", cell, message, right, span)
    values = {
        "before": percent(before, language, _decimals(before)),
        "after": percent(after, language, _decimals(after)),
        "right": points(difference, language, _decimals(difference)),
        "words": quantity.text,
    }
    swapped = quantity.kind == "percent" and abs(quantity.value - difference) <= 0.5 + slack
    if swapped and before:
        relative = percent(100 * difference / before, language, 0)
        message = say("percent_for_points", language, relative=relative, **values)
        kind = "percent_for_points"
    else:
        message, kind = say("wrong_difference", language, **values), "wrong_difference"
    return fault(statement, kind, "error", cell, message, values["right"], span)


def _decimals(value: float) -> int:
    return 0 if abs(value - round(value)) < 0.05 else 1


def _fits(quantity: Quantity, before: float, after: float, slack: float) -> bool:
    difference = abs(after - before)
    if quantity.kind == "points":
        return quantity.allows(difference, slack)
    if quantity.kind == "percent":
        if not before:
            return False
        return quantity.allows(100 * difference / before, 100 * slack / before + 0.5)
    return quantity.allows(difference, slack + _EXACT)


def _of_shares(
    statement: Statement,
    tables: Tables,
    told: list[tuple[Quantity, Quantity]],
    quantity: Quantity,
) -> list[Compared]:
    """What a difference of shares may be between: figures of the sentence, else of the table."""
    if len(told) == 1 and all(q.kind == "percent" for q in told[0]):
        return [(told[0][0].value, told[0][1].value, 0.0, None)]
    if told:
        return []
    shares = [q for q in statement.figures if q.kind == "percent"]
    if len(shares) == 2 and shares[1].end <= quantity.start:
        return [(shares[0].value, shares[1].value, 0.0, None)]
    if len(shares) == 2:
        return []
    found: list[Compared] = []
    for topic in statement.topics_of(statement.clause_of(quantity.start)):
        for before, after in pairs_of(statement, tables, topic):
            if before.unit == after.unit == "percent":
                found.append((before.value, after.value, before.slack + after.slack, after))
    return found


def _of_numbers(
    statement: Statement,
    tables: Tables,
    told: list[tuple[Quantity, Quantity]],
    quantity: Quantity,
) -> list[Compared]:
    """What a difference of means or counts may be between."""
    if len(told) == 1 and all(q.kind in ("bare", "count") for q in told[0]):
        first, second = told[0]
        return [(first.value, second.value, 0.0, None)]
    waves = [w for m in statement.waves if m.relation == "since" or len(statement.waves) > 1
             for w in m.waves]  # fmt: skip
    if told or not waves:
        return []
    found: list[Compared] = []
    mentions = [m for m in statement.mentions if m.whole]
    if len(mentions) != 1:
        return []
    for topic in statement.within(mentions[0].topics, statement.clause_of(quantity.start)):
        for before, after in pairs_of(statement, tables, topic):
            whole = before.unit == after.unit == "count" and not quantity.decimals
            if whole or (before.unit == after.unit == "mean" and quantity.decimals):
                slack = 0.0 if whole else before.slack + after.slack
                found.append((before.value, after.value, slack, after))
    return found


def _gaps(statement: Statement, tables: Tables) -> list[Compared]:
    """The present and the wanted of what is mentioned."""
    figures = [q for q in statement.figures if q.kind == "bare" and q.decimals and not q.role]
    if len(figures) == 2:
        low, high = sorted(q.value for q in figures)
        return [(low, high, 0.0, None)]
    mentions = [m for m in statement.mentions if m.whole]
    topics = dict.fromkeys(t for m in mentions for t in m.topics)
    found: list[Compared] = []
    for topic in topics:
        direct = [c for c in tables.figures.row(topic).values()
                  if statement.lexicon.has("gap", topic.category)]  # fmt: skip
        found += [(0.0, cell.value, cell.slack, cell) for cell in direct]
        sides = gap_sides(topic, statement, tables)
        if sides is None:
            continue
        rows = [tables.figures.row(side) for side in sides]
        named = [w for m in statement.waves for w in m.waves] or list(statement.order[-1:])
        for wave in named:
            if all(wave in row for row in rows):
                now, wanted = rows[0][wave], rows[1][wave]
                found.append((now.value, wanted.value, now.slack + wanted.slack, now))
    return found
