"""``klustermotor reindex [--check]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.core.search import out_of_date, reindex


class Command(BaseCommand):
    help = "Make the search index anew from what is in the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; count what is not true"
        )
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, check: bool, **options: Any) -> None:
        counts = out_of_date() if check else reindex()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            word = "not true" if check else "entries"
            for kind, count in counts.items():
                self.stdout.write(f"{kind}: {count} {word}")
        if check and any(counts.values()):
            raise CommandError("The index is not true: run `klustermotor reindex`.", returncode=1)
