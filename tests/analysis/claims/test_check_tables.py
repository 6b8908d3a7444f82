"""Tables by themselves: what a printed table cannot be."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

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


def column(values, n, high=None, *, base="", unit="percent", wave="2024"):
    return [
        cell(v, n, high, item=f"part {i}", base=base, unit=unit, wave=wave)
        for i, v in enumerate(values)
    ]


def test_one_n_that_would_make_a_whole_column_possible_is_told_beside_its_impossible_figures():
    faults = check_tables(column([84.0, 80.0, 48.0], 22, 24), language="en")
    assert [f.cell.value for f in faults] == [84, 80]
    assert all("With n = 25 all 3 shares of Table 1, 2024 would be possible" in f.message
               for f in faults)  # fmt: skip


def test_shares_that_make_100_but_no_whole_counts_of_one_n_are_inconsistent():
    # Five times 2 and once 7 of 17 are printed as 12 and 41, which make 101.
    assert kinds(*column([12.0] * 5 + [41.0], 17, base="who")) == []
    # Sixteen times 6 and once 12 are within rounding of 100, but 16 + 2 = 18 of 17.
    (fault,) = check_tables(column([6.0] * 16 + [12.0], 17, base="who"), language="sv")
    assert (fault.kind, fault.severity) == ("inconsistent_table", "error")
    assert "möjliga var för sig men inte tillsammans" in fault.message
    assert "n = 17 ger alla andelarna" in fault.message


def test_the_parts_of_a_whole_share_one_n_of_a_stated_range():
    # 35 is 8 of 23, 25 is 6 of 24, 40 is 10 of 25; only of 20 are they 7, 5 and 8.
    (fault,) = check_tables(column([35.0, 25.0, 40.0], 23, 25, base="who"), language="en")
    assert (fault.kind, fault.severity) == ("inconsistent_table", "error")
    assert "The nearest n that would make them possible is 20." in fault.message
    apart = [f.kind for f in check_tables(column([35.0, 25.0, 40.0], 23, 25), language="en")]
    assert apart == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "9 av n = 21 är 43"), ("nb", "9 av n = 21 er 43"), ("en", "9 out of n = 21 is 43")],
)
def test_a_share_that_is_not_the_count_beside_it_is_told_with_the_right_one(language, said):
    share, count = cell(48.0, 21), cell(9.0, 21, unit="count")
    (fault,) = check_tables([share, count], language=language)
    assert (fault.kind, fault.severity, fault.cell) == ("inconsistent_table", "error", share)
    assert said in fault.message
    assert fault.suggestion.startswith("43")
    assert kinds(cell(43.0, 21), count) == []


def test_columns_of_counts_and_shares_are_held_against_each_other_by_their_rows():
    def row(item, count, share):
        both = (("Antal", count, "count"), ("Andel (%)", share, "percent"))
        return [TableCell("", "T", "2024", item, c, "=", v, u, 21, 21, "") for c, v, u in both]

    right = [*row("orders", 9.0, 43.0), *row("costs", 3.0, 14.0)]
    assert kinds(*right) == []
    assert kinds(*right, *row("jobs", 5.0, 29.0)) == ["inconsistent_table"]
    # Counts of something else: most shares are no shares of them.
    assert kinds(*row("orders", 4.0, 43.0), *row("costs", 1.0, 14.0)) == []


def test_halves_rounded_up_and_to_even_in_one_table_are_worth_a_look():
    (note,) = check_tables([cell(13.0, 8), cell(12.0, 8, item="costs")], language="en")
    assert (note.kind, note.severity) == ("inconsistent_table", "note")
    assert "13\u00a0percent" in note.message.split("rounded up")[0]


def test_an_end_of_a_stated_range_that_no_figure_can_rest_on_is_worth_a_look():
    (note,) = check_tables(column([45.0, 53.0, 47.0], 19, 21), language="nb")
    assert (note.kind, note.severity) == ("inconsistent_table", "note")
    assert "ingen av de 3 andelene kan bygge på n = 21" in note.message
    assert kinds(*column([45.0, 53.0, 48.0], 19, 21)) == []


def test_parts_that_make_100_only_if_cut_are_a_note_until_one_of_the_table_is_rounded():
    # Of 400 answers, 7 are 1.75 percent: twenty times 7 and 260 make 400, and are cut to 85.
    cut = column([1.0] * 20 + [65.0], 400, base="who")
    (note,) = check_tables(cut, language="en")
    assert (note.kind, note.severity) == ("inconsistent_table", "note")
    refuted = check_tables([*cut, cell(62.0, 21, item="other", wave="2023")], language="en")
    (error,) = refuted
    assert (error.severity, error.suggestion) == (
        "error", "Work the shares out again from the counts."
    )  # fmt: skip


def test_parts_of_an_unknown_n_that_may_have_been_cut_are_a_warning():
    parts = [cell(v, None, item=str(v), base="who") for v in (11.0, 12.0, 13.0, 14.0, 15.0, 31.0)]
    assert [(f.kind, f.severity) for f in check_tables(parts)] == [("column_sum", "warning")]
    parts[-1] = cell(25.0, None, item="last", base="who")
    assert [(f.kind, f.severity) for f in check_tables(parts)] == [("column_sum", "error")]


def shares(counts, n, decimals, rule):
    scale = 10**decimals
    quantum = Decimal(1).scaleb(-decimals)
    modes = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "cut": ROUND_DOWN}
    exact = [Decimal(100 * x * scale) / Decimal(n * scale) for x in counts]
    return [float(share.quantize(quantum, modes[rule])) for share in exact]


@st.composite
def single_choices(draw):
    parts = draw(st.lists(st.integers(0, 40), min_size=2, max_size=9).filter(any))
    decimals = draw(st.integers(0, 2))
    rule = draw(st.sampled_from(RULES))
    n = sum(parts)
    low, high = draw(st.integers(max(1, n - 3), n)), draw(st.integers(n, n + 3))
    return parts, n, decimals, rule, low, high


@given(single_choices())
def test_a_table_made_of_whole_counts_is_never_wrong(drawn):
    parts, n, decimals, rule, low, high = drawn
    printed = shares(parts, n, decimals, rule)
    beside = column(parts, low, high, unit="count", wave="2023")
    wrong = [
        fault
        for fault in check_tables(
            [*column(printed, low, high, base="who"), *beside,
             *column(printed, low, high, wave="2023")], language="en"
        )
        if fault.severity != "note"
    ]  # fmt: skip
    assert wrong == []


@given(single_choices(), st.data())
def test_a_table_is_wrong_exactly_when_a_search_through_all_counts_finds_none(drawn, data):
    parts, n, _decimals, rule, low, high = drawn
    printed = shares(parts, n, 0, rule)
    at = data.draw(st.integers(0, len(printed) - 1))
    printed[at] += data.draw(st.sampled_from([-2, -1, 1, 2]))
    if not 0 <= printed[at] <= 100:
        return
    cells = column(printed, low, high, base="who")
    found = {f.kind for f in check_tables(cells, language="en") if f.severity == "error"}
    possible = any(can_be(printed, n, rule) for n in range(low, high + 1) for rule in RULES)
    assert possible == (not found) or only_cut_beside_rounded(cells)


def only_cut_beside_rounded(cells):
    """Some can only have been cut and others only rounded, so no one way gives them all."""
    rules = [rules_that_fit(one) for one in cells]
    return {"cut"} in rules and any("cut" not in fitting for fitting in rules)


def can_be(printed, n, rule):
    """The slow way: which totals can be reached with a count for each share, one by one."""
    reached = {0}
    for share in printed:
        fits = [x for x in range(n + 1) if shares([x], n, 0, rule) == [share]]
        reached = {total + x for total in reached for x in fits if total + x <= n}
    return n in reached
