"""What may be shown of a subgroup: the rule, its complements, and the audit of both.

For every item (both sides of a gap, and every wave when companies are followed) the richest of
these publications is chosen that leaves every protected count open (see `witness`): all shares
and means with intervals; of the shares only the named ones; no intervals of means; no means; means
alone; the same for fewer groupings, the last of the list first; nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.disclosure.witness import Counts
from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.measures import Measure, measures_of, scale_of
from klustermotor.analysis.questionnaire import Column, Questionnaire, Scale

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Row = tuple[str, str, str, str, str]
"""initiative, wave, block, item, group."""

SafeUnion = Callable[[Flags], bool]
"""Whether the groups flagged, taken together, may be seen."""

ALL, NAMED, NONE = range(3)
"""Which shares are shown; of a scale without named shares, the commonest answer counts as one."""


@dataclass(frozen=True)
class Detail:
    """How much is shown of an item in its groups."""

    shares: int
    mean: bool
    interval: bool


CROSS, EACH = "", "*"
"""Where all groupings cross, and where they cross with the release that first counted the answer:
these are never shown."""

LADDER = (
    Detail(ALL, True, True),
    Detail(NAMED, True, True),
    Detail(NAMED, True, False),
    Detail(NAMED, False, False),
    Detail(NONE, True, False),
)
ABSENT, NO_ANSWER = -2, -1


@dataclass(frozen=True)
class Shown:
    """What may be shown of one item in one subgroup: categories of shares, and its mean."""

    shares: frozenset[str] = frozenset()
    mean: bool = False
    interval_of_mean: bool = False

    @property
    def anything(self) -> bool:
        return self.mean or bool(self.shares)


def shown_in_groups(answers: Answers, by: Sequence[str], k: int) -> Mapping[Row, Shown]:
    """What may be shown per initiative, wave, item and subgroup; what is missing is hidden.

    ``by`` are the grouping columns in order of importance. Raises KeyError when one is missing.
    """
    result: dict[Row, Shown] = {}
    if not by:
        return result
    for _, frame in answers.frame.group_by("initiative", maintain_order=True):
        for units in _units(frame, answers.keyed):
            for item in items(answers.questionnaire):
                scale = scale_of(item[0])
                if scale is None:
                    result |= _numbers(frame, units, item[0], by[0], k)
                else:
                    result |= _Item(frame, units, item, scale, tuple(by), k).decide()
    return {row: shown for row, shown in result.items() if row[:2] not in answers.ungrouped}


def left_open(frame: pl.DataFrame, item: tuple[Column, ...], by: Sequence[str], k: int) -> bool:
    """Whether one wave's figures of the whole, before and now, leave its groups' counts open.

    ``frame`` has the column `counted_in` of the item. True when the releases together give away
    no protected count that the last one would not give away alone. Numbers are not looked at.
    """
    scale = scale_of(item[0])
    if scale is None or not by:
        return True
    units = next(_units(frame, keyed=False))
    whole = _Item(frame, units, item, scale, tuple(by), k)
    return whole.safe(whole.counts(), {}, by)


COUNTED = "counted:"


def counted_in(item: Column) -> str:
    """The column that tells in which releases a respondent's answer to an item came to count."""
    return f"{COUNTED}{item.block.id}.{item.item.id}"


@dataclass(frozen=True)
class _Units:
    """Respondents, and each one's row of the answers in each wave; −1 where there is none."""

    initiative: str
    waves: tuple[str, ...]
    row: Ints


def _units(frame: pl.DataFrame, keyed: bool) -> Iterator[_Units]:
    """Companies over all waves when they are followed, otherwise each wave's respondents."""
    initiative = str(frame["initiative"][0])
    waves = tuple(frame["wave"].unique(maintain_order=True).to_list())
    wave = frame["wave"].to_list()
    if not keyed:
        for name in waves:
            rows = np.array([i for i, w in enumerate(wave) if w == name], dtype=np.int64)
            yield _Units(initiative, (name,), rows[:, None])
        return
    place: dict[object, int] = {}
    keys = [(i,) if r is None else r for i, r in enumerate(frame["respondent"].to_list())]
    for key in keys:
        place.setdefault(key, len(place))
    row = np.full((len(place), len(waves)), -1, dtype=np.int64)
    for i, (key, name) in enumerate(zip(keys, wave, strict=True)):
        row[place[key], waves.index(name)] = i
    yield _Units(initiative, waves, row)


def items(questionnaire: Questionnaire) -> list[tuple[Column, ...]]:
    """The answer columns of each item – of a gap both sides – but for free text."""
    found: dict[tuple[str, str], tuple[Column, ...]] = {}
    for column in questionnaire.columns:
        if column.block.type != "text":
            key = (column.block.id, column.item.id)
            found[key] = (*found.get(key, ()), column)
    return list(found.values())


def _counted(frame: pl.DataFrame, units: _Units, item: Column) -> Ints:
    """The release that first counted each unit's answers to an item, in all waves, numbered."""
    name = counted_in(item)
    if name not in frame.columns:
        return np.zeros(len(units.row), dtype=np.int64)
    release = [*frame[name].cast(pl.String).fill_null("").to_list(), ""]
    labels = ["|".join(release[r] for r in rows) for rows in units.row]
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True)
class Place:
    """Where counts are made: a wave, a side of the gap, and the groups of one grouping."""

    wave: int
    side: int
    grouping: str
    groups: tuple[int, ...]


@dataclass(frozen=True)
class _Item:
    """One item of one initiative, with everything that could be counted of it in groups."""

    frame: pl.DataFrame
    units: _Units
    columns: tuple[Column, ...]
    scale: Scale
    by: tuple[str, ...]
    k: int
    names: list[str | None] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def decide(self) -> dict[Row, Shown]:
        counts = self.counts()
        for groupings in range(len(self.by), 0, -1):
            for detail in LADDER:
                publication = self._publish(counts, self.by[:groupings], detail)
                if publication and self.safe(counts, publication, self.by[:groupings]):
                    return publication
        return {}

    @property
    def features(self) -> list[str]:
        """What is counted of a record per wave and side: answers, each share, don't know, sums."""
        return ["", *(m.category for m in self._shares()), "?", "Σ", "Σ²"]

    def _shares(self) -> list[Measure]:
        found = measures_of(self.columns[0])
        return [m for m in found if m.statistic == "share" and m.base == "answered"]

    def _codes(self) -> Ints:
        """Each respondent's code by wave and side, as its place on the scale."""
        places = {code: i for i, code in enumerate(self.scale.substantive)}
        places |= {code: len(places) for code in self.scale.dont_know}
        codes = []
        for wave in range(len(self.units.waves)):
            rows = self.units.row[:, wave]
            for column in self.columns:
                answers = self.frame[column.name].cast(pl.String).to_list()
                codes.append([ABSENT if r < 0 else places.get(answers[r], NO_ANSWER) for r in rows])
        return np.array(codes, dtype=np.int64).T

    def _record(self) -> Ints:
        """Features per respondent: for each wave and side n, shares, don't know, Σ, Σ², present."""
        codes = self._codes()
        substantive = self.scale.substantive
        scores = np.zeros(len(substantive) + 1)
        if self.scale.type == "ordinal":
            scores[:-1] = [float(code) for code in substantive]
        score = np.rint(scores * 1000).astype(np.int64)
        parts = []
        for code in codes.T:
            answered = (code >= 0) & (code < len(substantive))
            value = np.where(answered, score[np.clip(code, 0, None)], 0)
            sets = [[substantive.index(c) for c in m.codes] for m in self._shares()]
            unsure = code == len(substantive)
            parts += [answered, *(np.isin(code, s) for s in sets), unsure, value, value**2]
            parts.append(code != ABSENT)
        return np.stack([p.astype(np.int64) for p in parts], axis=1)

    def counts(self) -> Counts:
        """Counts of every feature in every group of every grouping, and in cross-cells."""
        sides = len(self.columns)
        counted = _counted(self.frame, self.units, self.columns[0])
        member: list[Flags] = []
        for wave in range(len(self.units.waves)):
            rows = self.units.row[:, wave]
            labels = [
                [None if r < 0 else (values[r],) for r in rows]
                for values in (self.frame[c].cast(pl.String).to_list() for c in self.by)
            ]
            cross = [None if t[0] is None else t for t in zip(*labels, strict=True)]
            groupings = list(zip(self.by, labels, strict=True))
            if len(self.by) > 1:
                groupings.append((CROSS, cross))
            if len(set(counted.tolist())) > 1:
                each = [t and (*t, int(c)) for t, c in zip(cross, counted, strict=True)]
                groupings.append((EACH, each))
            for grouping, label in groupings:
                here = []
                for value in dict.fromkeys(v for v in label if v is not None):
                    here.append(len(member))
                    member.append(np.array([v == value for v in label]))
                    known = grouping in self.by and value[0] is not None
                    self.names.append(f"{grouping}={value[0]}" if known else None)
                for side in range(sides):
                    self.places.append(Place(wave, side, grouping, tuple(here)))
        width = len(self.features) + 1
        of_group: list[int] = []
        of_record: list[int] = []
        for place in self.places:
            first = (place.wave * sides + place.side) * width
            for group in place.groups:
                of_group += [group] * width
                of_record += range(first, first + width)
        return Counts(
            np.stack(member, axis=1).astype(np.int64),
            self._record(),
            np.array(of_group),
            np.array(of_record),
            counted,
        )

    def _tables(self, counts: Counts) -> Iterator[tuple[Place, int, Ints]]:
        """Each place with its first count and its counts, shape (groups, features + present)."""
        width = len(self.features) + 1
        start = 0
        for place in self.places:
            size = len(place.groups) * width
            yield place, start, counts.values[start : start + size].reshape(-1, width)
            start += size

    def _publish(self, counts: Counts, by: Sequence[str], detail: Detail) -> dict[Row, Shown]:
        result: dict[Row, Shown] = {}
        for place, _, table in self._tables(counts):
            if place.grouping in by:
                result |= self._publish_place(place, table, detail)
        return result

    def _publish_place(self, place: Place, table: Ints, detail: Detail) -> dict[Row, Shown]:
        k, n = self.k, table[:, 0]
        named = np.array([self.names[g] is not None for g in place.groups])
        enough = complemented(named & (n >= k), n, enough_union(n, k))
        shares = {}
        for i, category in enumerate(self.features[1:-3], start=1):
            if category not in self._categories(detail.shares, table):
                continue
            x = table[:, i]
            ok = enough & (x >= k) & (n - x >= k)
            shares[category] = complemented(ok, n, _safe_union(x, n, k))
        mean = np.zeros(len(n), dtype=bool)
        if self.scale.type == "ordinal" and detail.mean:
            first, second = table[:, -3], table[:, -2]
            mean = complemented(enough & _spread(n, first, second), n, _spread_union(table, k))
        result = {}
        column = self.columns[place.side]
        for i, group in enumerate(place.groups):
            shown = Shown(
                frozenset(c for c, ok in shares.items() if ok[i]),
                bool(mean[i]),
                bool(mean[i]) and detail.interval,
            )
            name = self.names[group]
            if shown.anything and name is not None:
                result[self._key(place, column, name)] = shown
        return result

    def _categories(self, tier: int, table: Ints) -> set[str]:
        shares = self.features[1:-3]
        if tier == NONE:
            return set()
        if tier == ALL:
            return set(shares)
        named = {share.id for share in self.scale.shares}
        return named or {shares[int(np.argmax(table[:, 1:-4].sum(axis=0)))]}

    def _key(self, place: Place, column: Column, group: str) -> Row:
        wave = self.units.waves[place.wave]
        return self.units.initiative, wave, column.block.id, column.item_key, group

    def safe(self, counts: Counts, publication: Mapping[Row, Shown], by: Sequence[str]) -> bool:
        """Whether every protected count that the whole leaves open stays open, whatever was
        released of the whole before."""
        published = np.zeros(len(counts.values), dtype=bool)
        present = published.copy()
        protected: list[int] = []
        width = len(self.features) + 1
        for place, start, table in self._tables(counts):
            if place.grouping not in (*by, EACH) and not (place.grouping == CROSS and len(by) > 1):
                continue
            for i, group in enumerate(place.groups):
                at = start + i * width
                present[at + width - 1] = True
                protected += [at + f for f in self._protected(table[i], place)]
                name = self.names[group]
                if name is None:
                    continue
                shown = publication.get(self._key(place, self.columns[place.side], name), Shown())
                published[[at, at + width - 4]] |= shown.anything
                for f, category in enumerate(self.features[1:-3], start=1):
                    published[at + f] |= category in shown.shares
                published[at + width - 3] |= shown.mean
                published[at + width - 2] |= shown.interval_of_mean
        published |= present
        at_stake = counts.of_one_release.open(present, protected)
        still = counts.open(published, [p for p, o in zip(protected, at_stake, strict=True) if o])
        return bool(still.all())

    def _protected(self, row: Ints, place: Place) -> list[int]:
        """Shares that fewer than k gave, or all but fewer than k; where n < k that is all. Of those
        who were first counted together only what all of them gave: it is each one's own answer."""
        n, present = int(row[0]), int(row[-1])
        shares = range(1, len(self.features) - 3) if n else ()
        if place.grouping == EACH:
            return [f for f in shares if row[f] == present]
        return [f for f in shares if min(row[f], n - row[f]) < self.k]


def complemented(shown: Flags, n: Ints, safe: SafeUnion) -> Flags:
    """The groups still shown when more are hidden, smallest first, until the union of all hidden
    ones is safe too; subtracting what is shown from the whole gives that union. Hiding all is
    safe: their union is the whole."""
    shown = shown.copy()
    while shown.any():
        hidden = ~shown & (n > 0)
        if not hidden.any() or safe(hidden):
            break
        places = np.flatnonzero(shown)
        shown[places[np.argmin(n[places])]] = False
    return shown


def enough_union(n: Ints, k: int) -> SafeUnion:
    """Together at least k."""

    def safe(hidden: Flags) -> bool:
        return int(n[hidden].sum()) >= k

    return safe


def _safe_union(x: Ints, n: Ints, k: int) -> SafeUnion:
    def safe(hidden: Flags) -> bool:
        x_hidden, n_hidden = int(x[hidden].sum()), int(n[hidden].sum())
        return min(x_hidden, n_hidden - x_hidden) >= k

    return safe


def _spread(n: Ints, first: Ints, second: Ints) -> Flags:
    """Whether not all answered alike: n·Σy² > (Σy)²."""
    result: Flags = n * second > first**2
    return result


def _spread_union(table: Ints, k: int) -> SafeUnion:
    def safe(hidden: Flags) -> bool:
        together = table[hidden].sum(axis=0, keepdims=True)
        n = together[:, 0]
        return bool(n[0] >= k and _spread(n, together[:, -3], together[:, -2])[0])

    return safe


def _numbers(
    frame: pl.DataFrame, units: _Units, column: Column, by: str, k: int
) -> dict[Row, Shown]:
    """Means and totals of numbers, for the first grouping only and when all were counted at once:
    numbers are too particular for sums over crossing groups."""
    groups = frame[by].cast(pl.String).to_list()
    numbers = frame[column.name].cast(pl.Float64).fill_nan(None).to_list()
    result: dict[Row, Shown] = {}
    if len(set(_counted(frame, units, column).tolist())) > 1:
        return result
    for wave, name in enumerate(units.waves):
        found: dict[str | None, list[float]] = {}
        for row in units.row[:, wave]:
            if row >= 0 and numbers[row] is not None:
                found.setdefault(groups[row], []).append(numbers[row])
        values = list(found.values())
        n = np.array([len(v) for v in values], dtype=np.int64)
        alike = np.array([len(set(v)) == 1 for v in values], dtype=bool)
        enough = np.array([g is not None for g in found], dtype=bool) & (n >= k)
        enough &= ~alike

        def safe(hidden: Flags, values: list[list[float]] = values) -> bool:
            union = [x for v, h in zip(values, hidden, strict=True) if h for x in v]
            return len(union) >= k and len(set(union)) > 1

        for group, shown in zip(found, complemented(enough, n, safe), strict=True):
            if shown:
                key = (units.initiative, name, column.block.id, column.item_key, f"{by}={group}")
                result[key] = Shown(mean=True, interval_of_mean=True)
    return result
