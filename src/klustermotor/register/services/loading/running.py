"""The life of a load: staged, looked at, applied, undone."""

import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from secrets import randbelow
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klustermotor.core import bulk
from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.formats.errors import InputError
from klustermotor.register.models import Load, LoadRow, Source
from klustermotor.register.services.loading.applying import carry_out
from klustermotor.register.services.loading.entries import as_kept
from klustermotor.register.services.loading.kinds import KINDS, Kind, into_of, read
from klustermotor.register.services.loading.known import known_here, stamp_of_register
from klustermotor.register.services.loading.matching import numbers_in
from klustermotor.register.services.loading.planner import Outcome, Planner
from klustermotor.register.services.loading.undoing import take_back

Progress = Callable[[float, str], None]


def folder() -> Path:
    """Where files wait, with the plans that are made of them."""
    return settings.HOME / "uploads" / "register"


def path_of(load: Load) -> Path:
    """The kept file."""
    return folder() / load.stored_as


def plan_of(load: Load) -> Path:
    """The plan that the preview was read off."""
    return folder() / f"{load.pk}.plan"


def stage(
    kind: Kind,
    chunks: Iterable[bytes],
    file_name: str,
    *,
    by: User | None,
    source: str = "",
    into: Mapping[str, str] | None = None,
    scope: str = "",
    force: bool = False,
) -> Load:
    """Keep a file. Nothing is read yet. Raises InputError for an option that does not exist."""
    into = {key: value for key, value in (into or {}).items() if value}
    into_of(kind, into)
    stored = f"{uuid.uuid4().hex}{''.join(Path(file_name).suffixes[-2:])[:20]}"
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / stored
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    path.chmod(0o600)
    return Load.objects.create(
        kind=kind.name,
        source=source_named(source, kind),
        by=by,
        file_name=Path(file_name).name[:200],
        stored_as=stored,
        into=dict(into),
        scope=scope.strip()[:120],
        force=force,
    )


def source_named(name: str, kind: Kind) -> Source:
    """The source of a name that a person gave, else that of the kind; made where it is missing."""
    shown = " ".join(name.split())[:160] or kind.source_name
    key = (slugify(name)[:60] if name.strip() else kind.source) or kind.source
    if key in (Source.BY_HAND, slugify(Source.BY_HAND)):
        raise ValidationError(_("What people write themselves is no source of a file."))
    return Source.objects.get_or_create(pk=key, defaults={"name": shown})[0]


def look(load: Load, progress: Progress) -> Outcome:
    """Plan the file and keep what the preview shows; nothing is written to the register.

    What is wrong with the whole file stands in the preview's faults.
    """
    load.id_prefix = _new_prefix()
    load.stamp = stamp_of_register()
    try:
        outcome, columns = _plan(load, progress)
    except InputError as error:
        plan_of(load).unlink(missing_ok=True)
        outcome, columns = (
            Outcome(faults=list(error.faults)),
            (load.preview or {}).get("columns", []),
        )
    load.preview = _preview(load, outcome, columns)
    with transaction.atomic():
        load.rows.all().delete()
        LoadRow.objects.bulk_create(outcome.rows, batch_size=1000)
        load.save(update_fields=["id_prefix", "stamp", "preview"])
    return outcome


def _plan(load: Load, progress: Progress) -> tuple[Outcome, list[dict[str, Any]]]:
    kind = KINDS[load.kind]
    path = path_of(load)
    if not path.exists():
        raise ValidationError(_("The file is no longer kept. Load it again."))
    known = known_here()
    numbers = None
    if load.kind == "organisations":
        numbers = numbers_in(_reading(load, kind, path, known).records)
    reading = _reading(load, kind, path, known)
    planner = Planner(load, kind.bulk, known, timezone.localdate(), reading, numbers)
    columns = [
        {
            "place": one.place,
            "heading": one.heading,
            "field": one.field,
            "by": one.by,
            "examples": list(one.examples),
        }
        for one in reading.columns
    ]
    load.preview = {"columns": columns}
    return planner.plan(plan_of(load), progress), columns


def _reading(load: Load, kind: Kind, path: Path, known: Any) -> Any:
    return read(kind, path, load.file_name, load.into, known=known, chosen=load.columns)


def _preview(load: Load, outcome: Outcome, columns: list[dict[str, Any]]) -> dict[str, Any]:
    plan = plan_of(load)
    names = ("created", "changed", "unchanged", "refused", "held", "ended")
    return {
        "columns": columns,
        "counts": {name: outcome.counts[name] + _told(outcome, name) for name in names},
        "with_notes": outcome.with_notes,
        "faults": [as_kept(one) for one in outcome.faults],
        "notes": [as_kept(one) for one in outcome.notes],
        "entries": outcome.entries if plan.exists() else 0,
    }


def _told(outcome: Outcome, name: str) -> int:
    return outcome.counts["told"] if name == "unchanged" else 0


def choose(load: Load, columns: Mapping[str, str] | None, take: Iterable[str]) -> None:
    """Say what columns are and which held-back rows are taken; look again afterwards."""
    if load.state != Load.State.STAGED:
        raise ValidationError(_("This file has already been applied."))
    load.columns = dict(columns) if columns is not None else None
    load.take = list(take)
    load.save(update_fields=["columns", "take"])


class RegisterHasChangedError(ValidationError):
    """The register is no longer what the preview was made against."""


def apply(load: Load, progress: Progress) -> None:
    """Write what was shown, in one transaction.

    Raises ValidationError when it cannot be, and `RegisterHasChangedError`, after planning anew,
    when the register has changed so that something else would be written than was shown.
    """
    if load.state != Load.State.STAGED:
        raise ValidationError(_("This file has already been applied."))
    if not load.preview or load.preview.get("faults"):
        raise ValidationError(_("This file cannot be applied as it is."))
    if load.stamp != stamp_of_register() or not plan_of(load).exists():
        shown = load.preview
        look(load, lambda percent, message="": progress(percent / 2, message))
        if load.preview != shown:
            raise RegisterHasChangedError(
                _("The register has changed since this preview. Look at the new one, then apply.")
            )
    with bulk.many_writes(), acting(load.by, "register.loaded"):
        current = Load.objects.select_for_update().get(pk=load.pk)
        if current.state != Load.State.STAGED:
            raise ValidationError(_("This file has already been applied."))
        if load.stamp != stamp_of_register():
            raise RegisterHasChangedError(
                _("The register changed in the very moment. Apply once more.")
            )
        carry_out(load, plan_of(load), load.preview.get("entries", 0), progress)
        load.state = Load.State.APPLIED
        load.save(update_fields=["state", "applied_at", "marks"])
    plan_of(load).unlink(missing_ok=True)


def undo(load: Load, progress: Progress, *, by: User | None) -> None:
    """Put back what an applied load did; `load.kept` then lists what could not be."""
    with bulk.many_writes(), acting(by, "register.load_undone"):
        current = Load.objects.select_for_update().get(pk=load.pk)
        if current.state != Load.State.APPLIED:
            raise ValidationError(_("Only a load that was applied can be undone."))
        load.kept = take_back(load, progress)
        load.state = Load.State.UNDONE
        load.undone_at = timezone.now()
        load.save(update_fields=["state", "kept", "undone_at"])
        load.changes.all().delete()


def discard(load: Load) -> None:
    """Forget a file that was not applied."""
    if load.state != Load.State.STAGED:
        raise ValidationError(_("This file has already been applied."))
    path, plan = path_of(load), plan_of(load)
    load.delete()
    transaction.on_commit(lambda: _forget_files(path, plan))


def _forget_files(*paths: Path) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _new_prefix() -> str:
    """How the ids of one load begin: the moment and a chance number, as in a UUID of version 7.

    Ids that follow each other also keep the indexes of a million new rows dense.
    """
    return f"{int(time.time() * 1000):012x}7{randbelow(16**3):03x}"
