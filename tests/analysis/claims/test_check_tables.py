"""Tables by themselves: what a printed table cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.checks.grim import RULES, counts, nearest_n, rules_that_fit
from klustermotor.analysis.claims.numbers import rounded
from klustermotor.analysis.claims.proofread import check_tables


def cell(
    value, low, high=None, *, item="orders", table="Table 1", wave="2024", base="", unit="percent"
):
    return TableCell("Ring", table, wave, "effects", item, "=", value, unit, low, high or low, base)


def kinds(*cells):
    return [fault.kind for fault in check_tables(cells, language="en")]


def test_a_percentage_that_no_count_gives_is_impossible_and_the_nearest_n_is_told():
    (fault,) = check_tables([cell(21.0, 16, 18)], language="en")
    assert (fault.kind, fault.severity) == ("impossible_percentage", "error")
    assert "nearest n that would make it possible is 19" in fault.message
    assert fault.suggestion == "19\u00a0percent or 22\u00a0percent"


@pytest.mark.parametrize(
    ("value", "n", "fitting"),
    [
        (34.0, 23, {"cut"}),  # 8/23 = 34.78
        (35.0, 23, {"half_up", "half_even"}),
        (38.0, 8, {"half_up", "half_even"}),  # 3/8 = 37.5, and 38 is even
        (37.0, 8, {"cut"}),
        (13.0, 8, {"half_up"}),  # 1/8 = 12.5, and 13 is odd
        (12.0, 8, {"half_even", "cut"}),
        (50.0, 8, set(RULES)),
        (84.0, 22, set()),
    ],
)
def test_a_percentage_is_allowed_by_the_ways_of_rounding_that_give_it(value, n, fitting):
    assert rules_that_fit(cell(value, n)) == fitting


def test_a_cut_percentage_is_a_note_until_a_rounded_one_stands_in_the_same_table():
    (alone,) = check_tables([cell(34.0, 21, 23)], language="en")
    assert alone.severity == "note"
    (beside,) = check_tables([cell(34.0, 21, 23), cell(41.0, 21, 23, item="costs")], language="en")
    assert beside.severity == "error"
    assert "but 41\u00a0percent (Table 1: effects – costs, 2024) is rounded" in beside.message


def test_a_column_that_makes_91_percent_is_told_with_its_parts():
    column = [cell(v, 30, item=str(i), base="share") for i, v in enumerate((10.0, 27.0, 7.0, 47.0))]
    (fault,) = check_tables(column, language="sv")
    assert fault.kind == "column_sum"
    assert "10 + 27 + 7 + 47 = 91\u00a0procent" in fault.message


def test_a_column_may_miss_100_by_rounding():
    thirds = [cell(33.0, 30, item=str(i), base="share") for i in range(3)]
    assert kinds(*thirds) == []


def test_counts_of_a_single_choice_may_not_exceed_n():
    column = [
        cell(v, 21, item=str(i), base="who", unit="count") for i, v in enumerate((15.0, 5.0, 3.0))
    ]
    (fault,) = check_tables(column, language="nb")
    assert fault.kind == "counts_exceed_n"
    assert "15 + 5 + 3 = 23" in fault.message
    assert kinds(*column[:2]) == []


def test_unknown_n_and_figures_about_so_are_not_tested():
    assert (
        kinds(cell(34.0, None), TableCell("", "T", "", "i", "", "≈", 34.0, "percent", 23, 23, ""))
        == []
    )


@given(st.integers(1, 400), st.data(), st.integers(0, 2))
def test_every_share_of_a_count_is_possible(n, data, decimals):
    x = data.draw(st.integers(0, n))
    value = float(rounded(100 * x / n, decimals))
    assert x in counts(value, decimals, n, "half_up")
    assert kinds(cell(value, n)) == []


def test_the_nearest_n_lies_outside_the_range():
    assert nearest_n(cell(80.0, 22, 24)) == 25
