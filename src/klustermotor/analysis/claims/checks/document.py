"""The same fact told two ways in one document, and answers told that are more than n."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.checks.meant import is_base
from klustermotor.analysis.claims.checks.messages import say
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import agrees
from klustermotor.analysis.claims.numbers import number
from klustermotor.analysis.claims.reading.binding import Bound, bindings
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement

_TOLD = 120
_ENOUGH_FOUND = 2


def document_faults(read: Sequence[Statement], tables: Tables) -> list[Fault]:
    """Faults that take more than one sentence to see."""
    return [
        *_ages(read),
        *_figures_twice(read, tables),
        *_too_many(read, tables),
        *_in_no_table(read, tables),
    ]


def _ages(read: Sequence[Statement]) -> Iterator[Fault]:
    """How long an initiative has been going, told in years."""
    told: dict[str, tuple[float, Statement, str]] = {}
    for statement in read:
        age = statement.lexicon.compiled["age"]
        for match in age.finditer(statement.text):
            word = next(g for g in match.groups() if g)
            try:
                years, _ = statement.lexicon.value(word)
            except ValueError:
                continue
            key = statement.initiative or "—"
            if key not in told:
                told[key] = (years, statement, match[0])
            elif told[key][0] != years:
                _, other, words = told[key]
                yield _twice(statement, match[0], match.span(), words, other)


def _twice(
    statement: Statement, words: str, span: tuple[int, int], other_words: str, other: Statement
) -> Fault:
    shown = other.sentence.shown
    message = say(
        "told_two_ways",
        statement.lexicon.code,
        words=words,
        other=other_words,
        sentence=shown if len(shown) <= _TOLD else shown[:_TOLD] + " …",
    )
    return fault(statement, "told_two_ways", "warning", None, message, "", span)


Key = tuple[Topic, str, str]


def _figures_twice(read: Sequence[Statement], tables: Tables) -> Iterator[Fault]:
    """One topic of one wave with two exact figures, and counted things with two counts."""
    told: dict[Key, tuple[Quantity, Statement]] = {}
    for statement in read:
        for told_of in bindings(statement):
            quantity = told_of.quantity
            if not told_of.sure or told_of.carried or len(told_of.waves) != 1:
                continue
            if quantity.kind != "percent" or not quantity.exact or quantity.role == "between":
                continue
            key = (told_of.topics[0], told_of.waves[0], quantity.kind)
            known = told.setdefault(key, (quantity, statement))
            if known[1] is statement and not told_of.time.named:
                continue
            if known[0].high < quantity.low or quantity.high < known[0].low:
                yield _twice(
                    statement,
                    quantity.text,
                    (quantity.start, quantity.end),
                    known[0].text,
                    known[1],
                )


def _too_many(read: Sequence[Statement], tables: Tables) -> Iterator[Fault]:
    """ "15 of the 21 … five … three": one answer each, and more answers than n."""
    by_paragraph: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in read:
        by_paragraph[statement.sentence.paragraph].append(statement)
    for group in by_paragraph.values():
        for i, statement in enumerate(group):
            whole = next((q for q in statement.quantities if q.kind == "of"), None)
            whole = whole or next((q for q in statement.quantities if is_base(q, statement)), None)
            single = _has_one_answer(statement, tables)
            counted = whole is not None and (single or (whole.out_of and _one_each(statement)))
            if whole is None or not counted:
                continue
            # one answer each is sure by the table, and then two parts will do; else by its words
            told = [(1, 2)] if single else []
            told += [(2, 3)] if _one_each(statement) and whole.out_of else []
            found = (_exceeding(group[i : i + length], whole, fewest) for length, fewest in told)
            yield from [fault_found for fault_found in found if fault_found is not None][:1]


def _exceeding(group: Sequence[Statement], whole: Quantity, fewest: int) -> Fault | None:
    """More answers than there were, told in the sentences of a group; None when there are not."""
    all_of_them = whole.out_of or whole.value
    parts = [q for s in group for q in s.quantities if _is_part(q, whole) and not is_base(q, s)]
    total = sum(q.value for q in parts)
    if len(parts) < fewest or total <= all_of_them:
        return None
    language = group[0].lexicon.code
    message = say(
        "counts_exceed", language, parts=" + ".join(number(q.value, language) for q in parts),
        total=number(total, language), n=number(all_of_them, language),
    )  # fmt: skip
    return fault(group[0], "counts_exceed_n", "error", None, message, "", (whole.start, whole.end))


def _has_one_answer(statement: Statement, tables: Tables) -> bool:
    """Whether all that is named are answers to one question with one answer each."""
    rows = [
        (topic.initiative, topic.table, topic.item, all(cell.base for cell in row.values()))
        for mention in statement.mentions
        for topic in mention.topics
        for row in [tables.figures.row(topic)]
    ]
    return len(statement.mentions) > 1 and len(set(rows)) == 1 and rows[0][3]


def _is_part(quantity: Quantity, whole: Quantity) -> bool:
    if quantity.kind == "of":
        return quantity.out_of == (whole.out_of or whole.value)
    return quantity.kind in ("count", "bare") and quantity.decimals == 0 and quantity.exact


def _one_each(statement: Statement) -> bool:
    """Whether the question lets each answer once: "most often", "who"."""
    words = statement.text.lower()
    return any(
        w in words
        for w in (
            "oftast",
            "vilken",
            "som tar initiativ",
            "hvem",
            "hvilken",
            "which",
            "who ",
            "most often",
            "initiativ",
        )
    )


def _in_no_table(read: Sequence[Statement], tables: Tables) -> Iterator[Fault]:
    """Percentages that no table has, in a passage whose other percentages the tables do have.

    A passage may be of a diagram, or of another study; that its other figures are found says
    that it is of these tables.
    """
    by_paragraph: defaultdict[int, list[tuple[Statement, Bound]]] = defaultdict(list)
    for statement in read:
        for told in bindings(statement):
            quantity = told.quantity
            if quantity.kind == "percent" and quantity.exact and not quantity.role:
                by_paragraph[statement.sentence.paragraph].append((statement, told))
    for group in by_paragraph.values():
        absent = [
            (statement, told)
            for statement, told in group
            if not any(agrees(told.quantity, cell) for cell in tables.figures.cells)
        ]
        found = [
            told
            for _, told in group
            if any(
                agrees(told.quantity, cell)
                for topic in told.topics
                for cell in tables.figures.row(topic).values()
            )
        ]
        if len(absent) != 1 or len(found) < _ENOUGH_FOUND:
            continue
        statement, told = absent[0]
        quantity = told.quantity
        if told.topics or not statement.has("attribution"):
            continue
        message = say("not_in_table", statement.lexicon.code, words=quantity.text)
        yield fault(
            statement, "not_in_table", "warning", None, message, "", (quantity.start, quantity.end)
        )
