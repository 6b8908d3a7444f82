"""Changes between waves: how large, how certain, and made by whom.

One row per measure and pair of waves. The decisive test is the design t-test on the difference,

    change = ȳ₂ − ȳ₁,   Var = V₁ + V₂ − 2·Cov,   Vᵢ = (1 − nᵢ/Nᵢ)·sᵢ²/nᵢ,
    Cov = (n₁₂/(n₁n₂) − 1/N)·s₁₂,

with s₁₂ from the n₁₂ who answered both waves and N the larger of the two populations, the smaller
being taken as part of it (Tam 1984; Qualité & Tillé 2008). Degrees of freedom run from n₁₂ − 1,
when all answered both, to Welch's, when nobody did (Derrick, Russ, Toher & White 2017). When
n/N < 0.1 in both waves a share is tested exactly instead. Where all have answered both waves there
is no sampling error: no p, and the change is certain.

Respondents who stayed, joined or left are groups that the pairing, subtracted from the waves, would
lay bare. So where some joined or left it is used for one share of each item only, and when each
of the three is safe as a subgroup (see `disclosure`); elsewhere the row says nothing that the waves
by themselves do not say.

Under strata, clusters or weights V₁, V₂ and Cov are the design's own (`linearisation`), Cov from
the primary units that both waves have. Degrees of freedom are those of both waves less those they
share, as R's ``degf`` of a design with the waves as strata. Two approximations: without keys the
covariance is left out, also where the waves share clusters, which overstates the variance when
answers are much as before; and fits to known totals are taken as made in each wave by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtrit

from klustermotor.analysis import weighting
from klustermotor.analysis.differences import differences
from klustermotor.analysis.evaluation import CHANGES, Answers, Design, Options, WaveSummary
from klustermotor.analysis.linearisation import Sample
from klustermotor.analysis.measures import Measure, Readings, measures, scale_of
from klustermotor.analysis.paired import (
    PairSums,
    WaveSums,
    designed_sums,
    pair_sums,
    shared_variance,
    stack,
    wave_sums,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EXTRAS: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("base", "family", "test"), pl.String()),
    **dict.fromkeys(
        (
            "respondents",
            "smallest_certain",
            "check_p",
            "moved_up",
            "moved_down",
            "not_moved",
            "stayers_change",
            "joiners_effect",
            "leavers_effect",
        ),
        pl.Float64(),
    ),
    "approximate": pl.Boolean(),
    **dict.fromkeys(("p_overlap_low", "p_overlap_high"), pl.Float64()),
    "suppressed": pl.Boolean(),
}
"""Columns of `changes` beyond `CHANGES`.

`base` as in the estimates; `family` "key" or "exploratory"; `test` what gave p: "t", "fisher",
"mcnemar", "combined" or "census". `respondents` is how many of the later wave's respondents a
change of a share equals; `smallest_certain` the smallest change that would have been certain with
these n, all rows of the family considered; `check_p` the exact test. `moved_up`, `moved_down` and
`not_moved` are shares of those in both waves. `stayers_change + joiners_effect + leavers_effect`
is the change. `approximate`: nothing tells who answered twice, so p assumes that the waves were
drawn independently; `p_overlap_low` and `p_overlap_high` bound it over every possible overlap.
"""

ALL_PAIRS_UP_TO = 4
"""With more waves than this, only consecutive ones and baseline → each later are compared."""
_ROWS_AT_ONCE = 8_000


def changes(answers: Answers, waves: Sequence[WaveSummary], options: Options) -> pl.DataFrame:
    """Every change of every measure between two waves of an initiative.

    "Don't know" is left out of the base, except in the share of those who gave it.

    Each earlier wave against each later one, in the order of ``waves``; with more than four waves
    consecutive ones and the first against each later. Items not asked, or not answered by anyone,
    in both waves have no row, nor have totals of unknown populations. p is adjusted by Benjamini
    and Hochberg (1995) within each family over all rows. Intervals are at ``options.level`` and
    not adjusted. Shares and their changes are fractions, not percent.

    Columns: `CHANGES`, then `EXTRAS`. Raises KeyError when an answer column is missing.
    """
    wanted = [m for m in measures(answers.questionnaire) if _compared_base(m)]
    pairs = list(_pairs(answers, waves, wanted, options.design))
    if not pairs:
        return pl.DataFrame(schema={**CHANGES, **EXTRAS})
    sums = stack([pair.sums for pair in pairs])
    labels = _labels(pairs, wanted)
    kind = labels["statistic"].to_numpy()
    keep = (sums.n_from > 0) & (sums.n_to > 0)
    keep &= (kind != "total") | sums.designed | ~np.isnan(sums.population_from + sums.population_to)
    sums, labels = sums.take(keep), labels.filter(pl.Series(keep))
    kind, main = labels["statistic"].to_numpy(), labels["_main"].to_numpy()
    found = differences(sums, kind, main, options)
    columns = {name: pl.Series(values, nan_to_null=True) for name, values in found.items()}
    table = labels.with_columns(**columns)
    table = _adjusted(_without_few(table, options.minimum_cell), options.level)
    integers = [pl.col(c).cast(pl.Int64) for c in ("n_from", "n_to", "n_both")]
    table = table.with_columns(*integers, pl.lit(False).alias("suppressed"))
    columns_out = [pl.col(c).cast(t) for c, t in {**CHANGES, **EXTRAS}.items()]
    result: pl.DataFrame = table.select(columns_out)
    return result


def _without_few(table: pl.DataFrame, k: int) -> pl.DataFrame:
    """No p where fewer than k answered an item: what is not shown must not weigh on the others."""
    item = ["initiative", "block", "item", "wave_from", "wave_to"]
    few = pl.min_horizontal("n_from", "n_to").min().over(item) < k
    return table.with_columns(pl.when(few).then(None).otherwise(pl.col("p")).alias("p"))


def _is_main(measure: Measure) -> bool:
    """Whether this is the share of its item that the pairing may be used for when some joined or
    left: the first that the scale names, or either of two."""
    scale = scale_of(measure.column)
    if scale is None or measure.statistic != "share" or measure.base != "answered":
        return False
    if scale.shares:
        return measure.category == scale.shares[0].id
    return len(scale.substantive) == 2


def _compared_base(measure: Measure) -> bool:
    """One row per category: with "don't know" in the base only where it is what is counted."""
    scale = scale_of(measure.column)
    counted = scale is not None and set(measure.codes) <= set(scale.dont_know)
    return measure.base == "answered" or counted


@dataclass(frozen=True)
class _Pair:
    initiative: str
    wave_from: str
    wave_to: str
    asked: Flags
    sums: PairSums


def compared(waves: Sequence[WaveSummary]) -> list[tuple[WaveSummary, WaveSummary]]:
    """Which waves of one initiative are compared, earlier first."""
    if len(waves) <= ALL_PAIRS_UP_TO:
        return list(combinations(waves, 2))
    return [(a, b) for (i, a), (j, b) in combinations(enumerate(waves), 2) if i == 0 or j == i + 1]


def _pairs(
    answers: Answers, waves: Sequence[WaveSummary], wanted: Sequence[Measure], design: Design
) -> Iterator[_Pair]:
    by_initiative: dict[str, list[WaveSummary]] = {}
    for wave in waves:
        by_initiative.setdefault(wave.initiative, []).append(wave)
    asked_in = {
        name: np.array([m.column.asked_in(name) for m in wanted], dtype=bool)
        for name in {wave.wave for wave in waves}
    }
    rows = _rows(answers.frame)
    readings = Readings.of(answers.frame, wanted)
    keys = answers.frame["respondent"].to_numpy()
    totals = np.array([m.statistic == "total" for m in wanted], dtype=bool)
    for batch in _batches(by_initiative, rows):
        numbers = readings.values(np.concatenate([rows[w.initiative, w.wave] for w in batch]))
        ends = np.cumsum([len(rows[w.initiative, w.wave]) for w in batch])[:-1]
        told = []
        for w, x in zip(batch, np.split(numbers, ends), strict=True):
            here = rows[w.initiative, w.wave]
            if design.simple:
                about = w.facts.about
                sums = wave_sums(x, np.nan if about is None else float(about))
                told.append(_Told(w, x, keys[here], sums))
            else:
                rows_of_wave = answers.frame[here]
                drawn = weighting.sample(rows_of_wave, design, w.facts)
                sums = designed_sums(x, totals, drawn)
                told.append(_Told(w, x, keys[here], sums, _Drawn(rows_of_wave, drawn, design)))
        yield from _pairs_of(told, asked_in, totals, keyed=answers.keyed)


@dataclass(frozen=True)
class _Drawn:
    """A wave under a design: its answers, the sample they are, and the design."""

    frame: pl.DataFrame
    sample: Sample
    design: Design


@dataclass(frozen=True)
class _Told:
    """What the respondents of a wave told: measures and keys by respondent, and the sums."""

    wave: WaveSummary
    values: Floats
    keys: NDArray[np.object_]
    sums: WaveSums
    drawn: _Drawn | None = None


def _rows(frame: pl.DataFrame) -> dict[tuple[str, str], NDArray[np.int64]]:
    """The rows of the answers that each initiative and wave has."""
    numbered = frame.select("initiative", "wave", pl.int_range(pl.len()).alias("row"))
    found = numbered.group_by("initiative", "wave", maintain_order=True).agg("row")
    return {(i, w): np.array(rows, dtype=np.int64) for i, w, rows in found.iter_rows()}


def _batches(
    by_initiative: Mapping[str, Sequence[WaveSummary]],
    rows: Mapping[tuple[str, str], NDArray[np.int64]],
) -> Iterator[list[WaveSummary]]:
    """Whole initiatives, a few thousand respondents at a time: wide arrays cost memory."""
    batch: list[WaveSummary] = []
    size = 0
    for waves in by_initiative.values():
        some = [w for w in waves if (w.initiative, w.wave) in rows]
        if len(some) < 2:
            continue
        batch += some
        size += sum(len(rows[w.initiative, w.wave]) for w in some)
        if size >= _ROWS_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _pairs_of(
    told: Sequence[_Told], asked_in: Mapping[str, Flags], totals: Flags, *, keyed: bool
) -> Iterator[_Pair]:
    for _, of_initiative in groupby(told, key=lambda each: each.wave.initiative):
        by_wave = {each.wave.wave: each for each in of_initiative}
        for first, second in compared([each.wave for each in by_wave.values()]):
            before, after = by_wave[first.wave], by_wave[second.wave]
            asked = asked_in[first.wave] & asked_in[second.wave]
            both = _matched(before, after) if keyed else None
            designed = _shared(before, after, totals) if keyed else None
            sums = pair_sums(before.sums, after.sums, both, designed).take(asked)
            yield _Pair(first.initiative, first.wave, second.wave, asked, sums)


def _shared(before: _Told, after: _Told, totals: Flags) -> tuple[Floats, Floats] | None:
    """Covariance and common degrees of freedom under a design; None without one."""
    if before.drawn is None or after.drawn is None:
        return None
    shared = weighting.shared_stages(before.drawn.frame, after.drawn.frame, before.drawn.design)
    samples = before.drawn.sample, after.drawn.sample
    return shared_variance(samples, (before.values, after.values), totals, shared)


def _matched(before: _Told, after: _Told) -> tuple[Floats, Floats]:
    place = {key: i for i, key in enumerate(after.keys) if key is not None}
    here = [(i, place[key]) for i, key in enumerate(before.keys) if key in place]
    rows = np.array(here, dtype=np.int64).reshape(-1, 2)
    return before.values[rows[:, 0]], after.values[rows[:, 1]]


def _labels(pairs: Sequence[_Pair], wanted: Sequence[Measure]) -> pl.DataFrame:
    per_measure = pl.DataFrame(
        {
            "block": [m.column.block.id for m in wanted],
            "item": [m.column.item_key for m in wanted],
            "category": [m.category for m in wanted],
            "statistic": [m.statistic for m in wanted],
            "base": [m.base for m in wanted],
            "family": ["key" if m.column.block.key else "exploratory" for m in wanted],
            "_main": [_is_main(m) for m in wanted],
        },
        schema={
            **dict.fromkeys(
                ("block", "item", "category", "statistic", "base", "family"), pl.String()
            ),
            "_main": pl.Boolean(),
        },
    )
    rows = [np.flatnonzero(pair.asked) for pair in pairs]
    which = np.repeat(np.arange(len(pairs)), [len(r) for r in rows])
    per_pair = pl.DataFrame(
        {
            "initiative": [pair.initiative for pair in pairs],
            "wave_from": [pair.wave_from for pair in pairs],
            "wave_to": [pair.wave_to for pair in pairs],
        }
    )
    measure = np.concatenate(rows)
    drawn = [per_pair[which.tolist()], per_measure[measure.tolist()]]
    labels: pl.DataFrame = pl.concat(drawn, how="horizontal")
    return labels


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p of one family, NaN kept: min over j ≥ i of p₍ⱼ₎·m/j (as R's p.adjust)."""
    adjusted = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    ranked = p[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return adjusted


def _adjusted(table: pl.DataFrame, level: float) -> pl.DataFrame:
    """p adjusted within families, whether the change is certain, and what would have been."""
    alpha = 1 - level
    p = table["p"].to_numpy()
    family = table["family"].to_numpy()
    adjusted, smallest = np.full(len(p), np.nan), np.full(len(p), np.nan)
    for name in set(family):
        rows = np.flatnonzero(family == name)
        adjusted[rows] = benjamini_hochberg(p[rows])
        tested = max(int((~np.isnan(p[rows])).sum()), 1)
        certain = adjusted[rows] <= alpha
        rank = np.where(certain, certain.sum(), np.minimum(certain.sum() + 1, tested))
        critical = stdtrit(table["_df"].to_numpy()[rows], 1 - alpha * rank / tested / 2)
        smallest[rows] = critical * table["_se"].to_numpy()[rows]
    census = table["test"].to_numpy() == "census"
    return table.with_columns(
        pl.Series("p_adjusted", adjusted, nan_to_null=True),
        pl.Series("certain", census | (adjusted <= alpha)),
        pl.Series("smallest_certain", np.where(census, 0.0, smallest), nan_to_null=True),
    )
