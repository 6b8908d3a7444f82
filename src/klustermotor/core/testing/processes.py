"""Run the command in processes of its own, on a database of its own, as a server would."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACKAGE_PARENT = Path(__file__).resolve().parents[3]


class Installation:
    """A home and a database of its own, and the command on them."""

    def __init__(self, home: Path, environment: dict[str, str], database: str) -> None:
        self.home = home
        self.database = database
        self.environment = environment

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start the command and return its process; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "klustermotor", *arguments],
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def python(self, code: str) -> str:
        """Run Python in the installation's Django and return what it printed."""
        start = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", start],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def _environment(home: Path, database_url: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "TMPDIR") or name.startswith("LD_")
    }
    return kept | {
        "PYTHONPATH": str(PACKAGE_PARENT),
        "DJANGO_SETTINGS_MODULE": "klustermotor.config.settings",
        "KLUSTERMOTOR_HOME": str(home),
        "KLUSTERMOTOR_DEMO": "1",
        **({"DATABASE_URL": database_url} if database_url else {}),
    }


def _address(url: str, name: str) -> str:
    """The address of another database on the same server."""
    base, _, query = url.partition("?")
    return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def _administer(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One migrated installation per run, which others are copied from."""
    url = os.environ.get("DATABASE_URL", "")
    name = f"km_{uuid.uuid4().hex[:12]}"
    home = tmp_path_factory.mktemp("migrated")
    if url:
        _administer(url, f"CREATE DATABASE {name}")
    made = Installation(home, _environment(home, _address(url, name) if url else ""), name)
    done = made.run("migrate", "-v0")
    assert done.returncode == 0, done.stderr
    yield made
    if url:
        _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_installation(tmp_path: Path) -> Iterator[Any]:
    """Return a function that makes empty installations; on PostgreSQL with databases of their own.

    ``copy_of`` takes another installation's database over; ``sqlite`` asks for SQLite anyhow.
    """
    url = os.environ.get("DATABASE_URL", "")
    made: list[str] = []

    def make(copy_of: Installation | None = None, *, sqlite: bool = False) -> Installation:
        name = f"km_{uuid.uuid4().hex[:12]}"
        home = tmp_path / name
        if sqlite:
            return Installation(home, _environment(home, ""), name)
        if url:
            made.append(name)
            template = f" TEMPLATE {copy_of.database}" if copy_of else ""
            _administer(url, f"CREATE DATABASE {name}{template}")
        elif copy_of:
            home.mkdir()
            for file in copy_of.home.glob("*.sqlite3*"):
                shutil.copy(file, home)
        return Installation(home, _environment(home, _address(url, name) if url else ""), name)

    yield make
    for name in made:
        _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(new_installation: Any, migrated: Installation) -> Installation:
    """A migrated installation without rows."""
    return new_installation(copy_of=migrated)
