"""Every write to questionnaires, waves, frames, answers and reference series."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.formats.questionnaire import parse_questionnaire
from klustermotor.initiatives.models import Initiative
from klustermotor.register.services import organisation_for
from klustermotor.surveys.models import (
    Answer,
    AnswerLoad,
    Frame,
    FrameMember,
    Instrument,
    ReferenceSeries,
    Wave,
)

BATCH = 500


def save_instrument(
    yaml: str,
    name: str = "questionnaire.yaml",
    *,
    columns: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
) -> Instrument:
    """Keep a questionnaire as the next version of its id; the same text again is the same version.

    `columns` and `keep` say what its columns are called in the file that it was made from, and
    which others come along; files of answers are read so until somebody chooses otherwise.

    Raises `formats.errors.InputError` when the text is no questionnaire.
    """
    questionnaire = parse_questionnaire(yaml, name)
    with transaction.atomic():
        versions = Instrument.objects.filter(slug=questionnaire.id)
        latest = versions.order_by("-version").first()
        known = {"columns": dict(columns), "keep": list(keep)} if columns else {}
        if latest is not None and latest.yaml == yaml:
            if known and latest.columns != known:
                latest.columns = known
                latest.save(update_fields=["columns"])
            return latest
        return Instrument.objects.create(
            slug=questionnaire.id,
            version=latest.version + 1 if latest else 1,
            title=dict(questionnaire.title),
            yaml=yaml,
            columns=known,
        )


def save_wave(initiative: Initiative, name: str, *, by: User | None = None, **fields: Any) -> Wave:
    """The initiative's wave of this name, created or brought up to date with `fields`."""
    with acting(by, "wave.saved"):
        wave = Wave.objects.filter(initiative=initiative, name=name).first() or Wave(
            initiative=initiative, name=name
        )
        new = wave._state.adding
        changed = {
            key: value for key, value in fields.items() if new or getattr(wave, key) != value
        }
        for key, value in changed.items():
            setattr(wave, key, value)
        if changed or new:
            wave.full_clean()
            wave.save()
        return wave


def write_wave(wave: Wave, *, by: User) -> Wave:
    """Keep a wave as a form filled it in."""
    with acting(by, "wave.saved"):
        wave.save()
    return wave


def close_wave(wave: Wave, *, by: User) -> None:
    """No more answers; results are now shown from all of them."""
    with acting(by, "wave.closed"):
        wave.state = Wave.State.CLOSED
        wave.save(update_fields=["state"])


def open_wave(wave: Wave, *, by: User) -> None:
    """Take answers again; results are shown from a snapshot while it is open."""
    with acting(by, "wave.opened"):
        wave.state = Wave.State.OPEN
        wave.save(update_fields=["state"])


@transaction.atomic
def save_frame(wave: Wave, members: Iterable[Mapping[str, str]]) -> Frame:
    """Set who was invited. A member has any of `industry`, `size`, `municipality`, and `name`
    or `number` when it is to be known as an organisation."""
    Frame.objects.filter(wave=wave).delete()
    frame = Frame.objects.create(wave=wave)
    rows = [
        FrameMember(
            frame=frame,
            organisation=(
                organisation_for(member.get("name") or member["number"], member.get("number", ""))
                if member.get("name") or member.get("number")
                else None
            ),
            industry=member.get("industry", ""),
            size=member.get("size", ""),
            municipality=member.get("municipality", ""),
        )
        for member in members
    ]
    FrameMember.objects.bulk_create(rows, batch_size=BATCH)
    Wave.objects.filter(pk=wave.pk).update(revision=F("revision") + 1)
    return frame


@dataclass(frozen=True)
class Difference:
    """What a file of answers would do to a wave."""

    created: Mapping[str, dict[str, Any]]
    changed: Mapping[str, dict[str, Any]]
    unchanged: int


def compare(wave: Wave, frame: pl.DataFrame) -> Difference:
    """What would be created and changed if `frame` (as `Answers.frame`) were applied.

    Rows without a key are told apart by what they answer.
    """
    incoming = _by_respondent(frame)
    known = dict(Answer.objects.filter(wave=wave).values_list("respondent", "values"))
    created = {key: values for key, values in incoming.items() if key not in known}
    changed = {
        key: values for key, values in incoming.items() if key in known and known[key] != values
    }
    return Difference(created, changed, len(incoming) - len(created) - len(changed))


def _by_respondent(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    named = [c for c in frame.columns if c not in ("initiative", "wave", "respondent")]
    rows = [
        {name: value for name, value in row.items() if value is not None}
        for row in frame.select(named).iter_rows(named=True)
    ]
    given = (
        frame["respondent"].cast(pl.String).to_list()
        if "respondent" in frame.columns
        else [None] * frame.height
    )
    seen: Counter[str] = Counter()
    by_respondent = {}
    for key, values in zip(given, rows, strict=True):
        by_respondent[key if key is not None else _key_of(values, seen)] = values
    return by_respondent


def _key_of(values: Mapping[str, Any], seen: Counter[str]) -> str:
    """A key for answers that came without one: the same file gives the same keys again."""
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:24]
    seen[digest] += 1
    return f"{digest}-{seen[digest]}"


def store_answers(
    wave: Wave, frame: pl.DataFrame, *, by: User | None = None, file_name: str = ""
) -> AnswerLoad:
    """Apply a table of answers (as `Answers.frame`, rows of this wave) in one transaction.

    The same table again changes no answer.
    """
    load = AnswerLoad(wave=wave, by=by, file_name=file_name)
    return apply_load(load, frame)


@transaction.atomic
def apply_load(load: AnswerLoad, frame: pl.DataFrame) -> AnswerLoad:
    """Write what `compare` says, and keep what undo needs."""
    wave = Wave.objects.select_for_update().get(pk=load.wave_id)
    if load.state != AnswerLoad.State.STAGED:
        raise ValidationError(_("This file has already been applied."))
    difference = compare(wave, frame)
    # Written in shuffled order: the order of rows must not tell the order of a file.
    keys = list(difference.created)
    random.SystemRandom().shuffle(keys)
    Answer.objects.bulk_create(
        [Answer(wave=wave, respondent=key, values=difference.created[key]) for key in keys],
        batch_size=BATCH,
    )
    before = _overwrite(wave, difference.changed)
    load.state = AnswerLoad.State.APPLIED
    load.n_created, load.n_changed = len(keys), len(difference.changed)
    load.n_unchanged = difference.unchanged
    load.before = {**dict.fromkeys(keys), **before}
    load.preview, load.columns = None, {}
    load.save()
    if keys or difference.changed:
        Wave.objects.filter(pk=wave.pk).update(revision=F("revision") + 1)
    return load


def _overwrite(wave: Wave, changed: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    rows = list(Answer.objects.filter(wave=wave, respondent__in=list(changed)))
    before = {row.respondent: row.values for row in rows}
    for row in rows:
        row.values = changed[row.respondent]
    Answer.objects.bulk_update(rows, ["values"], batch_size=BATCH)
    return before


@transaction.atomic
def undo_load(load: AnswerLoad) -> None:
    """Put the wave's answers back to what they were before this file.

    Raises ValidationError unless it is the latest file applied to its wave.
    """
    wave = Wave.objects.select_for_update().get(pk=load.wave_id)
    latest = wave.loads.filter(state=AnswerLoad.State.APPLIED).first()
    if latest is None or latest.pk != load.pk:
        raise ValidationError(_("Only the latest file that was applied can be undone."))
    created = [key for key, values in load.before.items() if values is None]
    for start in range(0, len(created), BATCH):
        Answer.objects.filter(wave=wave, respondent__in=created[start : start + BATCH]).delete()
    _overwrite(wave, {key: v for key, v in load.before.items() if v is not None})
    load.state, load.before = AnswerLoad.State.UNDONE, {}
    load.save(update_fields=["state", "before"])
    Wave.objects.filter(pk=wave.pk).update(revision=F("revision") + 1)


@transaction.atomic
def save_reference_series(name: str, source: str, rows: Sequence[tuple[int, str, float]]) -> int:
    """Set a series to these (year, ``block.item``, value); returns how many figures it has."""
    ReferenceSeries.objects.filter(name=name).delete()
    ReferenceSeries.objects.bulk_create(
        [
            ReferenceSeries(name=name, source=source, year=year, item=item, value=value)
            for year, item, value in rows
        ],
        batch_size=BATCH,
    )
    return len(rows)
