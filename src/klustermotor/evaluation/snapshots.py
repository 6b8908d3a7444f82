"""What each wave is shown by: all its answers, or those that may count after what was let out.

A closed wave is shown by its answers as they are. While it is open, and from then on, and from the
first released report on, it is shown by a snapshot, and the next one is made by the rule of
`analysis.disclosure`: whoever looks twice must not see what the last company answered.
"""

import io
import uuid
from dataclasses import dataclass

import polars as pl
from django.db import transaction

from klustermotor.analysis.disclosure import Release, renewed, settled, waiting
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.evaluation.cache import key_of
from klustermotor.evaluation.models import Snapshot
from klustermotor.surveys.models import Wave
from klustermotor.surveys.queries import answer_table, questionnaire_of

NEW_ANSWERS = 5
"""How many new answers a snapshot needs before it is renewed (method.md)."""


@dataclass(frozen=True)
class Standing:
    """What a wave is shown by now; `token` names exactly these answers."""

    wave: Wave
    token: str
    snapshot: Snapshot | None = None

    @property
    def closed(self) -> bool:
        return self.wave.state == Wave.State.CLOSED

    @property
    def whole_only(self) -> bool:
        """Whether no groups are shown: the wave is open, or other answers' groups were let out."""
        return not self.closed or (self.snapshot is not None and self.snapshot.whole_only)

    @property
    def followed(self) -> bool:
        """Whether companies may be followed to other waves: no other state was shown before."""
        once = self.snapshot is None or self.snapshot.serial <= 1
        return self.wave.keyed and self.closed and once

    def answers(self, questionnaire: Questionnaire) -> pl.DataFrame:
        """The answers that count, each with its key."""
        if self.snapshot is None:
            return answer_table(self.wave, questionnaire, with_keys=True)
        return _read(self.snapshot)


def standing_of(wave: Wave) -> Standing | None:
    """What the wave is shown by; a new snapshot when one may be taken.

    None while an open wave has too few answers for any.
    """
    latest = _latest(wave)
    if latest is None and wave.state == Wave.State.CLOSED:
        return Standing(wave, f"{wave.pk} {wave.revision}")
    if latest is None or latest.compared_with != _now(wave):
        latest = _renew(wave)
    return Standing(wave, latest.token, latest) if latest else None


def let_out(standing: Standing) -> None:
    """From now on the wave is shown by what it is shown by now: a report of it is released."""
    wave, snapshot = standing.wave, standing.snapshot
    if snapshot is None:
        questionnaire = questionnaire_of(wave.instrument)
        release = settled(answer_table(wave, questionnaire, with_keys=True), questionnaire)
        snapshot = _write(wave, release, token=standing.token, compared_with=_now(wave))
    if not standing.whole_only:
        Snapshot.objects.filter(pk=snapshot.pk).update(groups_released=True)


def _latest(wave: Wave) -> Snapshot | None:
    return wave.snapshots.defer("answers").first()


def _now(wave: Wave) -> str:
    return key_of(wave.revision, wave.state, wave.groupings)


@transaction.atomic
def _renew(wave: Wave) -> Snapshot | None:
    """The snapshot that follows the latest, or the latest when nothing more may count."""
    wave = (
        Wave.objects.select_for_update().select_related("initiative", "instrument").get(pk=wave.pk)
    )
    latest = _latest(wave)
    if latest is not None and latest.compared_with == _now(wave):
        return latest
    questionnaire = questionnaire_of(wave.instrument)
    now = answer_table(wave, questionnaire, with_keys=True)
    shown = Release(_read(latest)) if latest else None
    grouped = wave.snapshots.filter(groups_released=True).exists()
    release = renewed(
        shown,
        now,
        questionnaire,
        wave.groupings,
        NEW_ANSWERS,
        closed=wave.state == Wave.State.CLOSED,
        mend=not grouped,
    )
    if release is not None:
        return _write(
            wave,
            release,
            waiting=waiting(release, now, questionnaire),
            whole_only=grouped,
            compared_with=_now(wave),
        )
    if latest is not None and shown is not None:
        latest.waiting = waiting(shown, now, questionnaire)
        latest.compared_with = _now(wave)
        latest.save(update_fields=["waiting", "compared_with"])
    return latest


def _write(wave: Wave, release: Release, *, token: str = "", **fields: object) -> Snapshot:
    buffer = io.BytesIO()
    release.answers.write_ipc(buffer, compression="zstd")
    return Snapshot.objects.create(
        wave=wave,
        answered=release.answers.height,
        answers=buffer.getvalue(),
        serial=release.latest,
        token=token or uuid.uuid4().hex,
        **fields,
    )


def _read(snapshot: Snapshot) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(bytes(snapshot.answers)))
