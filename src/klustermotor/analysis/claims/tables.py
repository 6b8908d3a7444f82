"""The evaluation's tables indexed once, so that a statement type looks cells up by key."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import polars as pl

from klustermotor.analysis.claims.claim import Cell
from klustermotor.analysis.evaluation import WHOLE, Evaluation, WaveSummary
from klustermotor.analysis.questionnaire import Block, Questionnaire

_WEIGHTED = 1e-6
Key = tuple[str, str, str, str, str]
"""wave, block, item, category, statistic"""


@dataclass(frozen=True)
class Estimate:
    """One shown row of `estimates` for the whole initiative."""

    initiative: str
    wave: str
    block: str
    item: str
    category: str
    statistic: str
    value: float
    n: int
    ci_low: float | None
    ci_high: float | None

    @property
    def count(self) -> int | None:
        """How many a share is, when it is a plain count of answers; None when weighted."""
        count = self.value * self.n
        if self.statistic != "share" or abs(count - round(count)) > _WEIGHTED:
            return None
        return round(count)

    @property
    def cell(self) -> Cell:
        return Cell(
            "estimates.csv",
            {
                "initiative": self.initiative,
                "wave": self.wave,
                "block": self.block,
                "item": self.item,
                "category": self.category,
                "group": WHOLE,
                "statistic": self.statistic,
                "base": "answered",
            },
        )


@dataclass(frozen=True)
class Change:
    """One shown row of `changes`; `smallest` is the smallest change this n could have shown."""

    initiative: str
    block: str
    item: str
    category: str
    statistic: str
    wave_from: str
    wave_to: str
    change: float
    n_from: int
    n_to: int
    certain: bool
    tested: bool
    """False when both waves are censuses, whose difference needs no test."""
    smallest: float | None

    @property
    def cell(self) -> Cell:
        names = ("initiative", "block", "item", "category", "statistic", "wave_from", "wave_to")
        return Cell("changes.csv", {name: getattr(self, name) for name in names})


@dataclass(frozen=True)
class Gap:
    """One shown row of `gaps`."""

    initiative: str
    wave: str
    block: str
    item: str
    now: float
    wanted: float
    gap: float
    ci_low: float | None
    n: int

    @property
    def cell(self) -> Cell:
        names = ("initiative", "wave", "block", "item")
        return Cell("gaps.csv", {name: getattr(self, name) for name in names})


@dataclass(frozen=True)
class Tables:
    """One initiative's shown figures. `hidden` are the keys that disclosure control withheld."""

    initiative: str
    questionnaire: Questionnaire
    waves: tuple[WaveSummary, ...]
    estimates: Mapping[Key, Estimate]
    hidden: frozenset[Key]
    changes: Mapping[tuple[str, str, str, str], tuple[Change, ...]]
    """By block, item, category, statistic."""
    gaps: Mapping[tuple[str, str], tuple[Gap, ...]]
    """By wave, block."""

    def latest(self, block: Block) -> str | None:
        """The last wave in which anything of the block is shown."""
        shown = self._waves_by_block.get(block.id, frozenset())
        return next((w.wave for w in reversed(self.waves) if w.wave in shown), None)

    @cached_property
    def _waves_by_block(self) -> Mapping[str, frozenset[str]]:
        shown = defaultdict(set)
        for wave, block, *_ in self.estimates:
            shown[block].add(wave)
        return {block: frozenset(waves) for block, waves in shown.items()}


def index(evaluation: Evaluation) -> dict[str, Tables]:
    """The tables of every initiative of an evaluation, by initiative, in its order."""
    estimates, hidden = _estimates(evaluation.estimates)
    changes, gaps = _changes(evaluation.changes), _gaps(evaluation.gaps)
    return {
        initiative: Tables(
            initiative,
            evaluation.questionnaire,
            evaluation.waves_of(initiative),
            estimates[initiative],
            frozenset(hidden[initiative]),
            {key: tuple(rows) for key, rows in changes[initiative].items()},
            {key: tuple(rows) for key, rows in gaps[initiative].items()},
        )
        for initiative in evaluation.initiatives
    }


def _estimates(
    frame: pl.DataFrame,
) -> tuple[defaultdict[str, dict[Key, Estimate]], defaultdict[str, set[Key]]]:
    shown: defaultdict[str, dict[Key, Estimate]] = defaultdict(dict)
    hidden: defaultdict[str, set[Key]] = defaultdict(set)
    names = ("initiative", "wave", "block", "item", "category", "statistic")
    whole = frame.filter(pl.col("group") == WHOLE, pl.col("base") == "answered").select(
        *names, "value", "n", "ci_low", "ci_high", "suppressed"
    )
    for *ids, value, n, low, high, suppressed in whole.iter_rows():
        key: Key = tuple(ids[1:])
        if suppressed:
            hidden[ids[0]].add(key)
        elif _is_number(value) and n:
            shown[ids[0]][key] = Estimate(*ids, value, n, low, high)  # type: ignore[call-arg]
    return shown, hidden


def _changes(
    frame: pl.DataFrame,
) -> defaultdict[str, defaultdict[tuple[str, str, str, str], list[Change]]]:
    found: defaultdict[str, defaultdict[tuple[str, str, str, str], list[Change]]] = defaultdict(
        lambda: defaultdict(list)
    )
    if "base" in frame.columns:
        frame = frame.filter(pl.col("base") == "answered")
    if "group" in frame.columns:
        frame = frame.filter(pl.col("group") == WHOLE)
    names = ("initiative", "block", "item", "category", "statistic", "wave_from", "wave_to")
    smallest = (
        pl.col("smallest_certain") if "smallest_certain" in frame.columns else pl.lit(None)
    ).alias("smallest_certain")
    rows = frame.select(*names, "change", "n_from", "n_to", "certain", "p", smallest).iter_rows()
    for *ids, change, n_from, n_to, certain, p, least in rows:
        if _is_number(change) and n_from and n_to and certain is not None:
            known = least if _is_number(least) else None
            tested = _is_number(p)
            found[ids[0]][tuple(ids[1:5])].append(
                Change(*ids, change, n_from, n_to, certain, tested, known)  # type: ignore[call-arg]
            )
    return found


def _gaps(frame: pl.DataFrame) -> defaultdict[str, defaultdict[tuple[str, str], list[Gap]]]:
    found: defaultdict[str, defaultdict[tuple[str, str], list[Gap]]] = defaultdict(
        lambda: defaultdict(list)
    )
    names = ("initiative", "wave", "block", "item")
    figures = ("now", "wanted", "gap", "ci_low", "n")
    for *ids, now, wanted, gap, low, n in frame.select(*names, *figures).iter_rows():
        if n and all(map(_is_number, (now, wanted, gap))):
            rows = found[ids[0]][(ids[1], ids[2])]
            rows.append(Gap(*ids, now, wanted, gap, low, n))  # type: ignore[call-arg]
    return found


def _is_number(value: float | None) -> bool:
    return value is not None and isfinite(value)
