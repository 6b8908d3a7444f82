"""While a wave is open, its results stand still until enough new answers have come in.

Otherwise who looks twice would see what the last company answered.
"""

import io

import polars as pl

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
    now = answer_table(wave, questionnaire_of(wave.instrument))
    if latest is not None and not may_replace(
        pl.read_ipc(io.BytesIO(latest.answers)), now, wave.groupings
    ):
        return latest
    buffer = io.BytesIO()
    now.write_ipc(buffer)
    return Snapshot.objects.create(wave=wave, answered=answered, answers=buffer.getvalue())


def may_replace(old: pl.DataFrame, new: pl.DataFrame, groupings: list[str]) -> bool:
    """Whether every group shown has at least `NEW_ANSWERS` more answers than before, or none.

    A group without any new answer shows what it showed, so it gives nothing away.
    """
    if new.height - old.height < NEW_ANSWERS:
        return False
    for column in groupings:
        if column not in new.columns:
            continue
        before = _counts(old, column)
        for value, count in _counts(new, column).items():
            if 0 < count - before.get(value, 0) < NEW_ANSWERS:
                return False
    return True


def _counts(frame: pl.DataFrame, column: str) -> dict[object, int]:
    if column not in frame.columns:
        return {}
    return dict(frame.group_by(column).len().iter_rows())
