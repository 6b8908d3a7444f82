"""Tables out of files, as text: what every reader of answers, frames and margins starts from.

A value is the text that the file shows, null where the cell is empty. What it means is decided
later, against a questionnaire.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from klustermotor.formats.errors import Fault, InputError, fail, fault

MOST_BYTES = 100_000_000
"""Unpacked size beyond which a file is refused. A national round of 500 initiatives with three
waves of 100 answers to 60 items is 20 MB."""
ROW_OF_FIRST = 2

Missing = Callable[[float | str], bool]


@dataclass(frozen=True)
class Table:
    """A table of text. `frame` has only String columns; row ``i`` is row ``i + 2`` of the file.

    `labels` are the value labels that the file carries per column and code; `missing` the codes
    that it declares missing; `notes` what could not be carried over, as (kind, details).
    """

    name: str
    frame: pl.DataFrame
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def read_table(path: Path | str, most_bytes: int = MOST_BYTES) -> Table:
    """The table in a .csv, .txt, .tsv, .xlsx or .sav file. Raises InputError."""
    path = Path(path)
    check_file(path, most_bytes)
    match path.suffix.lower():
        case ".csv" | ".txt" | ".tsv":
            from klustermotor.formats.csv_tables import read_csv

            table = read_csv(path)
        case ".xlsx":
            from klustermotor.formats.xlsx_tables import read_xlsx

            table = read_xlsx(path)
        case ".sav" | ".zsav":
            from klustermotor.formats.sav import read_sav

            table = read_sav(path)
        case suffix:
            raise fail("unknown_format", path.name, value=suffix or path.name)
    if table.frame.height == 0:
        raise fail("no_rows", path.name)
    return table


def check_file(path: Path, most_bytes: int = MOST_BYTES) -> None:
    """Raises InputError unless `path` is a file that can be opened, with content, not too large."""
    if path.is_dir():
        raise fail("is_folder", str(path))
    if not path.is_file():
        raise fail("no_such_file", str(path))
    size = path.stat().st_size
    if size == 0:
        raise fail("empty_file", path.name)
    if size > most_bytes:
        raise too_large(path, size, most_bytes)
    try:
        path.open("rb").close()
    except OSError as error:
        raise fail("unreadable_file", str(path), reason=error.strerror or "") from error


def too_large(path: Path, size: int, most: int = MOST_BYTES) -> InputError:
    """The refusal of a file of `size` bytes, unpacked."""
    megabytes = f"{size / 1e6:.0f}"
    return fail("too_large", path.name, size=megabytes, most=f"{most / 1e6:.0f}")


def named_columns(names: list[str], file: str, has_values: Callable[[int], bool]) -> dict[int, str]:
    """Position and trimmed name of each column that counts.

    A column without a name is dropped when it is empty. Raises InputError for a name given twice
    and for values under no name.
    """
    found: dict[int, str] = {}
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for at, raw in enumerate(names):
        name = raw.strip()
        if not name:
            if has_values(at):
                faults.append(fault("no_heading", file, row=1, column=letters(at)))
        elif name in first:
            faults.append(
                fault(
                    "column_twice",
                    file,
                    row=1,
                    column=name,
                    value=name,
                    first=letters(first[name]),
                    second=letters(at),
                )
            )
        else:
            first[name] = at
            found[at] = name
    if faults:
        raise InputError(faults)
    return found


def letters(position: int) -> str:
    """A column's position as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
