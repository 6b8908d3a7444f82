"""What can be written to files, told by every room that has something to give.

    register_exporter(Exporter("people", _("People"), rows, permission="register.view"))

A table is an iterator of rows whose first is the heading; the file's ending decides its form.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from klustermotor.core.models import User

SUFFIXES = (".csv", ".xlsx", ".json")
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = list[Any]


@dataclass(frozen=True)
class ExportRequest:
    """How an export is made: what becomes of sole traders' numbers, and for whom."""

    personal_numbers: str = "left_out"
    """``left_out``, ``written`` or ``pseudonyms``."""
    by: User | None = None
    language: str = "en"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exporter:
    """A kind of file that can be written.

    `rows` gives the heading and then each row; `write`, for what is no single table, writes the
    file itself and returns how many rows it has.
    """

    kind: str
    label: str | Promise
    permission: str
    rows: Callable[[ExportRequest], Iterator[Row]] | None = None
    write: Callable[[ExportRequest, Path], int] | None = None
    suffixes: tuple[str, ...] = SUFFIXES
    order: int = 100


_exporters: dict[str, Exporter] = {}
_unread: list[str] = []


def exporters_in(function: str) -> None:
    """Name a function, as ``package.module.function``, that registers exporters when asked for."""
    if function not in _unread:
        _unread.append(function)


def _read() -> None:
    while _unread:
        import_string(_unread.pop(0))()


def register_exporter(exporter: Exporter) -> None:
    """Add a kind; the same kind again replaces it."""
    _exporters[exporter.kind] = exporter


def exporters() -> list[Exporter]:
    """All kinds in order."""
    _read()
    return sorted(_exporters.values(), key=lambda one: (one.order, one.kind))


def exporter_of(kind: str) -> Exporter | None:
    """The exporter of a kind, if there is one."""
    _read()
    return _exporters.get(kind)


def write_export(exporter: Exporter, request: ExportRequest, path: Path) -> int:
    """Write a file of the kind; returns how many rows it has."""
    if exporter.write is not None:
        return exporter.write(request, path)
    assert exporter.rows is not None
    return write_table(exporter.rows(request), path)


def write_table(rows: Iterable[Row], path: Path) -> int:
    """Write a table as .csv, .xlsx or .json, row by row; returns how many rows it has."""
    return _WRITERS[path.suffix.lower()](iter(rows), path)


def _write_csv(rows: Iterator[Row], path: Path) -> int:
    count = -1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in rows:
            writer.writerow([_safe(_plain(value)) for value in row])
            count += 1
    return max(count, 0)


def _write_json(rows: Iterator[Row], path: Path) -> int:
    heading = next(rows, [])
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for row in rows:
            one = {str(name): _plain(value) for name, value in zip(heading, row, strict=True)}
            file.write((",\n " if count else "\n ") + json.dumps(one, ensure_ascii=False))
            count += 1
        file.write("\n]\n")
    return count


def _write_xlsx(rows: Iterator[Row], path: Path) -> int:
    import xlsxwriter

    count = -1
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                plain = _plain(value)
                if isinstance(plain, str):
                    sheet.write_string(number, place, plain[:32_767], bold if number == 0 else None)
                elif plain is not None:
                    sheet.write(number, place, plain)
            count += 1
        sheet.freeze_panes(1, 0)
    return max(count, 0)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


_WRITERS = {".csv": _write_csv, ".json": _write_json, ".xlsx": _write_xlsx}
