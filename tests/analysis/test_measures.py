"""A measure is a column of numbers: the score or the share, and NaN outside its base."""

import numpy as np
import polars as pl

from klustermotor.analysis.measures import measures, measures_of, values
from klustermotor.analysis.questionnaire import (
    Block,
    Column,
    Item,
    NamedShare,
    Questionnaire,
    Scale,
)

EXTENT = Scale(
    "extent",
    "ordinal",
    {str(code): {"en": str(code)} for code in (1, 2, 3, 4, 5, 9)},
    dont_know=("9",),
    shares=(NamedShare("great", ("4", "5"), {"en": "in great extent or more"}),),
)
ITEM = Item("i", {"en": "item"})


def block(kind: str, scale: Scale | None = None) -> Block:
    return Block("b", kind, {"en": "?"}, (ITEM,), scale=scale)


def by_category(kind: str, scale: Scale | None, answers: list) -> dict:
    wanted = measures_of(Column(block(kind, scale), ITEM))
    matrix = values(pl.DataFrame({"b.i": answers}), wanted)
    return {(m.statistic, m.category, m.base): matrix[:, k] for k, m in enumerate(wanted)}


def test_a_dont_know_is_outside_the_mean_and_inside_only_the_second_base():
    found = by_category("scale", EXTENT, ["5", "3", "9", None])
    nan = np.nan
    np.testing.assert_array_equal(found["mean", "", "answered"], [5, 3, nan, nan])
    np.testing.assert_array_equal(found["share", "great", "answered"], [1, 0, nan, nan])
    np.testing.assert_array_equal(found["share", "great", "with_dont_know"], [1, 0, 0, nan])
    np.testing.assert_array_equal(found["share", "9", "with_dont_know"], [0, 0, 1, nan])
    assert ("share", "9", "answered") not in found


def test_a_scale_without_dont_know_has_one_base():
    scale = Scale("s", "nominal", {"a": {}, "b": {}})
    assert {base for _, _, base in by_category("single", scale, ["a"])} == {"answered"}


def test_a_ticked_item_gives_the_share_that_ticked_it():
    found = by_category("multiple", None, ["1", "0", "1", None])
    assert list(found) == [("share", "1", "answered")]
    assert np.nanmean(found["share", "1", "answered"]) == 2 / 3


def test_free_text_is_not_measured_and_a_gap_is_measured_on_both_sides():
    assert by_category("text", None, ["long live the cluster"]) == {}
    questionnaire = Questionnaire("q", {"en": "q"}, (block("gap", EXTENT),))
    assert {m.column.name for m in measures(questionnaire)} == {"b.i.now", "b.i.wanted"}
