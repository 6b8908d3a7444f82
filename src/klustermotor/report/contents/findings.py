"""Findings as statements of the document, each with its n and a link to its table."""

from collections.abc import Iterable, Mapping, Sequence

from klustermotor.analysis.claims import Claim, render
from klustermotor.report.contents.context import Context
from klustermotor.report.document import Statement, Statements

_ORDER: Mapping[str, int] = {"key": 0, "normal": 1, "caution": 2}


def statements(
    context: Context, claims: Iterable[Claim], *, most: int = 6, as_list: bool = False
) -> tuple[Statements, ...]:
    """The claims in words; none gives nothing. At most so many, the main ones kept."""
    kept = main_claims(claims, most)
    if not kept:
        return ()
    return (Statements(tuple(statement(context, claim) for claim in kept), as_list),)


def statement(context: Context, claim: Claim) -> Statement:
    """One claim in words, bound to the table of its block."""
    target = context.anchor("table", claim.block) if claim.block else ""
    return Statement(said(context, claim), claim.n, claim.id, target)


def said(context: Context, claim: Claim) -> str:
    """The claim as a sentence or two of the report's language."""
    return render(claim, context.questionnaire, context.language)


def main_claims(claims: Iterable[Claim], most: int) -> Sequence[Claim]:
    """At most so many claims: main findings before others, in the order they came."""
    numbered = list(enumerate(claims))
    kept = sorted(numbered, key=lambda pair: _ORDER[pair[1].severity])[:most]
    return [claim for _, claim in sorted(kept, key=lambda pair: pair[0])]
