"""A quantity as a range of values, and how far its modifiers widen it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.words import MODIFIERS, span_of

Kind = Literal["percent", "points", "count", "of", "word", "ratio", "bare", "n"]
"""`of` is x of y as a share; `word` a share in words; `bare` a number without a unit; `n` the
number of answers in brackets."""
Role = Literal["", "from", "to", "between", "via"]
_ABOUT_PERCENT, _ABOUT_COUNT = 3.0, 0.07
_JUST, _NEAR = 4.0, 5.0
_ROOM, _MORE_ROOM = 1.25, 1.5


@dataclass(frozen=True)
class Quantity:
    """A quantity: shares and points in percent, counts and bare numbers as they are.

    `low` and `high` bound what the words allow, each included or not. `out_of` is y of "x of y".
    """

    kind: Kind
    value: float
    low: float
    high: float
    low_included: bool
    high_included: bool
    modifier: str
    decimals: int
    text: str
    start: int
    end: int
    out_of: float | None = None
    role: Role = ""
    word: str = ""
    noun: str = ""
    """What follows a number that is counted: "företagsbesök"."""

    def allows(self, value: float, slack: float = 0.0) -> bool:
        """Whether the words may be used for a value known to within `slack`."""
        above = value + slack > self.low or (self.low_included and value + slack > self.low - 1e-9)
        below = value - slack < self.high or (
            self.high_included and value - slack < self.high + 1e-9
        )
        return above and below

    @property
    def exact(self) -> bool:
        """A figure, with no modifier to widen it."""
        return self.kind not in ("word", "ratio") and self.modifier == ""


def percent_span(value: float, modifier: str, decimals: int) -> tuple[float, float, bool, bool]:
    """The range of percent that a number with its modifier allows."""
    half = 0.5 * 10.0**-decimals
    return {
        "": (value - half, value + half, True, True),
        "about": (value - _ABOUT_PERCENT, value + _ABOUT_PERCENT, True, True),
        "just_over": (value, value + _JUST, False, True),
        "just_under": (value - _JUST, value, True, False),
        "near": (value - _NEAR, value, True, False),
        "more_than": (value, float("inf"), False, True),
        "at_least": (value, float("inf"), True, True),
        "less_than": (float("-inf"), value, True, False),
        "at_most": (float("-inf"), value, True, True),
    }[modifier]


def count_span(value: float, modifier: str, decimals: int) -> tuple[float, float, bool, bool]:
    """The range of a number that a number with its modifier allows."""
    near = max(_ABOUT_COUNT * abs(value), 0.5)
    if modifier == "" and decimals == 0:
        return (value, value, True, True)
    return {
        "": (value - 0.5 * 10.0**-decimals, value + 0.5 * 10.0**-decimals, True, True),
        "about": (value - near, value + near, True, True),
        "just_over": (value, value + 2 * near, False, True),
        "just_under": (value - 2 * near, value, True, False),
        "near": (value - 2 * near, value, True, False),
    }.get(modifier) or percent_span(value, modifier, decimals)


@cache
def modifiers(code: str) -> Mapping[str, str]:
    """Modifier names by their words, for a language of the claims."""
    from klustermotor.analysis.claims.reading import LEXICONS

    found = {word: name for name, forms in MODIFIERS.items() for word in forms[code] if word}
    for name, words in LEXICONS[code].modifiers.items():
        found |= dict.fromkeys(words, name)
    return found


def fraction_span(share: float, modifier: str) -> tuple[float, float, bool, bool]:
    """The range of a fraction. Others are given a little more room than we take ourselves:
    "almost half" is read from 45 percent, and "close to half" from 44."""
    if modifier == "just_over":
        low, high, _, _ = span_of(share, modifier)
        return (low, low + _ROOM * (high - low), False, True)
    if modifier in ("just_under", "near"):
        low, high, _, _ = span_of(share, "just_under")
        room = _ROOM if modifier == "just_under" else _MORE_ROOM
        return (high - room * (high - low), high, True, False)
    return span_of(share, modifier)


def modifier_of(text: str | None, lexicon: Lexicon) -> str:
    """The name of a modifier by its words."""
    return modifiers(lexicon.code)[re.sub(r"\s+", " ", text.lower())] if text else ""
