"""The log of erasures as a file, which outlives the database and every backup.

One JSON object per line: keys, never a name. It lies in ``privacy/`` of the home, goes into every
backup, and is never replaced by a restore: what an older archive brings back is erased again.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection

from klustermotor.core.models import Erasure

FOLDER = "privacy"
NAME = "erasures.jsonl"


class LedgerError(Exception):
    """A line of the log cannot be read; the text says which and what would be right."""


@dataclass(frozen=True)
class Entry:
    """That somebody was erased, with what the one who looked through the mentions decided."""

    id: str
    model: str
    key: str
    at: str
    reason: str = "request"
    decision: str = ""
    left: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    kept: bool = False
    """Whether law kept something of what was asked to go."""


def ledger(home: Path) -> Path:
    """Where the file lies."""
    return home / FOLDER / NAME


def entry_of(erasure: Erasure) -> Entry:
    """A row of the table as a line of the file."""
    return Entry(
        str(erasure.pk),
        erasure.subject_model,
        erasure.subject,
        erasure.at.isoformat(),
        erasure.reason,
        erasure.decision,
        tuple(erasure.left),
        tuple(erasure.struck),
        bool(erasure.kept),
    )


def read(path: Path) -> list[Entry]:
    """The entries of a file, oldest first; none when there is no file.

    A last line that was cut short by a crash is left out. Raises :class:`LedgerError` for any
    other that cannot be read.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            values = json.loads(line)
            values["left"], values["struck"] = tuple(values["left"]), tuple(values["struck"])
            found.append(Entry(**values))
        except (ValueError, TypeError, KeyError) as error:
            if number == len(lines):
                break
            raise LedgerError(
                f"{path}, line {number}: this is no entry of the log of erasures ({error}). "
                "Put back the file from a backup."
            ) from error
    return found


def joined(*logs: Iterable[Entry]) -> list[Entry]:
    """Several logs as one, oldest first, each erasure once."""
    found = {entry.id: entry for log in logs for entry in log}
    return sorted(found.values(), key=lambda entry: (entry.at, entry.id))


def write_down(home: Path) -> list[Entry]:
    """Bring the file up to date with the table; return all its entries.

    The table is written with the erasure itself, the file after it; whoever died in between is
    caught up with here.
    """
    path = ledger(home)
    known = read(path)
    have = {entry.id for entry in known}
    if Erasure._meta.db_table not in connection.introspection.table_names():
        return known  # a database that is older than the log
    fresh = [
        entry
        for erasure in Erasure.objects.order_by("at")
        if (entry := entry_of(erasure)).id not in have
    ]
    if fresh:
        save(path, joined(known, fresh))
    return joined(known, fresh)


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Write the whole log under another name and put it in place, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
