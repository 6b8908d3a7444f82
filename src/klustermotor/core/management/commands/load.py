"""``klustermotor load KIND FILE``: what every room can take in from a file."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.core.jobs import JobError
from klustermotor.core.loaders import (
    Loader,
    Progress,
    Request,
    Summary,
    loader_of,
    loaders,
    no_progress,
)
from klustermotor.core.models import User
from klustermotor.formats.errors import InputError


class Command(BaseCommand):
    help = (
        "Load a file: what is new is created, what differs is changed, the same file again changes "
        "nothing. Rows that cannot be loaded are told one by one and keep no other row out. Exit "
        "status 1 when rows were refused or the file cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="what the file holds")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--into",
            nargs="+",
            action="extend",
            default=[],
            metavar="key=value",
            help="what holds for the whole file, such as year=2024",
        )
        parser.add_argument("--source", default="", metavar="NAME", help="who told it")
        parser.add_argument(
            "--as", dest="user", default="", metavar="USER", help="e-mail of a user"
        )
        parser.add_argument(
            "--complete",
            default="",
            metavar="SCOPE",
            help="the file holds all of this part of the source: what is missing from it ends",
        )
        parser.add_argument(
            "--force", action="store_true", help="also when more than 20 %% of the scope is missing"
        )
        parser.add_argument(
            "--take-held", action="store_true", help="let the file go before corrections by hand"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done")
        parser.add_argument("--language", choices=("en", "sv", "nb"), default="en")
        parser.add_argument("--json", action="store_true", help="the summary as JSON on stdout")

    def handle(self, *args: object, **options: Any) -> None:
        loader = _loader(options["kind"])
        if not options["file"].is_file():
            self._fail(f"{options['file']}: there is no such file. Check the path.")
        try:
            with _progress(options["json"]) as progress:
                done = loader.load(_request(options, loader, progress))
        except InputError as error:
            self._fail(error.text(options["language"]))
        except ValidationError as error:
            self._fail(" ".join(error.messages))
        except JobError as error:
            self._fail(str(error))
        else:
            self._tell(done, options)

    def _tell(self, done: Summary, options: dict[str, Any]) -> None:
        for line in done.said:
            self.stderr.write(line)
        if done.more:
            self.stderr.write(f"… and {done.more} more rows")
        if options["json"]:
            told = {**done.counts, "load": done.load, "dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(told))
        else:
            counts = ", ".join(f"{count} {name}" for name, count in done.counts.items())
            self.stdout.write(f"{options['file'].name}: {counts}")
        if done.refused:
            sys.exit(1)

    def _fail(self, text: str) -> None:
        self.stderr.write(text, self.style.ERROR)
        sys.exit(1)


def _loader(kind: str) -> Loader:
    loader = loader_of(kind)
    if loader is None:
        known = ", ".join(one.kind for one in loaders())
        raise CommandError(f"KIND is none of: {known}", returncode=2)
    return loader


def _request(options: dict[str, Any], loader: Loader, progress: Progress) -> Request:
    by = None
    if options["user"]:
        by = User.objects.filter(email__iexact=options["user"], is_active=True).first()
        if by is None:
            raise CommandError(f"--as {options['user']}: there is no such user", returncode=2)
        if not by.has_perm(loader.permission):
            raise CommandError(f"--as {options['user']}: may not load {loader.kind}", returncode=2)
    return Request(
        path=options["file"],
        into=_pairs(options["into"], loader),
        source=options["source"],
        by=by,
        complete=options["complete"],
        force=options["force"],
        dry_run=options["dry_run"],
        take_held=options["take_held"],
        language=options["language"],
        progress=progress,
    )


def _pairs(given: Sequence[str], loader: Loader) -> dict[str, str]:
    pairs = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise CommandError(f"--into {pair}: write key=value, as year=2024", returncode=2)
        if key not in loader.into:
            known = ", ".join(loader.into) or "nothing"
            raise CommandError(f"--into {key}: {loader.kind} takes {known}", returncode=2)
        pairs[key] = value
    return pairs


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal, and silence elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=100)

        def advance(percent: float, message: str = "") -> None:
            bar.update(task, completed=percent, description=message)

        yield advance
