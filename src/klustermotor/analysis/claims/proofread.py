"""The proofreader: report text and tables in, faults out. Pure, and silent when all is right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.checks import SENTENCE_CHECKS
from klustermotor.analysis.claims.checks.document import document_faults
from klustermotor.analysis.claims.checks.tables import table_faults
from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.figures import Figures, agrees
from klustermotor.analysis.claims.reading import LEXICONS, language_of
from klustermotor.analysis.claims.reading.binding import bindings
from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.others import alone, told_of_others, without
from klustermotor.analysis.claims.reading.reader import statements
from klustermotor.analysis.claims.reading.sentences import sentences

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
    about: str = "",
    initiatives: Mapping[str, Sequence[str]] = NO_LABELS,
) -> tuple[Fault, ...]:
    """The faults of a text against its tables, in the order of the text.

    `labels` are further names of an item, by the item as the cells have it; the first is the one
    that messages use. The language is told from the text when it is not given.

    `about` is the initiative that the text is about, when the cells are of several. What it says
    of another one beside ("compared with 39 percent in …") is then held against the cells of that
    one; `initiatives` are the names that others go by, those without cells too.
    """
    lexicon = LEXICONS[language or language_of(text)]
    if not about:
        return _in_order(_read(text, cells, labels, lexicon))
    names = {cell.initiative: () for cell in cells if cell.initiative} | dict(initiatives)
    besides = told_of_others(text, about, names, lexicon)
    own = [cell for cell in cells if cell.initiative in ("", about)]
    found = _read(without(text, besides), own, labels, lexicon)
    for beside in besides:
        theirs = [cell for cell in cells if cell.initiative and cell.initiative == beside.of]
        if theirs:
            told = _read(alone(text, beside, lexicon), theirs, labels, lexicon)
            found += [fault for fault in told if beside.start <= fault.start < beside.end]
    return _in_order([_whole(fault, text) for fault in found])


def bears_out(sentence: str, cells: Sequence[TableCell], *, language: str) -> bool:
    """Whether tables have a figure that a sentence tells, and nothing that speaks against it.

    Tells of which of several tables with like rows a sentence is: of the one that it stands by.
    """
    lexicon = LEXICONS[language]
    if any(fault.severity != "note" for fault in _read(sentence, cells, NO_LABELS, lexicon)):
        return False
    figures = Figures(cells)
    return any(
        agrees(bound.quantity, cell)
        for statement in statements(sentence, figures, NO_LABELS, lexicon)
        for bound in bindings(statement)
        for topic in bound.topics
        for cell in figures.row(topic).values()
    )


def _whole(fault: Fault, text: str) -> Fault:
    """A fault whose sentence stands as it does in the text, with what was left out in reading."""
    for sentence in sentences(text):
        if sentence.start <= fault.start < sentence.start + len(sentence.text):
            return replace(fault, sentence=sentence.shown)
    return fault


def _read(
    text: str,
    cells: Sequence[TableCell],
    labels: Mapping[str, Sequence[str]],
    lexicon: Lexicon,
) -> list[Fault]:
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
    return found


def _in_order(found: Sequence[Fault]) -> tuple[Fault, ...]:
    """By place, the gravest first; one fault of a kind at a place."""
    order = {"error": 0, "warning": 1, "note": 2}
    unique = {(f.start, f.end, f.kind): f for f in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda f: (f.start, order[f.severity], f.end)))
