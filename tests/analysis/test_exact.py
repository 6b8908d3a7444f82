"""The vectorised exact tests give what SciPy gives one table at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from klustermotor.analysis import exact


@st.composite
def tables(draw):
    n = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    return draw(st.integers(0, n[0])), n[0], draw(st.integers(0, n[1])), n[1]


@given(st.lists(tables(), min_size=1, max_size=20))
def test_fisher_agrees_with_scipy_for_every_table(rows):
    p = exact.fisher(*np.array(rows).T)
    for row, (x1, n1, x2, n2) in enumerate(rows):
        expected = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
        assert p[row] == pytest.approx(expected, abs=1e-9)


def test_fisher_of_an_empty_group_is_undefined():
    assert np.isnan(exact.fisher(*(np.array([v]) for v in (0, 0, 3, 10))))[0]


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_two_sided_binomial_test(up, down):
    p = exact.mcnemar(np.array([up]), np.array([down]))[0]
    expected = stats.binomtest(up, up + down).pvalue if up + down else 1.0
    assert p == pytest.approx(expected)


def test_combining_leaves_out_a_part_without_respondents():
    p, none = np.array([0.03]), np.array([np.nan])
    size = np.array([12.0])
    combined = exact.combine([(p, np.array([1.0]), size), (none, np.zeros(1), np.zeros(1))])
    assert combined[0] == pytest.approx(0.03)


def test_combining_opposite_directions_of_equal_weight_finds_nothing():
    p, size = np.array([0.03]), np.array([12.0])
    combined = exact.combine([(p, np.array([1.0]), size), (p, np.array([-1.0]), size)])
    assert combined[0] == pytest.approx(1.0)
