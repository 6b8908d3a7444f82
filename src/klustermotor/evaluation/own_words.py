"""The gate on what a report says by itself: its claims and tables pass through the proofreader."""

from collections.abc import Iterator, Mapping, Sequence

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.claim import Cell, Claim
from klustermotor.analysis.claims.evaluated import SURVEY
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.analysis.evaluation import Evaluation
from klustermotor.evaluation.proofreading import Figures, Place
from klustermotor.report.document import Document, Statement, Statements
from klustermotor.report.inline import runs

GAPS = "gaps.csv"


def faults_of_our_own(
    document: Document, evaluation: Evaluation, figures: Figures
) -> tuple[Fault, ...]:
    """The errors in sentences and tables of a report that no person wrote; () as it should be.

    Each claim is held against the cells that it is bound to, and no others: both sides of a gap,
    both waves of a change, each initiative that is compared.
    """
    claims = {claim.id: claim for claim in evaluation.findings}
    found = list(check_tables(figures.cells, language=document.language))
    for statement in _statements(document):
        text = "".join(run.text for run in runs(statement.text))
        claim = claims.get(statement.claim_id)
        if claim is not None:
            found += faults_in_claim(text, claim, figures, document.language)
        else:
            found += proofread(text, (), language=document.language, labels=figures.labels)
    return tuple(fault for fault in found if fault.severity == "error")


def faults_in_claim(text: str, claim: Claim, figures: Figures, language: str) -> tuple[Fault, ...]:
    """The faults in the words of a claim, held against the cells that it is bound to."""
    return proofread(
        text,
        _bound(claim, figures.by_place),
        language=language,
        labels=figures.labels,
        about=claim.initiative,
        initiatives=figures.initiatives,
    )


def _statements(document: Document) -> Iterator[Statement]:
    for content in document.contents():
        if isinstance(content, Statements):
            yield from content.items


def _bound(claim: Claim, by_place: Mapping[Place, Sequence[TableCell]]) -> tuple[TableCell, ...]:
    """The cells of a claim: its rows of estimates, both waves of a change, the response."""
    found: dict[TableCell, None] = {}
    for bound in claim.bound_to:
        wanted = bound.key.get("category")
        for place in _places(bound):
            for cell in by_place.get(place, ()):
                if cell.category == wanted or cell.item == SURVEY or _is_of_gap(bound, cell):
                    found[cell] = None
    return tuple(found)


def _is_of_gap(bound: Cell, cell: TableCell) -> bool:
    """Whether a cell is a gap, or the mean of one of its sides, and the row is that of the gap."""
    return bound.file == GAPS and cell.category in ("gap", "")


def _places(bound: Cell) -> list[Place]:
    key = bound.key
    waves = [key[name] for name in ("wave", "wave_from", "wave_to") if name in key]
    item = f"{key['block']}.{key['item']}" if "block" in key else SURVEY
    items = [item, f"{item}.now", f"{item}.wanted"] if bound.file == GAPS else [item]
    return [(key["initiative"], wave, one) for wave in waves for one in items]
