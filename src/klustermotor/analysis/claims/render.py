"""Claims in words: a wording is chosen by the claim, and filled with its own figures only."""

import re
from collections.abc import Mapping
from string import Formatter
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
    """The claim as one or a few sentences of sv, nb or en.

    The same claim always gets the same wording; like claims get different ones. Raises KeyError
    for another language, or when the claim lacks what its first sentence says.
    """
    words = LANGUAGES[language]
    key = f"{claim.kind}.{claim.form}" if claim.form else claim.kind
    variants = words.templates[key]
    first, *more = variants[crc32(claim.id.encode()) % len(variants)]
    fields = Fields(claim, questionnaire, words)
    sentences = [_formatter.vformat(first, (), fields)]
    for sentence in more:
        try:
            sentences.append(_formatter.vformat(sentence, (), fields))
        except KeyError:
            continue
    return " ".join(map(_finished, sentences))


def _finished(sentence: str) -> str:
    """A sentence with its capital, single spaces, and no break inside ``n = 23``."""
    text = re.sub(" +(?=[ .,])", "", sentence).replace("n = ", f"n{NBSP}={NBSP}")
    opening = re.match(r"[«“]", text)
    at = 1 if opening else 0
    return text[:at] + text[at].upper() + text[at + 1 :]
