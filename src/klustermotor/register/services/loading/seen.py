"""What a file has told so far, kept on disk so that memory does not grow with the file."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Met:
    """A key that the file has told before: in which row, with which content, as which thing."""

    row: int
    fingerprint: str
    thing: str
    name: str


class Seen:
    """Keys of one file, by subject. The database of a connection without a name is a file that
    the system removes by itself."""

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._disk.execute("PRAGMA cache_size=-16384")
        self._disk.execute("PRAGMA synchronous=OFF")
        self._disk.execute("PRAGMA journal_mode=OFF")
        self._disk.execute(
            "CREATE TABLE seen (subject TEXT, key TEXT, row INTEGER, fingerprint TEXT, thing TEXT,"
            " name TEXT, PRIMARY KEY (subject, key)) WITHOUT ROWID"
        )

    def of(self, subject: str, keys: Iterable[str]) -> dict[str, Met]:
        """Those of the keys that have been met."""
        wanted = list(keys)
        found: dict[str, Met] = {}
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            rows = self._disk.execute(
                "SELECT key, row, fingerprint, thing, name FROM seen "
                f"WHERE subject=? AND key IN ({marks})",
                [subject, *part],
            )
            found |= {key: Met(*rest) for key, *rest in rows}
        return found

    def add(self, subject: str, met: Mapping[str, Met]) -> None:
        """Remember keys; one that was met before keeps its first row."""
        self._disk.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?,?,?,?,?,?)",
            [
                (subject, key, one.row, one.fingerprint, one.thing, one.name)
                for key, one in met.items()
            ],
        )

    def close(self) -> None:
        self._disk.close()
