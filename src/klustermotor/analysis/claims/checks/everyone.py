"""All and none of those who answered, where the table has another share."""

import re
from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks.messages import percent, say, shown
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import as_percent
from klustermotor.analysis.claims.reading.labels import Topic, names
from klustermotor.analysis.claims.reading.statement import Statement

_REACH = 60
_NEARLY = re.compile(
    r"(?:nästan|nära nog|så gott som|i stort sett|nesten|omtrent|nearly|almost|virtually)$", re.I
)
"""Before "all companies", what makes a share of them."""


def everyone_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """ "All companies" and "no company" where the cell says otherwise."""
    language = statement.lexicon.code
    for field, whole in (("all_people", 100.0), ("no_people", 0.0)):
        for match in statement.lexicon.compiled[field].finditer(statement.text):
            clause = statement.clause_of(match.start())
            if _is_of_label(match[0], statement, tables):
                continue
            lead = " ".join(statement.text[: match.start()].split()[-2:])
            denied = any(
                statement.lexicon.has("negation", words)
                for words in (lead, statement.text[match.end() :])
            )
            if denied or _NEARLY.search(lead) or not _is_told_of_answers(statement, match.end()):
                continue
            topics = _after(statement, match.end(), clause)
            cells = [
                cell
                for topic in topics
                for cell in _of_waves(statement, tables, topic)
                if as_percent(cell) is not None
            ]
            cells = [cell for cell in cells if cell.unit == "percent"] or cells
            shares = [(cell, as_percent(cell)) for cell in cells]
            if not cells or any(
                s is not None and abs(s[0] - whole) <= s[1] + 1e-9 for _, s in shares
            ):
                continue
            if any(cell.base for cell in cells):
                continue
            near = [
                c for c, s in shares if s is not None and abs(s[0] - whole) < 50 + 50 * (whole == 0)
            ]
            cell = (near or cells)[0]
            topic = Topic(cell.initiative, cell.table, cell.item, cell.category)
            share = as_percent(cell)
            message = say(
                "quantity_word", language, words=match[0],
                cell=shown(cell, language, tables.name(topic)),
            )  # fmt: skip
            suggestion = percent(share[0], language, 0) if share else ""
            yield fault(
                statement, "quantity_word", "error", cell, message, suggestion, match.span()
            )


def _is_of_label(words: str, statement: Statement, tables: Tables) -> bool:
    """Whether "none of the staff" are words of a label that the sentence names."""
    return any(
        name.lower().startswith(words.lower()[:12])
        for mention in statement.mentions
        for topic in mention.topics
        for key in (topic.item, topic.category)
        for name in names(key, tables.labels)
    )


def _is_told_of_answers(statement: Statement, at: int) -> bool:
    """Whether "all" is of what was answered or gained, not of what is hoped or offered."""
    if statement.has("attribution"):
        return True
    following = [m for m in statement.mentions if m.start >= at]
    if not following or not following[0].whole or following[0].start - at > _REACH:
        return False
    between = statement.text[at : following[0].start]
    return statement.lexicon.has("gains", between) and not statement.lexicon.has("hedge", between)


def _after(statement: Statement, at: int, clause: tuple[int, int]) -> tuple[Topic, ...]:
    """The topics named after a word, at whatever distance within the sentence."""
    following = [m for m in statement.mentions if m.end > at]
    inside = [m for m in following if m.start < clause[1]]
    return tuple(t for m in inside[:1] or following[:1] for t in m.topics)


def _of_waves(statement: Statement, tables: Tables, topic: Topic) -> list[TableCell]:
    row = tables.figures.row(topic)
    named = [w for mention in statement.waves for w in mention.waves]
    inside = [row[w] for w in named if w in row]
    return inside or (list(row.values())[-1:] if not named else [])
