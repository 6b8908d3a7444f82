"""The command `demo`, run as its user runs it: in a home of its own."""

import signal
import socket
import subprocess
import urllib.request
from typing import Any

import pytest

from klustermotor.core.testing.processes import Installation
from klustermotor.portal.demonstration.region import LANGUAGES, PASSWORD, USERS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
BUILT_WITHIN = 400  # seconds, on a machine that does much else


def _demo(home: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    process = home.start("demo", *arguments)
    out, err = process.communicate(timeout=BUILT_WITHIN)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _rows(home: Installation) -> str:
    return home.python(
        "from django.apps import apps\n"
        "print({m.__name__: m.objects.count() for m in apps.get_models()"
        " if m.__module__.startswith('klustermotor.')})"
    )


def test_a_taken_port_is_named_before_anything_is_built(new_installation: Any) -> None:
    home = new_installation()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _demo(home, "--port", str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr
    assert not (home.home / "reports").exists()


def test_the_region_is_built_once_served_and_ended_politely(new_installation: Any) -> None:
    home = new_installation()
    done = _demo(home, "--no-serve")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (home.home / "reports").iterdir()}
    assert names == {
        f"{subject}-2009-{language}.{suffix}"
        for subject in ("triple-steelix", "dalabit", "round")
        for language in LANGUAGES
        for suffix in ("pdf", "html", "docx", "xlsx")
    }
    assert PASSWORD in done.stdout
    assert all(user.email in done.stdout for user in USERS)

    rows = _rows(home)
    port = _free_port()
    server = home.start("demo", "--port", str(port))
    try:
        assert server.stdout is not None
        said = []
        for line in server.stdout:
            said.append(line)
            if "answers at" in line:
                break
        assert f"http://127.0.0.1:{port}/" in said[-1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
        assert server.returncode == 0
    finally:
        if server.poll() is None:
            server.kill()
    assert _rows(home) == rows
