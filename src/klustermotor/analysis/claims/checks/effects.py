"""Effects claimed without a comparison of those who took part with those who did not."""

from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.checks.messages import say
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.reading.statement import Statement

_AHEAD = 50


def effect_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """What taking part is said to have caused, unless those who answer say so, or it is hedged."""
    text, lexicon = statement.text, statement.lexicon
    for field in ("strong_cause", "due_to", "weak_cause"):
        for match in lexicon.compiled[field].finditer(text):
            first, last = statement.clause_of(match.start())
            clause = text[first:last]
            strong = field != "weak_cause"
            if statement.has("hedge") and not _is_plain(statement, match.start()):
                continue
            if not strong and (statement.has("attribution")):
                continue
            where = {"weak_cause": clause, "strong_cause": text}.get(
                field, text[match.end() : match.end() + _AHEAD]
            )
            if not lexicon.has("agents", where) and not _names_one(where, tables):
                continue
            if not lexicon.has("outcomes", text):
                continue
            message = say("effect", lexicon.code, words=match[0])
            yield fault(
                statement, "effect", "warning", None, message, say("effect_right", lexicon.code),
                match.span(),
            )  # fmt: skip
            return


def _names_one(text: str, tables: Tables) -> bool:
    """Whether a text names one of the initiatives."""
    return any(name.lower() in text.lower() for name in tables.figures.initiatives)


def _is_plain(statement: Statement, at: int) -> bool:
    """Whether no word that hedges, negates or asks stands before the cause."""
    return not statement.lexicon.has("hedge", statement.text[:at])
