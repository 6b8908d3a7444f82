"""Why a pair is thought the same: what speaks for and against it, in order of weight."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from klustermotor.analysis.linkage.decide import CERTAIN
from klustermotor.analysis.linkage.model import COMPARISONS

ORDER = ("number", *COMPARISONS, "others")
LEAST_BITS = 0.5
"""Evidence below this moves the odds by less than half again and is left out of a reason."""


@dataclass(frozen=True)
class Evidence:
    """One bar of the waterfall: a comparison, its level, and its bits (for if positive)."""

    comparison: str
    level: str
    bits: float


def evidence_of(link: Mapping[str, object]) -> list[Evidence]:
    """The bars of one row of ``Linked.links``, in the order of the comparisons, prior first."""
    bars = [Evidence("prior", "", _bits(link, "prior"))]
    for name in ORDER:
        level = str(link.get(f"level_{name}") or "")
        if level != "missing":
            bars.append(Evidence(name, level, _bits(link, name)))
    return [bar for bar in bars if bar.comparison != "others" or bar.bits <= -LEAST_BITS]


def _bits(link: Mapping[str, object], name: str) -> float:
    value = link[f"evidence_{name}"]
    return float(value) if isinstance(value, int | float) else 0.0


def reasons(links: pl.DataFrame, words: Mapping[str, str]) -> pl.Series:
    """One sentence part per link: what speaks for it, then "but" what speaks against.

    ``words`` are the words of one language: ``name.same`` and so on, ``others``, ``uncertain``,
    ``but``, ``former_l``, ``former_r`` with ``{name}`` and ``{period}``.
    """
    said = [_said(row, words) for row in links.iter_rows(named=True)]
    return pl.Series("reason", said, dtype=pl.String)


def _said(link: Mapping[str, object], words: Mapping[str, str]) -> str:
    bars = [b for b in evidence_of(link) if b.comparison != "prior" and abs(b.bits) >= LEAST_BITS]
    bars.sort(key=lambda bar: (-abs(bar.bits), ORDER.index(bar.comparison)))
    parts = [_words_of(bar, words) for bar in bars if bar.bits > 0] + _former(link, words)
    against = [_words_of(bar, words) for bar in bars if bar.bits < 0]
    text = ", ".join(parts)
    if against:
        text = f"{text}; {words['but']} {', '.join(against)}" if text else ", ".join(against)
    uncertain = _bits_of_probability(link) < CERTAIN
    return f"{words['uncertain']}: {text}" if uncertain else text


def _bits_of_probability(link: Mapping[str, object]) -> float:
    value = link["probability"]
    return float(value) if isinstance(value, int | float) else 0.0


def _words_of(bar: Evidence, words: Mapping[str, str]) -> str:
    return words[f"{bar.comparison}.{bar.level}" if bar.level else bar.comparison]


def _former(link: Mapping[str, object], words: Mapping[str, str]) -> list[str]:
    """Which former name was compared, and when it was in use."""
    told = []
    for side in ("l", "r"):
        if link[f"variant_{side}"]:
            named = words[f"former_{side}"].format(name=link[f"written_{side}"])
            period = link[f"period_{side}"]
            told.append(f"{named} ({period})" if period else named)
    return told
