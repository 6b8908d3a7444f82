"""Counts the evidence of `klustermotor.analysis.linkage`: how often true and random pairs reach
each level. `python -m bench.linkage_training` prints `parameters.py`; seed 1, never the seed of the
bench itself."""

import numpy as np
import polars as pl

from bench.companies import made
from klustermotor.analysis.linkage.candidates import Search, candidate_pairs
from klustermotor.analysis.linkage.decide import rates, with_keys
from klustermotor.analysis.linkage.engines import scored
from klustermotor.analysis.linkage.model import COMPARISONS, levels_of
from klustermotor.analysis.linkage.records import prepare

LISTED, REGISTERED, SEED = 10_000, 200_000, 1
RANDOM_PAIRS = 1_000_000
LEAST = 1e-9
LEAST_M = 0.01
"""A true pair may always differ, whatever the made-up ones do: companies change their form."""
WIDE = Search(top=300, at_least=0.0, postings=300_000)
TEXT = {"many_words": (0.40, 0.0005), "some_words": (0.35, 0.05), "other": (0.25, 0.9495)}
"""Texts are not made up, so this one is a judgement: a shared long word is some evidence."""


def main() -> None:
    data = made(LISTED, REGISTERED, SEED)
    left, right = prepare(data.left, "l"), prepare(data.right, "r")
    pairs = with_keys(candidate_pairs(left, right, WIDE), left, right)
    true = _levels(left, right, pairs).join(data.truth, on=["left_id", "right_id"], how="semi")
    false = _levels(left, right, pairs).join(data.truth, on=["left_id", "right_id"], how="anti")
    drawn = _levels(left, right, _random_pairs(left, right))
    counted = {}
    for comparison, levels in COMPARISONS.items():
        names = [name for name, _ in levels if name != "missing"]
        m = _shares(true, comparison, names)
        u = _shares(drawn, comparison, names)
        if comparison == "name":
            seen = false.group_by("name").len()
            found = dict(zip(seen["name"], seen["len"], strict=True))
            u = {n: found.get(n, 0) / (LISTED * REGISTERED) for n in names}
            u["other"] = 1 - sum(v for n, v in u.items() if n != "other")
        counted[comparison] = {n: (m[n], u[n]) for n in names}
    counted["address"] |= _other_kind(data)
    counted["text"] = TEXT
    _print(counted)


def _levels(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair of organisations with the level that it reaches, from the likest names."""
    found = scored((left, right), pairs, rates(right, twins=False), 1e-6, "duckdb").with_columns(
        pl.col(f"gamma_{name}").replace_strict(levels_of(name), return_dtype=pl.String).alias(name)
        for name in COMPARISONS
    )
    return (
        found.with_columns(
            left_id=left["id"][found["l"].to_numpy()], right_id=right["id"][found["r"].to_numpy()]
        )
        .sort("left_id", "right_id", "gamma_name", descending=[False, False, True])
        .unique(["left_id", "right_id"], keep="first", maintain_order=True)
    )


def _shares(pairs: pl.DataFrame, comparison: str, names: list[str]) -> dict[str, float]:
    told = pairs.filter(pl.col(comparison) != "missing")
    seen = told.group_by(comparison).len()
    found = dict(zip(seen[comparison], seen["len"], strict=True))
    return {name: found.get(name, 0) / max(told.height, 1) for name in names}


def _random_pairs(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    random = np.random.default_rng(SEED)
    drawn = pl.DataFrame(
        {
            "l": random.integers(0, left.height, RANDOM_PAIRS),
            "r": random.integers(0, right.height, RANDOM_PAIRS),
        }
    )
    return drawn.unique().sort("l", "r").with_columns(key=pl.lit("0-"))


def _other_kind(data) -> dict[str, tuple[float, float]]:
    """A list that tells the postal town held against a register that tells the municipality."""
    left = prepare(data.left.drop("street", "postcode"), "l")
    right = prepare(data.right.drop("street", "postcode", "city"), "r")
    places = [frame.filter(pl.col("variant") == 0).select("id", "place") for frame in (left, right)]
    true = (
        data.truth.join(places[0], left_on="left_id", right_on="id")
        .join(places[1], left_on="right_id", right_on="id", suffix="_r")
        .drop_nulls()
    )
    m = float((true["place"] != true["place_r"]).mean())
    shares = [frame.drop_nulls()["place"].value_counts(normalize=True) for frame in places]
    both = shares[0].join(shares[1], on="place", suffix="_r")
    u = 1 - float((both["proportion"] * both["proportion_r"]).sum())
    return {"town_and_municipality": (m, u)}


def _print(counted: dict[str, dict[str, tuple[float, float]]]) -> None:
    for comparison, levels in counted.items():
        print(f'    "{comparison}": {{')
        for name, (m, u) in levels.items():
            print(f'        "{name}": ({max(m, LEAST_M):.4g}, {max(u, LEAST):.4g}),')
        print("    },")


if __name__ == "__main__":
    main()
