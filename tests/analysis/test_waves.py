"""Changes between waves: the test, its words' ground, and who made the change."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klustermotor.analysis.evaluation import Answers, Design, Options, WaveFacts, WaveSummary
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale
from klustermotor.analysis.waves import benjamini_hochberg, changes, compared

TEXT = {"sv": "", "nb": "", "en": ""}
YES = Block("yes", "yes_no", TEXT, (Item("a", TEXT),), key=True)
SCALE = Scale("extent", "ordinal", dict.fromkeys("12345", TEXT))
EXTENT = Block("extent", "scale", TEXT, (Item("a", TEXT),), scale=SCALE)
LATER = Block("later", "yes_no", TEXT, (Item("a", TEXT),), waves=("2", "3"))


def survey(block: Block, *waves: dict[str, str], keyed: bool = False) -> Answers:
    """One answer per respondent and wave; waves are called "1", "2", …"""
    rows = [
        ("i", str(w), respondent if keyed else None, answer)
        for w, wave in enumerate(waves, start=1)
        for respondent, answer in wave.items()
    ]
    names = ["initiative", "wave", "respondent", f"{block.id}.a"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return Answers(Questionnaire("q", TEXT, (block,), {"extent": SCALE}), frame, keyed)


def yes(yes: int, no: int, first: int = 0) -> dict[str, str]:
    """Respondents numbered from `first`, those who said yes before the others."""
    return {str(first + i): "yes" if i < yes else "no" for i in range(yes + no)}


def compare(answers: Answers, *populations: int | None, **options) -> pl.DataFrame:
    sizes = {w: n for (w,), n in _sizes(answers).items()}
    summaries = [
        WaveSummary(WaveFacts("i", str(w), n, n), sizes.get(str(w), 0))
        for w, n in enumerate(populations, start=1)
    ]
    return changes(answers, summaries, Options(**options))


def _sizes(answers: Answers) -> dict[tuple[str], int]:
    return {(w,): n for w, n in answers.frame.group_by("wave").len().iter_rows()}


def row(table: pl.DataFrame, **where: str) -> dict:
    return table.filter(**where).row(0, named=True)


def test_independent_waves_add_their_variances_with_the_population_correction():
    found = row(compare(survey(YES, yes(10, 26), yes(15, 12)), 92, 93), category="yes")
    p1, p2 = 10 / 36, 15 / 27
    v1 = (1 - 36 / 92) * p1 * (1 - p1) / 35
    v2 = (1 - 27 / 93) * p2 * (1 - p2) / 26
    df = (v1 + v2) ** 2 / (v1**2 / 35 + v2**2 / 26)
    half = stats.t.ppf(0.975, df) * np.sqrt(v1 + v2)
    assert found["change"] == pytest.approx(p2 - p1)
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((p2 - p1 - half, p2 - p1 + half))
    assert found["p"] == pytest.approx(2 * stats.t.sf((p2 - p1) / np.sqrt(v1 + v2), df))
    assert found["check_p"] == pytest.approx(stats.fisher_exact([[10, 26], [15, 12]]).pvalue)
    assert (found["design"], found["n_from"], found["n_to"]) == ("independent", 36, 27)
    assert found["n_both"] is None
    assert found["respondents"] == pytest.approx((p2 - p1) * 27)


def test_without_keys_the_test_is_approximate_and_bounded_over_the_possible_overlap():
    found = row(compare(survey(YES, yes(10, 26), yes(15, 12)), 92, 93), category="yes")
    assert found["approximate"]
    assert found["p_overlap_low"] < found["p"] < found["p_overlap_high"]


def paired() -> Answers:
    before = dict(zip(map(str, range(20)), "12345" * 4, strict=True))
    after = dict(zip(map(str, range(20)), "23455" * 4, strict=True))
    return survey(EXTENT, before, after, keyed=True)


def test_the_same_respondents_twice_give_the_paired_test_with_population_correction():
    found = row(compare(paired(), 50, 50), statistic="mean")
    d = np.array([1, 1, 1, 1, 0] * 4)
    se = np.sqrt((1 - 20 / 50) * d.var(ddof=1) / 20)
    assert (found["design"], found["n_both"], found["approximate"]) == ("paired", 20, False)
    assert found["change"] == pytest.approx(0.8)
    assert found["p"] == pytest.approx(2 * stats.t.sf(0.8 / se, 19))
    assert (found["moved_up"], found["moved_down"], found["not_moved"]) == (0.8, 0, 0.2)


def test_an_overlap_brings_in_the_covariance_of_those_in_both():
    before = {str(i): "yes" if i % 2 else "no" for i in range(30)}
    after = {str(i): "yes" if i % 2 or i % 7 == 0 else "no" for i in range(10, 40)}
    found = row(compare(survey(YES, before, after, keyed=True), 60, 60), category="yes")
    x, y = (np.array([v == "yes" for v in wave.values()]) for wave in (before, after))
    v1, v2 = (1 - 30 / 60) * x.var(ddof=1) / 30, (1 - 30 / 60) * y.var(ddof=1) / 30
    cov = (20 / 900 - 1 / 60) * np.cov(x[10:], y[:20])[0, 1]
    half = (found["ci_high"] - found["ci_low"]) / 2
    welch = (v1 + v2) ** 2 / (v1**2 / 29 + v2**2 / 29)
    df = 19 + (welch - 19) * 20 / 60
    assert found["design"] == "overlapping"
    assert half == pytest.approx(stats.t.ppf(0.975, df) * np.sqrt(v1 + v2 - 2 * cov))
    parts = found["stayers_change"] + found["joiners_effect"] + found["leavers_effect"]
    assert parts == pytest.approx(found["change"])


def test_with_an_overlap_the_mean_says_only_what_the_waves_say():
    """Mean, spread and covariance together would tell how those who left had answered."""
    before = {str(i): "12345"[i % 5] for i in range(30)}
    after = {str(i): "13345"[i % 5] for i in range(10, 40)}
    with_keys, without = (
        row(compare(survey(EXTENT, before, after, keyed=k), 60, 60), statistic="mean")
        for k in (True, False)
    )
    assert with_keys == without
    assert with_keys["design"] == "independent"


def test_a_row_with_few_answers_does_not_weigh_on_the_p_of_the_others():
    two = Block("b", "yes_no", TEXT, (Item("a", TEXT), Item("few", TEXT)), key=True)
    rows = [
        ("i", wave, None, "yes" if i < yes else "no", "yes" if i < 4 else None)
        for wave, yes in (("1", 10), ("2", 25))
        for i in range(30)
    ]
    names = ["initiative", "wave", "respondent", "b.a", "b.few"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    found = compare(Answers(Questionnaire("q", TEXT, (two,)), frame), 60, 60)
    assert found.filter(item="few")["p"].null_count() == found.filter(item="few").height > 0
    assert found.filter(item="a")["p"].null_count() == 0


@pytest.mark.parametrize("joined", [1, 4])
def test_few_joiners_are_not_laid_bare_by_the_pairing(joined):
    """Then the row says what the waves say without their keys."""
    before, after = yes(8, 12), yes(9, 11 + joined)
    with_keys = compare(survey(YES, before, after, keyed=True), 40, 40)
    without = compare(survey(YES, before, after), 40, 40)
    assert with_keys.equals(without)


def test_a_census_in_both_waves_has_no_p_and_is_certain():
    found = row(compare(survey(YES, yes(5, 15), yes(6, 14)), 20, 20), category="yes")
    assert (found["p"], found["ci_low"], found["certain"]) == (None, None, True)
    assert (found["test"], found["smallest_certain"]) == ("census", 0)


def test_small_sampling_fractions_are_tested_exactly():
    found = row(compare(survey(YES, yes(3, 17), yes(11, 9)), 900, 900), category="yes")
    assert found["test"] == "fisher"
    assert found["p"] == pytest.approx(stats.fisher_exact([[3, 17], [11, 9]]).pvalue)
    before, after = yes(3, 17), yes(11, 9)
    found = row(compare(survey(YES, before, after, keyed=True), 900, 900), category="yes")
    assert found["test"] == "mcnemar"
    assert found["p"] == pytest.approx(stats.binomtest(8, 8).pvalue)


def test_an_unknown_population_gives_no_correction():
    found = row(compare(survey(EXTENT, *paired_waves()), None, None), statistic="mean")
    assert found["p"] == pytest.approx(stats.ttest_ind(*numbers(), equal_var=False).pvalue)


def paired_waves() -> tuple[dict[str, str], dict[str, str]]:
    return {str(i): v for i, v in enumerate("11223345")}, {
        str(i): v for i, v in enumerate("3344555")
    }


def numbers() -> list[list[int]]:
    return [[int(v) for v in wave.values()] for wave in paired_waves()]


def test_from_none_to_all_is_certain_though_no_spread_is_seen():
    found = row(compare(survey(YES, yes(0, 12), yes(12, 0)), 30, 30), category="yes")
    assert (found["certain"], found["ci_low"], found["test"]) == (True, None, "fisher")


def test_a_block_asked_in_later_waves_is_compared_only_between_those():
    answers = survey(LATER, yes(5, 5), yes(5, 5), yes(6, 4))
    table = compare(answers, 20, 20, 20)
    assert set(zip(table["wave_from"], table["wave_to"], strict=True)) == {("2", "3")}


def test_many_waves_are_compared_with_the_one_before_and_with_the_baseline():
    waves = [WaveSummary(WaveFacts("i", str(w)), 10) for w in range(1, 6)]
    pairs = [a.wave + b.wave for a, b in compared(waves)]
    assert pairs == ["12", "13", "14", "15", "23", "34", "45"]


def test_certain_follows_the_adjusted_p_and_the_smallest_certain_change():
    table = compare(survey(EXTENT, *paired_waves()), 40, 40)
    tested = table.filter(pl.col("test") == "t", pl.col("p") < 1)
    for found in tested.iter_rows(named=True):
        assert found["certain"] == (found["p_adjusted"] <= 0.05)
        assert found["certain"] == (abs(found["change"]) >= found["smallest_certain"])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_agrees_with_scipy(p):
    ours = benjamini_hochberg(np.array(p))
    assert ours == pytest.approx(stats.false_discovery_control(p), abs=1e-12)


def test_benjamini_hochberg_leaves_out_what_was_not_tested():
    assert benjamini_hochberg(np.array([0.02, np.nan, 0.5]))[0] == pytest.approx(0.04)


@given(st.integers(1, 29), st.integers(1, 29), st.integers(30, 100), st.integers(30, 100))
def test_turning_time_around_turns_the_change_and_nothing_else(x1, x2, n1, n2):
    there = row(compare(survey(YES, yes(x1, 30 - x1), yes(x2, 30 - x2)), n1, n2), category="yes")
    back = row(compare(survey(YES, yes(x2, 30 - x2), yes(x1, 30 - x1)), n2, n1), category="yes")
    assert back["change"] == pytest.approx(-there["change"])
    assert (back["p"] is None) == (there["p"] is None)
    if there["p"] is not None:
        assert back["p"] == pytest.approx(there["p"])


def test_strata_bring_their_own_variance_into_the_change():
    """Each stratum's spread counts, the difference between strata does not."""
    before, after = yes(4, 16), yes(12, 8)
    answers = survey(YES, before, after)
    strata = pl.Series("size", (["s"] * 10 + ["l"] * 10) * 2)
    answers = Answers(answers.questionnaire, answers.frame.with_columns(strata))
    found = row(compare(answers, None, None, design=Design(strata="size")), category="yes")
    by_stratum = [(0.4, 0.0), (1.0, 0.2)]
    variances = [sum(0.25 * p * (1 - p) / 9 for p in wave) for wave in by_stratum]
    half = (found["ci_high"] - found["ci_low"]) / 2
    assert found["change"] == pytest.approx(0.4)
    assert half == pytest.approx(stats.t.ppf(0.975, 18 + 18) * np.sqrt(sum(variances)))
    assert (found["test"], found["check_p"]) == ("t", None)
