"""Findings as statements of the document, each with its n and a link to its table."""

import re
from collections.abc import Iterable, Mapping, Sequence

from klustermotor.analysis.claims import Claim, render
from klustermotor.report.contents.context import Context
from klustermotor.report.document import Statement, Statements

_ORDER: Mapping[str, int] = {"key": 0, "normal": 1, "caution": 2}


def statements(
    context: Context, claims: Iterable[Claim], *, most: int = 4, as_list: bool = False
) -> tuple[Statements, ...]:
    """The claims in words; none gives nothing. At most so many, the main ones kept."""
    kept = main_claims(claims, most)
    if not kept:
        return ()
    return (Statements(tuple(statement(context, claim) for claim in kept), as_list),)


def statement(context: Context, claim: Claim) -> Statement:
    """One claim in words, bound to the table of its block."""
    target = context.anchor("table", claim.block) if claim.block else ""
    words = said(context, claim)
    linked = _linked(words, claim.n, target)
    return Statement(linked or words, None if linked else claim.n, claim.id, target)


def _linked(words: str, n: int | None, target: str) -> str:
    """The sentence with its own mention of n made a link; empty when it does not say n."""
    if n is None or not target:
        return ""
    linked, made = re.subn(
        rf"\((?P<lead>[^()]*?)(?P<base>n\s=\s{n}|\d+ (?:av|of) {n})\)",
        rf"(\g<lead>[\g<base>](#{target}))",
        words,
        count=1,
    )
    return linked if made else ""


def said(context: Context, claim: Claim) -> str:
    """The claim as a sentence or two of the report's language."""
    return render(claim, context.questionnaire, context.language)


def main_claims(claims: Iterable[Claim], most: int) -> Sequence[Claim]:
    """At most so many claims: main findings before others, in the order they came."""
    numbered = list(enumerate(claims))
    kept = sorted(numbered, key=lambda pair: _ORDER[pair[1].severity])[:most]
    return [claim for _, claim in sorted(kept, key=lambda pair: pair[0])]
