"""Whether a quantity is surely told of the topic that it is bound to.

A number may be of something that no table shows: of several answers together, of those who did
not say so, of the budget. Such a number is left alone.
"""

import re

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.figures import agrees, as_percent
from klustermotor.analysis.claims.reading.binding import Bound
from klustermotor.analysis.claims.reading.labels import Mention, names
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

Judged = list[tuple[TableCell, bool | None]]
_TIMES, _NEXT, _BESIDE, _FEW = 4, 14, 12, 4
_IN_ALL = ("sammanlagt", "totalt", "sammen", "altogether")


def is_relative(quantity: Quantity, statement: Statement) -> bool:
    """ "half as interesting": a comparison of two figures, not a share; nor is "all that they make"
    a share of those who answered."""
    if quantity.kind != "word":
        return False
    after = statement.text[quantity.end :].split()[:1]
    if after and after[0].lower() in _COMPARES:
        return True
    lead = statement.text[: quantity.start].rstrip()
    shrunk = re.search(rf"(\S+)\s+(?:{statement.lexicon.to})$", lead, re.IGNORECASE)
    return shrunk is not None and statement.lexicon.has("down", shrunk[1])


_COMPARES = ("så", "like", "as", "that")


def is_of_label(quantity: Quantity, statement: Statement, tables: Tables) -> bool:
    """Whether quantity words are a label's own: "most of the staff have taken a course"."""
    if quantity.kind != "word":
        return False
    words = quantity.text.lower()
    following = statement.text[quantity.end :].split()[:1]
    if following and f"{words} {following[0].strip(',.').lower()}" in tables.all_names:
        return True
    return any(
        words in name.lower()
        for mention in statement.mentions
        if mention.start - quantity.end <= _NEXT
        for topic in mention.topics
        for key in (topic.item, topic.category)
        for name in names(key, tables.labels)
    )


def is_base(quantity: Quantity, statement: Statement) -> bool:
    """ "Of the 40 who answered": the number that shares are of."""
    if quantity.kind not in ("bare", "count"):
        return False
    before = statement.text[: quantity.start].lower().split()[-2:]
    after = statement.text[quantity.end :].lower().split()[:2]
    if (before and before[-1] in _IN_ALL) or after[:2] in (
        ["in", "all"],
        ["i", "alt"],
        ["i", "allt"],
    ):
        return True
    return (
        bool(before)
        and before[0] in ("av", "of", "blant", "bland", "among")
        and (before[-1] in ("de", "dessa", "the", "these", "disse", "totalt"))
    )


def is_equivalence(quantity: Quantity, statement: Statement) -> bool:
    """ "which equals two respondents": checked with the change it explains."""
    lead = " ".join(statement.text[: quantity.start].split()[-5:])
    points_before = any(
        q.kind == "points" and 0 <= quantity.start - q.end <= _BESIDE for q in statement.quantities
    )
    return quantity.kind in ("count", "bare", "of") and (
        statement.lexicon.has("equals", lead) or points_before
    )


def is_per_question(statement: Statement) -> bool:
    """ "answers per question vary between 15 and 24": the spread of many figures."""
    return re.search(r"\bper (?:fråga|spørsmål|question)\b", statement.text, re.I) is not None


def is_within_pair(quantity: Quantity, statement: Statement, cells: list[TableCell]) -> bool:
    """Whether one of the cells lies within "between A and B"."""
    pair = [q for q in statement.quantities if q.role == "between"]
    low, high = min(q.low for q in pair), max(q.high for q in pair)
    share = quantity.kind in ("percent", "word")
    values = [(as_percent(c) if share else None) or (c.value, c.slack) for c in cells]
    return any(low <= value + slack and value - slack <= high for value, slack in values)


def is_meant(  # noqa: PLR0911 - one return per kind of number
    bound: Bound, statement: Statement, judged: Judged
) -> bool:
    """Whether a number without a unit is surely told of the topic."""
    quantity = bound.quantity
    if quantity.kind not in ("bare", "count"):
        return True
    if _stands_for_named(quantity, statement):
        return False
    units = {cell.unit for cell, _ in judged}
    if quantity.kind == "bare" and units <= {"mean", "ratio", "other"}:
        return quantity.decimals > 0 or quantity.modifier != "" or bool(quantity.role)
    people = _counts_people(quantity, statement)
    placed = bool(quantity.role) or statement.bracket(quantity.start) is not None
    whole = bound.carried or any(m.whole for m in bound.mentions)
    if units == {"percent"}:
        return whole and (people or placed or not quantity.noun)
    if people:
        return bool(bound.mentions) or bound.carried
    if quantity.kind == "bare" and units == {"count"} and not _is_alike(quantity, judged):
        return False
    counted = any(
        -2 <= m.start - quantity.end <= _NEXT and (m.whole or _is_next(quantity, m))
        for m in bound.mentions
    )
    if quantity.noun and not counted:
        return placed and whole
    after_verb = statement.has("attribution") and any(
        0 <= m.start - quantity.end <= 2 * _NEXT for m in bound.mentions
    )
    return counted or placed or after_verb or _is_said_of(bound, statement)


def is_another(other: Quantity, quantity: Quantity, statement: Statement) -> bool:
    """Whether two figures are told side by side ("60 percent A and 8 percent that it …"), so that
    the one cannot be told of what the other rightly tells."""
    if other is quantity or statement.bracket(quantity.start) is not None:
        return False
    first, second = sorted((other, quantity), key=lambda q: q.start)
    between = statement.text[first.end : second.start]
    if re.search(rf"(?<!\w)(?:{_AND})(?!\w)", between, re.IGNORECASE):
        return True
    shares = {first.kind, second.kind} <= {"percent", "word"}
    return shares and len(between.split()) >= _FEW


_AND = "och|og|and|men|but|medan|mens|while|whereas"


def _is_said_of(bound: Bound, statement: Statement) -> bool:
    """ "the number of tastings is now 42": the number closes what the mention opens."""
    before = [m for m in bound.mentions if m.end <= bound.quantity.start and m.whole]
    if not before or bound.quantity.noun:
        return False
    between = statement.text[before[-1].end : bound.quantity.start]
    return len(between.split()) <= _FEW and not re.search(r"[\d,;(]", between)


def _counts_people(quantity: Quantity, statement: Statement) -> bool:
    """Whether it is those who answer that are counted."""
    return re.fullmatch(statement.lexicon.people, quantity.noun, re.IGNORECASE) is not None


def _stands_for_named(quantity: Quantity, statement: Statement) -> bool:
    """ "the two": those just named, no number of anything."""
    lead = statement.text[: quantity.start].split()[-1:]
    pointed = lead and lead[0].lower() in ("the", "these", "those", "de", "dessa", "disse")
    return bool(pointed) and not quantity.text[-1:].isdigit() and quantity.kind == "bare"


def _is_next(quantity: Quantity, mention: Mention) -> bool:
    """Whether the noun that is counted belongs to what is mentioned."""
    noun = (quantity.end + 1, quantity.end + 1 + len(quantity.noun))
    return mention.start <= noun[1] and noun[0] <= mention.end


def _is_alike(quantity: Quantity, judged: Judged) -> bool:
    """Whether a number is of the size of a count, so that it may be meant for it."""
    return any(
        cell.comparator == "=" and cell.value <= _TIMES * quantity.value <= _TIMES**2 * cell.value
        for cell, _ in judged
        if cell.unit == "count"
    )


def counts_no_one_in(cell: TableCell, quantity: Quantity, statement: Statement) -> bool:
    """A number of more than answered, or a whole number of things that are no respondents, is not
    told of a share: "120 companies" beside a share of 24, "thirty projects".

    A mean with decimals is no number of anyone, however large."""
    if cell.unit == "count" or quantity.kind not in ("bare", "count"):
        return False
    measured = cell.unit in ("mean", "ratio") and quantity.decimals > 0
    if cell.n_max is not None and quantity.value > cell.n_max and not measured:
        return True
    if cell.unit == "other":
        return False
    people = _counts_people(quantity, statement)
    return quantity.kind == "bare" and bool(quantity.noun) and not quantity.role and not people


def is_sum(bound: Bound, statement: Statement, tables: Tables) -> bool:
    """Whether several answers of one question make the figure together: those who want to grow."""
    if bound.quantity.kind not in ("percent", "of") or (bound.sure and not bound.carried):
        return False
    for topic in bound.topics:
        group = [
            row[wave]
            for sibling in tables.figures.siblings(topic)
            for row in [tables.figures.row(sibling)]
            for wave in bound.waves
            if wave in row and row[wave].base
        ]
        for i, first in enumerate(group):
            for second in group[i + 1 :]:
                if first.unit == second.unit == "percent" and bound.quantity.allows(
                    first.value + second.value, first.slack + second.slack
                ):
                    return True
    return False


def stands_elsewhere(bound: Bound, judged: Judged, tables: Tables) -> bool:
    """Whether a percentage, set against counts only, is printed as such in another table."""
    if bound.quantity.kind != "percent" or any(c.unit == "percent" for c, _ in judged):
        return False
    initiative = judged[0][0].initiative
    return any(
        c.unit == "percent" and c.initiative == initiative and agrees(bound.quantity, c)
        for c in tables.figures.cells
    )


def is_of_others(bound: Bound, statement: Statement, tables: Tables) -> bool:
    """Whether a number may be of several answers together, of those who did not give the answer,
    or of something that is not answered: "or", "not", "of the costs"."""
    quantity, lexicon = bound.quantity, statement.lexicon
    if quantity.kind not in ("percent", "word", "of"):
        return False
    after = statement.text[quantity.end :]
    if quantity.kind != "of" and re.match(
        rf"\s+(?:{lexicon.of})\s+(?:\w+\s+)?(?:{lexicon.no_people_whole})", after, re.IGNORECASE
    ):
        return True
    first, last = statement.clause_of(quantity.start)
    named = [
        m
        for m in statement.mentions
        if first <= m.start < last and set(m.topics) & set(bound.topics)
    ]
    if not named:
        return False
    start, end = min(m.start for m in named), max(m.end for m in named)
    low, high = min(start, quantity.end), max(end, quantity.start)
    own = {
        word
        for topic in bound.topics
        for key in (topic.item, topic.category, f"{topic.item}={topic.category}")
        for name in names(key, tables.labels)
        for word in re.findall(r"\w+", name.lower())
    }
    around = statement.text[max(first, low - 20) : min(last, high + 45)]
    either = lexicon.compiled["either"].search(around)
    if either and either[0].lower() not in own:
        return True
    denial = lexicon.compiled["negation"].search(statement.text[max(first, low) : high])
    return denial is not None and denial[0].lower() not in own
