"""The cells of a report's tables, and the faults that a proofreader finds against them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

Unit = Literal["percent", "count", "mean", "points", "ratio", "other"]
Comparator = Literal["=", "≈", ">", "<"]
Severity = Literal["error", "warning", "note"]
"""Cannot be true · contradicts or misleads · worth a look."""

PRINTED_DECIMALS = 2
"""A value with more decimals than this is computed, not printed, and carries no rounding."""


@dataclass(frozen=True)
class TableCell:
    """One figure of a table.

    `value` is in the unit: percent 0–100, points for percentage points, mean on its scale.
    `n_min` and `n_max` bound the number of answers; both are the same when n is known, and None
    when it is not. `base` names the total that a column must add up to: cells of a table and wave
    with the same base are shares of one single-choice total; empty when they need not add up.
    """

    initiative: str
    table: str
    wave: str
    item: str
    category: str
    comparator: Comparator
    value: float
    unit: Unit
    n_min: int | None
    n_max: int | None
    base: str

    @cached_property
    def decimals(self) -> int | None:
        """Decimals printed, one at least for a mean; None for a computed value.

        ``50.0`` counts as none for other units.
        """
        exponent = Decimal(repr(self.value)).normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        places = max(places, 1) if self.unit == "mean" else places
        return places if places <= PRINTED_DECIMALS else None

    @property
    def slack(self) -> float:
        """Half a unit of the last printed decimal: how far the unrounded value may be off."""
        return 0.0 if self.decimals is None else 0.5 * 10.0**-self.decimals

    @property
    def name(self) -> str:
        """Item and category as a person reads them."""
        return " – ".join(part for part in (self.item, self.category) if part)


@dataclass(frozen=True)
class Fault:
    """A fault in a text or table. `start` and `end` are offsets in the text (0, 0 for a table).

    `cell` is the figure that the verdict rests on, None when it rests on the text alone;
    `suggestion` is what would be right, empty when only the writer can know.
    """

    sentence: str
    kind: str
    severity: Severity
    cell: TableCell | None
    message: str
    suggestion: str
    start: int
    end: int


KINDS = (
    "impossible_percentage",
    "column_sum",
    "counts_exceed_n",
    "inconsistent_table",
    "not_in_table",
    "wrong_figure",
    "stale_figure",
    "wrong_difference",
    "percent_for_points",
    "quantity_word",
    "wrong_direction",
    "superlative",
    "reference_wave",
    "noise",
    "effect",
    "told_two_ways",
    "incomparable",
)
"""Every kind of fault."""
