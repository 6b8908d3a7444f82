"""The first visible sheet of an Excel file as a table of text."""

import datetime
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from klustermotor.formats.errors import InputError, fail, fault
from klustermotor.formats.tables import MOST_BYTES, Table, letters, named_columns, too_large

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Rows = list[list[str | None]]


def read_xlsx(path: Path) -> Table:
    """The first visible sheet; its first row is the heading.

    Whole numbers lose their ``.0``, dates become ISO dates. A formula counts as the value that
    Excel stored with it. Raises InputError, also for a formula without a stored value.
    """
    _check_package(path)
    rows, formulas = _read(path, stored_values=False)
    if formulas:
        rows, _ = _read(path, stored_values=True)
        faults = [
            fault("formula_without_value", path.name, row=row + 1, column=letters(column))
            for row, column in formulas
            if rows[row][column] is None
        ]
        if faults:
            raise InputError(faults)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise fail("empty_file", path.name)
    header, body = rows[0], rows[1:]
    width = max(len(row) for row in rows)
    columns = [[row[at] if at < len(row) else None for row in body] for at in range(width)]
    names = named_columns(
        [(header[at] if at < len(header) else None) or "" for at in range(width)],
        path.name,
        lambda at: any(columns[at]),
    )
    return Table(
        path.name,
        pl.DataFrame(
            {name: pl.Series(columns[at], dtype=pl.String()) for at, name in names.items()}
        ),
    )


def _check_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise fail("unreadable_file", path.name, reason="not an Excel file (.xlsx)") from error
    if size > MOST_BYTES:
        raise too_large(path, size)


def _read(path: Path, stored_values: bool) -> tuple[Rows, list[tuple[int, int]]]:
    """All cells as text, and the places (row, column) of formulas."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=stored_values)
    except Exception as error:  # openpyxl raises whatever its parser met
        raise fail("unreadable_file", path.name, reason=type(error).__name__) from error
    try:
        return _cells(book)
    finally:
        book.close()


def _cells(book: "Workbook") -> tuple[Rows, list[tuple[int, int]]]:
    sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
    sheet.reset_dimensions()
    rows: Rows = []
    formulas = []
    for at, cells in enumerate(sheet.iter_rows()):
        rows.append([cell_text(cell.value) for cell in cells])
        formulas += [(at, i) for i, cell in enumerate(cells) if cell.data_type == "f"]
    return rows, formulas


def cell_text(value: object) -> str | None:
    """A cell's value as text: whole numbers without a point, days without a time."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    return str(value).strip() or None
