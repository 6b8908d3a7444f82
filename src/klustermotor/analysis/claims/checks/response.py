"""How many were asked and how many answered, told of the survey as a whole."""

import re
from collections.abc import Iterator
from dataclasses import replace

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import figure, percent, say, shown
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.reading.binding import place_of
from klustermotor.analysis.claims.reading.labels import Topic, names
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement
from klustermotor.analysis.claims.reading.whens import time_of

_NEAR, _FAR = 60, 20.0


def response_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Numbers of invited and answering that the table of the survey does not have, and a response
    rate that is not theirs."""
    yield from _numbers(statement, tables)
    yield from _rates(statement)


def _numbers(statement: Statement, tables: Tables) -> Iterator[Fault]:
    if not statement.has("survey"):
        return
    told = [(q, side, v) for q in statement.figures for side, v in _sides(q, statement)]
    if statement.places and len(told) == 1 and len(statement.figures) == len(statement.places):
        told = [(q, told[0][1], q.value) for q in statement.figures]  # "A invited 84, B 50"
    for quantity, side, value in told:
        place = place_of(statement, quantity) if statement.places else None
        initiative = place.name if place else statement.initiative
        topic = _topic(initiative, statement, tables, side)
        if topic is not None and quantity.exact:
            row = tables.figures.row(topic)
            cells = [row[w] for w in time_of(statement, quantity).waves if w in row]
            if not cells or any(_may_be(value, cell, tables) for cell in cells):
                continue
            language = statement.lexicon.code
            message = say(
                "wrong_figure", language, words=quantity.text,
                cell=shown(cells[0], language, tables.name(topic)),
            )  # fmt: skip
            yield fault(
                statement, "wrong_figure", "error", cells[0], message,
                figure(cells[0], language), (quantity.start, quantity.end),
            )  # fmt: skip


def _sides(quantity: Quantity, statement: Statement) -> Iterator[tuple[str, float]]:
    """Whether a number is of those who answered the survey, or of those who were asked to."""
    if quantity.kind not in ("count", "bare", "of") or quantity.decimals or quantity.role:
        return
    if any(
        quantity.start <= m.start and m.start - quantity.end <= _NEAR for m in statement.mentions
    ):
        return  # told of an item, not of the survey
    lexicon = statement.lexicon
    before = statement.text[: quantity.start].rstrip()
    after = statement.text[quantity.end :].lstrip()
    answered = re.match(rf"(?:{lexicon.answered})(?!\w)", after, re.IGNORECASE) or re.search(
        rf"(?:{lexicon.answered_by})$", before, re.IGNORECASE
    )
    invited = re.match(rf"(?:{lexicon.invited})(?!\w)", after, re.IGNORECASE) or re.search(
        rf"(?:{lexicon.invited_to})$", before, re.IGNORECASE
    )
    if quantity.kind == "of":
        if answered or invited:
            yield "answered", quantity.value
            yield "invited", quantity.out_of or 0
    elif answered:
        yield "answered", quantity.value
    elif invited:
        yield "invited", quantity.value


def _topic(initiative: str, statement: Statement, tables: Tables, side: str) -> Topic | None:
    """The one topic that is called "answered", or "invited", in the initiative's tables."""
    called = statement.lexicon.compiled[f"{side}_label"]
    found = [
        topic
        for topic in statement.questions
        if topic.initiative in ("", initiative)
        and any(
            called.fullmatch(name)
            for key in (topic.category, topic.item)
            for name in names(key, tables.labels)
        )
        and all(cell.unit == "count" for cell in tables.figures.row(topic).values())
    ]
    return found[0] if len(found) == 1 else None


def _may_be(value: float, cell: TableCell, tables: Tables) -> bool:
    """Whether the number is the cell's, or that of those who answered some question."""
    return value == cell.value or tables.figures.answered(value, cell.initiative, cell.wave)


def _rates(statement: Statement) -> Iterator[Fault]:
    """ "27 of 93, a response rate of 29 percent": the two told in one sentence must agree."""
    counted = [q for q in statement.quantities if q.kind == "of" and q.out_of]
    counted = counted or _answered_of_invited(statement)
    told = [q for q in statement.quantities if q.kind == "percent" and q.exact and not q.role]
    if len(counted) != 1 or len(told) != 1 or len(statement.mentions) > 2:
        return
    share = 100 * counted[0].value / (counted[0].out_of or 1)
    if abs(told[0].start - counted[0].end) > _NEAR or _truncated(share, told[0]):
        return
    if abs(share - told[0].value) < _FAR and not told[0].allows(share):
        language = statement.lexicon.code
        message = say(
            "rate",
            language,
            words=told[0].text,
            of=counted[0].text,
            share=percent(share, language, told[0].decimals),
        )
        yield fault(
            statement,
            "wrong_figure",
            "error",
            None,
            message,
            percent(share, language, told[0].decimals),
            (told[0].start, told[0].end),
        )


def _answered_of_invited(statement: Statement) -> list[Quantity]:
    """The number who answered, as one of those who were asked, where each is told by itself."""
    told = [(side, q) for q in statement.figures for side, _ in _sides(q, statement)]
    asked = [q for side, q in told if side == "invited"]
    answered = [q for side, q in told if side == "answered"]
    if len(asked) != 1 or len(answered) != 1 or not statement.has("survey"):
        return []
    return [replace(answered[0], kind="of", out_of=asked[0].value)]


def _truncated(share: float, told: Quantity) -> bool:
    return told.value <= share < told.value + 10.0**-told.decimals
