"""Claims in words: a wording is chosen by the claim, and filled with its own figures only."""

import re
from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from zlib import crc32

from klustermotor.analysis.claims import en, nb, sv
from klustermotor.analysis.claims.claim import Claim
from klustermotor.analysis.claims.fields import Fields
from klustermotor.analysis.claims.language import Language
from klustermotor.analysis.claims.numbers import NBSP
from klustermotor.analysis.questionnaire import Questionnaire

LANGUAGES: Mapping[str, Language] = {"sv": sv.LANGUAGE, "nb": nb.LANGUAGE, "en": en.LANGUAGE}
_formatter = Formatter()


def render(claim: Claim, questionnaire: Questionnaire, language: str) -> str:
    """The claim as one or a few sentences of sv, nb or en, which can stand by themselves.

    The same claim always gets the same wording; like claims get different ones. Raises KeyError
    for another language, or when the claim lacks what its first sentence says.
    """
    return " ".join(sentences(claim, questionnaire, language))


def sentences(
    claim: Claim,
    questionnaire: Questionnaire,
    language: str,
    *,
    after: Claim | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...]:
    """The sentences of `render`; `after` is the claim told just before in the same paragraph.

    What that one has said already, the block's matter and the wave, is then not said again.
    `names` holds what initiatives are called, by key; one without a name goes by its key.
    """
    words = LANGUAGES[language]
    key = f"{claim.kind}.{claim.form}" if claim.form else claim.kind
    if after is not None and _goes_on(claim, after) and f"{key}@after" in words.templates:
        key = f"{key}@after"
    variants = words.templates[key]
    first, *more = variants[crc32(claim.id.encode()) % len(variants)]
    fields = Fields(claim, questionnaire, words, names)
    told = [_formatter.vformat(first, (), fields)]
    for sentence in more:
        try:
            told.append(_formatter.vformat(sentence, (), fields))
        except KeyError:
            continue
    return tuple(map(_finished, told))


def _goes_on(claim: Claim, after: Claim) -> bool:
    """Whether both are about the same initiative, block and latest wave."""
    about = [
        (c.initiative, c.block, c.subjects.get("wave_to") or c.subjects.get("wave"))
        for c in (claim, after)
    ]
    return about[0] == about[1]


def _finished(sentence: str) -> str:
    """A sentence with its capital, single spaces, and no break inside ``n = 23``."""
    text = re.sub(" +(?=[ .,])", "", sentence).replace("n = ", f"n{NBSP}={NBSP}")
    opening = re.match(r"[«“]", text)
    at = 1 if opening else 0
    return text[:at] + text[at].upper() + text[at + 1 :]
