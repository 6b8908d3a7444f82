"""What was released before is part of what must be protected.

Figures that are let out while answers still come in, or are mended, can be subtracted from each
other. So a wave that has been shown stands still: it is shown by the answers that counted then,
and further answers count only when the difference gives nobody away. That is judged item by item;
an item whose new answers must wait keeps those it had, and its n says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from klustermotor.analysis.disclosure.groups import COUNTED, counted_in, items, left_open
from klustermotor.analysis.disclosure.protection import LOWEST_MINIMUM
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Column, Questionnaire

KEY = "respondent"
"""The column that tells a wave's answers apart from one release to the next."""

Record = tuple[object, ...]
"""A respondent's answers to an item: one, or now and wanted."""


@dataclass(frozen=True)
class Release:
    """The answers that a wave is shown by.

    They have the columns of the wave's answers, `KEY`, and per item a column `counted_in`; an
    answer that does not count yet is null.
    """

    answers: pl.DataFrame

    @property
    def latest(self) -> int:
        """The number of the last release that any of the answers was counted in."""
        marks = [self.answers[c] for c in self.answers.columns if c.startswith(COUNTED)]
        labels = {label for column in marks for label in column.drop_nulls().to_list()}
        return max((int(label.split(",")[-1]) for label in labels), default=0)


def settled(answers: pl.DataFrame, questionnaire: Questionnaire) -> Release:
    """The first release of a wave that takes no more answers: all of them count."""
    labels = [pl.lit("1", pl.String()).alias(counted_in(item[0])) for item in items(questionnaire)]
    return Release(answers.with_columns(labels))


def renewed(
    shown: Release | None,
    now: pl.DataFrame,
    questionnaire: Questionnaire,
    by: Sequence[str],
    k: int,
    *,
    closed: bool = False,
    mend: bool = True,
) -> Release | None:
    """The next release of a wave from its answers ``now``; None when nothing more may count.

    Fewer than k new respondents wait. New answers to an item count when nobody gave one, or at
    least k did and not all alike; with ``mend``, changed and withdrawn ones likewise, before and
    after. What the whole was before and is now may give away no protected count of the groups
    ``by``. When the wave is ``closed``, an item of which nothing was shown before counts in full.
    Raises KeyError when ``now`` lacks `KEY` or a column that is needed.
    """
    k = max(k, LOWEST_MINIMUM)
    before = now.clear() if shown is None else shown.answers
    new = now.filter(~pl.col(KEY).is_in(before[KEY].implode()))
    rows = before.select(KEY)
    if new.height >= k:
        rows = pl.concat([rows, new.select(KEY)])
    if rows.is_empty():
        return None
    serial = 1 if shown is None else shown.latest + 1
    frame = _background(rows, before, now, questionnaire, by)
    step = _Step(before, now, frame, tuple(by), k, serial, closed, mend)
    for item in items(questionnaire):
        frame = frame.with_columns(step.answers(item))
    texts = [c.name for c in questionnaire.columns if c.block.type == "text"]
    frame = frame.join(now.select(KEY, *texts), on=KEY, how="left", maintain_order="left")
    return Release(frame) if step.counted_more else None


def waiting(shown: Release, now: pl.DataFrame, questionnaire: Questionnaire) -> int:
    """How many respondents have an answer that is new, changed or withdrawn and not shown."""
    columns = [c.name for c in questionnaire.columns if c.block.type != "text"]
    old, new = (_records(frame, columns) for frame in (shown.answers, now))
    return sum(old.get(key) != new.get(key) for key in {*old, *new})


def _background(
    rows: pl.DataFrame,
    before: pl.DataFrame,
    now: pl.DataFrame,
    questionnaire: Questionnaire,
    by: Sequence[str],
) -> pl.DataFrame:
    """All but the answers: as it stands now, or stood before where the answer is withdrawn."""
    answers = {c.name for c in questionnaire.columns} - set(by)
    columns = [c for c in now.columns if c not in answers]
    known = [c for c in columns if c in before.columns]
    gone = before.filter(~pl.col(KEY).is_in(now[KEY].implode())).select(known)
    there = pl.concat([now.select(columns), gone], how="diagonal_relaxed")
    return rows.join(there, on=KEY, how="left", maintain_order="left")


def _records(frame: pl.DataFrame, columns: Sequence[str]) -> dict[str, Record]:
    known = [pl.col(c) if c in frame.columns else pl.lit(None).alias(c) for c in columns]
    return {row[0]: row[1:] for row in frame.select(pl.col(KEY), *known).iter_rows()}


@dataclass
class _Step:
    """One renewal: what of each item counts from now on."""

    before: pl.DataFrame
    now: pl.DataFrame
    frame: pl.DataFrame
    by: tuple[str, ...]
    k: int
    serial: int
    closed: bool
    mend: bool
    counted_more: bool = False

    def answers(self, item: tuple[Column, ...]) -> list[pl.Series]:
        """The item's columns, and `counted_in`, for every row of the frame."""
        names = [column.name for column in item]
        old, new = _records(self.before, names), _records(self.now, names)
        marks = _records(self.before, [counted_in(item[0])])
        labels = {key: str(mark[0]) for key, mark in marks.items() if mark[0] is not None}
        keys: list[str] = self.frame[KEY].to_list()
        nothing = (None,) * len(item)
        if self.closed and all(value is None for key in labels for value in old[key]):
            labels = {}
        fresh = {key for key in keys if key in new and key not in labels}
        mended = {key for key in keys if key in labels and new.get(key, nothing) != old[key]}
        for chosen in [fresh | mended, fresh] if mended and self.mend else [fresh]:
            values = {key: old[key] for key in labels}
            values |= {key: new.get(key, nothing) for key in chosen}
            after = labels | {
                key: f"{labels[key]},{self.serial}" if key in labels else str(self.serial)
                for key in chosen
            }
            columns = self._columns(item, keys, values, after)
            come = [new[key] for key in chosen if key in new]
            gone = [old[key] for key in chosen & mended]
            whole = self.closed and not labels
            if chosen and (whole or self._safe(item, columns, come, gone, first=not labels)):
                self.counted_more |= bool(gone) or any(v is not None for r in come for v in r)
                return columns
        return self._columns(item, keys, {key: old[key] for key in labels}, labels)

    def _safe(
        self,
        item: tuple[Column, ...],
        columns: list[pl.Series],
        come: list[Record],
        gone: list[Record],
        *,
        first: bool,
    ) -> bool:
        if not all(_mixed(item, records, self.k, first=first) for records in (come, gone)):
            return False
        frame = self.frame.with_columns(columns)
        return left_open(frame, item, [c for c in self.by if c in frame.columns], self.k)

    def _columns(
        self,
        item: tuple[Column, ...],
        keys: Sequence[str],
        values: Mapping[str, Record],
        labels: Mapping[str, str],
    ) -> list[pl.Series]:
        types = self.now.schema
        nothing = (None,) * len(item)
        columns = [
            pl.Series(c.name, [values.get(k, nothing)[i] for k in keys], dtype=types[c.name])
            for i, c in enumerate(item)
        ]
        marks = [labels.get(key) for key in keys]
        return [*columns, pl.Series(counted_in(item[0]), marks, dtype=pl.String())]


def _mixed(item: tuple[Column, ...], records: Iterable[Record], k: int, *, first: bool) -> bool:
    """Whether nobody, or at least k, are in the base of each figure of the item, not all alike.

    Alike is also who all gave a named share, or none of them did; but that nobody did may be seen
    when the item is shown for the ``first`` time: it is then a figure of the whole.
    """
    sides = [
        [_substantive(column, value) for column, value in zip(item, record, strict=True)]
        for record in records
    ]
    both = sum(None not in side for side in sides)
    if 0 < both < k:
        return False
    for i, column in enumerate(item):
        given = [side[i] for side in sides if side[i] is not None]
        if given and (len(given) < k or len(set(given)) < 2):
            return False
        scale = scale_of(column)
        for share in scale.shares if scale and given else ():
            x = sum(value in share.codes for value in given)
            if x == len(given) or (x == 0 and not first):
                return False
    return True


def _substantive(column: Column, value: object) -> object | None:
    scale = scale_of(column)
    return None if scale is not None and value not in scale.substantive else value
