"""A whole table's consistency: whether any set of n makes all its figures possible at once.

Each figure has a number of answers of its own within its stated range, and rests on one in common
with others in two cases: the shares of one single-choice total, whose counts must make up that n,
and a share beside its own count. The whole table was printed by one way of rounding.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.checks import grim
from klustermotor.analysis.claims.checks.grim import Flags, Rule, Whole

FEWEST = 3
"""Figures of a column that must share a stated range before its ends are asked for."""

_UNIT_WORDS = re.compile(
    r"\b(?:antal|antall|andel|number|count|share|procent|prosent|percent|per cent)\b|[%()]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Shared:
    """Percentages that rest on one number of answers, and the count beside each, if any."""

    percents: tuple[TableCell, ...]
    counts: tuple[TableCell | None, ...]
    whole: bool
    """Whether they are the parts of one whole."""

    @property
    def span(self) -> range:
        """The n that all of them allow."""
        spans = [grim.ns(cell) for cell in self.percents]
        return range(max(s.start for s in spans), min(s.stop for s in spans))

    def possible(self, n: Whole, rule: Rule) -> Flags:
        """Under which of the n all can occur together, printed by the rule."""
        values = [cell.value for cell in self.percents]
        decimals = [cell.decimals or 0 for cell in self.percents]
        low, high = grim.count_bounds(values, decimals, n, rule)
        for at, beside in enumerate(self.counts):
            if beside is not None:
                low[at] = np.maximum(low[at], int(beside.value))
                high[at] = np.minimum(high[at], int(beside.value))
        found = np.asarray((low <= high).all(axis=0))
        if self.whole:
            found &= (low.sum(axis=0) <= n) & (high.sum(axis=0) >= n)
        return found

    def rules(self) -> frozenset[Rule]:
        """The ways of printing under which some n of the span makes all possible."""
        n = grim.within(self.span)
        return frozenset(rule for rule in grim.RULES if self.possible(n, rule).any())

    def nearest_n(self) -> int | None:
        """The n closest outside the span that would make all possible."""
        return _nearest(self, self.span)


def _nearest(shared: Shared, span: range) -> int | None:
    near = grim.outside(span)
    fits = near[shared.possible(near, "half_up") | shared.possible(near, "half_even")]
    return int(fits[0]) if fits.size else None


def of_a_whole(column: Sequence[TableCell]) -> Shared | None:
    """A column of single-choice shares; None where their n are unknown or have none in common."""
    if not all(map(grim.is_testable, column)):
        return None
    shared = Shared(tuple(column), (None,) * len(column), whole=True)
    return shared if shared.span else None


Row = tuple[str, str, str, str, str]


def shares_beside_counts(cells: Sequence[TableCell]) -> Iterator[Shared]:
    """Each share whose own count stands beside it, told by their names without the unit's words.

    Left out where most shares of a table and wave are no share of the counts beside them: those
    are counts of something else.
    """
    rows: defaultdict[Row, dict[str, list[TableCell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        if grim.is_testable(cell) or (cell.unit == "count" and cell.comparator == "="):
            rows[_row_of(cell)][cell.unit].append(cell)
    tables: defaultdict[tuple[str, ...], list[Shared]] = defaultdict(list)
    for row, by_unit in rows.items():
        if len(by_unit["percent"]) == len(by_unit["count"]) == 1:
            (share,), (count,) = by_unit["percent"], by_unit["count"]
            if count.value == int(count.value) and count.value >= 0:
                tables[row[:3]].append(Shared((share,), (count,), whole=False))
    for found in tables.values():
        wrong = sum(not pair.rules() for pair in found)
        if wrong * 2 < len(found) or _named_alike(found):
            yield from found


def _named_alike(pairs: Sequence[Shared]) -> bool:
    """Whether shares and counts carry the very same names, so that there is nothing to guess."""
    return all(
        count is not None and count.category == share.category
        for pair in pairs
        for share, count in zip(pair.percents, pair.counts, strict=True)
    )


def _row_of(cell: TableCell) -> Row:
    category = " ".join(_UNIT_WORDS.sub(" ", cell.category).split()).casefold()
    return cell.initiative, cell.table, cell.wave, cell.item, category


Column = tuple[str, str, str, range]


def columns_of(cells: Iterable[TableCell]) -> Mapping[Column, Sequence[TableCell]]:
    """Testable cells by table, wave and the range of n stated for them."""
    found: defaultdict[Column, list[TableCell]] = defaultdict(list)
    for cell in cells:
        if grim.is_testable(cell):
            found[cell.initiative, cell.table, cell.wave, grim.ns(cell)].append(cell)
    return found


def common_n(column: Sequence[TableCell], span: range) -> int | None:
    """The n closest outside the range under which every figure of a column would be possible."""
    return _nearest(Shared(tuple(column), (None,) * len(column), whole=False), span)


def unused_ends(column: Sequence[TableCell], span: range, rules: Iterable[Rule]) -> tuple[int, ...]:
    """The ends of a stated range that no figure of its column can rest on, printed by the rules.

    A range states the smallest and the largest number of answers, so some figure has each.
    """
    if len(span) < 2 or len(column) < FEWEST:
        return ()
    ends = np.array([span.start, span.stop - 1], dtype=np.int64)
    used = np.zeros(2, dtype=np.bool_)
    for rule in rules:
        for cell in column:
            used |= grim.fitting(cell, ends, rule)
    return tuple(int(n) for n in ends[~used])
