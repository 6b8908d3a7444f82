"""GRIM: which percentages a number of answers can give (Brown & Heathers 2017).

A share of n answers is x/n for a whole x, so with a small n most percentages cannot occur.
Three ways of printing are allowed: rounded half up, rounded half to even, and cut.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from klustermotor.analysis.claims.cells import TableCell

Rule = Literal["half_up", "half_even", "cut"]
RULES: tuple[Rule, ...] = ("half_up", "half_even", "cut")
_NEAR = 12
"""How far outside a stated range of n we look for one that would fit."""


def counts(value: float, decimals: int, n: int, rule: Rule) -> range:
    """The whole numbers x of n whose share prints as `value` percent under the rule."""
    unit = Fraction(1, 10**decimals)
    printed = Fraction(repr(value)) if value % 1 else Fraction(int(value))
    low, high = (printed - unit / 2, printed + unit / 2)
    if rule == "cut":
        low, high = printed, printed + unit
    even = rule == "half_even" and (printed / unit) % 2 == 0
    odd = rule == "half_even" and not even
    first, last = low * n / 100, high * n / 100
    start = floor(first) + 1 if odd else ceil(first)
    stop = floor(last) if even else ceil(last) - 1
    return range(max(0, start), min(n, stop) + 1)


def fitting_n(value: float, decimals: int, among: Iterable[int], rule: Rule) -> tuple[int, ...]:
    """The n among those given under which the percentage can occur."""
    return tuple(n for n in among if n > 0 and len(counts(value, decimals, n, rule)))


def is_testable(cell: TableCell) -> bool:
    """A printed percentage, told exactly, whose n is known or bounded."""
    return (
        cell.unit == "percent"
        and cell.comparator == "="
        and cell.decimals is not None
        and cell.n_min is not None
        and cell.n_max is not None
        and 0 < cell.n_min <= cell.n_max
        and 0 <= cell.value <= 100
    )


def ns(cell: TableCell) -> range:
    """The number of answers that a testable cell may rest on."""
    assert cell.n_min is not None
    assert cell.n_max is not None
    return range(cell.n_min, cell.n_max + 1)


def rules_that_fit(cell: TableCell) -> frozenset[Rule]:
    """The ways of printing under which a testable cell is possible for some n of its range."""
    decimals = cell.decimals or 0
    return frozenset(rule for rule in RULES if fitting_n(cell.value, decimals, ns(cell), rule))


def nearest_n(cell: TableCell) -> int | None:
    """The n closest outside the stated range under which the cell would be possible."""
    span, decimals = ns(cell), cell.decimals or 0
    for step in range(1, _NEAR + 1):
        for n in (span.start - step, span.stop - 1 + step):
            if fitting_n(cell.value, decimals, (n,), "half_up"):
                return n
    return None


def possible_nearby(cell: TableCell) -> tuple[float, ...]:
    """The two percentages around the printed one that the range of n allows, rounded half up."""
    decimals = cell.decimals or 0
    scale = 10**decimals
    shares = {
        Fraction(floor(Fraction(100 * x * scale, n) + Fraction(1, 2)), scale)
        for n in ns(cell)
        for x in range(floor(cell.value * n / 100), min(n, ceil(cell.value * n / 100)) + 1)
    }
    below = max((s for s in shares if s < cell.value), default=None)
    above = min((s for s in shares if s > cell.value), default=None)
    return tuple(float(s) for s in (below, above) if s is not None)
