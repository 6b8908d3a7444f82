"""Wanted minus now, on those who answered both."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from klustermotor.analysis.disclosure import protect_gaps
from klustermotor.analysis.evaluation import Answers, Options, WaveFacts, WaveSummary
from klustermotor.analysis.gaps import gaps
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale

TEXT = {"sv": "", "nb": "", "en": ""}
SCALE = Scale("extent", "ordinal", dict.fromkeys("123459", TEXT), dont_know=("9",))
BLOCK = Block("g", "gap", TEXT, (Item("a", TEXT), Item("b", TEXT)), scale=SCALE)


def find(population: int | None, **columns: list) -> pl.DataFrame:
    n = len(columns["a_now"])
    data = {f"g.{name.replace('_', '.')}": answers for name, answers in columns.items()}
    for name in ("a.now", "a.wanted", "b.now", "b.wanted"):
        data.setdefault(f"g.{name}", [None] * n)
    frame = pl.DataFrame(data, schema_overrides=dict.fromkeys(data, pl.String)).with_columns(
        initiative=pl.lit("i"), wave=pl.lit("1"), respondent=pl.lit(None, pl.String)
    )
    answers = Answers(Questionnaire("q", TEXT, (BLOCK,), {"extent": SCALE}), frame)
    wave = WaveSummary(WaveFacts("i", "1", population, population), n)
    return gaps(answers, [wave], Options())


NOW = ["1", "2", "3", "2", "9", None, "4"]
WANTED = ["3", "5", "3", "4", "5", "4", "4"]


def test_a_gap_is_taken_per_respondent_who_answered_both_sides():
    found = find(20, a_now=NOW, a_wanted=WANTED).row(0, named=True)
    d = np.array([2, 3, 0, 2, 0])
    se = np.sqrt((1 - 5 / 20) * d.var(ddof=1) / 5)
    assert (found["n"], found["n_now"], found["n_wanted"]) == (5, 5, 7)
    assert (found["now"], found["wanted"], found["gap"]) == pytest.approx((2.4, 3.8, 1.4))
    assert found["se"] == pytest.approx(se)
    assert found["ci_high"] == pytest.approx(1.4 + stats.t.ppf(0.975, 4) * se)


def test_the_largest_gap_comes_first():
    table = find(None, a_now=["3"] * 6, a_wanted=["4"] * 6, b_now=["1"] * 6, b_wanted=["5"] * 6)
    assert table["item"].to_list() == ["b", "a"]


def test_a_census_has_no_sampling_error():
    found = find(6, a_now=["3", "2"] * 3, a_wanted=["4", "5"] * 3).row(0, named=True)
    assert (found["se"], found["ci_low"]) == (0, None)


def test_a_gap_on_too_few_is_emptied_but_keeps_its_row():
    table = find(
        20, a_now=["1"] * 4 + [None] * 3, a_wanted=["5"] * 7, b_now=["1"] * 7, b_wanted=["2"] * 7
    )
    kept = protect_gaps(table, Options())
    assert kept["item"].to_list() == ["b", "a"]
    assert kept["gap"].to_list() == [1, None]
    assert kept["n"].to_list() == [7, None]
    assert kept["suppressed"].to_list() == [False, True]
