"""Superlatives: most, least, largest change, largest gap, against the items they are among."""

from collections.abc import Callable, Iterator

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import say, shown
from klustermotor.analysis.claims.checks.sides import gap_sides, side_of
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.reading.labels import Mention, Topic
from klustermotor.analysis.claims.reading.statement import Statement

_REACH = 110
Measure = Callable[[Topic], tuple[float, TableCell] | None]


def ranking_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Superlatives that name something that is not the extreme."""
    used: list[tuple[int, int]] = []
    fields = ["largest_rise", "largest_fall", "largest_change", "lowest", "highest"]
    if not statement.figures:
        fields.append("most_often")
    for field in fields:
        for span in statement.spots(field):
            if any(s < span[1] and span[0] < e for s, e in used):
                continue
            used.append(span)
            if _is_qualified(statement, span):
                continue
            if statement.has("so_far") and field in ("highest", "lowest"):
                yield from _over_time(statement, tables, field, span)
            else:
                yield from _judged(statement, tables, field, span)


def _over_time(
    statement: Statement, tables: Tables, field: str, span: tuple[int, int]
) -> Iterator[Fault]:
    """ "the highest so far": the extreme of the waves of one topic."""
    topics = statement.topics_of(statement.clause_of(span[0]))
    sign = -1 if field == "lowest" else 1
    verdicts = []
    for topic in topics:
        row = tables.figures.row(topic)
        named = [w for w in row if w in _wave_of(statement)]
        if len(row) < 2:
            return
        own = row[named[-1] if named else list(row)[-1]]
        best = max(row.values(), key=lambda cell: cell.value * sign)
        if (best.value - own.value) * sign <= own.slack:
            return
        verdicts.append((topic, own, best))
    if verdicts:
        yield _beaten(statement, tables, span, *verdicts[0])


def _beaten(  # noqa: PLR0917 - what is beaten by what
    statement: Statement, tables: Tables, span: tuple[int, int],
    topic: Topic, cell: TableCell, best: TableCell,
) -> Fault:  # fmt: skip
    language = statement.lexicon.code
    best_topic = Topic(best.initiative, best.table, best.item, best.category)
    message = say(
        "superlative", language, words=statement.text[span[0] : span[1]],
        top=shown(best, language, tables.name(best_topic)),
        cell=shown(cell, language, tables.name(topic)),
    )  # fmt: skip
    return fault(statement, "superlative", "error", best, message, tables.name(best_topic), span)


def _is_qualified(statement: Statement, span: tuple[int, int]) -> bool:
    """ "the second most", "one of the largest": no claim to be the extreme."""
    before = " ".join(statement.text[: span[0]].split()[-3:]).lower()
    after = " ".join(statement.text[span[1] :].split()[:1]).lower()
    near = statement.text[max(0, span[0] - 12) : span[0]]
    return (
        statement.lexicon.has("next_best", near)
        or before.endswith(("en av de", "ett av de", "en av dem", "one of the", "among the",
                            "bland de", "blant de", "et av de", "følgende tre", "följande tre",
                            "at", "the second"))
        or after in ("av", "andelen")
        or statement.lexicon.has("negation", " ".join(before.split()[-2:]))
    )  # fmt: skip


def _judged(
    statement: Statement, tables: Tables, field: str, span: tuple[int, int]
) -> Iterator[Fault]:
    mention = _meant(statement, span)
    if mention is None:
        return
    gap = statement.has("gap")
    sign = -1 if field in ("lowest", "largest_fall") else 1
    verdicts = []
    measure = _measure(statement, tables, field, gap)
    if _is_of_question(statement, mention.topics, span):
        return
    for topic in _sided(statement, mention.topics):
        if gap and measure(topic) is None:
            continue
        own = measure(topic)
        rivals = _rivals(topic, statement, tables, gap)
        others = [
            found
            for sibling in rivals
            if sibling != topic
            for found in [measure(sibling)]
            if found is not None
        ]
        if own is None or not others or any(o[1].unit != own[1].unit for o in others):
            return
        if own[1].unit == "other" or own[1].comparator != "=":
            return
        top = max(others, key=lambda o: o[0] * sign)
        if (top[0] - own[0]) * sign <= 1e-9:
            yield from _ties(statement, tables, topic, sign, span, field, gap)
            return
        verdicts.append((topic, own[1], top[1]))
    if verdicts and not _named_beside(statement, verdicts[0][2], tables):
        yield _beaten(statement, tables, span, *verdicts[0])


def _is_of_question(statement: Statement, topics: tuple[Topic, ...], span: tuple[int, int]) -> bool:
    """Whether the words are the question's own: "the most important partner"."""
    words = statement.text[span[0] : span[1]].lower()
    following = statement.text[span[1] :].split()[:1]
    phrase = f"{words} {following[0].lower()}" if following else words
    asked = [statement.questions.get(topic, "").lower() for topic in topics]
    return any(phrase in q or (len(words) > _LONG and words in q) for q in asked)


_LONG = 6


def _meant(statement: Statement, span: tuple[int, int]) -> Mention | None:
    """The mention that a superlative is about: after it within its reach, else before it."""
    first, last = statement.clause_of(span[0])
    after = [
        m for m in statement.mentions if span[1] <= m.start < last and m.start - span[1] <= _REACH
    ]
    before = [m for m in statement.mentions if first <= m.start and m.end <= span[0]]
    if after:
        return max(after[:2], key=lambda m: m.score) if len(after) > 1 else after[0]
    if before and before[-1].score >= _SURE:
        return before[-1]
    return None


_SURE = 0.9


def _named_beside(statement: Statement, best: TableCell, tables: Tables) -> bool:
    """Whether the true extreme is named in the sentence too, so that it may share the place."""
    topic = Topic(best.initiative, best.table, best.item, best.category)
    return any(topic in m.topics for m in statement.mentions)


def _sided(statement: Statement, topics: tuple[Topic, ...]) -> list[Topic]:
    """Of a motive and a result of one name, the one that the sentence speaks of."""
    kept = list(topics)
    for one, other in (("motive", "result"), ("now", "wanted")):
        has = statement.has(one), statement.has(other)
        if has[0] == has[1]:
            continue
        avoided = other if has[0] else one
        rest = [
            t
            for t in kept
            if not statement.lexicon.has(avoided, statement.questions.get(t, t.item))
            or statement.lexicon.has(one if has[0] else other, statement.questions.get(t, t.item))
        ]
        kept = rest or kept
    return kept


def _wave_of(statement: Statement) -> tuple[str, ...]:
    named = [w for m in statement.waves if m.relation != "since" for w in m.waves]
    return tuple(dict.fromkeys(named))


def _measure(statement: Statement, tables: Tables, field: str, gap: bool) -> Measure:
    """What is compared: the figure of the wave, its change, or its gap."""
    named = _wave_of(statement)
    every = {w for m in statement.waves for w in m.waves}

    def level(topic: Topic) -> tuple[float, TableCell] | None:
        row = tables.figures.row(topic)
        waves = [w for w in row if w in named] if named else list(row)[-1:]
        return (row[waves[-1]].value, row[waves[-1]]) if waves else None

    def change(topic: Topic) -> tuple[float, TableCell] | None:
        row = tables.figures.row(topic)
        known = [w for w in row if w in every]
        if len(every) > 1 and len(known) < len(every & set(statement.order)):
            return None
        if len(known) == 1 and len(row) > 1:
            at = list(row).index(known[0])
            known = (
                [known[0], list(row)[-1]] if at < len(row) - 1 else [list(row)[at - 1], known[0]]
            )
        elif not known:
            known = list(row)[-2:]
        if len(known) < 2:
            return None
        difference = row[known[-1]].value - row[known[0]].value
        return (abs(difference) if field == "largest_change" else difference, row[known[-1]])

    def distance(topic: Topic) -> tuple[float, TableCell] | None:
        sides = gap_sides(topic, statement, tables)
        if sides is None:
            return level(topic) if statement.lexicon.has("gap", topic.category) else None
        values = [level(side) for side in sides]
        if values[0] is None or values[1] is None:
            return None
        return values[1][0] - values[0][0], values[0][1]

    if gap:
        return distance
    return change if field.startswith("largest") else level


def _rivals(topic: Topic, statement: Statement, tables: Tables, gap: bool) -> tuple[Topic, ...]:
    """What a topic is ranked among; the present only with the present, the wanted likewise."""
    side = side_of(topic, statement)
    among = tables.figures.of_table(topic) if gap and side else tables.figures.siblings(topic)
    return tuple(t for t in among if side_of(t, statement) == side)


def _ties(  # noqa: PLR0917
    statement: Statement,
    tables: Tables,
    topic: Topic,
    sign: int,
    span: tuple[int, int],
    field: str,
    gap: bool,
) -> Iterator[Fault]:
    """ "as in earlier years": a place that was shared in one of them is worth a note."""
    if field not in ("highest", "lowest") or gap:
        return
    row = tables.figures.row(topic)
    for mention in statement.waves:
        if len(mention.waves) < 2 or not mention.relative:
            continue
        for wave in [w for w in mention.waves if w in row]:
            for sibling in tables.figures.siblings(topic):
                other = tables.figures.row(sibling).get(wave)
                if sibling == topic or other is None:
                    continue
                if (other.value - row[wave].value) * sign >= 0:
                    language = statement.lexicon.code
                    message = say(
                        "tied", language, words=statement.text[span[0] : span[1]], wave=wave,
                        top=shown(other, language, tables.name(sibling)),
                    )  # fmt: skip
                    yield fault(statement, "superlative", "note", other, message, "", span)
                    return
