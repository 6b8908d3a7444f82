"""Numbers that tell how far two figures are apart: "up by 8 percent", "62 more than".

Such a number is no figure of a table; it is held against the difference of two.
"""

import re
from functools import cache
from typing import Literal

from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantity import Quantity

Difference = Literal["", "change", "gap"]
_BEFORE = 45


def difference_of(quantity: Quantity, text: str, lexicon: Lexicon) -> Difference:
    """Whether a number tells a change or comparison, or a gap; empty when it is a figure."""
    if quantity.kind == "points":
        return "change"
    if quantity.kind in ("ratio", "n") or quantity.role:
        return ""
    lead, after = text[: quantity.start], text[quantity.end :]
    if quantity.kind in ("bare", "word") and _told_as_gap(quantity, lead, after, lexicon):
        return "gap"
    if _is_by_how_much(lead, lexicon) or _is_comparison(quantity, lead, after, lexicon):
        return "change"
    return ""


def _is_by_how_much(lead: str, lexicon: Lexicon) -> bool:
    """ "an increase of", "rose by"."""
    words = lead.split()[-4:]
    if not words or words[-1].lower() not in ("med", "på", "of", "by", "om"):
        return False
    before = " ".join(words[:-1])
    if words[-1].lower() in ("med", "by") and lexicon.has("equals", before):
        return True
    if len(words) > 1 and _TOLD_BY.fullmatch(words[-2]):
        return False  # "higher sales, named by 45 percent"
    return any(lexicon.has(field, before) for field in ("up", "down", "largest_change")) or any(
        word.lower().startswith(_DIFFERENCES) for word in words[:-1]
    )


_TOLD_BY = re.compile(
    r"named|stated|given|reported|mentioned|chosen|ticked|cited|said", re.IGNORECASE
)
_DIFFERENCES = ("skillnad", "forskjell", "differen", "förändring", "endring", "change", "gap",
                "avstånd", "distance")  # fmt: skip


def _is_comparison(quantity: Quantity, lead: str, after: str, lexicon: Lexicon) -> bool:
    """ "62 more than", "up 0.2 on", "four more companies"."""
    if quantity.kind == "bare" and re.match(rf"\s+(?:{lexicon.more_or_fewer})(?!\w)", after,
                                            re.IGNORECASE):  # fmt: skip
        return True
    moved = re.search(r"(\w+)\s+$", lead)
    return quantity.kind == "bare" and moved is not None and moved[1].lower() in _UP_OR_DOWN


_UP_OR_DOWN = ("up", "down", "upp", "ner", "ned", "opp")


@cache
def _unit(code: str) -> re.Pattern[str]:
    steps = {
        "sv": r"(?:skal)?steg(?:en)?|enhet(?:er)?|poäng",
        "nb": r"(?:skala)?trinn|enhet(?:er)?|poeng",
        "en": r"(?:scale )?(?:points?|steps?)|units?",
    }[code]
    return re.compile(rf"\s+(?:{steps})(?!\w)", re.IGNORECASE)


def _told_as_gap(quantity: Quantity, lead: str, after: str, lexicon: Lexicon) -> bool:
    """ "the gap is 1.2", "1.2 scale points"."""
    if _unit(lexicon.code).match(after):
        return True
    near = lead[-_BEFORE:]
    spot = [m.end() for m in lexicon.compiled["gap"].finditer(near)]
    if quantity.kind != "bare" or not spot:
        return False
    between = near[spot[-1] :]
    led = re.sub(
        rf"(?<!\w)(?:{lexicon.to}|{lexicon.between}|{lexicon.link}|nu|nå|now)(?:\s+(?:det|den|the))?"
        rf"(?:\s+\w+)?", " ", between.rpartition(",")[2], flags=re.IGNORECASE,
    )  # fmt: skip
    sided = any(lexicon.has(side, led) for side in ("now", "wanted"))
    return not sided and not re.search(r"\d", between)
