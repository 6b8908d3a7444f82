"""Changes between waves: direction, size, ratio, constancy, and whether chance explains them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.checks.messages import say, shown
from klustermotor.analysis.claims.checks.pairs import Pair, pairs_at, pairs_of, told_pairs
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import smallest_p, within_noise
from klustermotor.analysis.claims.numbers import number
from klustermotor.analysis.claims.reading.labels import Mention, Topic, names
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

_CONSTANT, _SAME = 7.0, 2.0
_SAME_SHARE = 0.1
_UNSURE = 0.3


@dataclass(frozen=True)
class _Move:
    """A word of direction: up is +1, down is −1."""

    sign: int
    words: str
    start: int
    end: int


def change_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Everything that a sentence says of how a figure moved."""
    moves = _moves(statement)
    pairs = told_pairs(statement)
    for pair in pairs:
        yield from _inside(statement, moves if len(pairs) == 1 else [], moves, *pair)
    inside = pairs[0] if len(pairs) == 1 else None
    found = [f for move in moves for f in _against_table(statement, tables, move, inside)]
    noise = [f for f in found if f.kind == "noise"]
    yield from (f for f in found if f.kind != "noise" or f is noise[0])
    yield from _ratios(statement, tables)
    yield from _constants(statement, tables)


def _moves(statement: Statement) -> list[_Move]:
    found = []
    superlatives = [
        span
        for field in ("largest_change", "largest_rise", "largest_fall")
        for span in statement.spots(field)
    ]
    for field, sign in (("up", 1), ("down", -1)):
        for start, end in statement.spots(field):
            if any(s <= start and end <= e for s, e in superlatives):
                continue
            if not _is_denied(statement, start) and not _is_adjective(statement, start, end):
                found.append(_Move(sign, statement.text[start:end], start, end))
    return sorted(found, key=lambda m: m.start)


def _is_denied(statement: Statement, at: int) -> bool:
    words = " ".join(statement.text[:at].split()[-3:])
    return statement.lexicon.has("negation", words)


_DETERMINERS = frozenset(
    [
        "ett",
        "till",
        "för",
        "om",
        "av",
        "med",
        "ge",
        "få",
        "en",
        "mot",
        "att",
        "kan",
        "ska",
        "skall",
        "vill",
        "skulle",
        "bör",
        "kunna",
        "ytterligare",
        "viss",
        "et",
        "til",
        "om",
        "av",
        "med",
        "gi",
        "få",
        "kan",
        "skal",
        "vil",
        "skulle",
        "bør",
        "kunne",
        "mer",
        "to",
        "of",
        "in",
        "for",
        "with",
        "an",
        "a",
        "can",
        "may",
        "would",
        "should",
        "will",
        "could",
        "about",
        "state",
        "give",
        "more",
        "towards",
    ]
)


def _is_adjective(statement: Statement, start: int, end: int) -> bool:
    """ "for increased cooperation", "will increase": no statement of what has moved."""
    before = statement.text[:start].split()[-1:]
    word = statement.text[start:end].lower()
    if word in ("growth", "vekst"):
        lead = " ".join(statement.text[:start].split()[-2:])
        return not statement.lexicon.has("stressed", lead)
    noun = re.search(r"(?:ning|gång|reduksjon|reduction|growth|vekst|trend|fall)", word)
    if noun or (
        word in ("increase", "decrease", "decline", "rise", "drop")
        and before
        and before[0].lower() in ("a", "an", "clear", "of", "the")
    ):
        return False
    if word in ("up", "down", "opp", "ned", "uppåt", "nedåt", "oppover", "nedover"):
        return not re.search(
            r"(?:gick|gått|gikk|went|gone|pekar|peker|points?)\s+$", statement.text[:start]
        )
    return bool(before) and before[0].lower().strip(",(") in _DETERMINERS


def _inside(
    statement: Statement,
    otherwise: list[_Move],
    moves: list[_Move],
    first: Quantity,
    second: Quantity,
) -> Iterator[Fault]:
    """The direction told against the sentence's own figures; `otherwise` where the clause has
    no word of direction."""
    clause = statement.clause_of(first.start)
    own = [m for m in moves if clause[0] <= m.start < clause[1]] or otherwise[:1]
    own = [m for m in own if m.start < first.start][-1:] or own[:1]
    difference = second.value - first.value
    for move in own:
        if difference and (difference > 0) != (move.sign > 0):
            message = say(
                "direction_inside",
                statement.lexicon.code,
                words=move.words,
                before=first.text,
                after=second.text,
            )
            yield fault(
                statement, "wrong_direction", "error", None, message, "", (move.start, move.end)
            )


def _topics_near(statement: Statement, at: int) -> tuple[Topic, ...]:
    return statement.topics_of(statement.clause_of(at))


def _against_table(
    statement: Statement,
    tables: Tables,
    move: _Move,
    told: tuple[Quantity, Quantity] | None,
) -> Iterator[Fault]:
    language = statement.lexicon.code
    topics = _nearest_topics(statement, move)
    if not topics or not _speaks_of_change(statement, move):
        return
    if any(_is_an_answer_of(topic, move, tables) for topic in topics):
        return
    every = any(len(m.waves) > 2 for m in statement.waves) and len(statement.waves) == 1
    opposed: list[tuple[Topic, Pair]] = []
    noisy: list[tuple[Topic, Pair]] = []
    for topic in topics:
        pairs = pairs_of(statement, tables, topic)
        if not pairs:
            return
        if every:
            against = [p for p in pairs if (p[1].value - p[0].value) * move.sign <= 0]
            if against:
                opposed.append((topic, against[0]))
                continue
            noisy_pairs = [(pairs[0][0], pairs[-1][1])]
        else:
            against = [p for p in pairs if (p[1].value - p[0].value) * move.sign < 0]
            if len(against) == len(pairs):
                opposed.append((topic, against[0]))
                continue
            noisy_pairs = pairs
        if all(within_noise(*p) for p in noisy_pairs) and not (
            _is_part_of_sum(statement, tables, topic) or _is_counted(statement, tables, topic)
        ):
            noisy.append((topic, noisy_pairs[0]))
    span = (move.start, move.end)
    if len(opposed) == len(topics):
        if told is not None:
            return
        topic, (before, after) = opposed[0]
        name = tables.name(topic)
        key = "not_every_wave" if every else "wrong_direction"
        message = say(
            key,
            language,
            words=move.words,
            before=shown(before, language, name),
            after=shown(after, language, name),
        )
        yield fault(statement, "wrong_direction", "error", after, message, "", span)
    elif len(noisy) == len(topics) and not _is_tested(statement) and not _is_ahead(statement):
        topic, (before, after) = noisy[0]
        name = tables.name(topic)
        message = say(
            "noise", language, words=move.words, before=shown(before, language, name),
            after=shown(after, language, name),
            p=number(smallest_p(before, after) or 0, language, 2),
        )  # fmt: skip
        yield fault(
            statement, "noise", _gravity(statement, move, before, after), after, message,
            say("noise_right", language), span,
        )  # fmt: skip


def _gravity(statement: Statement, move: _Move, before: TableCell, after: TableCell) -> Severity:
    """A note where both figures are told without stress and chance is not far from ruled out."""
    first, last = statement.clause_of(move.start)
    told = [q for q in statement.figures if first <= q.start < last and q.kind != "bare"]
    p = smallest_p(before, after) or 0.0
    stressed = any(statement.has(field) for field in ("stressed", "largest_change", "largest_rise"))
    return "note" if len(told) >= 2 and p < _UNSURE and not stressed else "warning"


def _is_an_answer_of(topic: Topic, move: _Move, tables: Tables) -> bool:
    """Whether the word is an answer to the topic's question: "8 percent that it decreases"."""
    row = tables.figures.row(topic)
    if not any(cell.base for cell in row.values()):
        return False
    return any(
        move.words.lower() in name.lower()
        for sibling in tables.figures.siblings(topic)
        for name in names(sibling.category, tables.labels)
    )


def _is_part_of_sum(statement: Statement, tables: Tables, topic: Topic) -> bool:
    """Whether several answers of one total are named, so that their sum is what moved."""
    row = tables.figures.row(topic)
    if not any(cell.base for cell in row.values()):
        return False
    named = {t for m in statement.mentions for t in m.topics}
    return sum(sibling in named for sibling in tables.figures.siblings(topic)) > 1


def _is_counted(statement: Statement, tables: Tables, topic: Topic) -> bool:
    """Whether a share is counted, not estimated from answers, so that chance has no part in it."""
    named = (statement.questions.get(topic, topic.item), *names(topic.category, tables.labels))
    return any(statement.lexicon.has("rates", name) for name in named)


def _is_tested(statement: Statement) -> bool:
    """Whether the sentence or the next tells how certain the change is."""
    return statement.has("tested") or statement.lexicon.has("tested", statement.following)


def _is_ahead(statement: Statement) -> bool:
    """Whether the sentence tells of what is hoped or expected, not of what has been."""
    return statement.lexicon.has(
        "hedge", statement.lexicon.compiled["negation"].sub(" ", statement.text)
    )


def _nearest_topics(statement: Statement, move: _Move) -> tuple[Topic, ...]:
    """The topic that a word of direction is about: the nearest of its clause."""
    first, last = statement.clause_of(move.start)
    inside = [m for m in statement.mentions if first <= m.start < last]
    reached = [m for m in inside if not _is_beyond(statement, move, m)]
    if _is_answer(statement, move) or (inside and not reached):
        return ()
    if inside:
        nearest = min(reached, key=lambda m: _distance(m, move))
        if _OTHER_THING.search(statement.text[first : nearest.start]):
            return ()
        rivals = [m for m in _moves(statement) if first <= m.start < last]
        opens = statement.text[nearest.start : nearest.end].split()[0]
        other = "down" if move.sign > 0 else "up"
        if nearest.start > move.end and statement.lexicon.compiled[other].fullmatch(opens):
            return ()
        closest = min(rivals, key=lambda m: _distance(nearest, m), default=move)
        return nearest.topics if closest.sign == move.sign else ()
    return statement.topics_of((first, last))


_BEYOND = re.compile(
    r",\s*(?:vilket|vilka|något som|hvilket|noe som|which|something that|who)\s", re.IGNORECASE
)
_OTHER_THING = re.compile(
    r"\b(?:efterfrågan på|etterspørsel(?:en)? etter|demand for|prise(?:t|n|r|rna)? på|"
    r"prices? (?:of|for)|utbudet av|tilbudet av|supply of)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
"""What moved when "demand for steel and machines fell": the demand, not the machines."""
_THAT = re.compile(r"\b(?:att|at|that)\b", re.IGNORECASE)


def _is_beyond(statement: Statement, move: _Move, mention: Mention) -> bool:
    """ "demand fell, which touches sales": what the clause after is about has not moved."""
    return _BEYOND.search(statement.text, move.end, max(move.end, mention.start)) is not None


def _is_answer(statement: Statement, move: _Move) -> bool:
    """ "half of them state that sales have grown": the growth is the answer that they gave."""
    first, _ = statement.clause_of(move.start)
    told = list(
        statement.lexicon.compiled["attribution"].finditer(statement.text, first, move.start)
    )
    if not told or not _THAT.search(statement.text, told[-1].end(), move.start):
        return False
    return any(
        first <= q.start
        and q.end <= told[-1].start()
        and q.kind in ("percent", "word", "of", "count")
        for q in statement.quantities
    )


def _distance(mention: Mention, move: _Move) -> int:
    return max(mention.start - move.end, move.start - mention.end, 0)


def _speaks_of_change(statement: Statement, move: _Move) -> bool:
    """Comparisons ("higher than") need two waves; verbs of change do not."""
    if re.match(r"(?:högre|lägre|fler|färre|høyere|lavere|flere|higher|lower)", move.words.lower()):
        return sum(bool(m.waves) for m in statement.waves) >= 2 or any(
            m.relation == "since" for m in statement.waves
        )
    return True


def _ratios(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """ "halved", "doubled"."""
    language = statement.lexicon.code
    for quantity in statement.quantities:
        if quantity.kind != "ratio":
            continue
        if re.search(r"(?:så|as)$", quantity.text.lower()):
            continue
        pairs = [
            (topic, pair)
            for topic in _topics_near(statement, quantity.start)
            for pair in pairs_at(statement, tables, topic, quantity.end)
        ]
        if not pairs or any(_ratio_fits(quantity, *pair) for _, pair in pairs):
            continue
        topic, (before, after) = pairs[0]
        name = tables.name(topic)
        message = say(
            "ratio",
            language,
            words=quantity.text,
            before=shown(before, language, name),
            after=shown(after, language, name),
        )
        yield fault(
            statement, "quantity_word", "error", after, message, "", (quantity.start, quantity.end)
        )


def _ratio_fits(quantity: Quantity, before: TableCell, after: TableCell) -> bool:
    if before.value - before.slack <= 0:
        return False
    low = (after.value - after.slack) / (before.value + before.slack)
    high = (after.value + after.slack) / (before.value - before.slack)
    return quantity.allows((low + high) / 2, (high - low) / 2)


def _constants(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """ "unchanged", "relatively constant", "as high in 2009 as in 2007"."""
    language = statement.lexicon.code
    for field in ("constant", "same"):
        for start, end in statement.spots(field):
            times = re.search(r"(?:times|gånger|ganger|twice|dubbelt|dobbelt)\s+$",
                              statement.text[:start], re.IGNORECASE)  # fmt: skip
            if _is_denied(statement, start) or statement.has("tested") or times:
                continue
            topics = _topics_near(statement, start)
            if statement.has("anaphora") and not statement.mentions:
                topics = statement.recent
            for topic in topics:
                pairs = pairs_of(statement, tables, topic)
                since = any(m.relation == "since" for m in statement.waves)
                if field == "same" and len(_named(statement)) < 2 and not since:
                    continue
                moved = [p for p in pairs if _moved(p, "constant" if since else field)]
                if not pairs or len(moved) < (1 if field == "constant" else len(pairs)):
                    continue
                before, after = max(moved, key=lambda p: abs(p[1].value - p[0].value))
                name = tables.name(topic)
                message = say(
                    "not_constant",
                    language,
                    words=statement.text[start:end],
                    before=shown(before, language, name),
                    after=shown(after, language, name),
                )
                yield fault(
                    statement, "wrong_direction", "warning", after, message, "", (start, end)
                )
                break


def _named(statement: Statement) -> set[str]:
    return {w for m in statement.waves for w in m.waves}


def _moved(pair: Pair, field: str) -> bool:
    difference = abs(pair[1].value - pair[0].value)
    if pair[0].unit == "percent":
        if field == "constant" and within_noise(*pair):
            return False
        return difference > (_CONSTANT if field == "constant" else _SAME)
    return difference > _SAME_SHARE * max(abs(pair[0].value), 1e-9) + 0.1
