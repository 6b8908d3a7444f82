"""Keys of a fieldwork: files outside the database and outside every backup.

Each fieldwork has one key of 32 random bytes in ``$KLUSTERMOTOR_HOME/keys/fieldwork/``. Links,
ids of drafts and sealed answers come from it by HKDF with a purpose each. Who destroys the file
destroys what it opened, in every backup too. What its loss means: links stop working, drafts
cannot be opened, answers not yet settled in anonymous mode are lost.

A panel has a key of its own per initiative, which the evaluator may take away and bring back.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

BYTES = 32


class KeyMissingError(Exception):
    """The key has been destroyed or taken away: what it opened stays closed."""


def fieldwork_key(fieldwork: UUID, purpose: str) -> bytes:
    """The fieldwork's key for one purpose. Raises KeyMissingError when it is gone."""
    return _derived(_read(_path("fieldwork", fieldwork)), purpose)


def make_fieldwork_key(fieldwork: UUID) -> None:
    """Make the fieldwork's key unless it is there; called once, when the fieldwork is planned."""
    _make(_path("fieldwork", fieldwork))


def destroy_fieldwork_key(fieldwork: UUID) -> bool:
    """Destroy the key; false when it was gone already."""
    return _destroy(_path("fieldwork", fieldwork))


def has_fieldwork_key(fieldwork: UUID) -> bool:
    """Whether the link between person and answers still exists."""
    return _path("fieldwork", fieldwork).exists()


def panel_key(initiative: UUID, *, make: bool = False) -> bytes:
    """The key by which an initiative's companies are followed from wave to wave.

    Raises KeyMissingError when it is gone, unless it is to be made.
    """
    path = _path("panel", initiative)
    if make:
        _make(path)
    return _derived(_read(path), "panel")


def has_panel_key(initiative: UUID) -> bool:
    """Whether the panel's key lies here, or the evaluator has taken it away."""
    return _path("panel", initiative).exists()


def take_panel_key(initiative: UUID) -> str:
    """Hand the panel's key over as text and remove it here: the evaluator keeps it."""
    path = _path("panel", initiative)
    text = _read(path).hex()
    _destroy(path)
    return text


def bring_panel_key(initiative: UUID, text: str) -> None:
    """Put a panel's key back for the next wave. Raises ValueError when it is no key."""
    key = bytes.fromhex(text.strip())
    if len(key) != BYTES:
        raise ValueError("A panel key has 64 hexadecimal digits.")
    path = _path("panel", initiative)
    if path.exists() and _read(path) != key:
        raise ValueError("Another key is in use for this initiative.")
    _make(path, key)


def _path(kind: str, owner: UUID) -> Path:
    return Path(settings.HOME) / "keys" / kind / str(owner)


def _make(path: Path, key: bytes | None = None) -> None:
    """Write a key once, whole, readable by its owner only; an existing one is left as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key or secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails where another process was first: its key counts
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyMissingError(path.name) from None


def _destroy(path: Path) -> bool:
    """Overwrite the file before it goes; a copying file system may still hold the old blocks."""
    if not path.exists():
        return False
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return True


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), BYTES, salt=None, info=f"klustermotor {purpose}".encode()).derive(key)
