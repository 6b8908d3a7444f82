"""GRIM: which percentages a number of answers can give (Brown & Heathers 2017).

A share of n answers is x/n for a whole x, so with a small n most percentages cannot occur.
Three ways of printing are allowed: rounded half up, rounded half to even, and cut. All in whole
numbers, for many figures and many n at once.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt

from klustermotor.analysis.claims.cells import TableCell

Rule = Literal["half_up", "half_even", "cut"]
RULES: tuple[Rule, ...] = ("half_up", "half_even", "cut")
NEAR = 12
"""How far outside a stated range of n we look for one that would fit."""

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def count_bounds(
    values: Sequence[float], decimals: Sequence[int], n: Whole, rule: Rule
) -> tuple[Whole, Whole]:
    """The fewest and the most of n whose share prints as each percentage, as figures × n.

    No count gives the percentage where the fewest are more than the most. With p the printed
    figure in units of its last decimal and u = 100 in the same units, x of n prints as p when
    2ux/n lies in [2p − 1, 2p + 1) rounded half up, in [2p, 2p + 2) cut, and half to even in
    [2p − 1, 2p + 1] for an even p, between them for an odd one.
    """
    printed = np.array(
        [int(Decimal(repr(v)).scaleb(d)) for v, d in zip(values, decimals, strict=True)],
        dtype=np.int64,
    )[:, np.newaxis]
    twice_whole = np.array([2 * 100 * 10**d for d in decimals], dtype=np.int64)[:, np.newaxis]
    shift = 0 if rule == "cut" else -1
    first, last = (2 * printed + shift) * n, (2 * printed + shift + 2) * n
    low, high = _ceiling(first, twice_whole), _ceiling(last, twice_whole) - 1
    if rule == "half_even":
        even = printed % 2 == 0
        low = np.where(even, low, first // twice_whole + 1)
        high = np.where(even, last // twice_whole, high)
    return np.maximum(low, 0), np.minimum(high, n)


def _ceiling(dividend: Whole, divisor: Whole) -> Whole:
    return -(-dividend // divisor)


def counts(value: float, decimals: int, n: int, rule: Rule) -> range:
    """The whole numbers x of n whose share prints as `value` percent under the rule."""
    low, high = count_bounds([value], [decimals], np.array([n], dtype=np.int64), rule)
    return range(int(low[0, 0]), int(high[0, 0]) + 1)


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


def within(span: range) -> Whole:
    """The n of a range as an array; of a very long one as many as can tell figures apart."""
    return np.arange(span.start, min(span.stop, span.start + _TELLING), dtype=np.int64)


_TELLING = 2 * 100 * 10**2
"""From so many answers on, every percentage of two decimals is some count of them."""


def fitting(cell: TableCell, n: Whole, rule: Rule) -> Flags:
    """Under which of the n a cell can occur."""
    low, high = count_bounds([cell.value], [cell.decimals or 0], n, rule)
    found: Flags = (low <= high)[0]
    return found


def rules_that_fit(cell: TableCell) -> frozenset[Rule]:
    """The ways of printing under which a testable cell is possible for some n of its range."""
    return rules_of([cell])[cell]


def rules_of(cells: Sequence[TableCell]) -> Mapping[TableCell, frozenset[Rule]]:
    """The same for many testable cells, those with the same range of n at once."""
    by_range: dict[range, list[TableCell]] = {}
    for cell in cells:
        by_range.setdefault(ns(cell), []).append(cell)
    found: dict[TableCell, frozenset[Rule]] = {}
    for span, alike in by_range.items():
        told = [c.value for c in alike], [c.decimals or 0 for c in alike]
        fits = {rule: _any(*count_bounds(*told, within(span), rule)) for rule in RULES}
        for at, cell in enumerate(alike):
            found[cell] = frozenset(rule for rule in RULES if fits[rule][at])
    return found


def _any(low: Whole, high: Whole) -> Flags:
    return np.asarray((low <= high).any(axis=1))


def outside(span: range) -> Whole:
    """The n near a range but not in it, the nearest first, the smaller first of two as near."""
    near = [n for step in range(1, NEAR + 1) for n in (span.start - step, span.stop - 1 + step)]
    return np.array([n for n in near if n > 0], dtype=np.int64)


def nearest_n(cell: TableCell) -> int | None:
    """The n closest outside the stated range under which the cell would be possible."""
    near = outside(ns(cell))
    fits = near[fitting(cell, near, "half_up")]
    return int(fits[0]) if fits.size else None


def possible_nearby(cell: TableCell) -> tuple[float, ...]:
    """The two percentages around the printed one that the range of n allows, rounded half up."""
    scale = 10 ** (cell.decimals or 0)
    n = within(ns(cell))
    printed = int(Decimal(repr(cell.value)).scaleb(cell.decimals or 0))
    near = printed * n // (100 * scale) + np.arange(-1, 3, dtype=np.int64)[:, np.newaxis]
    shares = (2 * 100 * scale * near + n) // (2 * n)  # x/n in units, rounded half up
    real = (near >= 0) & (near <= n)
    below, above = shares[real & (shares < printed)], shares[real & (shares > printed)]
    found = [int(below.max())] if below.size else []
    found += [int(above.min())] if above.size else []
    return tuple(share / scale for share in found)
