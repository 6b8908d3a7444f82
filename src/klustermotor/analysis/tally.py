"""Answers counted per cell (initiative × wave × group): what the closed forms need and no more.

A share or a mean of a coded item depends on its answers through how many gave each code, so each
answer is looked at once, however many shares are made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.evaluation import WHOLE
from klustermotor.analysis.measures import (
    Measure,
    all_codes,
    by_column,
    code_values,
    coded,
    numbers,
    scale_of,
)
from klustermotor.analysis.questionnaire import Scale

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """The cells that rows of answers fall in.

    `keys` has ``initiative, wave, group``, one row per cell. `row` and `cell` say which rows of
    the answers are in a cell (rows without a value of the grouping column are in none) and which.
    """

    keys: pl.DataFrame
    row: Ints
    cell: Ints

    def __len__(self) -> int:
        return self.keys.height

    def sizes(self) -> Ints:
        """Rows per cell."""
        return np.bincount(self.cell, minlength=len(self))


@dataclass(frozen=True)
class Moments:
    """Per cell and measure: shape (cells, measures) each.

    `n` answers in the base, their `mean`, the sum `ss` of squared deviations from it, and how
    many said "don't know" to the item. `mean` and `ss` are NaN where n is 0.
    """

    n: Floats
    mean: Floats
    ss: Floats
    dont_know: Floats


def cells(frame: pl.DataFrame, by: str | None = None) -> Cells:
    """The cells of initiative × wave, split by the values of one column, in order of appearance
    and then of value."""
    keyed = frame.select(
        "initiative",
        "wave",
        (pl.lit(WHOLE) if by is None else by_value(by)).alias("group"),
        pl.int_range(pl.len()).alias("row"),
    ).drop_nulls("group")
    order = ["_first", "group"]
    keys = (
        keyed.group_by("initiative", "wave", "group")
        .agg(pl.col("row").min().alias("_row"))
        .with_columns(pl.col("_row").min().over("initiative", "wave").alias("_first"))
        .sort(order)
        .select("initiative", "wave", "group")
        .with_row_index("cell")
    )
    placed = keyed.join(keys, on=["initiative", "wave", "group"], maintain_order="left")
    return Cells(
        keys.drop("cell"),
        placed["row"].to_numpy().astype(np.int64),
        placed["cell"].to_numpy().astype(np.int64),
    )


def by_value(by: str) -> pl.Expr:
    """The name of a subgroup: ``column=value``, null where the value is missing."""
    return pl.format("{}={}", pl.lit(by), pl.col(by).cast(pl.String))


def moments(frame: pl.DataFrame, within: Cells, wanted: Sequence[Measure]) -> Moments:
    """n, mean and sum of squares of every measure in every cell.

    Raises KeyError, naming them, when answer columns are missing from the frame.
    """
    columns = by_column(wanted)
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise KeyError(", ".join(missing))
    result = Moments(*(np.empty((len(within), len(wanted))) for _ in range(4)))
    for name, places in columns.items():
        group = [wanted[i] for i in places]
        scale = scale_of(group[0].column)
        found = (
            _number_moments(frame[name], within)
            if scale is None
            else _code_moments(code_counts(frame[name], scale, within), scale, group)
        )
        result.n[:, places] = found.n
        result.mean[:, places] = found.mean
        result.ss[:, places] = found.ss
        result.dont_know[:, places] = found.dont_know
    return result


def code_counts(answers: pl.Series, scale: Scale, within: Cells) -> Floats:
    """How many gave each code: shape (cells, codes), "don't know" codes last."""
    codes = all_codes(scale)
    index = coded(answers, codes)[within.row]
    width = len(codes) + 1
    flat = np.bincount(within.cell * width + index, minlength=len(within) * width)
    return flat.reshape(len(within), width)[:, :-1].astype(np.float64)


def _code_moments(counts: Floats, scale: Scale, wanted: Sequence[Measure]) -> Moments:
    per_code = np.column_stack([code_values(scale, m)[:-1] for m in wanted])
    inside = ~np.isnan(per_code)
    scores = np.where(inside, per_code, 0.0)
    n = counts @ inside.astype(float)
    first, second = counts @ scores, counts @ scores**2
    some = np.where(n > 0, n, np.nan)
    mean = first / some
    ss = np.where(n > 0, np.maximum(second - first * mean, 0.0), np.nan)
    dont_know = counts[:, len(scale.substantive) :].sum(axis=1)
    return Moments(n, mean, ss, np.broadcast_to(dont_know[:, None], n.shape))


def _number_moments(answers: pl.Series, within: Cells) -> Moments:
    x = numbers(answers)[within.row]
    answered = ~np.isnan(x)
    cell, x = within.cell[answered], x[answered]
    size = len(within)
    n = np.bincount(cell, minlength=size).astype(np.float64)
    some = np.where(n > 0, n, np.nan)
    mean = np.bincount(cell, weights=x, minlength=size) / some
    ss = np.bincount(cell, weights=(x - mean[cell]) ** 2, minlength=size)
    # Below this it is what rounding the mean leaves of answers that are all alike.
    known_ss = np.where(ss > 1e-24 * n * some * mean**2, ss, np.where(n > 0, 0.0, np.nan))
    return Moments(n[:, None], mean[:, None], known_ss[:, None], np.zeros((size, 1)))
