"""``klustermotor backup FILE``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.core.backup import write_backup


class Command(BaseCommand):
    help = "Write the database and the files to one archive. The keys are not in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            manifest = write_backup(file)
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        count = len(manifest.parts) - len(manifest.rows)
        self.stdout.write(f"{file}: {sum(manifest.rows.values())} rows, {count} files.")
