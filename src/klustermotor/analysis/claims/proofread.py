"""The proofreader: report text and tables in, faults out. Pure, and silent when all is right."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks import SENTENCE_CHECKS
from klustermotor.analysis.claims.checks.document import document_faults
from klustermotor.analysis.claims.checks.tables import table_faults
from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.figures import Figures
from klustermotor.analysis.claims.reading import LEXICONS, language_of
from klustermotor.analysis.claims.reading.reader import statements

NO_LABELS: Mapping[str, Sequence[str]] = MappingProxyType({})


def check_tables(cells: Sequence[TableCell], *, language: str = "sv") -> tuple[Fault, ...]:
    """The faults of tables by themselves: impossible percentages (GRIM), columns that do not
    add up to 100 beyond rounding, and counts beyond n where one answer each was given.

    Source: Brown & Heathers (2017), The GRIM test. `language` is that of the messages.
    """
    return table_faults(cells, language)


def proofread(
    text: str,
    cells: Sequence[TableCell],
    *,
    language: str | None = None,
    labels: Mapping[str, Sequence[str]] = NO_LABELS,
) -> tuple[Fault, ...]:
    """The faults of a text against its tables, in the order of the text.

    `labels` are further names of an item, by the item as the cells have it; the first is the one
    that messages use. The language is told from the text when it is not given.
    """
    lexicon = LEXICONS[language or language_of(text)]
    figures = Figures(cells)
    tables = Tables(figures, labels)
    read = list(statements(text, figures, labels, lexicon))
    found = [
        fault
        for statement in read
        for check in SENTENCE_CHECKS
        for fault in check(statement, tables)
    ]
    found += document_faults(read, tables)
    return _in_order(found)


def _in_order(found: Sequence[Fault]) -> tuple[Fault, ...]:
    """By place, the gravest first; one fault of a kind at a place."""
    order = {"error": 0, "warning": 1, "note": 2}
    unique = {(f.start, f.end, f.kind): f for f in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda f: (f.start, order[f.severity], f.end)))
