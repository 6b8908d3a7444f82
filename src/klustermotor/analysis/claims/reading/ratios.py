"""Words for how many times a figure has grown: "halved", "more than doubled"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantity import Quantity, modifier_of, modifiers
from klustermotor.analysis.claims.words import BY_ID
from klustermotor.analysis.claims.words import Quantity as Word

_BASES = ("halved", "doubled", "tripled", "quadrupled")
_FILLERS = r"(?:har|seg|sig|have|has|blivit|blitt|been|en|a|ett|et)"
_SHORT_OF, _BEYOND = 0.15, 0.2
Span = tuple[float, float, bool, bool]


@cache
def _pattern(code: str) -> tuple[re.Pattern[str], Mapping[str, Word]]:
    words = {form.lower(): BY_ID[id_] for id_ in _BASES for form in BY_ID[id_].forms(code)}
    bases = "|".join(sorted((re.escape(f).replace(r"\ ", r"\s+") for f in words), key=len)[::-1])
    given = "|".join(
        sorted((re.escape(m).replace(r"\ ", r"\s+") for m in modifiers(code)), key=len)[::-1]
    )
    return (
        re.compile(
            rf"(?<![\w-])(?:(?P<modifier>{given})\s+(?:{_FILLERS}\s+)*)?(?P<base>{bases})(?!\w)",
            re.IGNORECASE,
        ),
        words,
    )


def ratios(sentence: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """The ratios that a sentence tells in words."""
    expression, words = _pattern(lexicon.code)
    for match in expression.finditer(sentence):
        word = words[re.sub(r"\s+", " ", match["base"].lower())]
        modifier = modifier_of(match["modifier"], lexicon)
        yield Quantity(
            "ratio", word.centre, *_span(word, modifier), modifier, 0, match[0], *match.span(),
            word=word.id,
        )  # fmt: skip


def _span(word: Word, modifier: str) -> Span:
    """The range of a ratio: "almost halved" is not yet halved, "almost doubled" not yet twice."""
    centre = word.centre
    down = centre < 1
    short = (centre, centre + _SHORT_OF * (1 - centre) * 2) if down else (
        centre * (1 - _SHORT_OF), centre
    )  # fmt: skip
    beyond = (centre * (1 - _BEYOND), centre) if down else (centre, centre * (1 + _BEYOND))
    far = (0.0, centre) if down else (centre, float("inf"))
    not_yet = (centre, 1.0) if down else (1.0, centre)
    return {
        "": (word.low, word.high, True, True),
        "about": (centre * (1 - _SHORT_OF), centre * (1 + _SHORT_OF), True, True),
        "just_under": (*short, True, True),
        "near": (*short, True, True),
        "just_over": (*beyond, True, True),
        "more_than": (*far, True, True),
        "at_least": (*far, True, True),
        "less_than": (*not_yet, True, True),
        "at_most": (*not_yet, True, True),
    }[modifier]
