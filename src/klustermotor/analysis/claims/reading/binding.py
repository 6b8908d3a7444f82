"""Which figure of the tables each quantity of a sentence must be.

A quantity is held against the topics that it may be about and the waves that it may be of; where
a sentence leaves that open there are several of each, and a check finds a fault only when none of
them will do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from klustermotor.analysis.claims.reading.labels import Mention, Topic, strongest
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Place, Statement
from klustermotor.analysis.claims.reading.whens import Time, time_of

_CLOSE, _LED = 45, 25


@dataclass(frozen=True)
class Bound:
    """A quantity with the topics it may be about and the waves it may be of.

    `carried` says that the topics come from a sentence before.
    """

    quantity: Quantity
    mentions: tuple[Mention, ...]
    topics: tuple[Topic, ...]
    time: Time
    carried: bool
    sure: bool
    """Whether one mention alone can be meant."""

    @property
    def waves(self) -> tuple[str, ...]:
        return self.time.waves


def bindings(statement: Statement) -> Iterator[Bound]:
    """Every quantity that may be a figure of the tables, with what it may be."""
    for quantity in statement.figures + tuple(q for q in statement.quantities if q.kind == "n"):
        mentions = _mentions_for(statement, quantity)
        topics = tuple(dict.fromkeys(t for m in mentions for t in m.topics))
        carried = False
        if not topics and statement.has("anaphora") and not _names_anew(statement):
            topics, carried = statement.carried, True
        topics = _of_initiative(statement, topics, quantity)
        sided = _sided(statement, topics, quantity)
        sure = len(mentions) == 1 and len(sided) == 1
        time = time_of(statement, quantity)
        yield Bound(quantity, tuple(mentions), sided, time, carried, sure)


def _names_anew(statement: Statement) -> bool:
    """Whether the sentence says of which share it speaks, without a word for an earlier one."""
    return statement.has("defines") and not statement.has("points_back")


def _of_initiative(
    statement: Statement, topics: tuple[Topic, ...], quantity: Quantity
) -> tuple[Topic, ...]:
    """Where several initiatives are named, the topics of the one that the quantity is told of."""
    if not statement.places:
        return topics
    place = place_of(statement, quantity)
    return tuple(t for t in topics if place is not None and t.initiative in ("", place.name))


def place_of(statement: Statement, quantity: Quantity) -> Place | None:
    """Which of several initiatives a quantity is told of; None when that is left open."""
    places = statement.places
    bracket = statement.bracket(quantity.start)
    before = [p for p in places if bracket is not None and p.end <= bracket]
    if bracket is not None and before:
        return before[-1]
    first, last = statement.clause_of(quantity.start)
    inside = [p for p in places if first <= p.start < last]
    if len({p.name for p in inside}) == 1:
        return inside[0]
    figures = [q for q in statement.figures if q.role != "from"]
    if len(figures) == len(places) and quantity in figures:
        return places[figures.index(quantity)]
    return None


def _mentions_for(statement: Statement, quantity: Quantity) -> list[Mention]:
    bracket = statement.bracket(quantity.start)
    first, last = statement.clause_of(quantity.start)
    if bracket is not None:
        before = [m for m in statement.mentions if m.end <= bracket and first <= m.start]
        crossed = [
            q
            for q in statement.quantities
            if before and before[-1].end <= q.start < bracket and q.kind != "n"
        ]
        named = any(before and before[-1].end <= p.start < bracket for p in statement.places)
        if before and named:
            return [before[-1]]
        if before and bracket - before[-1].end <= _CLOSE and not crossed:
            return [before[-1]]
        if crossed and not statement.places:
            return []
    inside = [m for m in statement.mentions if first <= m.start < last]
    inside = [m for m in inside if _can_be_of(statement, quantity, m)] or inside
    if not inside:
        earlier = [m for m in statement.mentions if m.end <= quantity.start]
        return strongest(earlier[-2:]) or strongest(list(statement.mentions[:2]))
    return _adjacent(statement, quantity, inside)


def _can_be_of(statement: Statement, quantity: Quantity, mention: Mention) -> bool:
    """Whether a quantity can be a figure of what is mentioned: no "3.4" is a share."""
    units = {u for t in mention.topics for u in statement.units.get(t, frozenset())}
    if quantity.kind in ("percent", "word", "of"):
        return bool(units & {"percent", "of"})
    if quantity.kind == "bare" and quantity.decimals:
        return bool(units & {"mean", "ratio", "other", "points"})
    return quantity.kind == "n" or bool(units & {"count", "of", "percent", "mean", "other"})


def _adjacent(  # noqa: PLR0911 - one return per order of figures and labels
    statement: Statement, quantity: Quantity, inside: list[Mention]
) -> list[Mention]:
    """Mentions next to a quantity, on the side that the clause pairs them by."""
    if len(inside) == 1:
        return inside
    first, last = statement.clause_of(quantity.start)
    figures = [q for q in statement.figures if first <= q.start < last]
    before = [m for m in inside if m.end <= quantity.start]
    after = [m for m in inside if m.start >= quantity.end]
    if before and after:
        leads = inside[0].start < figures[0].start if figures else True
        crossed = [q for q in figures if before[-1].end <= q.start < quantity.start]
        passed = [q for q in figures if quantity.end <= q.start < after[0].start]
        if len(figures) == 1:
            return strongest(
                _group(before, len(before) - 1, statement.quantities)
                + _group(after, 0, statement.quantities)
            )
        if leads and not crossed:
            return strongest(_group(before, len(before) - 1, statement.quantities))
        if not leads and not passed:
            return strongest(_group(after, 0, statement.quantities))
        return strongest([before[-1], after[0]])
    if before:
        return _respectively(quantity, before, figures) or strongest(
            _group(before, len(before) - 1, statement.quantities)
        )
    return strongest(_group(after, 0, statement.quantities)) if after else strongest(inside)


def _respectively(
    quantity: Quantity, before: list[Mention], figures: list[Quantity]
) -> list[Mention]:
    """A, B and C with as many figures after them, one each."""
    after = [q for q in figures if q.start >= before[-1].end]
    if len(before) == len(after) > 1 and quantity in after and not quantity.role:
        return [before[after.index(quantity)]]
    return []


def _group(mentions: Sequence[Mention], at: int, quantities: Sequence[Quantity]) -> list[Mention]:
    """The mentions next to one another around a place, with no quantity between them."""
    group = [mentions[at]]
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(mentions):
            low, high = sorted((group[0], mentions[i]), key=lambda m: m.start)
            if any(low.end <= q.start < high.start and q.kind != "n" for q in quantities):
                break
            group.append(mentions[i])
            i += step
    return group


def _sided(
    statement: Statement, topics: tuple[Topic, ...], quantity: Quantity
) -> tuple[Topic, ...]:
    """Of topics that differ in motive and result, or now and wanted, those that are meant."""
    lexicon, questions = statement.lexicon, statement.questions
    for side in ("now", "wanted"):
        of_side = _of_side(statement, topics, side)
        nearest = _nearest(statement, ("now", "wanted"), quantity) if of_side else ""
        if nearest == side and _is_led_by(statement, side, quantity):
            return of_side
    for one, other in (("now", "wanted"), ("motive", "result")):
        sides = {
            t: tuple(lexicon.has(s, questions.get(t, t.item)) for s in (one, other)) for t in topics
        }
        both = {s for s in sides.values() if s in ((True, False), (False, True))}
        if len(both) < 2 and (not both or one == "motive"):
            continue
        near = _nearest(statement, (one, other), quantity)
        if near and (len(both) > 1 or _is_led_by(statement, near, quantity)):
            wanted = (near == one, near == other)
            topics = tuple(t for t in topics if sides[t] == wanted or sides[t] == (False,) * 2)
    return topics


def _is_in(between: str) -> bool:
    """Whether a figure is said to be at a side: "3.8 at the present level", "4.4 wanted"."""
    return (
        re.fullmatch(r"\s*(?:(?:i|at|in|på|ved)\s+)?(?:(?:det|den|the)\s+)?", between) is not None
    )


def _leads_on(statement: Statement, at: int, quantity: Quantity) -> bool:
    """Whether another figure stands right after words, so that they are told of that one."""
    return any(
        q is not quantity and 0 <= q.start - at <= _LED and q.kind != "n"
        for q in statement.quantities
    )


def _of_side(statement: Statement, topics: tuple[Topic, ...], side: str) -> tuple[Topic, ...]:
    """The same items as one side of their gaps, where they are told apart as ``item.now``."""
    bases = {
        (t.initiative, t.table, t.item.removesuffix(".now").removesuffix(".wanted"))
        for t in topics
        if t.category == "gap" or t.item.endswith((".now", ".wanted"))
    }
    if not bases:
        return ()
    return tuple(
        t
        for t in statement.questions
        if t.item.endswith(f".{side}")
        and (t.initiative, t.table, t.item.removesuffix(f".{side}")) in bases
    )


def _is_led_by(statement: Statement, name: str, quantity: Quantity) -> bool:
    """Whether words of a field stand right before a quantity: "the wanted level 2.4"."""
    lead = statement.text[max(0, quantity.start - _LED) : quantity.start]
    return statement.lexicon.has(name, lead)


def _nearest(statement: Statement, names: tuple[str, str], quantity: Quantity) -> str:
    """Which of two kinds of word stands nearest before the quantity, else after it."""
    found = []
    first, last = statement.clause_of(quantity.start)
    for name in names:
        found_words = statement.lexicon.compiled[name].finditer(statement.text)
        sides = name in ("now", "wanted")
        spots = [m.span() for m in found_words] if sides else statement.spots(name)
        for start, end in spots:
            before = start < quantity.start
            distance = quantity.start - end if before else start - quantity.end
            inside = first <= start < last
            if sides and not before and _is_in(statement.text[quantity.end : start]):
                return name
            if not before and sides and _leads_on(statement, end, quantity):
                continue
            found.append((not inside, not before and sides, distance, name))
    if not found or (names[0] == "now" and min(found)[0]):
        return ""  # the clause does not say
    return min(found)[3]
