"""What an evaluation shows, as claims in the order that a reader wants them."""

from collections.abc import Iterable

from klustermotor.analysis.claims.changes import change_claims
from klustermotor.analysis.claims.claim import Claim, Reference, Target
from klustermotor.analysis.claims.comparisons import (
    expected_delivered_claims,
    reference_claims,
    round_claims,
    target_claims,
)
from klustermotor.analysis.claims.gap_claims import gap_claims
from klustermotor.analysis.claims.levels import level_claims
from klustermotor.analysis.claims.render import LANGUAGES, render
from klustermotor.analysis.claims.survey import survey_claims
from klustermotor.analysis.claims.tables import Tables, index
from klustermotor.analysis.evaluation import Evaluation
from klustermotor.analysis.questionnaire import Block, Questionnaire

MOST_PER_BLOCK = 6


def find(
    evaluation: Evaluation,
    *,
    reference: Iterable[Reference] = (),
    targets: Iterable[Target] = (),
    round: Evaluation | None = None,
) -> tuple[Claim, ...]:
    """The findings of an evaluation, by initiative, then survey, then block by block.

    Everything is read from the evaluation's tables, which are under disclosure control already;
    a suppressed row makes no claim and leaves no superlative over what it hides. `round` holds
    the year's other initiatives (it may hold this one too). Within a block: where things stand,
    what changed, what was expected, what others have; at most `MOST_PER_BLOCK`.
    """
    targets, reference = tuple(targets), tuple(reference)
    others = index(round) if round is not None else {}
    claims: list[Claim] = []
    for tables in index(evaluation).values():
        claims += survey_claims(tables)
        compared = target_claims(tables, targets) + reference_claims(tables, reference)
        for block in evaluation.questionnaire.blocks:
            claims += _block_claims(tables, block, others)
            claims += [claim for claim in compared if claim.block == block.id]
    return tuple(claims)


def findings(evaluation: Evaluation, language: str) -> list[dict[str, object]]:
    """The findings as `findings.json` holds them, in sv, nb or en.

    Each is ``{id, kind, severity, text, bound_to, certain}``; ``bound_to`` lists the rows as
    ``{file, …the row's key}``. Finds them itself when the evaluation carries none.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return [
        _as_row(claim, evaluation.questionnaire, language)
        for claim in evaluation.findings or find(evaluation)
    ]


def _as_row(claim: Claim, questionnaire: Questionnaire, language: str) -> dict[str, object]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "severity": claim.severity,
        "text": render(claim, questionnaire, language),
        "bound_to": [{"file": cell.file, **cell.key} for cell in claim.bound_to],
        "certain": claim.certain,
    }


def _block_claims(tables: Tables, block: Block, others: dict[str, Tables]) -> list[Claim]:
    wave = tables.latest(block)
    if wave is None:
        return []
    claims = [
        *level_claims(tables, block, wave),
        *gap_claims(tables, block, wave),
        *change_claims(tables, block, wave),
        *expected_delivered_claims(tables, block, wave),
        *round_claims(tables, block, wave, others),
    ]
    return _most_important(claims)


_ORDER = (
    "ranking", "level", "distribution", "largest_gap", "change", "expected_delivered",
    "share", "no_certain_change", "round", "highest_now", "lowest", "majority",
)  # fmt: skip


def _most_important(claims: list[Claim]) -> list[Claim]:
    """At most `MOST_PER_BLOCK` claims, the least important left out, in their own order."""
    kept = sorted(claims, key=lambda claim: _ORDER.index(claim.kind))[:MOST_PER_BLOCK]
    return [claim for claim in claims if claim in kept]
