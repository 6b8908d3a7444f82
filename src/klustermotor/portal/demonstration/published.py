"""The published figures, and which whole numbers of answers can lie behind them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
Rounding = Literal["half up", "half even", "truncation"]
ROUNDINGS: tuple[Rounding, ...] = ("half up", "half even", "truncation")


@dataclass(frozen=True)
class Figure:
    """One figure as printed. `item` is ``block.item`` of the questionnaire, a block, or a fact.

    `category` is a code, a named share, ``n_min`` or ``n_max``; `n_min` and `n_max` are the
    number of answers stated beside it, None where none is.
    """

    initiative: str
    wave: str
    item: str
    category: str
    value: float
    unit: str
    n_min: int | None
    n_max: int | None
    source: str

    @property
    def block(self) -> str:
        return self.item.partition(".")[0]


@dataclass(frozen=True)
class Fit:
    """`count` of `n` answers, and the first rounding rule that prints the figure; None if none."""

    n: int
    count: int
    rounding: Rounding | None


def read_figures(path: Path = HERE / "published_figures.csv") -> tuple[Figure, ...]:
    """Every published figure, in the order of the source."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Figure(
                initiative=row["initiative"],
                wave=row["wave"],
                item=row["item"],
                category=row["category"],
                value=float(row["value"]),
                unit=row["unit"],
                n_min=int(row["n_min"]) if row["n_min"] else None,
                n_max=int(row["n_max"]) if row["n_max"] else None,
                source=row["source"],
            )
            for row in csv.DictReader(file)
        )


def percent(count: int, n: int, rounding: Rounding) -> int:
    """`count` of `n` as a whole percentage, rounded by the rule."""
    whole, rest = divmod(100 * count, n)
    if rounding == "truncation" or 2 * rest < n:
        return whole
    tie = 2 * rest == n
    return whole if tie and rounding == "half even" and whole % 2 == 0 else whole + 1


def rounding_that_prints(count: int, n: int, value: float) -> Rounding | None:
    """The first of half up, half even and truncation by which `count` of `n` prints `value`."""
    return next((rule for rule in ROUNDINGS if percent(count, n, rule) == value), None)


def fits(value: float, sizes: Iterable[int]) -> Iterator[Fit]:
    """Every count of every size that prints the percentage `value` by some rule of rounding."""
    for n in sizes:
        for count in range(n + 1):
            rule = rounding_that_prints(count, n, value)
            if rule is not None:
                yield Fit(n, count, rule)


def best_fits(value: float, sizes: Iterable[int]) -> tuple[Fit, ...]:
    """The fits by the most usual rule that has any; without any, the single nearest count.

    Nearest is the smallest distance in percentage points; of equals, the larger size.
    """
    sizes = tuple(sizes)
    found = tuple(fits(value, sizes))
    for rule in ROUNDINGS:
        of_rule = tuple(fit for fit in found if fit.rounding == rule)
        if of_rule:
            return of_rule
    candidates = [Fit(n, count, None) for n in sizes for count in range(n + 1)]
    return (min(candidates, key=lambda c: (abs(100 * c.count / c.n - value), -c.n)),)
