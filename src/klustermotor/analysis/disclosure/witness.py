"""Whether what is published leaves a hidden count open.

A hidden count is open when somebody who knows everything that is published, how many answered in
every group, and every answer given in the whole initiative, must still reckon with another value.
The proof is a witness: one or two exchanges of answers between respondents of different groups
that change the hidden count and nothing that is published. An exchange moves a respondent's whole
record of the item – now and wanted, and every wave of a company that is followed – so the whole
initiative's figures, changes and gaps stay as they are whatever is exchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_KINDS = 160
"""Kinds of respondents (same groups, same record) looked at; fewer witnesses are found beyond."""
_IN_BUCKET = 6


@dataclass(frozen=True)
class Counts:
    """Counts over groups: count c adds up `record[:, of_record[c]]` over `member[:, of_group[c]]`.

    ``member`` (respondents, groups) is 0/1; ``record`` (respondents, features) whole numbers;
    ``counted`` (respondents,) numbers the release that first counted each respondent's answer.
    """

    member: Ints
    record: Ints
    of_group: Ints
    of_record: Ints
    counted: Ints

    @property
    def of_one_release(self) -> "Counts":
        """The same as if all had been counted at once."""
        return replace(self, counted=np.zeros_like(self.counted))

    @cached_property
    def values(self) -> Ints:
        """Every count, shape (counts,)."""
        result: Ints = (self.member.T @ self.record)[self.of_group, self.of_record]
        return result

    @cached_property
    def _exchanges(self) -> tuple[Ints, Ints, Ints]:
        """First and second kind of each exchange, and how many respondents there are of a kind."""
        everything = [self.counted[:, None], self.member, self.record]
        kinds, size = np.unique(np.concatenate(everything, axis=1), axis=0, return_counts=True)
        if len(kinds) > MOST_KINDS:
            keep = np.linspace(0, len(kinds) - 1, MOST_KINDS).astype(int)
            kinds, size = kinds[keep], size[keep]
        release, kinds = kinds[:, 0], kinds[:, 1:]
        groups = self.member.shape[1]
        first, second = np.triu_indices(len(kinds), 1)
        differ = release[first] == release[second]
        differ &= (kinds[first, :groups] != kinds[second, :groups]).any(axis=1)
        differ &= (kinds[first, groups:] != kinds[second, groups:]).any(axis=1)
        pairs = np.stack([first[differ], second[differ]], axis=1)
        return pairs, kinds, size

    @cached_property
    def _effects(self) -> Ints:
        """What each exchange adds to each count, shape (exchanges, counts)."""
        pairs, kinds, _ = self._exchanges
        groups = self.member.shape[1]
        first, second = kinds[pairs[:, 0]], kinds[pairs[:, 1]]
        moved = first[:, :groups] - second[:, :groups]
        gained = second[:, groups:] - first[:, groups:]
        effects: Ints = moved[:, self.of_group] * gained[:, self.of_record]
        return effects

    def open(self, published: Flags, hidden: Sequence[int]) -> Flags:
        """Which of the ``hidden`` counts have a witness when the ``published`` ones are known."""
        wanted = np.asarray(hidden, dtype=np.int64)
        found = np.zeros(len(wanted), dtype=bool)
        effects = self._effects
        if not len(effects) or not len(wanted):
            return found
        visible = np.flatnonzero(published & (effects != 0).any(axis=0))
        silent = (effects[:, visible] == 0).all(axis=1)
        found |= (effects[silent][:, wanted] != 0).any(axis=0)
        if not found.all() and len(visible):
            found[~found] = self._open_by_two(effects[:, visible], effects[:, wanted[~found]])
        return found

    def _open_by_two(self, visible: Ints, hidden: Ints) -> Flags:
        """Two exchanges whose traces in what is published cancel."""
        found = np.zeros(hidden.shape[1], dtype=bool)
        buckets: dict[bytes, list[int]] = {}
        trace = np.ascontiguousarray(visible)
        opposite = np.ascontiguousarray(-visible)
        loud = np.flatnonzero((visible != 0).any(axis=1))
        for exchange in map(int, loud):
            mates = buckets.get(opposite[exchange].tobytes(), ())
            for mate in mates:
                change = hidden[exchange] + hidden[mate]
                if (change[~found] != 0).any() and self._apart(exchange, mate):
                    found |= change != 0
            if found.all():
                break
            bucket = buckets.setdefault(trace[exchange].tobytes(), [])
            if len(bucket) < _IN_BUCKET:
                bucket.append(exchange)
        return found

    def _apart(self, one: int, other: int) -> bool:
        """Whether there are enough respondents of each kind for both exchanges."""
        pairs, _, size = self._exchanges
        kinds, needed = np.unique(np.concatenate([pairs[one], pairs[other]]), return_counts=True)
        return bool((size[kinds] >= needed).all())
