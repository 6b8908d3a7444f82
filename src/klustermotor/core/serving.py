"""Web server and worker as two children of one process."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from klustermotor.core.accounts import DEMO_DOMAIN
from klustermotor.core.models import User
from klustermotor.core.preparation import prepare
from klustermotor.core.safety import unsafe_settings

READY_WITHIN = 60  # seconds
STOP_WITHIN = 20


def require_free_port(host: str, port: int) -> None:
    """Raise ``CommandError`` that names the port when another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is taken or not allowed ({error.strerror}): "
                f"choose another with --port, as in --port {min(port + 1, 65535)}.",
                returncode=1,
            ) from error


def require_safe() -> None:
    """Raise ``CommandError`` with every setting that must be mended before serving."""
    faults = unsafe_settings()
    if faults:
        raise CommandError(
            "Klustermotor does not serve with these settings (see docs/settings.md):\n- "
            + "\n- ".join(faults),
            returncode=1,
        )


def prepare_database() -> None:
    """Bring SQLite up to date (on PostgreSQL ask for ``klustermotor migrate``) and fill it."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
    else:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "The database is older than the program: take a backup, then run "
                "`klustermotor migrate`.",
                returncode=1,
            )
    prepare()


def require_no_demonstration() -> None:
    """Raise ``CommandError`` when accounts of the demonstration are open outside of it."""
    if settings.DEMO:
        return
    known = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
    if known.exists():
        raise CommandError(
            "This database holds the demonstration, whose passwords are known to everybody. "
            "Set KLUSTERMOTOR_HOME (and DATABASE_URL, if it is used) to a place of its own, or "
            "show the demonstration with `klustermotor demo`.",
            returncode=1,
        )


class Stop(Exception):  # noqa: N818  not an error: the wish of whoever runs the server
    """SIGTERM or Ctrl-C arrived."""


def _raise_stop(signum: int, frame: FrameType | None) -> None:
    raise Stop


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """Run web and worker until SIGTERM; call ``ready`` with the address when it answers.

    Raises ``CommandError`` when a child dies or does not answer. Prepares the database first.
    """
    require_safe()
    require_free_port(host, port)
    prepare_database()
    require_no_demonstration()
    connection.close()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _raise_stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["web"] = subprocess.Popen(_web(host, port))
        children["worker"] = subprocess.Popen(_klustermotor("worker"))
        _wait_until_ready(host, port, children)
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{port}/")
        while True:
            _require_alive(children)
            time.sleep(0.5)
    except Stop:
        pass
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        _end(children)


def _klustermotor(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "klustermotor", *arguments]


def _web(host: str, port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(settings.WEB_WORKERS),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "klustermotor.config.wsgi:application",
    ]


def _wait_until_ready(host: str, port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    local = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    shown = f"[{local}]" if ":" in local else local
    request = urllib.request.Request(
        f"http://{shown}:{port}/health", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")}
    )
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        _require_alive(children)
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise CommandError(f"The web server answers with {error.code} at /health.") from error
        except OSError:
            time.sleep(0.1)
    raise CommandError(f"The web server has not answered for {READY_WITHIN} seconds.")


def _require_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CommandError(f"The {name} process ended by itself with code {child.returncode}.")


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            # Its job comes back to the queue when the lease runs out.
            child.kill()
            child.wait()
