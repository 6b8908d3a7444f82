"""Every printed figure is rounded half up, wherever it is printed."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from klustermotor.analysis.claims import numbers
from klustermotor.analysis.rounding import rounded
from klustermotor.report import language

SHARES = [(x, n) for n in range(1, 201) for x in range(n + 1)]


def half_up(x: int, n: int, decimals: int) -> Decimal:
    """100·x/n by long division, whose remainder decides the last digit."""
    units, rest = divmod(100 * 10**decimals * x, n)
    return Decimal(units + (2 * rest >= n)).scaleb(-decimals)


@pytest.mark.parametrize("decimals", [0, 1])
def test_every_share_of_up_to_200_answers_is_printed_half_up(decimals):
    for x, n in SHARES:
        wanted = half_up(x, n, decimals)
        assert language.percent(x / n, "en", decimals) == f"{wanted}%"
        assert numbers.number(x / n * 100, "en", decimals) == str(wanted)


def test_a_half_is_rounded_up_where_floating_point_falls_short_of_it():
    assert 0.145 * 100 < 14.5
    assert rounded(0.145 * 100) == 15
    assert language.percent(0.145, "sv") == "15\u00a0%"
    assert language.percent(15 / 24, "nb") == "63\u00a0%"
    assert language.number(2.675, "en", 2) == "2.68"


def test_halves_below_zero_go_away_from_zero_and_zero_has_no_sign():
    assert rounded(-2.5) == -3
    assert str(rounded(-0.2)) == "0"
    assert numbers.number(-0.2, "sv") == "0"
    assert language.number(-0.2, "sv", sign=True) == "0"


@pytest.mark.parametrize("decimals", range(4))
def test_a_rounded_number_is_what_decimal_arithmetic_gives(decimals):
    for thousandths in range(0, 5000, 5):
        exact = Decimal(thousandths) / 1000
        step = Decimal(1).scaleb(-decimals)
        assert rounded(float(exact), decimals) == exact.quantize(step, ROUND_HALF_UP)
