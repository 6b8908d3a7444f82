"""What every section is written from: one initiative's evaluation, and texts that people wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations
from typing import NamedTuple

import polars as pl

from klustermotor.analysis.claims.claim import Claim
from klustermotor.analysis.evaluation import (
    ORIGIN_LABELS,
    WHOLE,
    Evaluation,
    Origin,
    WaveSummary,
)
from klustermotor.analysis.questionnaire import Block, Questionnaire, Text, in_language
from klustermotor.report.document import Prose
from klustermotor.report.language import translator

WAVES_SHOWN = 4
"""Waves side by side in a table: the baseline and the latest ones. The workbook has them all."""

THE_OTHERS: Text = {"sv": "övriga", "nb": "de øvrige", "en": "the others"}


class Fact(NamedTuple):
    """A fact of an initiative as the background table shows it; `source` when it has its own."""

    name: str
    value: str
    source: str = ""


@dataclass(frozen=True)
class Estimate:
    """One cell: a value with its interval and its base. None where it may not be shown."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    dont_know: int | None
    suppressed: bool
    bound_low: float | None = None
    """Least and most that the value could have been, had everyone answered."""
    bound_high: float | None = None


@dataclass(frozen=True)
class Gap:
    """Means now and wanted over the same n pairs, and the mean gap with its interval."""

    now: float
    wanted: float
    gap: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Change:
    """The difference between two waves, with its interval; `certain` after all tests."""

    value: float
    low: float | None
    high: float | None
    certain: bool


@dataclass(frozen=True)
class Override:
    """A sentence in which a fault was found, and the reason for which its writer kept it."""

    sentence: str
    fault: str
    reason: str
    who: str


@dataclass(frozen=True)
class Context:
    """One initiative in one language.

    `initiative` is its key in the evaluation, `name` what it is called. `texts` holds what people
    wrote, by section id. `prefix` goes before every id, so that a round can hold many.
    """

    evaluation: Evaluation
    initiative: str
    language: str
    name: str
    texts: Mapping[str, Sequence[Prose]] = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    source: str = ""
    prefix: str = ""
    overrides: Sequence[Override] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What the initiatives of the round are called, by key."""

    @property
    def words(self) -> NullTranslations:
        return translator(self.language)

    @property
    def questionnaire(self) -> Questionnaire:
        return self.evaluation.questionnaire

    @cached_property
    def waves(self) -> tuple[WaveSummary, ...]:
        return self.evaluation.waves_of(self.initiative)

    @property
    def wave(self) -> WaveSummary:
        """The wave that the report is about: the latest."""
        return self.waves[-1]

    def anchor(self, *parts: str) -> str:
        """An id in the document, such as ``table-motives``."""
        return self.prefix + "-".join(parts).replace(".", "-").replace("_", "-")

    def text(self, text: Text, default: str = "") -> str:
        """The text in the report's language, else in the first it has."""
        return in_language(text, self.language, default)

    def label(self, text: Text, default: str = "") -> str:
        """The text as it stands by itself: with a capital first."""
        shown = self.text(text, default)
        return shown[:1].upper() + shown[1:]

    def title_of(self, block: Block) -> str:
        """What a block is called in a heading: its heading, else its topic or question."""
        return self.label(block.heading or block.topic or block.text, block.id)

    def waves_shown(self, block: Block) -> tuple[WaveSummary, ...]:
        """The waves that a table of this block sets side by side, earliest first."""
        asked = [wave for wave in self.waves if self.answered(block, wave.wave)]
        if len(asked) > WAVES_SHOWN:
            asked = [asked[0], *asked[1 - WAVES_SHOWN :]]
        return tuple(asked)

    def answered(self, block: Block, wave: str) -> bool:
        return (wave, block.id) in self._answered

    def estimate(  # noqa: PLR0917
        self,
        wave: str,
        block: str,
        item: str,
        category: str = "",
        statistic: str = "share",
        base: str = "answered",
    ) -> Estimate | None:
        """The whole initiative's figure; None when there is none of the kind."""
        return self._estimates.get((wave, block, item, category, statistic, base))

    def change(
        self, waves: tuple[str, str], block: str, item: str, category: str, statistic: str
    ) -> Change | None:
        """The change from one wave to another; None when it was not or may not be computed."""
        return self._changes.get((*waves, block, item, category, statistic))

    def gap(self, wave: str, block: str, item: str) -> Gap | None:
        """An item's gap in a wave; None when it was not asked or may not be shown."""
        return self._gaps.get((wave, block, item))

    def has_gaps(self, block: Block, wave: str) -> bool:
        return any((wave, block.id, item.id) in self._gaps for item in block.items)

    def claims(
        self, *, block: str | None = None, kinds: Sequence[str] = (), indicator: str = ""
    ) -> tuple[Claim, ...]:
        """The initiative's findings, those asked for; in the order they were found."""
        return tuple(
            claim
            for claim in self.evaluation.findings
            if claim.initiative == self.initiative
            and (block is None or claim.block == block)
            and (not kinds or claim.kind in kinds)
            and (not indicator or claim.indicator == indicator)
        )

    def origin(self, block: Block, waves: Sequence[WaveSummary] = ()) -> str:
        """What the reader must know of where a block's answers come from; mostly empty."""
        said: dict[str, list[str]] = {}
        for wave in waves or self.waves_shown(block):
            said.setdefault(self._origin_in(block, wave), []).append(wave.wave)
        if len(said) == 1:
            return next(iter(said))
        return ". ".join(f"{', '.join(names)}: {text}" for text, names in said.items() if text)

    def origin_of_columns(self, columns: Sequence[str]) -> str:
        """The same for background columns of the report's wave, such as size."""
        labels = (self.text(ORIGIN_LABELS[self.wave.facts.origin_of(name)]) for name in columns)
        return ". ".join(dict.fromkeys(label for label in labels if label))

    def _origin_in(self, block: Block, wave: WaveSummary) -> str:
        """The origin of one wave's answers; with the items named when they differ in it."""
        items: dict[Origin, list[str]] = {}
        for item in block.items:
            origin = wave.facts.origin_of(block.id, item.id)
            items.setdefault(origin, []).append(self.label(item.text))
        labels = {origin: self.text(ORIGIN_LABELS[origin]) for origin in items}
        if len(items) == 1:
            return next(iter(labels.values()))
        # The most usual origin goes without its items: they are all the others.
        usual = max(items, key=lambda origin: len(items[origin]))
        rest = self.text(THE_OTHERS)
        return ". ".join(
            f"{labels[origin]} ({rest if origin == usual else '; '.join(names)})"
            for origin, names in sorted(items.items(), key=lambda pair: pair[0] == usual)
            if labels[origin]
        )

    @cached_property
    def _answered(self) -> frozenset[tuple[str, str]]:
        frame = self._own(self.evaluation.estimates).filter(
            pl.col("suppressed") | (pl.col("n") > 0)
        )
        return frozenset(frame.select("wave", "block").unique().iter_rows())

    @cached_property
    def _estimates(self) -> Mapping[tuple[str, ...], Estimate]:
        frame = self._own(self.evaluation.estimates).select(
            *("wave", "block", "item", "category", "statistic", "base"),
            *("value", "ci_low", "ci_high", "n", "n_dont_know", "suppressed"),
            *("bound_low", "bound_high"),
        )
        return {
            row[:6]: Estimate(
                _number(row[6]),
                _number(row[7]),
                _number(row[8]),
                row[9],
                row[10],
                row[11],
                _number(row[12]),
                _number(row[13]),
            )
            for row in frame.iter_rows()
        }

    @cached_property
    def _changes(self) -> Mapping[tuple[str, ...], Change]:
        frame = self._own(self.evaluation.changes).drop_nulls("change")
        return {
            tuple(row[k] for k in _CHANGE_KEY): Change(
                row["change"], _number(row["ci_low"]), _number(row["ci_high"]), bool(row["certain"])
            )
            for row in frame.iter_rows(named=True)
        }

    @cached_property
    def _gaps(self) -> Mapping[tuple[str, ...], Gap]:
        frame = self._own(self.evaluation.gaps).drop_nulls("gap")
        return {
            (r["wave"], r["block"], r["item"]): Gap(
                r["now"], r["wanted"], r["gap"], _number(r["ci_low"]), _number(r["ci_high"]), r["n"]
            )
            for r in frame.iter_rows(named=True)
        }

    def _own(self, frame: pl.DataFrame) -> pl.DataFrame:
        own = frame.filter(pl.col("initiative") == self.initiative)
        return own.filter(pl.col("group") == WHOLE) if "group" in own.columns else own


_CHANGE_KEY = ("wave_from", "wave_to", "block", "item", "category", "statistic")


def _number(value: float | None) -> float | None:
    """A figure of a result table; NaN there says the same as null."""
    return None if value is None or value != value else value  # noqa: PLR0124
