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
        parser.add_argument(
            "--erasures",
            type=Path,
            metavar="LOG",
            help="a log of erasures (privacy/erasures.jsonl) saved from another home",
        )

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        try:
            if options["verify"]:
                manifest = verify(file)
                self.stdout.write(f"{file} is whole: {sum(manifest.rows.values())} rows.")
                return
            restored = restore_backup(file, force=force, erasures=options["erasures"])
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        rows = sum(restored.manifest.rows.values())
        self.stdout.write(f"{file} is restored: {rows} rows.")
        if restored.erased_again:
            self.stdout.write(
                f"Erased again, as they had been erased before: {restored.erased_again}."
            )
