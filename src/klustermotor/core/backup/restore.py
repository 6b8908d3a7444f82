"""Take an archive in: all of it, or nothing."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from klustermotor.core.backup.archive import (
    ERASURES,
    FOLDERS,
    ArchiveError,
    Manifest,
    open_archive,
    verify,
)
from klustermotor.core.backup.tables import leaves, stored_models
from klustermotor.core.privacy import ledger
from klustermotor.core.privacy.erasure import apply_again
from klustermotor.core.search import reindex

ROWS_AT_A_TIME = 1000
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came back, and how many people had to be erased again."""

    manifest: Manifest
    erased_again: int


def restore_backup(
    path: Path,
    *,
    force: bool = False,
    erasures: Path | None = None,
    progress: Progress = lambda name: None,
) -> Restored:
    """Put the archive's database and files in the place of ours; return what it held.

    Who was erased stays erased: what the logs of this home, of the archive and of `erasures` (a
    log saved elsewhere) name is erased again before the old state gives way.

    Everything is checked before anything is touched. Raises :class:`ArchiveError` for an archive
    that is damaged or newer than this version, and when there is something here already, unless
    ``force``. Until the very end the old state stays; when anything fails, it stays for good.
    """
    manifest = verify(path)
    try:
        leaves(manifest.migrations)
    except LookupError as error:
        raise ArchiveError(
            f"{path} was made by a newer Klustermotor ({manifest.version}, {error}): update first."
        ) from error
    if not force and (what := _what_is_here()):
        raise ArchiveError(
            f"There is something here already ({what}): restore into an empty home and database, "
            "or give --force to replace all of it."
        )
    with open_archive(path) as archive, _staged_files(archive, manifest) as staged:
        logs = _logs(staged, erasures)
        if connection.vendor == "sqlite":
            again = _restore_sqlite(archive, manifest, staged, logs, progress)
        else:
            with transaction.atomic(), _swapped(staged):
                _drop_tables()
                again = _load(archive, manifest, staged, logs, progress)
    ledger.write_down(settings.HOME)
    return Restored(manifest, again)


def _logs(staged: Path, saved: Path | None) -> list[ledger.Entry]:
    """Everybody who is known to have been erased, from every log at hand."""
    if saved is not None and not saved.is_file():
        raise ArchiveError(f"{saved}: there is no such log of erasures.")
    try:
        logs = [ledger.read(path) for path in (settings.HOME / ERASURES, staged / ERASURES)]
        logs += [ledger.read(saved)] if saved else []
    except ledger.LedgerError as error:
        raise ArchiveError(str(error)) from error
    return ledger.joined(*logs)


def _what_is_here() -> str:
    for folder in FOLDERS:
        if any(path.is_file() for path in (settings.HOME / folder).rglob("*")):
            return f"files in {settings.HOME / folder}"
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return ""
    tables = set(connection.introspection.table_names())
    migrated = sorted(MigrationExecutor(connection).loader.applied_migrations)
    for model in stored_models(migrated) if migrated else []:
        if model._meta.db_table in tables and model._base_manager.exists():
            return f"rows in {model._meta.db_table}"
    return ""


@contextmanager
def _staged_files(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Path]:
    """Unpack the files beside their place, and clean up after success and failure alike."""
    stage = settings.HOME / f".restore-{os.getpid()}"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True, mode=0o700)
    try:
        for name in manifest.parts:
            if not name.startswith("database/"):
                target = stage / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _swapped(stage: Path) -> Iterator[None]:
    """Run the block, then put the staged folders in place; put them back if that goes wrong."""
    yield
    moved: list[tuple[Path, Path]] = []
    try:
        for folder in FOLDERS:
            place, old = settings.HOME / folder, stage / f"old-{folder}"
            if place.exists():
                place.rename(old)
                moved.append((old, place))
            if (stage / folder).exists():
                (stage / folder).rename(place)
                moved.append((place, stage / folder))
    except OSError:
        for now, before in reversed(moved):
            now.rename(before)
        raise


def _restore_sqlite(
    archive: zipfile.ZipFile,
    manifest: Manifest,
    stage: Path,
    logs: list[ledger.Entry],
    progress: Progress,
) -> int:
    """Build the database in a file of its own and rename it into place."""
    place = Path(connection.settings_dict["NAME"])
    draft = stage / "database.sqlite3"
    connection.close()
    connection.settings_dict["NAME"] = draft
    try:
        again = _load(archive, manifest, stage, logs, progress)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
    with _swapped(stage):
        for leftover in ("-wal", "-shm"):
            place.with_name(place.name + leftover).unlink(missing_ok=True)
        draft.replace(place)
    return again


def _drop_tables() -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")


def _load(
    archive: zipfile.ZipFile,
    manifest: Manifest,
    stage: Path,
    logs: list[ledger.Entry],
    progress: Progress,
) -> int:
    """Make the tables as they were, fill them, and bring them up to date.

    Returns how many people were erased again.
    """
    executor = MigrationExecutor(connection)
    executor.migrate(leaves(manifest.migrations))
    with transaction.atomic():
        stored = stored_models(manifest.migrations)
        if connection.vendor == "postgresql":
            # Migrations in the same transaction have set the foreign keys to be checked at once.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in stored:
            model._base_manager.all().delete()
        for model in stored:
            progress(model._meta.db_table)
            count = _load_table(archive, model)
            if count != manifest.rows.get(model._meta.db_table):
                raise ArchiveError(f"{model._meta.db_table}: {count} rows came in, not all.")
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), stored):
                cursor.execute(statement)
    call_command("migrate", verbosity=0, interactive=False)
    _end_open_jobs()
    again = sum(1 for _entry in apply_again(logs, stage))
    reindex()
    return again


def _load_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    name = f"database/{model._meta.db_table}.jsonl"
    fields = {field.attname: field for field in model._meta.concrete_fields}
    _without_clock(model._meta.concrete_fields)
    count = 0
    with archive.open(name) as source:
        columns = json.loads(source.readline())
        while lines := list(islice(source, ROWS_AT_A_TIME)):
            rows = [
                model(
                    **{
                        column: _value(fields[column], value)
                        for column, value in zip(columns, json.loads(line), strict=True)
                    }
                )
                for line in lines
            ]
            model._base_manager.bulk_create(rows)
            count += len(rows)
    return count


def _value(field: models.Field, value: object) -> object:
    target = field.target_field if field.is_relation else field
    return value if isinstance(field, models.JSONField) else target.to_python(value)


def _without_clock(fields: Iterable[models.Field]) -> None:
    """Keep the stored times: ``auto_now`` fields would write the time of the restore."""
    for field in fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False


def _end_open_jobs() -> None:
    """End the jobs that ran when the backup was made; their workers know nothing of this place."""
    from klustermotor.core.models import Job

    open_states = [Job.State.QUEUED, Job.State.RUNNING]
    Job.objects.filter(state__in=open_states).update(
        state=Job.State.CANCELLED, worker="", lease_until=None, finished=timezone.now()
    )
