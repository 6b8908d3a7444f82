"""Write the archive."""

import base64
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from klustermotor import __version__
from klustermotor.core.backup.archive import (
    BLOCK,
    ERASURES,
    FOLDERS,
    MANIFEST,
    Manifest,
    MeasuredWriter,
    Part,
)
from klustermotor.core.backup.tables import applied_migrations, stored_models

ROWS_AT_A_TIME = 2000


class FullEncoder(DjangoJSONEncoder):
    """Keeps microseconds, which the parent cuts to milliseconds, and bytes as base64."""

    def default(self, value: object) -> object:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, bytes | memoryview):
            return base64.b64encode(bytes(value)).decode("ascii")
        return super().default(value)


def write_backup(path: Path, progress: Callable[[str], None] = lambda name: None) -> Manifest:
    """Write the database, as of one moment, and the files to ``path``; return what it holds.

    Others may go on writing. Keys are not in the archive. The file appears when it is whole.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            manifest = _fill(archive, progress)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile, progress: Callable[[str], None]) -> Manifest:
    from klustermotor.core.privacy.ledger import write_down

    parts: dict[str, Part] = {}
    rows: dict[str, int] = {}
    write_down(settings.HOME)
    with _one_moment():
        migrations = applied_migrations()
        for model in stored_models(migrations):
            table = model._meta.db_table
            progress(table)
            name = f"database/{table}.jsonl"
            rows[table], parts[name] = _write_table(archive, name, model)
    for folder in FOLDERS:
        for path in sorted((settings.HOME / folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and not _is_draft(path):
                name = f"{folder}/{path.relative_to(settings.HOME / folder).as_posix()}"
                progress(name)
                parts[name] = _write_file(archive, name, path)
    if (log := settings.HOME / ERASURES).is_file():
        parts[ERASURES] = _write_file(archive, ERASURES, log)
    manifest = Manifest(
        version=__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=migrations,
        rows=rows,
        parts=parts,
    )
    archive.writestr(MANIFEST, manifest.as_json())
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Show the database as it is now, however long we read, and let others write meanwhile."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _is_draft(path: Path) -> bool:
    """Whether a running job is still writing this file."""
    return any(part.endswith(".part") for part in path.parts)


def _write_table(
    archive: zipfile.ZipFile, name: str, model: type[models.Model]
) -> tuple[int, Part]:
    columns = [field.attname for field in model._meta.concrete_fields]
    count = 0
    with archive.open(name, "w", force_zip64=True) as target:
        writer = MeasuredWriter(target)
        writer.write(json.dumps(columns).encode() + b"\n")
        # Ordered by key: the order in which rows were written may tell what belongs together.
        values = model._base_manager.order_by("pk").values_list(*columns)
        for row in values.iterator(chunk_size=ROWS_AT_A_TIME):
            writer.write(json.dumps(row, cls=FullEncoder, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count, writer.part()


def _write_file(archive: zipfile.ZipFile, name: str, path: Path) -> Part:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        writer = MeasuredWriter(target)
        while block := source.read(BLOCK):
            writer.write(block)
    return writer.part()
