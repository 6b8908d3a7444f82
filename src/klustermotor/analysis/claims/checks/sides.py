"""The present and the wanted of an item, found by the words of their questions."""

from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.statement import Statement


def gap_sides(topic: Topic, statement: Statement, tables: Tables) -> tuple[Topic, Topic] | None:
    """The present and the wanted of a topic's item; None when it has not one of each."""
    for same in ("category", "item"):
        sides: dict[str, list[Topic]] = {"now": [], "wanted": []}
        for t in tables.figures.of_table(topic):
            if getattr(t, same) == getattr(topic, same):
                sides.get(side_of(t, statement), []).append(t)
        if len(sides["now"]) == len(sides["wanted"]) == 1:
            return sides["now"][0], sides["wanted"][0]
    return None


def side_of(topic: Topic, statement: Statement) -> str:
    """Whether a topic tells the present or the wanted; empty when neither or both."""
    question = statement.questions.get(topic, topic.item)
    told = [side for side in ("now", "wanted") if statement.lexicon.has(side, question)]
    return told[0] if len(told) == 1 else ""
