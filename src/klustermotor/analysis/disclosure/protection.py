"""The rule applied to the result tables."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.disclosure.groups import (
    Row,
    Shown,
    shown_in_groups,
)
from klustermotor.analysis.evaluation import WHOLE, Answers, Options

LOWEST_MINIMUM = 3
"""No evaluator may choose a smaller k than this."""

FIGURES = (
    "value", "se", "df", "deff", "ci_low", "ci_high", "bound_low", "bound_high", "n", "n_dont_know",
)  # fmt: skip
UNCERTAINTY = ("se", "df", "deff", "ci_low", "ci_high")
CHANGE_IDENTITY = (
    "initiative", "block", "item", "category", "statistic", "wave_from", "wave_to", "base",
    "family", "suppressed",
)  # fmt: skip
GAP_IDENTITY = ("initiative", "wave", "block", "item", "suppressed")


def minimum_cell(options: Options) -> int:
    """k of the rule. Raises ValueError when it is below `LOWEST_MINIMUM`."""
    if options.minimum_cell < LOWEST_MINIMUM:
        raise ValueError(
            f"minimum cell {options.minimum_cell} is too small to protect anyone: "
            f"give {LOWEST_MINIMUM} or more"
        )
    return options.minimum_cell


def protect_estimates(estimates: pl.DataFrame, answers: Answers, options: Options) -> pl.DataFrame:
    """Estimates of the whole and of the groups of ``options.by``, under the rule.

    ``answers`` are those that the estimates were made of. The order of rows is kept. Raises
    ValueError for a k below 3, KeyError for a grouping column that is missing.
    """
    k = minimum_cell(options)
    shown = shown_in_groups(answers, options.by, k)
    item = ["initiative", "wave", "block", "item", "group"]
    answered = pl.col("n").filter(pl.col("base") == "answered").max().over(item)
    base = pl.min_horizontal(pl.col("n"), answered)
    decided = _decisions(shown)
    table = estimates.with_row_index("_row").join(
        decided, on=[*item, "category", "statistic"], how="left", maintain_order="left"
    )
    in_group = pl.col("group") != WHOLE
    few_unsure = pl.col("n_dont_know").is_between(1, k - 1)
    not_shown = pl.col("_interval").is_null()
    not_shown |= few_unsure & (pl.col("base") == "with_dont_know")
    hidden = pl.when(in_group).then(not_shown).otherwise(base.fill_null(0) < k)
    no_interval = in_group & ~pl.col("_interval").fill_null(False)
    cell = ["initiative", "wave", "group"]
    table = table.with_columns(hidden.alias("_hidden"), few_unsure.alias("_unsure")).join(
        _respondents_shown(estimates, k), on=cell, how="left", maintain_order="left"
    )
    table = table.with_columns(_emptied(FIGURES, pl.col("_hidden")))
    return table.with_columns(
        *_emptied(UNCERTAINTY, no_interval),
        *_emptied(("n_dont_know",), in_group & pl.col("_unsure")),
        *_emptied(("answered",), in_group & ~pl.col("_counted").fill_null(True)),
        (pl.col("suppressed") | pl.col("_hidden")).alias("suppressed"),
    ).select(estimates.columns)


def _respondents_shown(estimates: pl.DataFrame, k: int) -> pl.DataFrame:
    """Per initiative, wave and group: whether `answered` may be printed (``_counted``).

    The groups of one column, with those of no group, add up to the wave.
    """
    cell = ["initiative", "wave", "group"]
    counts = estimates.select(*cell, "answered").unique(maintain_order=True)
    whole = {(i, w): n for i, w, g, n in counts.iter_rows() if g == WHOLE}
    column = pl.col("group").str.split("=").list.first()
    parts = [pl.DataFrame(schema={**dict.fromkeys(cell, pl.String()), "_counted": pl.Boolean()})]
    groups = counts.filter(pl.col("group") != WHOLE).with_columns(column.alias("_column"))
    for (initiative, wave, _), part in groups.group_by("initiative", "wave", "_column"):
        n = part["answered"].to_numpy()
        without = whole.get((initiative, wave), int(n.sum())) - int(n.sum())
        shown = pl.Series("_counted", _countable(n, k, without))
        parts.append(part.select(cell).with_columns(shown))
    return pl.concat(parts)


def _countable(n: NDArray[np.int64], k: int, without: int = 0) -> NDArray[np.bool_]:
    """Which of the counts that add up to a known number may be printed.

    None below k; then the smallest are left out, too, until those left out, and the ``without``
    that no count is printed of, are k or more together.
    """
    shown = n >= k
    while shown.any() and not (shown.all() and without == 0) and n[~shown].sum() + without < k:
        places = np.flatnonzero(shown)
        shown[places[np.argmin(n[places])]] = False
    return shown


def _decisions(shown: Mapping[Row, Shown]) -> pl.DataFrame:
    """One row per category that is shown in a group; `_interval` whether with its interval."""
    rows: list[tuple[str | bool, ...]] = []
    for key, what in shown.items():
        rows += [(*key, category, "share", True) for category in sorted(what.shares)]
        if what.mean:
            rows += [(*key, "", name, what.interval_of_mean) for name in ("mean", "total")]
    names = ("initiative", "wave", "block", "item", "group", "category", "statistic")
    schema = {**dict.fromkeys(names, pl.String()), "_interval": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _emptied(columns: Sequence[str], where: pl.Expr) -> list[pl.Expr]:
    return [pl.when(~where).then(pl.col(c)).alias(c) for c in columns]


def protect_changes(changes: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Changes that rest on fewer than k answers in one of the waves are emptied.

    A share of "don't know" also needs k who did know. What the pairing could give away is seen to
    where the changes are made (`waves`).
    """
    k = minimum_cell(options)
    item = ["initiative", "block", "item", "wave_from", "wave_to"]
    few = pl.min_horizontal("n_from", "n_to").min().over(item) < k
    hidden = pl.col("suppressed") | few
    figures = [c for c in changes.columns if c not in CHANGE_IDENTITY]
    return changes.with_columns(*_emptied(figures, hidden), hidden.alias("suppressed"))


def protect_gaps(gaps: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Gaps that fewer than k respondents answered both sides of are emptied, and come last."""
    k = minimum_cell(options)
    hidden = pl.col("suppressed") | (pl.col("n") < k)
    figures = [c for c in gaps.columns if c not in GAP_IDENTITY]
    emptied = gaps.with_columns(*_emptied(figures, hidden), hidden.alias("suppressed"))
    place = pl.int_range(pl.len())
    first = place.min().over("initiative", "wave", "block")
    order = emptied.with_columns(first.alias("_block"), place.alias("_place"))
    return order.sort("_block", "suppressed", "_place").drop("_block", "_place")


def protect_nonresponse(nonresponse: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Strata with fewer than k answers lose them, and a further one when subtraction gives them.

    How many were invited stays: it is known from the frame.
    """
    k = minimum_cell(options)
    if nonresponse.is_empty():
        return nonresponse
    parts = []
    groups = ["initiative", "wave", "stratum_column"]
    for _, part in nonresponse.group_by(groups, maintain_order=True):
        n = part["answered"].fill_null(0).to_numpy().astype(np.int64)
        hidden = pl.Series("_hidden", ~_countable(n, k))
        figures = ("answered", "rate", "share_answered")
        parts.append(
            part.with_columns(hidden)
            .with_columns(
                *_emptied(figures, pl.col("_hidden")),
                (pl.col("suppressed") | pl.col("_hidden")).alias("suppressed"),
            )
            .drop("_hidden")
        )
    return pl.concat(parts)
