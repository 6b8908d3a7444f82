"""A file of answers on its way in: kept, read against the questionnaire, shown, applied."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klustermotor.core.jobs import JobError, JobRun, enqueue, job_kind
from klustermotor.core.models import User
from klustermotor.formats.answers import KEYS, Reading, Source, coded_answers
from klustermotor.formats.errors import InputError, fail
from klustermotor.formats.limesurvey import read_archive
from klustermotor.formats.tables import Table, read_table
from klustermotor.surveys import services
from klustermotor.surveys.models import AnswerLoad, Wave
from klustermotor.surveys.queries import FRAME_COLUMNS, questionnaire_of

SUFFIXES = (".csv", ".xlsx", ".sav", ".lsa")
LARGE = 2 * 2**20
"""Bytes from which a file is read by the worker instead of while the browser waits."""
LOAD_JOB = "surveys.load"
KEPT = timedelta(days=14)
"""How long a file of answers waits to be applied before it is forgotten."""


def stage(wave: Wave, upload: UploadedFile, *, by: User) -> AnswerLoad:
    """Keep the file and look at it; nothing is written to the wave.

    Raises InputError when it is no file that answers come in.
    """
    name = Path(upload.name or "").name[:200]
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise fail("unknown_format", name, value=suffix, known=SUFFIXES)
    stored = f"{uuid.uuid4().hex}{suffix}"
    path = folder() / stored
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    path.chmod(0o600)
    load = AnswerLoad.objects.create(wave=wave, by=by, file_name=name, stored_as=stored)
    return look(load, by=by)


def folder() -> Path:
    """Where files wait until they are applied."""
    return settings.HOME / "uploads" / "answers"


def look(load: AnswerLoad, *, by: User) -> AnswerLoad:
    """Fill the preview: now, or by the worker when the file is large."""
    return _now_or_later(load, "look", by)


def apply(load: AnswerLoad, *, by: User) -> AnswerLoad:
    """Apply exactly what was shown: now, or by the worker when the file is large."""
    return _now_or_later(load, "apply", by)


def _now_or_later(load: AnswerLoad, what: str, by: User) -> AnswerLoad:
    if not path_of(load).exists():
        raise ValidationError(_("The file is no longer kept. Load it again."))
    if path_of(load).stat().st_size < LARGE:
        _DO[what](load)
        return load
    load.job = enqueue(
        LOAD_JOB,
        {"load": str(load.pk), "what": what},
        owner=by,
        title=_("Answers: %(file)s") % {"file": load.file_name},
    )
    load.save(update_fields=["job"])
    return load


@job_kind(LOAD_JOB, label=gettext_lazy("Answers from a file"))
def work(run: JobRun) -> dict[str, Any]:
    """Read a large file for its preview, or apply it."""
    load = (
        AnswerLoad.objects.select_related("wave__instrument", "wave__initiative")
        .filter(pk=run.arguments["load"])
        .first()
    )
    if load is None:
        raise JobError(_("The file has been removed."))
    run.progress(10, _("Reading %(file)s") % {"file": load.file_name})
    if load.state == AnswerLoad.State.STAGED:
        _DO[run.arguments["what"]](load)
    return {"load": str(load.pk)}


def path_of(load: AnswerLoad) -> Path:
    """The waiting file."""
    return folder() / load.stored_as


@dataclass(frozen=True)
class Choices:
    """How the file's columns are read: what ours are called there, and what comes along."""

    columns: dict[str, str]
    keep: tuple[str, ...]


def choices_of(load: AnswerLoad, table: Table) -> Choices:
    """What was chosen; until then, background columns that the wave or a frame knows by name."""
    if load.columns:
        return Choices(dict(load.columns["columns"]), tuple(load.columns["keep"]))
    made_from = load.wave.instrument.columns
    known = {*load.wave.groupings, *FRAME_COLUMNS, *made_from.get("keep", ())}
    asked = questionnaire_of(load.wave.instrument).by_name
    there = table.frame.columns
    columns = {
        ours: theirs for ours, theirs in made_from.get("columns", {}).items() if theirs in there
    }
    taken = {*asked, *columns.values()}
    return Choices(columns, tuple(name for name in there if name in known and name not in taken))


def table_of(load: AnswerLoad) -> Table:
    """The file as a table of text. Raises InputError."""
    path = path_of(load)
    table = read_archive(path).answers if path.suffix == ".lsa" else read_table(path)
    return Table(load.file_name, table.frame, table.labels, table.missing, table.titles)


def _read(load: AnswerLoad, table: Table) -> tuple[pl.DataFrame, int]:
    """The wave's rows as coded answers, and how many rows are about other waves."""
    choices = choices_of(load, table)
    wave = load.wave
    reading = Reading(
        columns=choices.columns,
        keep=choices.keep,
        wave=wave.name,
        initiative=wave.initiative.slug,
        keyed=wave.keyed,
    )
    source = Source(Path(load.file_name), None)
    answers = coded_answers([(source, table)], questionnaire_of(wave.instrument), reading)
    frame = answers.frame
    own = frame.filter(pl.col("wave") == wave.name)
    return own, frame.height - own.height


def _look(load: AnswerLoad) -> None:
    """Read the file, and keep what it holds and what it would do; or what is wrong with it."""
    language = (get_language() or "sv")[:2]
    preview: dict[str, Any] = {"faults": [], "more": 0, "columns": [], "missing": []}
    try:
        table = table_of(load)
        preview |= _columns(load, table)
        frame, elsewhere = _read(load, table)
        difference = services.compare(load.wave, frame)
        preview |= {
            "rows": frame.height,
            "elsewhere": elsewhere,
            "created": len(difference.created),
            "changed": len(difference.changed),
            "unchanged": difference.unchanged,
        }
    except InputError as error:
        preview["faults"] = [fault.text(language) for fault in error.faults]
        preview["more"] = error.count - len(error.faults)
    load.preview = preview
    load.save(update_fields=["preview"])


def _columns(load: AnswerLoad, table: Table) -> dict[str, Any]:
    """Which of the file's columns are recognised as what, and which of ours are not there."""
    choices = choices_of(load, table)
    ours = [*KEYS, *questionnaire_of(load.wave.instrument).by_name]
    by_theirs = {choices.columns.get(name, name): name for name in ours}
    columns = [
        {"name": name, "as": by_theirs.get(name, ""), "keep": name in choices.keep}
        for name in table.frame.columns
    ]
    there = set(table.frame.columns)
    missing = [n for n in ours[len(KEYS) :] if choices.columns.get(n, n) not in there]
    return {"columns": columns, "missing": missing}


def choose(
    load: AnswerLoad, columns: dict[str, str], keep: Iterable[str], *, by: User
) -> AnswerLoad:
    """Say what columns are called and which come along, and look again."""
    load.columns = {"columns": columns, "keep": list(keep)}
    load.save(update_fields=["columns"])
    return look(load, by=by)


def _apply(load: AnswerLoad) -> None:
    try:
        frame, _elsewhere = _read(load, table_of(load))
    except InputError as error:
        raise JobError(str(error)) from error
    path = path_of(load)
    services.apply_load(load, frame)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def discard(load: AnswerLoad) -> None:
    """Forget a file that was not applied."""
    path = path_of(load)
    load.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def forget_old() -> None:
    """Forget files that nobody applied in `KEPT`, and such as no row knows of any more."""
    since = timezone.now() - KEPT
    for load in AnswerLoad.objects.filter(state=AnswerLoad.State.STAGED, created_at__lt=since):
        discard(load)
    waiting = AnswerLoad.objects.filter(state=AnswerLoad.State.STAGED)
    named = set(waiting.values_list("stored_as", flat=True))
    for path in folder().glob("*.*"):
        if path.name not in named and path.stat().st_mtime < (since + KEPT / 2).timestamp():
            path.unlink(missing_ok=True)


_DO = {"look": _look, "apply": _apply}
