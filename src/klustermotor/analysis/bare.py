"""Evaluating columns of a file that has no questionnaire: means, shares, totals of those named."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale


def bare_answers(
    frame: pl.DataFrame,
    *,
    means: Sequence[str] = (),
    shares: Sequence[str] = (),
    totals: Sequence[str] = (),
    keyed: bool = False,
) -> Answers:
    """Answers with the least questionnaire that has the columns: block ``""``, item the column.

    Columns of means and totals become Float64, of shares String; a share is given of each value
    found. `frame` needs ``initiative``, ``wave``, ``respondent``. Raises ValueError when a
    column is missing, is asked for as a share and as a number, or holds other than numbers.
    """
    numbers = tuple(dict.fromkeys((*means, *totals)))
    both = set(numbers) & set(shares)
    if both:
        raise ValueError(f"column {sorted(both)[0]!r} is asked for both as number and as share")
    for column in (*numbers, *shares):
        if column not in frame.columns:
            raise ValueError(f"column {column!r} is not in the file: {', '.join(frame.columns)}")
    blocks = (
        *(_number_block(c, c in means, c in totals) for c in numbers),
        *(
            Block("", "single", {}, (Item(c, {}),), scale=_found(frame, c))
            for c in dict.fromkeys(shares)
        ),
    )
    questionnaire = Questionnaire("", {}, blocks)
    return Answers(
        questionnaire,
        frame.with_columns(
            *(_as_number(frame, c).alias(f".{c}") for c in numbers),
            *(pl.col(c).cast(pl.String).alias(f".{c}") for c in dict.fromkeys(shares)),
        ),
        keyed,
    )


def _number_block(column: str, mean: bool, total: bool) -> Block:
    statistics: tuple[Literal["mean", "total"], ...] = (
        *(("mean",) if mean else ()),
        *(("total",) if total else ()),
    )
    return Block("", "number", {}, (Item(column, {}),), statistics=statistics)


def _found(frame: pl.DataFrame, column: str) -> Scale:
    codes = frame[column].cast(pl.String).drop_nulls().unique().sort()
    return Scale(column, "nominal", {code: {} for code in codes})


def _as_number(frame: pl.DataFrame, column: str) -> pl.Series:
    given = frame[column]
    number = given.cast(pl.Float64, strict=False)
    bad = number.is_null() & given.is_not_null()
    if bad.any():
        row = int(bad.arg_max() or 0)
        raise ValueError(f"column {column!r}, row {row + 1}: {given[row]!r} is not a number")
    return number
