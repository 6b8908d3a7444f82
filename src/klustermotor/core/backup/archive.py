"""The archive: a ZIP with ``manifest.json``, ``database/*.jsonl`` and the folders of files."""

import hashlib
import json
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
FOLDERS = ("uploads", "jobs", "reports")
ERASURES = "privacy/erasures.jsonl"
"""The log of erasures, which a restore adds to the one that is here and never replaces it by."""
MANIFEST = "manifest.json"
BLOCK = 1 << 20


class ArchiveError(Exception):
    """The archive cannot be used; the text says what is wrong with which part."""


@dataclass(frozen=True)
class Part:
    """One file in the archive: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. ``migrations`` is the state of the tables, ``rows`` counts them."""

    version: str
    created: str
    database: str
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    parts: dict[str, Part] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest; raises :class:`ArchiveError` when there is none that we can read."""
    try:
        content = json.loads(archive.read(MANIFEST))
        if content.pop("format") != FORMAT:
            raise ArchiveError("This archive was made by a newer Klustermotor: update first.")
        content["parts"] = {name: Part(**part) for name, part in content["parts"].items()}
        content["migrations"] = [(app, name) for app, name in content["migrations"]]
        return Manifest(**content)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ArchiveError(f"{MANIFEST} is missing or damaged: not a backup of ours.") from error


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive for reading; raises :class:`ArchiveError` that names the file."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: there is no such file.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise ArchiveError(f"{path}: not a backup, or cut short ({error}).") from error


def verify(path: Path) -> Manifest:
    """Return the manifest after checking every part's size and SHA-256.

    Raises :class:`ArchiveError` that lists every part that is missing, damaged or too much.
    """
    with open_archive(path) as archive:
        manifest = read_manifest(archive)
        names = {name for name in archive.namelist() if name != MANIFEST}
        faults = [f"{name} is missing" for name in sorted(set(manifest.parts) - names)]
        faults += [f"{name} does not belong" for name in sorted(names - set(manifest.parts))]
        for name in sorted(names & set(manifest.parts)):
            if not is_safe(name):
                faults.append(f"{name} points out of the archive")
            elif _measured(archive, name) != manifest.parts[name]:
                faults.append(f"{name} is damaged")
    if faults:
        raise ArchiveError(f"{path} cannot be trusted: " + "; ".join(faults) + ".")
    return manifest


def is_safe(name: str) -> bool:
    """Whether a name in the archive is the log, or stays inside ``database/`` or our folders."""
    parts = PurePosixPath(name).parts
    return name == ERASURES or (
        len(parts) > 1
        and parts[0] in ("database", *FOLDERS)
        and ".." not in parts
        and "\\" not in name
    )


def _measured(archive: zipfile.ZipFile, name: str) -> Part | None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as source:
            while block := source.read(BLOCK):
                digest.update(block)
                size += len(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        return None
    return Part(size, digest.hexdigest())


class MeasuredWriter:
    """Writes into one part of the archive and measures what it wrote."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, block: bytes) -> None:
        self._target.write(block)
        self._digest.update(block)
        self._size += len(block)

    def part(self) -> Part:
        return Part(self._size, self._digest.hexdigest())
