"""Effects claimed without a comparison, and measures compared that cannot be."""

from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.checks.messages import say
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.statement import Statement


def effect_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """What taking part is said to have caused, unless those who answer say so, or it is hedged."""
    text, lexicon = statement.text, statement.lexicon
    for field in ("strong_cause", "weak_cause"):
        for match in lexicon.compiled[field].finditer(text):
            first, last = statement.clause_of(match.start())
            clause = text[first:last]
            strong = field == "strong_cause"
            if statement.has("hedge") and not _is_plain(statement, match.start()):
                continue
            if not strong and (statement.has("attribution")):
                continue
            if not lexicon.has("agents", clause if not strong else text):
                continue
            if not lexicon.has("outcomes", text):
                continue
            message = say("effect", lexicon.code, words=match[0])
            yield fault(
                statement, "effect", "warning", None, message, say("effect_right", lexicon.code),
                match.span(),
            )  # fmt: skip
            return


def _is_plain(statement: Statement, at: int) -> bool:
    """Whether no word that hedges, negates or asks stands before the cause."""
    return not statement.lexicon.has("hedge", statement.text[:at])


def incomparable_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """A motive beside a result, as if they were measured alike."""
    text, lexicon = statement.text, statement.lexicon
    if not (statement.has("motive") and statement.has("result") and statement.has("compare")):
        return
    if statement.has("incomparable"):
        return
    figures = [q for q in statement.quantities if q.kind in ("percent", "word", "of", "count")]
    topics = {t for m in statement.mentions for t in m.topics}
    asked = {_side(t, statement) for t in topics} - {""}
    if len(figures) < 2 or (topics and not asked):
        return
    motive = lexicon.compiled["motive"].search(text)
    assert motive is not None
    message = say("incomparable", lexicon.code)
    yield fault(
        statement, "incomparable", "warning", None, message,
        say("incomparable_right", lexicon.code), motive.span(),
    )  # fmt: skip


def _side(topic: Topic, statement: Statement) -> str:
    question = statement.questions.get(topic, topic.item)
    for name in ("motive", "result"):
        if statement.lexicon.has(name, question):
            return name
    return ""
