"""Read the environment into settings, with errors for the person who sets it."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def flag(name: str, default: bool = False) -> bool:
    """Read a yes/no variable; raises ``ImproperlyConfigured`` for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def words(name: str) -> list[str]:
    """Read a comma-separated variable into its non-empty parts."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """Read a whole number; raises ``ImproperlyConfigured`` for anything else."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.") from error


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's database settings for ``DATABASE_URL``, or SQLite in ``home`` when empty.

    The address is libpq's: ``postgresql://user:password@host:port/name?sslmode=require``; a
    socket folder may stand as ``?host=/var/run/postgresql`` or percent-encoded as the host.
    """
    if not url:
        return _sqlite(home / "klustermotor.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {parts.scheme or 'no scheme'!r}: write "
            "postgresql://user:password@host:5432/name, or leave it unset for SQLite."
        )
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL: the port must be a whole number.") from error
    options = dict(parse_qsl(parts.query))
    name = options.pop("dbname", unquote(parts.path.removeprefix("/")))
    if not name:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: write it last, as in postgresql://host/klustermotor."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": options.pop("user", unquote(parts.username or "")),
        "PASSWORD": options.pop("password", unquote(parts.password or "")),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "klustermotor.core.sqlite",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON;",
        },
    }


def secret_key(home: Path) -> str:
    """Return ``SECRET_KEY``, or the key kept in ``home/keys``, made there the first time."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        return given
    path = home / "keys" / "secret_key"
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    draft = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # A link fails when another process or thread was first; then its key counts.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
