"""What was released before is part of what must be protected.

While a wave is open its results come from a snapshot, renewed only after k new answers in every
group shown. A release remembers what it showed, and of whom; the next one withholds what the
difference between the two would give away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from klustermotor.analysis.disclosure.protection import FIGURES, LOWEST_MINIMUM
from klustermotor.analysis.evaluation import WHOLE, Answers

CELL = ("block", "item", "category", "statistic", "base", "group")
Cell = tuple[str, ...]
"""The values of `CELL` that pick a row out of a wave's estimates."""


@dataclass(frozen=True)
class Figure:
    """A figure as it was shown."""

    value: float
    n: int


@dataclass(frozen=True)
class Release:
    """What was shown of a wave, and whose answers it rests on.

    ``respondents`` are, per group and for the whole (`WHOLE`), keys that stay with an answer as
    long as the wave is open; ``shown`` the rows of the estimates that were not suppressed.
    """

    initiative: str
    wave: str
    respondents: Mapping[str, frozenset[str]]
    shown: Mapping[Cell, Figure]


class ReleaseRefusedError(ValueError):
    """The whole wave has too few new answers since an earlier release."""


def release_of(
    estimates: pl.DataFrame,
    answers: Answers,
    by: Sequence[str],
    initiative: str,
    wave: str,
) -> Release:
    """The release that publishing these (already protected) estimates of a wave would be.

    Raises ValueError when an answer of the wave has no key in ``respondent``.
    """
    here = (pl.col("initiative") == initiative) & (pl.col("wave") == wave)
    rows = answers.frame.filter(here)
    if rows["respondent"].null_count():
        raise ValueError("a release needs a key for every answer: fill the column respondent")
    keys = rows["respondent"].cast(pl.String).to_list()
    respondents = {WHOLE: frozenset(keys)}
    for column in by:
        groups = rows[column].cast(pl.String).to_list()
        for group in dict.fromkeys(g for g in groups if g is not None):
            members = (k for k, g in zip(keys, groups, strict=True) if g == group)
            respondents[f"{column}={group}"] = frozenset(members)
    visible = estimates.filter(here & ~pl.col("suppressed") & pl.col("value").is_not_null())
    shown = {
        tuple(row[: len(CELL)]): Figure(row[-2], row[-1])
        for row in visible.select(*CELL, "value", "n").iter_rows()
    }
    return Release(initiative, wave, respondents, shown)


def snapshot_due(previous: Mapping[str, int], current: Mapping[str, int], k: int = 5) -> bool:
    """Whether every group shown, and the whole, has at least k more answers than in the snapshot.

    Counts of answers by group (`WHOLE` for all); a group that the snapshot lacks counts from 0.
    """
    k = max(k, LOWEST_MINIMUM)
    return all(current.get(g, 0) - previous.get(g, 0) >= k for g in {*previous, *current})


def withhold(
    estimates: pl.DataFrame, new: Release, earlier: Iterable[Release], k: int
) -> pl.DataFrame:
    """The estimates without what would, beside the earlier releases, expose anyone.

    Of the same respondents nothing may be shown that was hidden before. A group that gained or
    lost 1 to k−1 respondents is not shown, nor a share of which fewer than k of the newly
    answering, or all but fewer than k, gave the answer. What is withheld in a group is withheld in
    its whole grouping, so that subtraction does not bring it back. Raises `ReleaseRefusedError`
    when that holds for the whole wave: the snapshot shown then stays.
    """
    k = max(k, LOWEST_MINIMUM)
    withheld: set[tuple[str, ...]] = set()
    for release in earlier:
        if (release.initiative, release.wave) == (new.initiative, new.wave):
            _require_enough(new, release, k)
            withheld |= {_grouping(cell) for cell in new.shown if _exposes(cell, new, release, k)}
    cells = pl.DataFrame(
        [
            (*cell, new.initiative, new.wave, True)
            for cell in new.shown
            if _grouping(cell) in withheld
        ],
        schema={
            **dict.fromkeys((*CELL, "initiative", "wave"), pl.String()),
            "_withheld": pl.Boolean(),
        },
        orient="row",
    )
    joined = estimates.join(
        cells, on=[*CELL, "initiative", "wave"], how="left", maintain_order="left"
    )
    gone = pl.col("_withheld").fill_null(False)
    return joined.with_columns(
        *(pl.when(~gone).then(pl.col(c)).alias(c) for c in FIGURES),
        (pl.col("suppressed") | gone).alias("suppressed"),
    ).drop("_withheld")


def _grouping(cell: Cell) -> tuple[str, ...]:
    """A cell's row without the value of its group: base too, for one base gives the other."""
    block, item, category, statistic, _, group = cell
    return block, item, category, statistic, group.split("=", 1)[0]


def _few(count: int, k: int) -> bool:
    return 0 < count < k


def _require_enough(new: Release, earlier: Release, k: int) -> None:
    now, before = new.respondents[WHOLE], earlier.respondents[WHOLE]
    if _few(len(now - before), k) or _few(len(before - now), k):
        raise ReleaseRefusedError(
            f"wave {new.wave} has too few new answers since its last snapshot: "
            f"wait until there are {k}"
        )


def _exposes(cell: Cell, new: Release, earlier: Release, k: int) -> bool:
    group, statistic = cell[5], cell[3]
    if group == WHOLE:
        return False
    now = new.respondents.get(group, frozenset())
    before = earlier.respondents.get(group, frozenset())
    if now == before:
        return cell not in earlier.shown
    if _few(len(now - before), k) or _few(len(before - now), k):
        return True
    old, figure = earlier.shown.get(cell), new.shown[cell]
    if old is None or statistic != "share":
        return old is not None and _few(figure.n - old.n, k)
    gained = round(figure.value * figure.n) - round(old.value * old.n)
    return figure.n != old.n and not k <= gained <= figure.n - old.n - k
