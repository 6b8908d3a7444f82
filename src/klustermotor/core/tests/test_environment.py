import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from klustermotor.config.environment import database, flag, number, secret_key, words

HOME = Path("/srv/km")


def test_without_an_address_the_database_is_sqlite_in_wal():
    found = database("", HOME)
    assert found["NAME"] == HOME / "klustermotor.sqlite3"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40ss@db.se:5433/km", ("db.se", "5433", "u", "p@ss", "km", {})),
        ("postgres://db/km?sslmode=require", ("db", "", "", "", "km", {"sslmode": "require"})),
        ("postgresql:///km?host=/run/postgresql", ("/run/postgresql", "", "", "", "km", {})),
        ("postgresql://%2Frun%2Fpostgresql/km", ("/run/postgresql", "", "", "", "km", {})),
        ("postgresql://u@[::1]:5432/km", ("::1", "5432", "u", "", "km", {})),
        ("postgresql:///?dbname=km&user=u&password=p", ("", "", "u", "p", "km", {})),
    ],
)
def test_the_address_of_postgresql_is_read_as_libpq_does(url, expected):
    found = database(url, HOME)
    names = ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://u@h/db", "mysql"),
        ("km.sqlite3", "no scheme"),
        ("postgresql://host", "names no database"),
        ("postgresql://host:abc/km", "whole number"),
    ],
)
def test_a_wrong_address_says_what_would_be_right(url, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        database(url, HOME)


def test_flags_numbers_and_lists_are_read_and_nonsense_is_refused(monkeypatch):
    monkeypatch.setenv("X", "Yes")
    assert flag("X") is True
    monkeypatch.setenv("X", "0")
    assert flag("X", default=True) is False
    monkeypatch.setenv("X", " a , b,")
    assert words("X") == ["a", "b"]
    for read in (flag, lambda name: number(name, 1)):
        with pytest.raises(ImproperlyConfigured, match="X is"):
            read("X")


def test_two_processes_that_start_at_once_share_one_key(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert secret_key(tmp_path) == secret_key(tmp_path)
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret_key"]


def test_threads_that_ask_for_the_key_at_once_get_the_same(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    for run in range(20):
        home = tmp_path / str(run)
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(secret_key, [home] * 8))
        assert len(keys) == 1
        assert [path.name for path in (home / "keys").iterdir()] == ["secret_key"]


def test_a_command_without_database_leaves_no_home_behind(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "klustermotor", "check"],
        env=environment
        | {
            "KLUSTERMOTOR_HOME": str(tmp_path / "none"),
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "none").exists()
