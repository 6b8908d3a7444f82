"""Findings as statements of the document, each with its n and a link to its table."""

import re
from collections.abc import Iterable, Mapping, Sequence

from klustermotor.analysis.claims import Claim
from klustermotor.analysis.claims.render import sentences
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
    told = _in_turn(context, kept, alone=as_list)
    made = (statement(context, claim, words) for claim, words in zip(kept, told, strict=True))
    return (Statements(tuple(made), as_list),)


def _in_turn(context: Context, claims: Sequence[Claim], *, alone: bool) -> list[str]:
    """The words of each claim. In running text, a sentence that a later claim says too is left
    to the last one; in a list each claim stands `alone`."""
    if alone:
        return [said(context, claim) for claim in claims]
    before: list[Claim | None] = [None, *claims[:-1]]
    told = [_sentences(context, claim, after) for claim, after in zip(claims, before, strict=True)]
    return [
        " ".join(one for one in own if not any(one in later for later in told[place + 1 :]))
        for place, own in enumerate(told)
    ]


def statement(context: Context, claim: Claim, words: str) -> Statement:
    """One claim in these words, bound to the table of its block."""
    target = context.anchor("table", claim.block) if claim.block else ""
    linked = _linked(words, claim.n, target)
    return Statement(linked or words, None if linked else claim.n, claim.id, target)


def _linked(words: str, n: int | None, target: str) -> str:
    """The sentence with its own mention of n made a link; empty when it does not say n."""
    if n is None or not target:
        return ""
    for pattern in (
        rf"(?P<lead>\([^()]*?)(?P<base>n\s=\s{n}|\d+ (?:av|of) {n})(?=\))",
        rf"(?P<lead>\b(?:[Ss]amtlig[ae]|[Aa]ll) )(?P<base>{n})(?= )",
    ):
        linked, made = re.subn(pattern, rf"\g<lead>[\g<base>](#{target})", words, count=1)
        if made:
            return linked
    return ""


def said(context: Context, claim: Claim) -> str:
    """The claim as a sentence or two of the report's language."""
    return " ".join(_sentences(context, claim))


def _sentences(context: Context, claim: Claim, after: Claim | None = None) -> tuple[str, ...]:
    return sentences(
        claim, context.questionnaire, context.language, after=after, names=context.names
    )


def main_claims(claims: Iterable[Claim], most: int) -> Sequence[Claim]:
    """At most so many claims: main findings before others, in the order they came."""
    numbered = list(enumerate(claims))
    kept = sorted(numbered, key=lambda pair: _ORDER[pair[1].severity])[:most]
    return [claim for _, claim in sorted(kept, key=lambda pair: pair[0])]
