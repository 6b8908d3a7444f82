"""Two lists linked, or one searched for duplicates."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from klustermotor.analysis.linkage.candidates import Search, candidate_pairs
from klustermotor.analysis.linkage.decide import (
    LINKED,
    NUMBER_BITS,
    best_per_left,
    by_number,
    competing,
    differing_numbers,
    probability_of,
    rates,
    with_keys,
)
from klustermotor.analysis.linkage.engines import Engine, scored
from klustermotor.analysis.linkage.model import COMPARISONS
from klustermotor.analysis.linkage.records import prepare

SHARE_LISTED = 0.8
"""How many of a list are expected in the register, before anything is known of them."""
SHARE_TWICE = 0.05
"""How many of a register are expected to be in it twice."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Linked:
    """``links``: one row per pair that is likely, best first within a left organisation.

    Columns ``left_id``, ``right_id``, ``probability``, ``written_l``, ``written_r``, ``period_l``,
    ``period_r`` (the names compared, and when a former one was used), ``level_…`` and
    ``evidence_…`` (bits) per comparison. ``compared`` is how many pairs were weighed.
    """

    links: pl.DataFrame
    compared: int
    left: int
    right: int


def link_organisations(
    left: pl.DataFrame,
    right: pl.DataFrame,
    *,
    engine: Engine = "duckdb",
    at_least: float = LINKED,
    expected: float = SHARE_LISTED,
    search: Search | None = None,
    progress: Progress | None = None,
) -> Linked:
    """For each organisation on the left the one on the right that it is, if any is likely.

    ``left`` and ``right`` have text columns ``id``, ``name`` and any of
    `records.OPTIONAL`; ``expected`` is the share of the left that is thought to be on the right.
    Equal probabilities are decided by the likeness of the names, then by the
    right id. Raises `OrganisationsError` and `EngineMissingError`.
    """
    told = progress or _silent
    told(0, "names")
    prepared_l, prepared_r = prepare(left, "l"), prepare(right, "r")
    scores, compared = _scores((prepared_l, prepared_r), expected, engine, search or Search(), told)
    scores = competing(scores)
    decided = pl.col("level_number") == "same"
    scores = scores.with_columns(
        pl.when(decided).then(1.0).otherwise(pl.col("probability")).alias("probability"),
        pl.when(decided).then(0.0).otherwise(pl.col("evidence_others")).alias("evidence_others"),
    )
    best = (
        scores.filter(pl.col("probability") >= at_least)
        .sort(["left", "probability", "cosine", "right_id"], descending=[False, True, True, False])
        .unique("left", keep="first", maintain_order=True)
    )
    told(1, "")
    return Linked(_as_links(best), compared, left.height, right.height)


def find_duplicates(
    organisations: pl.DataFrame,
    *,
    engine: Engine = "duckdb",
    at_least: float = LINKED,
    search: Search | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Pairs of one register that may be the same organisation twice, the likeliest first."""
    told = progress or _silent
    told(0, "names")
    prepared = prepare(organisations, "o")
    scores, compared = _scores((prepared, prepared), SHARE_TWICE, engine, search or Search(), told)
    likely = pl.when(pl.col("level_number") == "same").then(1.0)
    scores = scores.with_columns(
        likely.otherwise(probability_of(pl.col("weight")).round(6)).alias("probability"),
        pl.lit(0.0).alias("evidence_others"),
    )
    found = scores.filter(pl.col("probability") >= at_least).sort(
        ["probability", "cosine", "left_id", "right_id"], descending=[True, True, False, False]
    )
    told(1, "")
    return Linked(_as_links(found), compared, organisations.height, organisations.height)


def _scores(
    sides: tuple[pl.DataFrame, pl.DataFrame],
    share: float,
    engine: Engine,
    search: Search,
    told: Progress,
) -> tuple[pl.DataFrame, int]:
    """The evidence per pair of organisations, from the best of their names; pairs compared."""
    left, right = sides
    told(0.05, "candidates")
    pairs = candidate_pairs(
        left, right, search, lambda done: told(0.05 + 0.55 * done, "candidates")
    )
    numbered = by_number(left, right)
    pairs = pairs.filter(~differing_numbers(pairs, left, right))
    pairs = (
        pl.concat([pairs, numbered.with_columns(pl.lit(0.0).alias("cosine")).select(pairs.columns)])
        .group_by("l", "r")
        .agg(pl.col("cosine").max())
        .sort("l", "r")
    )
    pairs = with_keys(pairs, left, right)
    told(0.6, "evidence")
    if pairs.is_empty():
        return _nothing(), 0
    prior = share / max(right["row"].n_unique(), 2)
    evidence = scored((left, right), pairs, rates(right, twins=left is right), prior, engine)
    told(0.9, "evidence")
    same = numbered.with_columns(pl.lit("same").alias("level_number"))
    evidence = (
        evidence.join(pairs.select("l", "r", "cosine"), on=["l", "r"])
        .join(same, on=["l", "r"], how="left")
        .with_columns(
            pl.col("level_number").fill_null("missing"),
            pl.when(pl.col("level_number") == "same")
            .then(NUMBER_BITS)
            .otherwise(0.0)
            .alias("evidence_number"),
            pl.lit(round(math.log2(prior / (1 - prior)), 6)).alias("evidence_prior"),
        )
        .with_columns(pl.col("weight") + pl.col("evidence_number"))
    )
    return best_per_left(_named(evidence, left, right)), pairs.height


def _named(evidence: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    shown = ("row", "id", "variant", "written", "period")
    sides = []
    for frame, key, end in ((left, "l", "_l"), (right, "r", "_r")):
        rows = frame.select(shown)[evidence[key].to_numpy()]
        sides.append(rows.rename({column: f"{column}{end}" for column in shown}))
    return pl.concat([evidence, *sides], how="horizontal").rename(
        {"row_l": "left", "row_r": "right", "id_l": "left_id", "id_r": "right_id"}
    )


def _as_links(scores: pl.DataFrame) -> pl.DataFrame:
    """Levels in words instead of Splink's numbers."""
    from klustermotor.analysis.linkage.model import levels_of

    levels = [
        pl.col(f"gamma_{name}")
        .replace_strict(levels_of(name), return_dtype=pl.String)
        .alias(f"level_{name}")
        for name in COMPARISONS
    ]
    evidence = [f"evidence_{n}" for n in (*COMPARISONS, "number", "others", "prior")]
    return scores.with_columns(levels).select(
        "left_id", "right_id", "probability", "written_l", "written_r", "period_l", "period_r",
        "variant_l", "variant_r", "cosine",
        *(f"level_{name}" for name in (*COMPARISONS, "number")), *evidence,
    )  # fmt: skip


def _nothing() -> pl.DataFrame:
    texts = (
        "left_id",
        "right_id",
        "written_l",
        "written_r",
        "period_l",
        "period_r",
        "level_number",
    )
    reals = ("weight", "cosine", *(f"evidence_{n}" for n in (*COMPARISONS, "number", "prior")))
    whole = ("left", "right", "l", "r", "variant_l", "variant_r")
    return pl.DataFrame(
        schema=dict.fromkeys(texts, pl.String)
        | dict.fromkeys(reals, pl.Float64)
        | dict.fromkeys(whole, pl.Int64)
        | {f"gamma_{n}": pl.Int8 for n in COMPARISONS}
    )


def _silent(_: float, __: str) -> None:
    return
