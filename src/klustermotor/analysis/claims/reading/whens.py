"""Which wave a quantity of a sentence is of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement
from klustermotor.analysis.claims.reading.waves import WaveMention

_NEAR = 3


@dataclass(frozen=True)
class Time:
    """The waves that a quantity may be of; empty when the sentence names one that no table has.

    `named` tells whether the sentence names them; `since` whether it is the figure compared with.
    """

    waves: tuple[str, ...]
    named: bool
    since: bool = False


def time_of(  # noqa: PLR0911 - one return per way of telling the time
    statement: Statement, quantity: Quantity
) -> Time:
    """The waves that a quantity may be of."""
    named, order = statement.waves, statement.order
    if quantity.role == "via":
        return Time(order, named=False)
    if not named:
        return _unnamed(statement, quantity)
    alone = not any(q.role == "to" for q in statement.quantities)
    if quantity.role == "from" and alone:
        return _compared_with(statement, quantity)
    if quantity.role in ("from", "to"):
        return _of_a_change(statement, quantity)
    if quantity.role == "between":
        return Time(tuple(dict.fromkeys(x for w in named for x in w.waves)), named=True)
    if len(named) == 1:
        return _of_one(statement, quantity, named[0])
    return _of_several(statement, quantity)


def _compared_with(statement: Statement, quantity: Quantity) -> Time:
    """The wave of a figure that the others are compared with: "down from 47 percent last year"."""
    follows = [w for w in statement.waves if _follows(statement, w, quantity)]
    if follows:
        return Time(follows[0].waves, named=True, since=True)
    return Time(statement.order[:-1], named=False, since=True)


def _unnamed(statement: Statement, quantity: Quantity) -> Time:
    order = statement.order
    if quantity.role == "from":
        return Time(order[:-1], named=False, since=True)
    if statement.carried_waves and quantity.role != "to":
        return Time((*statement.carried_waves, *order[-1:]), named=False)
    return Time(order[-1:], named=False)


def _of_one(statement: Statement, quantity: Quantity, only: WaveMention) -> Time:
    """The one wave of a sentence belongs to the figure it stands with, and to all after it when
    it opens the sentence; another figure may be of any."""
    since = only.relation == "since"
    if since and not _close(statement, only, quantity):
        return Time(statement.order[-1:], named=False)
    if any(quantity.end <= d.start < only.start for d, _ in statement.differences):
        return Time(statement.order[-1:], named=False)  # "2.2, down 0.2 on 2017"
    figures = statement.figures
    with_it = [q for q in figures if _follows(statement, only, q)]
    opens = not figures or only.end <= figures[0].start
    if since or opens or len(figures) == 1 or (with_it and quantity == with_it[-1]):
        return Time(only.waves, named=True, since=since)
    return Time(statement.order if only.waves else (), named=not only.waves)


def _of_several(statement: Statement, quantity: Quantity) -> Time:
    named = list(statement.waves)
    figures = list(statement.figures)
    period = _period(statement, named)
    if period and period[-1].end <= quantity.start and len(period) == len(named):
        waves = tuple(dict.fromkeys(x for w in period for x in w.waves))
        return Time(waves, named=True)
    first, last = statement.clause_of(quantity.start)
    if len(statement.clauses) > 1 and not any(first <= w.start < last for w in named):
        return Time(statement.order, named=False)  # its own clause does not say
    plain = [w for w in named if w not in period]
    if quantity in figures and len(figures) == len(plain):
        found = plain[figures.index(quantity)]
        return Time(found.waves, named=True, since=found.relation == "since")
    if quantity.kind == "n":
        before = [w for w in named if w.end <= quantity.start]
        if before and not re.search(r"\w", statement.text[before[-1].end : quantity.start]):
            return Time(before[-1].waves, named=True)
    follows = [w for w in named if _follows(statement, w, quantity)]
    if follows:
        return Time(follows[0].waves, named=True, since=follows[0].relation == "since")
    nearest = min(named, key=lambda w: _distance(w, quantity))
    return Time(nearest.waves, named=True, since=nearest.relation == "since")


def _distance(wave: WaveMention, quantity: Quantity) -> int:
    if wave.start > quantity.start:
        return wave.start - quantity.end
    return quantity.start - wave.end


def _period(statement: Statement, named: Sequence[WaveMention]) -> list[WaveMention]:
    """Two waves told as a stretch of time: "between 2019 and 2021"."""
    lexicon = statement.lexicon
    for first, second in pairwise(named):
        lead = statement.text[: first.start].rstrip()
        link = statement.text[first.end : second.start].strip()
        opened = re.search(rf"\b(?:{lexicon.between}|{lexicon.from_})$", lead, re.IGNORECASE)
        if opened and re.fullmatch(lexicon.link, link, re.IGNORECASE):
            return [first, second]
    return []


def _close(statement: Statement, wave: WaveMention, quantity: Quantity) -> bool:
    if wave.start < quantity.start:
        return len(statement.text[wave.end : quantity.start].split()) <= _NEAR
    between = statement.text[quantity.end : wave.start]
    since = re.search(rf"(?<!\w)(?:{statement.lexicon.since})(?!\w)", between, re.IGNORECASE)
    return len(between.split()) <= _NEAR and since is None


def _of_a_change(  # noqa: PLR0911 - one return per way of naming waves
    statement: Statement, quantity: Quantity
) -> Time:
    """The earlier wave for "from", the later one for "to"."""
    named, order = statement.waves, statement.order
    since = any(w.relation == "since" for w in named)
    every = [w for w in named if len(w.waves) > 2]
    if every and all(w in every or w.waves == order[-1:] for w in named):
        span = every[0].waves[:-1] if quantity.role == "from" else order[-1:]
        return Time(span, named=True)
    known = sorted(
        {x for w in named for x in w.waves}, key=lambda w: order.index(w) if w in order else 0
    )
    direct = [w for w in named if w.waves and _follows(statement, w, quantity)]
    if len(known) >= 2:
        if direct and _wave_between(statement):
            return Time(direct[0].waves, named=True, since=quantity.role == "from")
        earlier = tuple(known[:-1]) if len(known) > 2 else (known[0],)
        waves = earlier if quantity.role == "from" else (known[-1],)
        return Time(waves, named=True, since=since)
    if not known:
        return Time((), named=True)
    only = known[0]
    before, later = [w for w in order if w < only], [w for w in order if w > only]
    if since or _wave_between(statement) or not before:
        if quantity.role == "from":
            return Time((only,), named=True, since=True)
        return Time(tuple(later if since else order[-1:]), named=False)
    if quantity.role == "to":
        return Time((only,), named=True)
    return Time(tuple(before), named=False, since=True)


def _wave_between(statement: Statement) -> bool:
    """Whether the first figure of a change has its own wave before the second one."""
    first = next((q for q in statement.quantities if q.role == "from"), None)
    second = next((q for q in statement.quantities if q.role == "to"), None)
    if first is None or second is None:
        return False
    return any(
        first.end <= w.start < second.start and _follows(statement, w, first)
        for w in statement.waves
    )


def _follows(statement: Statement, wave: WaveMention, quantity: Quantity) -> bool:
    """Whether a wave stands right after a quantity, with at most a bracket between."""
    if wave.start < quantity.end:
        return False
    between = statement.text[quantity.end : wave.start]
    plain = re.sub(r"\([^()]*\)", " ", between)
    return len(plain.split()) <= 4 and not any(
        quantity.end <= q.start < wave.start and q.kind != "n" for q in statement.quantities
    )
