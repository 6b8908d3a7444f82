"""The gate on what a report says by itself: its claims and tables pass through the proofreader."""

from collections.abc import Iterator, Mapping, Sequence

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.claim import Cell, Claim
from klustermotor.analysis.claims.evaluated import SURVEY
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.analysis.evaluation import Evaluation
from klustermotor.evaluation.proofreading import Figures
from klustermotor.report.document import Document, Statement, Statements
from klustermotor.report.inline import runs


def faults_of_our_own(
    document: Document, evaluation: Evaluation, figures: Figures
) -> tuple[Fault, ...]:
    """The errors in sentences and tables of a report that no person wrote; () as it should be.

    Each claim is held against the cells that it is bound to, and no others. Claims that
    tell two figures of one item in one clause are left out: both sides of a gap, two initiatives.
    """
    claims = {claim.id: claim for claim in evaluation.findings}
    by_place = _by_place(figures.cells)
    found = list(check_tables(figures.cells, language=document.language))
    for statement in _statements(document):
        claim = claims.get(statement.claim_id)
        if claim and _tells_an_item_twice(claim):
            continue
        cells = _bound(claim, by_place) if claim else ()
        text = "".join(run.text for run in runs(statement.text))
        found += proofread(text, cells, language=document.language, labels=figures.labels)
    return tuple(fault for fault in found if fault.severity == "error")


def _tells_an_item_twice(claim: Claim) -> bool:
    gap = any(bound.file == "gaps.csv" for bound in claim.bound_to)
    return gap or len({bound.key["initiative"] for bound in claim.bound_to}) > 1


def _statements(document: Document) -> Iterator[Statement]:
    for content in document.contents():
        if isinstance(content, Statements):
            yield from content.items


Place = tuple[str, str, str]
"""Initiative, wave and ``block.item``."""


def _by_place(cells: Sequence[TableCell]) -> Mapping[Place, list[TableCell]]:
    found: dict[Place, list[TableCell]] = {}
    for cell in cells:
        found.setdefault((cell.initiative, cell.wave, cell.item), []).append(cell)
    return found


def _bound(claim: Claim, by_place: Mapping[Place, list[TableCell]]) -> tuple[TableCell, ...]:
    """The cells of a claim: its rows of estimates, both waves of a change, the response."""
    found: dict[TableCell, None] = {}
    for bound in claim.bound_to:
        wanted = bound.key.get("category")
        for place in _places(bound):
            for cell in by_place.get(place, ()):
                if cell.category == wanted or cell.item == SURVEY:
                    found[cell] = None
    return tuple(found)


def _places(bound: Cell) -> list[Place]:
    key = bound.key
    waves = [key[name] for name in ("wave", "wave_from", "wave_to") if name in key]
    item = f"{key['block']}.{key['item']}" if "block" in key else SURVEY
    return [(key["initiative"], wave, item) for wave in waves]
