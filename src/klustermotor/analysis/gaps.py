"""The gap between now and wanted, per respondent.

gap = wanted − now where both are answered; its mean has se = √((1−n/N)·s²/n) and a t interval on
n − 1 degrees of freedom. The means of now and wanted are taken over the same respondents, so that
their difference is the gap.

Under strata, clusters or weights all three means are weighted, over the domain of those who
answered both sides; se and degrees of freedom are the design's (`linearisation`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis import linearisation, weighting
from klustermotor.analysis.evaluation import GAPS, Answers, Options, WaveSummary
from klustermotor.analysis.intervals import t_quantile
from klustermotor.analysis.linearisation import Sample
from klustermotor.analysis.measures import Measure, values
from klustermotor.analysis.questionnaire import Column

Floats = NDArray[np.float64]

EXTRAS: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("n_now", "n_wanted"), pl.Int64()),
    "suppressed": pl.Boolean(),
}
"""Columns of `gaps` beyond `GAPS`: how many answered each side, whether or not the other; and
whether `disclosure` emptied the row."""


def gaps(answers: Answers, waves: Sequence[WaveSummary], options: Options) -> pl.DataFrame:
    """Every gap of every wave, the largest first within its block.

    In scale points. "Don't know" on either side leaves the respondent out. Items that nobody
    answered both sides of have no row. se is 0 and there is no interval where all of N answered;
    neither is there where fewer than two did.

    Columns: `GAPS`, then `EXTRAS`. Raises KeyError when an answer column is missing.
    """
    sides = _sides(answers)
    if not sides:
        return pl.DataFrame(schema={**GAPS, **EXTRAS})
    parts = answers.frame.partition_by(["initiative", "wave"], as_dict=True)
    found = [w for w in waves if (w.initiative, w.wave) in parts]
    tables = []
    if found:
        frames = [parts[w.initiative, w.wave] for w in found]
        numbers = values(pl.concat(frames), [side for pair in sides for side in pair])
        starts = np.cumsum([0, *(frame.height for frame in frames[:-1])])
        design = options.design
        drawn = (
            []
            if design.simple
            else [
                weighting.sample(rows, design, w.facts)
                for rows, w in zip(frames, found, strict=True)
            ]
        )
        tables = [_wave_gaps(found, starts, drawn, numbers, sides, level=options.level)]
    empty = pl.DataFrame(schema={**GAPS, **EXTRAS})
    blocks = {block.id: i for i, block in enumerate(answers.questionnaire.blocks)}
    order = pl.col("block").replace_strict(blocks, return_dtype=pl.Int64)
    table = pl.concat([empty, *tables])
    if table.is_empty():
        return table
    first = pl.int_range(pl.len()).min().over("initiative", "wave")
    placed = table.with_columns(first.alias("_wave"), order.alias("_block"))
    largest_first = placed.sort(
        ["_wave", "_block", "gap"], descending=[False, False, True], maintain_order=True
    )
    return largest_first.drop("_wave", "_block")


def _sides(answers: Answers) -> list[tuple[Measure, Measure]]:
    return [
        (
            Measure(Column(block, item, "now"), "mean"),
            Measure(Column(block, item, "wanted"), "mean"),
        )
        for block in answers.questionnaire.blocks
        if block.type == "gap" and block.scale is not None and block.scale.type == "ordinal"
        for item in block.items
    ]


def _wave_gaps(
    waves: Sequence[WaveSummary],
    starts: NDArray[np.int64],
    drawn: Sequence[Sample],
    numbers: Floats,
    sides: Sequence[tuple[Measure, Measure]],
    *,
    level: float,
) -> pl.DataFrame:
    """The gaps of all waves at once; each wave's respondents follow each other from its start.

    ``drawn`` has each wave's sample, or is empty under simple random sampling.
    """
    now, wanted = numbers[:, 0::2], numbers[:, 1::2]
    both = ~np.isnan(now) & ~np.isnan(wanted)

    def sums(x: NDArray[np.generic]) -> Floats:
        """Over each wave's respondents: shape (waves, items)."""
        return np.asarray(np.add.reduceat(x, starts, axis=0, dtype=np.float64))

    n = sums(both)
    about = [np.nan if w.facts.about is None else float(w.facts.about) for w in waves]
    fraction = np.minimum(np.nan_to_num(n / np.array(about)[:, None]), 1.0)
    sizes = np.diff([*starts, len(numbers)])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_now, mean_wanted = (sums(np.where(both, x, 0.0)) / n for x in (now, wanted))
        gap = mean_wanted - mean_now
        away = wanted - now - np.repeat(gap, sizes, axis=0)
        ss = sums(np.where(both, away, 0.0) ** 2)
        se = np.sqrt((1 - fraction) * ss / (n - 1) / n)
        half = t_quantile(n - 1, level) * se
    census = fraction == 1
    se = np.where(census, 0.0, np.where(n > 1, se, np.nan))
    if drawn:
        pairs = (np.where(both, x, np.nan) for x in (now, wanted, wanted - now))
        parts = [np.split(x, starts[1:]) for x in pairs]
        of_now, of_wanted, of_gap = (
            [linearisation.mean(d, x) for d, x in zip(drawn, part, strict=True)] for part in parts
        )
        mean_now, mean_wanted, gap = (
            np.stack([e.value for e in of]) for of in (of_now, of_wanted, of_gap)
        )
        se = np.sqrt(np.stack([e.variance for e in of_gap]))
        half = t_quantile(np.stack([e.df for e in of_gap]), level) * se
        census = np.array([d.census for d in drawn])[:, None] & (n > 0)
    half = np.where(census, np.nan, half)
    columns = [side[0].column for side in sides]
    per_wave, per_item = (
        np.repeat(np.arange(len(waves)), len(sides)),
        np.tile(np.arange(len(sides)), len(waves)),
    )
    table = pl.DataFrame(
        {
            "initiative": pl.Series([w.initiative for w in waves]).gather(per_wave),
            "wave": pl.Series([w.wave for w in waves]).gather(per_wave),
            "block": pl.Series([column.block.id for column in columns]).gather(per_item),
            "item": pl.Series([column.item.id for column in columns]).gather(per_item),
            "now": mean_now.ravel(),
            "wanted": mean_wanted.ravel(),
            "gap": gap.ravel(),
            "se": se.ravel(),
            "ci_low": (gap - half).ravel(),
            "ci_high": (gap + half).ravel(),
            "n": n.ravel(),
            "n_now": sums(~np.isnan(now)).ravel(),
            "n_wanted": sums(~np.isnan(wanted)).ravel(),
        }
    )
    asked = np.array([[c.asked_in(w.wave) for c in columns] for w in waves])
    kept = table.filter(pl.Series(asked.ravel()) & (pl.col("n") > 0)).with_columns(
        pl.lit(False).alias("suppressed"), pl.col(pl.Float64).fill_nan(None)
    )
    return kept.select([pl.col(c).cast(t) for c, t in {**GAPS, **EXTRAS}.items()])
