"""The cells of a report by topic and wave, for the checks to look up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import erfc, sqrt

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.quantity import Quantity

CERTAIN = 0.05
_RARE = 0.15
_ABOUT = 0.1


class Figures:
    """Cells by topic and wave, in time order; built once for a report."""

    def __init__(self, cells: Iterable[TableCell]) -> None:
        self.cells = tuple(cells)
        self._by_topic: defaultdict[Topic, dict[str, TableCell]] = defaultdict(dict)
        self._asked: defaultdict[tuple[str, str, str], list[Topic]] = defaultdict(list)
        self._answered: defaultdict[tuple[str, str, str], list[Topic]] = defaultdict(list)
        waves: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for cell in self.cells:
            topic = topic_of(cell)
            if topic not in self._by_topic:
                self._asked[cell.initiative, cell.table, cell.item].append(topic)
                self._answered[cell.initiative, cell.table, cell.category].append(topic)
            self._by_topic[topic][cell.wave] = cell
            if cell.wave:
                waves[cell.initiative][cell.wave] += 1
        self._waves = {i: _in_time(found) for i, found in waves.items()}
        self.initiatives = tuple(dict.fromkeys(c.initiative for c in self.cells if c.initiative))

    def waves(self, initiative: str = "") -> tuple[str, ...]:
        """The waves of an initiative, or of all, in order."""
        if initiative in self._waves:
            return self._waves[initiative]
        return tuple(sorted({w for found in self._waves.values() for w in found}))

    def row(self, topic: Topic) -> Mapping[str, TableCell]:
        """A topic's cells by wave, in time order."""
        found = self._by_topic.get(topic, {})
        return dict(sorted(found.items()))

    def may_be_of(self, topic: Topic, whole: float, waves: Iterable[str]) -> bool:
        """Whether a number may be that of those who answered on a topic in one of the waves."""
        row = self.row(topic)
        cells = [row[w] for w in waves if w in row] or list(row.values())
        bounds = [(c.n_min, c.n_max) for c in cells if c.n_min is not None and c.n_max is not None]
        return len(bounds) < len(cells) or any(
            (1 - _ABOUT) * low <= whole <= (1 + _ABOUT) * high for low, high in bounds
        )

    @cached_property
    def units(self) -> Mapping[Topic, frozenset[str]]:
        """The units of each topic's figures; "of" for a number out of a known n."""
        return {
            topic: frozenset(
                "of" if cell.unit == "count" and cell.n_min is not None else cell.unit
                for cell in row.values()
            )
            for topic, row in self._by_topic.items()
        }

    @cached_property
    def _numbers_answering(self) -> frozenset[tuple[str, str, float]]:
        """The n of the cells that are shares and means, by initiative and wave."""
        return frozenset(
            (cell.initiative, cell.wave, float(n))
            for cell in self.cells
            if cell.unit in ("percent", "mean") and cell.n_min is not None
            for n in {cell.n_min, cell.n_max}
            if n is not None
        )

    def answered(self, value: float, initiative: str, wave: str) -> bool:
        """Whether so many answered some question of an initiative in a wave."""
        return (initiative, wave, value) in self._numbers_answering

    def siblings(self, topic: Topic) -> tuple[Topic, ...]:
        """The topics that a superlative compares it with, itself among them."""
        asked = self._asked[topic.initiative, topic.table, topic.item]
        answered = self._answered[topic.initiative, topic.table, topic.category]
        return tuple(asked if len(asked) >= max(2, len(answered)) else answered)

    def of_table(self, topic: Topic) -> tuple[Topic, ...]:
        """The topics of a topic's table, itself among them."""
        return tuple(
            t for t in self._by_topic if (t.initiative, t.table) == (topic.initiative, topic.table)
        )


def _in_time(counted: Counter[str]) -> tuple[str, ...]:
    """The waves in order; a year that hardly any figure has, among many that do, is no wave."""
    most = max(counted.values())
    return tuple(sorted(w for w, n in counted.items() if n >= _RARE * most))


def topic_of(cell: TableCell) -> Topic:
    """What a cell is about, whatever its wave."""
    return Topic(cell.initiative, cell.table, cell.item, cell.category)


def agrees(  # noqa: PLR0911 - one return per kind of quantity and unit
    quantity: Quantity, cell: TableCell
) -> bool | None:
    """Whether a quantity says what a cell holds; None when they cannot be compared."""
    if quantity.kind in ("percent", "word"):
        share = as_percent(cell)
        return None if share is None else _allows(quantity, cell, *share)
    if quantity.kind == "of":
        return _agrees_of(quantity, cell)
    if quantity.kind in ("count", "bare"):
        if cell.unit == "count" or (
            cell.unit in ("mean", "ratio", "other") and quantity.kind == "bare"
        ):
            return _allows(quantity, cell, cell.value, cell.slack if cell.unit != "count" else 0.0)
        if (
            cell.unit == "percent"
            and quantity.kind == "bare"
            and (quantity.role or not quantity.noun)
        ):
            agreed = _allows(quantity, cell, cell.value, cell.slack)
            if agreed or cell.n_min is None or quantity.decimals:
                return agreed or None
        if cell.unit == "percent" and cell.n_min is not None and cell.n_max is not None:
            return any(
                abs(100 * quantity.value / n - cell.value) <= cell.slack + 1e-9
                for n in range(cell.n_min, cell.n_max + 1)
            )
        return None
    if quantity.kind == "n":
        if cell.n_min is None or cell.n_max is None or quantity.low < quantity.high:
            return None
        return cell.n_min <= quantity.high and quantity.low <= cell.n_max
    return None


def _allows(quantity: Quantity, cell: TableCell, value: float, slack: float) -> bool:
    if cell.comparator == ">":
        return quantity.high > value or quantity.allows(value, slack)
    if cell.comparator == "<":
        return quantity.low < value or quantity.allows(value, slack)
    if cell.comparator == "≈":
        slack = max(slack, 0.07 * abs(value))
    elif quantity.exact and slack and quantity.decimals >= (cell.decimals or 0):
        return (
            abs(quantity.value - value)
            <= (slack if quantity.decimals > (cell.decimals or 0) else 0.0) + 1e-9
        )
    return quantity.allows(value, slack)


def _agrees_of(  # noqa: PLR0911 - one return per unit, and per whole that is another's
    quantity: Quantity, cell: TableCell
) -> bool | None:
    whole = quantity.out_of or 0
    if quantity.value > whole:
        return None
    if cell.unit == "count":
        if cell.n_min is None or cell.n_max is None:
            return cell.value in {quantity.value, whole}
        if not cell.n_min <= whole <= cell.n_max:
            return None
        return quantity.value == cell.value
    if cell.unit == "percent":
        low, high = cell.n_min, cell.n_max
        if low is not None and high is not None and not low <= whole <= high:
            return None
        return abs(100 * quantity.value / whole - cell.value) <= cell.slack + 1e-6
    return None


def as_percent(cell: TableCell) -> tuple[float, float] | None:
    """A cell as a share in percent, with how far it may be off; None when it is none."""
    if cell.unit == "percent":
        return cell.value, cell.slack
    if cell.unit == "count" and cell.n_min and cell.n_min == cell.n_max:
        return 100 * cell.value / cell.n_min, 0.0
    return None


def smallest_p(before: TableCell, after: TableCell) -> float | None:
    """The smallest two-sided p of a two-sample test that the ranges of n allow.

    z = (p₂ − p₁)/√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂) with the largest n of each range; None without n,
    or when nothing varies (a share of 0 or 100 in both).
    """
    shares = as_percent(before), as_percent(after)
    if shares[0] is None or shares[1] is None or not before.n_max or not after.n_max:
        return None
    p1, p2 = shares[0][0] / 100, shares[1][0] / 100
    n1, n2 = before.n_max, after.n_max
    variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    if variance <= 0:
        return 0.0 if p1 != p2 else None
    return erfc(abs(p2 - p1) / sqrt(variance) / sqrt(2))


def within_noise(before: TableCell, after: TableCell) -> bool:
    """Whether no n of the ranges makes the difference larger than chance would."""
    p = smallest_p(before, after)
    return p is not None and p >= CERTAIN


def ordered(waves: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Waves in the order of time."""
    return tuple(sorted(set(waves), key=lambda w: order.index(w) if w in order else -1))
