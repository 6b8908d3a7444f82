"""``klustermotor demo``: a region to look at, with its reports, and a site to look at it in."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from klustermotor.core.demonstration import load_parts
from klustermotor.core.models import User
from klustermotor.core.preparation import prepare
from klustermotor.core.serving import require_free_port, serve
from klustermotor.portal.demonstration.loading import demo_data_only, load_region, load_users
from klustermotor.portal.demonstration.region import PASSWORD, USERS
from klustermotor.portal.demonstration.reports import ReportError, build_reports

HOST = "127.0.0.1"
Step = Callable[[str, float], None]


class Command(BaseCommand):
    help = (
        "Load the demonstration region (Dalarna's initiatives, and synthetic companies of four "
        "regions), build its reports under "
        "reports/ in KLUSTERMOTOR_HOME, and serve it on this machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument(
            "--no-serve", action="store_true", help="stop when the reports are built"
        )

    def handle(self, *, port: int, no_serve: bool, **options: Any) -> None:
        _end_politely()
        if not no_serve:
            require_free_port(HOST, port)
        settings.HOME.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        self._require_own_database()
        prepare()
        with _progress() as step:
            region = load_region(lambda name: step(name, 0.0))
            load_parts(load_users(), lambda name: step(name, 0.0))
            evaluator = User.objects.get(email=_email_of("evaluator"))
            try:
                written = build_reports(region, evaluator, step)
            except ReportError as error:
                raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"{len(written)} files of reports in {settings.HOME / 'reports'}")
        self._say_logins()
        if not no_serve:
            serve(HOST, port, self._say_address)

    def _require_own_database(self) -> None:
        """The demonstration's passwords are known: they do not belong beside real people."""
        if not demo_data_only():
            raise CommandError(
                "This database has users of its own, and the demonstration's passwords are known "
                "to everybody. Set KLUSTERMOTOR_HOME to a folder of its own, and leave "
                "DATABASE_URL unset or let it name an empty database.",
                returncode=1,
            )

    def _say_logins(self) -> None:
        width = max(len(user.email) for user in USERS)
        self.stdout.write(f"Log in with the password {PASSWORD} as")
        for user in USERS:
            self.stdout.write(f"  {user.email:<{width}}  {user.role.replace('_', ' ')}")

    def _say_address(self, address: str) -> None:
        self.stdout.write(f"Klustermotor answers at {address}")
        self.stdout.flush()


def _end_politely() -> None:
    """SIGTERM ends the command with 0 also before it serves, and its workers with it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda signum, frame: sys.exit(0))


def _email_of(role: str) -> str:
    return next(user.email for user in USERS if user.role == role)


@contextmanager
def _progress() -> Iterator[Step]:
    """A bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def step(what: str, share: float) -> None:
            bar.update(task, description=what, completed=share)

        yield step
