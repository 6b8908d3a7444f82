"""While a wave is open, its results stand still until enough new answers have come in.

Otherwise who looks twice would see what the last company answered.
"""

import io
from collections.abc import Sequence

import polars as pl

from klustermotor.analysis.disclosure import snapshot_due
from klustermotor.analysis.evaluation import WHOLE
from klustermotor.evaluation.models import Snapshot
from klustermotor.surveys.models import Wave
from klustermotor.surveys.queries import answer_table, questionnaire_of

NEW_ANSWERS = 5
"""How many new answers every group shown must have before a snapshot is renewed (method.md)."""


def snapshot_of(wave: Wave) -> Snapshot | None:
    """The snapshot that an open wave is shown by; a new one when it may be taken.

    None while fewer than `NEW_ANSWERS` have answered.
    """
    latest = wave.snapshots.first()
    answered = wave.answers.count()
    if latest is not None and answered - latest.answered < NEW_ANSWERS:
        return latest
    if answered < NEW_ANSWERS:
        return None
    now = answer_table(wave, questionnaire_of(wave.instrument), with_keys=True)
    if latest is not None and not may_replace(
        pl.read_ipc(io.BytesIO(latest.answers)), now, wave.groupings
    ):
        return latest
    buffer = io.BytesIO()
    now.write_ipc(buffer)
    return Snapshot.objects.create(wave=wave, answered=answered, answers=buffer.getvalue())


def may_replace(old: pl.DataFrame, new: pl.DataFrame, groupings: Sequence[str]) -> bool:
    """Whether the whole, and every group shown, has enough new answers."""
    return snapshot_due(counts(old, groupings), counts(new, groupings), NEW_ANSWERS)


def counts(frame: pl.DataFrame, groupings: Sequence[str]) -> dict[str, int]:
    """Answers by group, and in the whole."""
    found = {WHOLE: frame.height}
    for column in groupings:
        if column in frame.columns:
            sizes = frame.drop_nulls(column).group_by(column).len()
            found |= {f"{column}={value}": count for value, count in sizes.iter_rows()}
    return found
