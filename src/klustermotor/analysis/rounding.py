"""One rule of rounding for words, tables and charts: half up, as a reader does it."""

from decimal import ROUND_HALF_UP, Decimal

_NOISE = 12
"""Decimals beyond which digits are what floating point leaves: 0.145·100 is 14.5."""


def rounded(value: float, decimals: int = 0) -> Decimal:
    """The value at so many decimals, halves away from zero; never a negative zero.

    >>> rounded(0.145 * 100), rounded(-2.5), rounded(-0.2)
    (Decimal('15'), Decimal('-3'), Decimal('0'))
    """
    exact = Decimal(repr(round(value, _NOISE)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
