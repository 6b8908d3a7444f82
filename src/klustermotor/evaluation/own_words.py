"""The gate on what a report says by itself: its claims and tables pass through the proofreader."""

from collections.abc import Iterable, Iterator

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.evaluation.proofreading import Figures
from klustermotor.initiatives.models import Initiative
from klustermotor.report.document import Content, Document, Figure, Section, Statements


def faults_of_our_own(
    document: Document, figures: Figures, initiatives: Iterable[Initiative]
) -> tuple[Fault, ...]:
    """The errors in sentences and tables of a report that no person wrote; () as it should be.

    `initiatives` are those that have a chapter, when the report is of a round: a chapter's
    sentences are held against its own initiative's figures.
    """
    found = list(check_tables(figures.cells, language=document.language))
    slugs = {initiative.name: initiative.slug for initiative in initiatives}
    for section in document.sections:
        about = slugs.get(section.title)
        cells = [c for c in figures.cells if about is None or c.initiative == about]
        text = "\n\n".join(_said(section))
        found += proofread(text, cells, language=document.language, labels=figures.labels)
    return tuple(fault for fault in found if fault.severity == "error")


def _said(section: Section) -> Iterator[str]:
    """A section's own paragraphs, as it states them; not what people wrote."""
    for content in section.content:
        yield from _paragraphs(content)
    for below in section.sections:
        yield from _said(below)


def _paragraphs(content: Content) -> Iterator[str]:
    if isinstance(content, Figure):
        yield content.title
    elif isinstance(content, Statements) and content.as_list:
        yield from (statement.text for statement in content.items)
    elif isinstance(content, Statements):
        yield " ".join(statement.text for statement in content.items)
