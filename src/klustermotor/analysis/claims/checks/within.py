"""What a sentence cannot say whatever the tables have: figures that contradict each other."""

import re
from collections.abc import Iterator
from itertools import pairwise

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.checks.grim import RULES, counts
from klustermotor.analysis.claims.checks.meant import is_base
from klustermotor.analysis.claims.checks.messages import percent, say
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import agrees
from klustermotor.analysis.claims.numbers import number
from klustermotor.analysis.claims.reading.binding import bindings
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

_SMALL, _WORDS_BETWEEN = 100, 5


def within_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """More than all, percentages that no number gives, one figure told in two, a wrong rest."""
    yield from _more_than_all(statement)
    yield from _impossible(statement, tables)
    yield from _told_twice(statement)
    yield from _wrong_rest(statement)
    yield from _over_the_whole(statement, tables)


def _more_than_all(statement: Statement) -> Iterator[Fault]:
    """ "27 of the 23 who answered"."""
    lexicon = statement.lexicon
    for quantity in statement.quantities:
        if quantity.kind != "of" or quantity.value <= (quantity.out_of or 0):
            continue
        after = statement.text[quantity.end :].lstrip()
        people = re.match(rf"(?:\w+\s+)?(?:{lexicon.people}|{lexicon.answered})(?!\w)", after,
                          re.IGNORECASE)  # fmt: skip
        if not people and not statement.mentions:
            continue
        message = say(
            "counts_exceed", lexicon.code, parts=number(quantity.value, lexicon.code),
            total=number(quantity.value, lexicon.code),
            n=number(quantity.out_of or 0, lexicon.code),
        )  # fmt: skip
        yield fault(
            statement, "counts_exceed_n", "error", None, message, "",
            (quantity.start, quantity.end),
        )  # fmt: skip


def _impossible(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """A percentage that no whole number of those who answered gives, told beside their number."""
    wholes = {q.out_of for q in statement.quantities if q.kind == "of"}
    wholes |= {q.value for q in statement.quantities if is_base(q, statement)}
    wholes |= {q.low for q in statement.quantities if q.kind == "n" and q.low == q.high}
    whole = wholes.pop() if len(wholes) == 1 else None
    if not whole or whole >= _SMALL:
        return
    for bound in bindings(statement):
        quantity = bound.quantity
        if quantity.kind != "percent" or not quantity.exact or quantity.role:
            continue
        if len(bound.waves) > 1:
            continue
        rows = [tables.figures.row(topic) for topic in bound.topics]
        if rows and any(agrees(quantity, c) is not False for row in rows for c in row.values()):
            continue
        n = round(whole)
        if any(len(counts(quantity.value, quantity.decimals, n, rule)) for rule in RULES):
            continue
        language = statement.lexicon.code
        shown = percent(quantity.value, language, quantity.decimals)
        message = say("impossible", language, cell=shown, n=number(whole, language))
        yield fault(
            statement, "impossible_percentage", "error", None, message, "",
            (quantity.start, quantity.end),
        )  # fmt: skip


def _told_twice(statement: Statement) -> Iterator[Fault]:
    """ "half of them (43 percent)": one figure told in two ways that do not agree."""
    shares = [q for q in statement.figures if q.kind in ("percent", "word", "of")]
    for first, second in pairwise(shares):
        if first.role or second.role or "word" not in (first.kind, second.kind):
            continue
        if not _is_same(statement, first, second) or _agree(first, second):
            continue
        word, other = (first, second) if first.kind == "word" else (second, first)
        message = say(
            "told_in_two", statement.lexicon.code, words=word.text, other=other.text
        )  # fmt: skip
        yield fault(statement, "quantity_word", "error", None, message, "", (word.start, word.end))


def _is_same(statement: Statement, first: Quantity, second: Quantity) -> bool:
    """Whether the second stands in a bracket, or after "that is", for the first."""
    between = statement.text[first.end : second.start]
    if any(first.end <= w.start <= second.end + 12 for w in statement.waves):
        return False
    if any(first.end <= p.start < second.start for p in statement.places):
        return False
    if statement.lexicon.has("compare", between) or len(between.split()) > _WORDS_BETWEEN:
        return False
    opened = between.rstrip().endswith("(") and between.count("(") == 1
    closes = re.match(r"[^()]{0,30}\)", statement.text[second.end :]) is not None
    said = re.search(rf"(?:{'|'.join(statement.lexicon.equals)})\s*$", between, re.IGNORECASE)
    return (opened and closes) or (said is not None and not re.search(r"[(;]", between))


def _agree(first: Quantity, second: Quantity) -> bool:
    word, other = (first, second) if first.kind == "word" else (second, first)
    if other.kind == "word":
        return word.low <= other.high and other.low <= word.high
    if other.kind == "of":
        return word.allows(100 * other.value / (other.out_of or 1), 0.5)
    return word.allows(other.value, 0.5 + 10.0**-other.decimals)


def _wrong_rest(statement: Statement) -> Iterator[Fault]:
    """ "62 percent A, 25 percent B and the remaining 20 percent C": together 107."""
    lexicon = statement.lexicon
    shares = [q for q in statement.figures if q.kind == "percent" and not q.role]
    if len(shares) < 2 or not all(q.exact for q in shares) or statement.waves[1:]:
        return
    for start, end in statement.spots("rest"):
        last = shares[-1]
        if not (start < last.start and last.start - end <= _NEAR_REST):
            continue
        total = sum(q.value for q in shares)
        if abs(total - 100) <= 0.5 * len(shares):
            return
        message = say(
            "rest", lexicon.code, total=percent(total, lexicon.code),
            parts=" + ".join(number(q.value, lexicon.code, q.decimals) for q in shares),
        )  # fmt: skip
        right = percent(100 - total + last.value, lexicon.code)
        yield fault(statement, "column_sum", "error", None, message, right, (last.start, last.end))
        return


def _over_the_whole(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Shares of the answers to one question with one answer each, which make more than 100."""
    asked = {
        (topic.initiative, topic.table, topic.item)
        for mention in statement.mentions
        for topic in mention.topics
    }
    shares = [q for q in statement.figures if q.kind == "percent"]
    if len(asked) != 1 or len(shares) < _MANY or len(statement.mentions) < 2:
        return
    if statement.waves[1:] or any(q.role or not q.exact for q in shares):
        return
    rows = [tables.figures.row(t).values() for m in statement.mentions for t in m.topics]
    total = sum(q.value for q in shares)
    if total <= 100 + 0.5 * len(shares) or not all(cell.base for row in rows for cell in row):
        return
    language = statement.lexicon.code
    message = say(
        "rest", language, total=percent(total, language),
        parts=" + ".join(number(q.value, language, q.decimals) for q in shares),
    )  # fmt: skip
    last = shares[-1]
    yield fault(statement, "column_sum", "error", None, message, "", (last.start, last.end))


_NEAR_REST, _MANY = 25, 3
