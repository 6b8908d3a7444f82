"""From evidence to answers: what the numbers decide, who competes with whom, what is certain."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from klustermotor.analysis.identifiers import is_organisation_number
from klustermotor.analysis.linkage.model import (
    BANDS,
    EXACT,
    FOLDED,
    MANY_WORDS,
    NO_TEXT,
    NO_WORDS,
    SOME_WORDS,
    WITHIN,
    most_common,
)

LINKED = 0.2
"""A pair at or above is told as a link. Set on made-up labelled pairs; see docs/linkage.md."""
CERTAIN = 0.95
"""Below this a link is uncertain, and a person should look at it."""
NUMBER_BITS = 30.0
"""What one valid number on both sides is shown as; it decides, whatever the rest says."""
ENOUGH_NAMES = 100
UNSEEN_AMONG_FEW = 0.05
"""How many namesakes a name has outside a register that is too small to tell by itself."""
MANY = 3
LONG_WORD = 5
LONG_NAME = 8


@dataclass(frozen=True)
class Agreement:
    """Links held against labelled pairs."""

    precision: float
    recall: float
    f1: float
    true: int
    linked: int
    labelled: int

    def as_dict(self) -> dict[str, float | int]:
        """For a summary in JSON."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "true": self.true,
            "linked": self.linked,
            "labelled": self.labelled,
        }


def agreement(links: pl.DataFrame, labels: pl.DataFrame) -> Agreement:
    """Precision, recall and F1 of links (``left_id``, ``right_id``) against labelled pairs.

    Links of left ids that no label mentions count as wrong, as a list is labelled as a whole.
    """
    found = links.select("left_id", "right_id").unique()
    true = found.join(labels.unique(), on=["left_id", "right_id"], how="semi").height
    linked, labelled = found.height, labels.select("left_id", "right_id").unique().height
    precision = true / linked if linked else 0.0
    recall = true / labelled if labelled else 0.0
    f1 = 2 * precision * recall / (precision + recall) if true else 0.0
    return Agreement(precision, recall, f1, true, linked, labelled)


def best_threshold(links: pl.DataFrame, labels: pl.DataFrame) -> tuple[float, Agreement]:
    """The least probability to link at that gives these labels their highest F1."""
    best = (1.0, agreement(links.clear(), labels))
    for threshold in sorted(set(links["probability"].round(2).to_list()), reverse=True):
        at = agreement(links.filter(pl.col("probability") >= threshold), labels)
        if at.f1 > best[1].f1:
            best = (threshold, at)
    return best


def with_keys(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pairs with ``key``: likeness of the names, and the words that both texts use."""
    lefts, rights = pairs["l"].to_numpy(), pairs["r"].to_numpy()
    exact = left["name"].to_numpy()[lefts] == right["name"].to_numpy()[rights]
    folded = left["folded"].to_numpy()[lefts] == right["folded"].to_numpy()[rights]
    cosine = pairs["cosine"].to_numpy()
    bands = np.select(
        [
            exact,
            folded,
            _within(lefts, rights, left, right),
            *(cosine >= least for _, least in BANDS),
        ],
        [EXACT, FOLDED, WITHIN, *(key for key, _ in BANDS)],
        "0",
    )
    return pairs.with_columns(pl.Series("key", bands) + _shared_words(lefts, rights, left, right))


def _within(
    lefts: np.ndarray, rights: np.ndarray, left: pl.DataFrame, right: pl.DataFrame
) -> np.ndarray:
    """Whether all words of the one name are in the other: two of them, or a long one."""
    words_l = [frozenset(name.split()) for name in left["folded"].to_list()]
    words_r = [frozenset(name.split()) for name in right["folded"].to_list()]
    return np.fromiter(
        (_is_within(words_l[i], words_r[j]) for i, j in zip(lefts, rights, strict=True)),
        bool,
        len(lefts),
    )


def _is_within(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = one if len(one) <= len(other) else other
    if one & other != fewer:
        return False
    return len(fewer) > 1 or any(len(word) >= LONG_NAME for word in fewer)


def _shared_words(
    lefts: np.ndarray, rights: np.ndarray, left: pl.DataFrame, right: pl.DataFrame
) -> pl.Series:
    if left["text"].null_count() == left.height or right["text"].null_count() == right.height:
        return pl.Series([NO_TEXT]).new_from_index(0, len(lefts))
    words_l, words_r = _words(left["text"]), _words(right["text"])
    return pl.Series(
        [_told(words_l[i], words_r[j]) for i, j in zip(lefts, rights, strict=True)], dtype=pl.String
    )


def _words(texts: pl.Series) -> list[frozenset[str]]:
    return [
        frozenset(word for word in (text or "").split() if len(word) >= LONG_WORD)
        for text in texts.to_list()
    ]


def _told(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return NO_TEXT
    shared = len(one & other)
    return MANY_WORDS if shared >= MANY else SOME_WORDS if shared else NO_WORDS


def namesake_rates(right: pl.DataFrame, *, twins: bool) -> pl.DataFrame:
    """How likely another organisation of the same name is, per ``folded`` name: ``tf_folded``.

    A name borne once is not borne by nobody else: its rate is Good and Turing's 2·n₂/n₁ of one
    (Good 1953, Biometrika 40, 237–264), n₁ and n₂ names borne once and twice. ``twins`` says that
    the table is held against itself, so that one of two bearers may be the other.
    """
    counts = right.select("folded", "row").unique().group_by("folded").len("bearers")
    once = max(int((counts["bearers"] == 1).sum()), 1)
    twice = int((counts["bearers"] == 2).sum())
    unseen = min(max(2 * twice / once, 0.01), 1.0) if once >= ENOUGH_NAMES else UNSEEN_AMONG_FEW
    n = max(int(counts["bearers"].sum()), 1)
    others = pl.col("bearers").cast(pl.Float64) - (2 if twins else 1)
    rate = pl.max_horizontal(others, pl.lit(unseen)) / n
    return counts.select("folded", rate.alias("tf_folded"))


def value_rates(right: pl.DataFrame, column: str, *, twins: bool) -> pl.DataFrame:
    """The share of organisations with each value of a column: ``column`` and ``tf_column``.

    Bounded by `model.most_common`: what all share is no evidence, but never speaks against.
    """
    counts = right.select(column, "row").drop_nulls().unique().group_by(column).len("bearers")
    n = max(int(counts["bearers"].sum()), 1)
    others = pl.col("bearers").cast(pl.Float64) - (1 if twins else 0)
    rate = pl.max_horizontal(others, pl.lit(0.5)) / n
    rate = pl.min_horizontal(rate, pl.lit(most_common(column)))
    return counts.select(column, rate.alias(f"tf_{column}"))


def rates(right: pl.DataFrame, *, twins: bool) -> dict[str, pl.DataFrame]:
    """How common names, postcodes and places are."""
    return {
        "folded": namesake_rates(right, twins=twins),
        "postcode": value_rates(right, "postcode", twins=twins),
        "place": value_rates(right, "place", twins=twins),
    }


def by_number(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows whose valid organisation numbers are one: ``l``, ``r``."""
    if not (_has_numbers(left) and _has_numbers(right)):
        return pl.DataFrame(schema={"l": pl.Int64, "r": pl.Int64})
    sides = [
        frame.with_row_index(name)
        .filter(pl.col("variant") == pl.col("variant").min().over("row"))
        .select(pl.col(name).cast(pl.Int64), "row", "number", digits().alias("digits"))
        .drop_nulls()
        for frame, name in ((left, "l"), (right, "r"))
    ]
    shared = sides[0].join(sides[1], on="digits", how="inner", suffix="_r")
    if left is right:
        shared = shared.filter(pl.col("row") < pl.col("row_r"))
    valid = _valid(pl.concat([shared["number"], shared["number_r"]]))
    both = pl.col("number").is_in(valid) & pl.col("number_r").is_in(valid)
    return shared.filter(both).select("l", "r")


def differing_numbers(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Whether both sides of a pair have valid numbers of one country that differ."""
    if not (_has_numbers(left) and _has_numbers(right)):
        return pl.Series([False]).new_from_index(0, pairs.height)
    lefts = left.select("number", digits().alias("digits"))[pairs["l"].to_numpy()]
    rights = right.select("number", digits().alias("digits"))[pairs["r"].to_numpy()]
    both = pl.DataFrame(
        {"a": lefts["number"], "b": rights["number"], "x": lefts["digits"], "y": rights["digits"]}
    )
    differ = (pl.col("x") != pl.col("y")) & (
        pl.col("x").str.len_chars() == pl.col("y").str.len_chars()
    )
    suspect = both.filter(differ)
    valid = _valid(pl.concat([suspect["a"], suspect["b"]]))
    return both.select(
        (differ & pl.col("a").is_in(valid) & pl.col("b").is_in(valid)).fill_null(False)
    ).to_series()


def digits() -> pl.Expr:
    """The digits that decide: nine of a Norwegian number, ten of a Swedish one."""
    plain = pl.col("number").str.to_uppercase().str.replace(r"^\s*SE\s*(\d{10})01$", "$1")
    plain = plain.str.replace_all(r"[^0-9]", "")
    return pl.when(plain.str.len_chars() == 12).then(plain.str.slice(2)).otherwise(plain)


def _has_numbers(frame: pl.DataFrame) -> bool:
    return frame["number"].null_count() < frame.height


def _valid(numbers: pl.Series) -> list[str]:
    return [n for n in numbers.drop_nulls().unique().to_list() if is_organisation_number(n)]


def probability_of(weights: pl.Expr) -> pl.Expr:
    """2^w/(1+2^w), as a share."""
    return 1.0 / (1.0 + (-weights.clip(-200.0, 200.0) * math.log(2)).exp())


def best_per_left(scores: pl.DataFrame) -> pl.DataFrame:
    """Of the names of a pair of organisations the one that speaks most for it."""
    return scores.sort(
        ["left", "right", "weight", "variant_l", "variant_r"],
        descending=[False, False, True, False, False],
    ).unique(["left", "right"], keep="first", maintain_order=True)


def competing(scores: pl.DataFrame) -> pl.DataFrame:
    """``probability`` when a left organisation is at most one of those on the right.

    p = o/(1+Σo) over its candidates, o their odds: of thirty namesakes none is likely, unless
    something else tells them apart. ``evidence_others`` is what that took away, in bits.
    """
    odds = (2.0 ** pl.col("weight").clip(-60.0, 60.0)).alias("odds")
    return (
        scores.with_columns(odds)
        .with_columns((1.0 + pl.col("odds").sum().over("left")).alias("all"))
        .with_columns(
            (pl.col("odds") / pl.col("all")).round(6).alias("probability"),
            ((1.0 + pl.col("odds")) / pl.col("all")).log(2).round(6).alias("evidence_others"),
        )
        .drop("odds", "all")
    )


def evidence_names(scores: pl.DataFrame) -> Mapping[str, str]:
    """The evidence columns, by comparison."""
    return {c.removeprefix("evidence_"): c for c in scores.columns if c.startswith("evidence_")}
