"""``klustermotor restore FILE``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.core.backup import ArchiveError, restore_backup, verify


class Command(BaseCommand):
    help = "Put an archive's database and files in place, all of it or nothing. Stop serve first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--verify", action="store_true", help="check the archive, change nothing"
        )
        parser.add_argument("--force", action="store_true", help="replace what is here")

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        try:
            manifest = verify(file) if options["verify"] else restore_backup(file, force=force)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        done = "is whole" if options["verify"] else "is restored"
        self.stdout.write(f"{file} {done}: {sum(manifest.rows.values())} rows.")
