"""Measures compared that cannot be: of other units, bases or numbers of choices."""

from collections.abc import Iterator
from itertools import combinations

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import say
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import agrees
from klustermotor.analysis.claims.reading.binding import Bound, bindings
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.statement import Statement


def unlike_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """A motive beside a result, or two other measures, as if they were measured alike."""
    if statement.has("incomparable"):
        return
    found = _motive_and_result(statement) or _of_two_questions(statement, tables)
    if found is not None:
        yield found


def _motive_and_result(statement: Statement) -> Fault | None:
    lexicon = statement.lexicon
    if not all(statement.has(field) for field in ("motive", "result", "compare")):
        return None
    figures = statement.figures
    topics = {t for m in statement.mentions for t in m.topics}
    asked = {_side(t, statement) for t in topics} - {""}
    if len(figures) < 2 or (topics and not asked):
        return None
    motive = lexicon.compiled["motive"].search(statement.text)
    assert motive is not None
    message = say("incomparable", lexicon.code)
    return fault(
        statement, "incomparable", "warning", None, message,
        say("incomparable_right", lexicon.code), motive.span(),
    )  # fmt: skip


def _side(topic: Topic, statement: Statement) -> str:
    question = statement.questions.get(topic, topic.item)
    for name in ("motive", "result"):
        if statement.lexicon.has(name, question):
            return name
    return ""


def _of_two_questions(statement: Statement, tables: Tables) -> Fault | None:
    """Two figures of different questions set against each other, which differ in what they are."""
    linked = statement.spots("than")
    if not linked:
        return None
    told = [(b, cell) for b in bindings(statement) if (cell := _cell(b, tables)) is not None]
    for (first, one), (second, other) in combinations(told, 2):
        between = [s for s in linked if first.quantity.start < s[0] < second.quantity.end]
        if not between or (one.initiative, one.table) == (other.initiative, other.table):
            continue
        if one.initiative != other.initiative or one.wave != other.wave:
            continue
        difference = _difference(one, other)
        if difference:
            language = statement.lexicon.code
            message = say(
                "unlike", language, first=first.quantity.text, second=second.quantity.text,
                difference=say(difference, language),
            )  # fmt: skip
            return fault(
                statement, "incomparable", "warning", other, message,
                say("incomparable_right", language), between[0],
            )  # fmt: skip
    return None


def _cell(bound: Bound, tables: Tables) -> TableCell | None:
    """The one cell that a figure rightly tells; None when it is not told surely."""
    if bound.quantity.kind not in ("percent", "word", "of", "count") or bound.quantity.role:
        return None
    tables_meant = {(t.initiative, t.table) for t in bound.topics}
    cells = [
        cell
        for topic in bound.topics
        for wave, cell in tables.figures.row(topic).items()
        if wave in bound.waves and agrees(bound.quantity, cell)
    ]
    return cells[0] if cells and len(tables_meant) == 1 else None


def _difference(one: TableCell, other: TableCell) -> str:
    """How two cells differ so that they cannot be compared; empty when they can."""
    if one.unit != other.unit:
        return "differs_unit"
    if bool(one.base) != bool(other.base):
        return "differs_base"
    known = [c.n_min is not None and c.n_max is not None for c in (one, other)]
    if all(known) and (one.n_max < other.n_min or other.n_max < one.n_min):  # type: ignore[operator]
        return "differs_base"
    return ""
