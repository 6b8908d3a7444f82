"""``klustermotor export KIND --out FILE``: what every room has to give, as a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from klustermotor.core.exporters import ExportRequest, exporter_of, exporters, write_export
from klustermotor.core.models import User


class Command(BaseCommand):
    help = (
        "Write a kind of data to a file; its ending decides the form. The numbers of sole traders "
        "are personal data and are left out unless they are asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="what to write")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        numbers = parser.add_mutually_exclusive_group()
        numbers.add_argument(
            "--with-personal-numbers", action="store_true", help="write sole traders' numbers"
        )
        numbers.add_argument(
            "--pseudonyms",
            action="store_true",
            help="write in their place a code that is the same throughout this file and no other",
        )
        parser.add_argument(
            "--as", dest="user", default="", metavar="USER", help="e-mail of a user"
        )
        parser.add_argument("--language", choices=("en", "sv", "nb"), default="en")

    def handle(self, *args: object, **options: Any) -> None:
        exporter = exporter_of(options["kind"])
        if exporter is None:
            known = ", ".join(one.kind for one in exporters())
            raise CommandError(f"KIND is none of: {known}", returncode=2)
        out: Path = options["out"]
        if out.suffix.lower() not in exporter.suffixes:
            known = ", ".join(exporter.suffixes)
            raise CommandError(f"--out {out}: {exporter.kind} is written as {known}", returncode=2)
        by = None
        if options["user"]:
            by = User.objects.filter(email__iexact=options["user"], is_active=True).first()
            if by is None or not by.has_perm(exporter.permission):
                raise CommandError(f"--as {options['user']}: may not export this", returncode=2)
        how = "left_out"
        if options["with_personal_numbers"]:
            how = "written"
        elif options["pseudonyms"]:
            how = "pseudonyms"
        request = ExportRequest(how, by, options["language"])
        draft = out.with_name(f".{out.stem}.part{out.suffix}")
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            with translation.override(options["language"]):
                count = write_export(exporter, request, draft)
            draft.replace(out)
        except OSError as error:
            draft.unlink(missing_ok=True)
            self.stderr.write(f"--out {out}: {error.strerror or error}", self.style.ERROR)
            sys.exit(1)
        self.stdout.write(f"{out}: {count} rows")
