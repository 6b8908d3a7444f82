"""The rows of a file one by one, whatever kind of file it really is.

What a file is, its first bytes say, not its name: gzip and zip, Excel, HTML that was saved as
``.xls``, or text with a delimiter in UTF-8, UTF-16 or Windows-1252.
"""

import csv
import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from klustermotor.formats.csv_tables import delimiter_of, encoding_of
from klustermotor.formats.errors import fail
from klustermotor.formats.register.record import Progress
from klustermotor.formats.xlsx_tables import cell_text

Cells = list[str | None]
MOST_UNPACKED = 20_000_000_000
"""Bytes beyond which a packed file is refused; all of Norway's register is 2 GB."""
FORMULA_LOST = "\ufffcformula"
"""Stands in a cell whose formula has no stored value; no file of anybody's holds it."""
_CHUNK = 1 << 20
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts (the first is 1), and its cells."""

    number: int
    cells: Cells


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[Path]:
    """The file itself, or what is packed in it (.gz; the one file of a .zip), beside it on disk.

    `name` is what people call it. Raises InputError when there is no file, nothing in it, or
    several files are packed.
    """
    if not path.is_file():
        raise fail("is_folder" if path.is_dir() else "no_such_file", str(path))
    if path.stat().st_size == 0:
        raise fail("empty_file", name)
    try:
        head = _head(path)
    except OSError as error:
        raise fail("unreadable_file", str(path), reason=error.strerror or "") from error
    with ExitStack() as stack:
        if head.startswith(b"\x1f\x8b"):
            yield _spill(path, name, stack.enter_context(gzip.GzipFile(path)), stack)
        elif head.startswith(b"PK\x03\x04") and not _is_workbook(path, name):
            package = stack.enter_context(zipfile.ZipFile(path))
            parts = [part for part in package.infolist() if not part.is_dir()]
            if len(parts) != 1:
                raise fail("register_format", name, value=f"zip, {len(parts)} files")
            yield _spill(path, name, stack.enter_context(package.open(parts[0])), stack)
        else:
            yield path


def rows_of(path: Path, name: str, done: Progress, *, raw: bool = False) -> Iterator[Row]:
    """All rows of an unpacked file, from the first on; empty ones are left out.

    Raises InputError for a kind of file that cannot be read; `name` is what it is called there.
    `raw` cells of text keep their blanks, which saves much time where few of them are used.
    """
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return _workbook_rows(path, name, done)
    if head.startswith(_OLD_EXCEL):
        raise fail("register_format", name, value=".xls")
    encoding = encoding_of(path)
    start = head.decode(encoding if encoding != "utf-8" else "utf-8-sig", "ignore")
    start = start.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if "<table" not in start.lower() and "<html" not in start.lower():
            raise fail("register_format", name, value="XML")
        return _html_rows(path, encoding, done)
    return _text_rows(path, name, encoding, done, raw=raw)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _is_workbook(path: Path, name: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return "[Content_Types].xml" in package.namelist()
    except zipfile.BadZipFile as error:
        raise fail("unreadable_file", name, reason="zip") from error


def _spill(path: Path, name: str, packed: Any, stack: ExitStack) -> Path:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="klustermotor-"))
    target = Path(folder) / path.name.removesuffix(path.suffix)
    size = 0
    try:
        with target.open("wb") as out:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > MOST_UNPACKED or size > shutil.disk_usage(folder).free + size - _CHUNK:
                    raise fail("too_large", name, size=f"{size / 1e6:.0f}", most="20000")
                out.write(chunk)
    except (EOFError, OSError, zipfile.BadZipFile) as error:
        raise fail("unreadable_file", name, reason=str(error)[:60]) from error
    return target


def _text_rows(path: Path, name: str, encoding: str, done: Progress, *, raw: bool) -> Iterator[Row]:
    csv.field_size_limit(10_000_000)
    size = path.stat().st_size or 1
    errors = "replace" if encoding == "cp1252" else "strict"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        bytes_read: Any = file.buffer
        sample = file.read(1 << 16)
        file.seek(0)
        first = 1
        if sample.lstrip("\ufeff")[:4].lower() == "sep=":
            delimiter = sample.lstrip("\ufeff").partition("\n")[0].strip()[4:5] or ","
            file.readline()
            first = 2
        else:
            delimiter = delimiter_of(sample)
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter), start=first):
                if number % 1000 == 0:
                    done.share = min(1.0, bytes_read.tell() / size)
                if raw:
                    if any(cells):
                        yield Row(number, cells)  # type: ignore[arg-type]
                    continue
                trimmed: Cells = [cell.strip() or None for cell in cells]
                if any(trimmed):
                    yield Row(number, trimmed)
        except UnicodeDecodeError as error:
            raise fail("unreadable_file", name, reason=f"broken {encoding}") from error
        except csv.Error as error:
            raise fail("unreadable_file", name, reason=str(error)) from error
    done.share = 1.0


def _workbook_rows(path: Path, name: str, done: Progress) -> Iterator[Row]:
    """The first visible sheet. A formula counts as the value that was stored with it."""
    from openpyxl import load_workbook

    with ExitStack() as stack:
        books = []
        for stored in (True, False):
            try:
                book = load_workbook(path, read_only=True, data_only=stored)
            except Exception as error:  # openpyxl raises whatever its parser met
                raise fail("unreadable_file", name, reason=type(error).__name__) from error
            stack.callback(book.close)
            books.append(book)
        sheets = []
        for book in books:
            visible = (s for s in book.worksheets if s.sheet_state == "visible")
            sheet = next(visible, book.worksheets[0])
            sheets.append(sheet)
        count = sheets[0].max_row or 0
        for sheet in sheets:
            sheet.reset_dimensions()
        both = zip(sheets[0].iter_rows(), sheets[1].iter_rows(), strict=True)
        for number, (stored_cells, cells) in enumerate(both, start=1):
            if count and number % 500 == 0:
                done.share = min(1.0, number / count)
            texts = [_shown(s, c) for s, c in zip(stored_cells, cells, strict=True)]
            if any(texts):
                yield Row(number, texts)
    done.share = 1.0


def _shown(stored: Any, cell: Any) -> str | None:
    if cell.data_type == "f" and stored.value is None:
        return FORMULA_LOST
    return cell_text(stored.value)


class _Tables(HTMLParser):
    """Rows of the tables of an HTML page, as they are read; a spanned heading keeps its width."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Cells] = []
        self._row: Cells | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close_row()
            self._row = []
        elif tag in ("td", "th"):
            self._close_cell()
            if self._row is None:
                self._row = []
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 300) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            text = " ".join("".join(self._cell).replace("\xa0", " ").split())
            self._row += [text or None] + [None] * (self._span - 1)
        self._cell = None

    def _close_row(self) -> None:
        self._close_cell()
        if self._row is not None:
            self.rows.append(self._row)
        self._row = None


def _html_rows(path: Path, encoding: str, done: Progress) -> Iterator[Row]:
    parser = _Tables()
    size = path.stat().st_size or 1
    number = 0
    with path.open(encoding=encoding, errors="replace") as file:
        read = 0
        while chunk := file.read(_CHUNK):
            read += len(chunk)
            parser.feed(chunk)
            done.share = min(1.0, read / size)
            for cells in parser.rows:
                number += 1
                if any(cells):
                    yield Row(number, cells)
            parser.rows.clear()
        parser.close()
    for cells in parser.rows:
        number += 1
        if any(cells):
            yield Row(number, cells)
    done.share = 1.0
