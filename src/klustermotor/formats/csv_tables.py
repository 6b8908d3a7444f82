"""CSV as it is met: any delimiter, UTF-8 with or without BOM, UTF-16 or Windows-1252."""

import codecs
import csv
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from klustermotor.formats.errors import InputError, fail
from klustermotor.formats.tables import MOST_BYTES, Table, named_columns

DELIMITERS = ";\t,|"
_CHUNK = 1 << 20
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_csv(path: Path) -> Table:
    """The table in a CSV file; encoding and delimiter are found out. Raises InputError.

    Memory stays at a small multiple of the file, which `tables.MOST_BYTES` bounds.
    """
    encoding = encoding_of(path)
    if encoding == "utf-8":
        return _read_utf8(path, path.name)
    with tempfile.TemporaryDirectory(prefix="klustermotor-") as folder:
        plain = Path(folder) / "table.csv"
        _transcode(path, encoding, plain)
        return _read_utf8(plain, path.name)


def encoding_of(path: Path) -> str:
    """``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``utf-16-be`` or ``cp1252``.

    A byte order mark decides; then noughts in every other byte (UTF-16 without a mark); then
    whether all of the file is UTF-8; what is neither is Windows-1252.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, encoding in _BOMS.items():
            if head.startswith(mark):
                return encoding
        if head[1::2].count(0) > len(head) // 4:
            return "utf-16-le"
        if head[0::2].count(0) > len(head) // 4:
            return "utf-16-be"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def delimiter_of(sample: str) -> str:
    """The delimiter of a CSV text: the one that parts its first rows into equally many cells."""

    def score(delimiter: str) -> tuple[bool, int]:
        rows = list(islice(csv.reader(sample.splitlines(), delimiter=delimiter), 20))
        widths = Counter(len(row) for row in rows[:-1] or rows if row)
        width = len(rows[0]) if rows else 1
        even = width > 1 and widths.get(width, 0) * 2 > sum(widths.values())
        return even, width

    return max(DELIMITERS, key=score)


def _transcode(path: Path, encoding: str, target: Path) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(
        "replace" if encoding == "cp1252" else "strict"
    )
    try:
        with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as out:
            while chunk := file.read(_CHUNK):
                out.write(decoder.decode(chunk))
            out.write(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise fail("unreadable_file", path.name, reason=f"broken {encoding}") from error


def _read_utf8(path: Path, name: str) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        sample = file.read(1 << 16)
    skip = 0
    if sample[:4].lower() == "sep=":
        first, _, sample = sample.partition("\n")
        delimiter, skip = first.strip()[4:5] or ",", 1
    else:
        delimiter = delimiter_of(sample)
    if not sample.strip():
        raise fail("empty_file", name)
    header = next(csv.reader(sample.splitlines(), delimiter=delimiter))
    columns = _parse(path, name, delimiter, skip, len(header)).get_columns()
    names = named_columns(header, name, lambda at: bool(columns[at].is_not_null().any()))
    return Table(name, _trimmed(columns, names))


def _parse(path: Path, name: str, delimiter: str, skip: int, width: int) -> pl.DataFrame:
    try:
        return pl.read_csv(
            path,
            separator=delimiter,
            has_header=False,
            skip_rows=skip + 1,
            schema={f"column_{i}": pl.String() for i in range(width)},
            infer_schema=False,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError as error:
        raise _ragged(path, name, delimiter, skip, width) or fail(
            "unreadable_file", name, reason=str(error).splitlines()[0]
        ) from error


def _ragged(path: Path, name: str, delimiter: str, skip: int, width: int) -> InputError | None:
    """What is wrong with the first row that has more cells than there are headings."""
    csv.field_size_limit(MOST_BYTES)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(_rows(file, delimiter, skip), start=1):
            if len(row) > width:
                return fail("too_many_cells", name, row=number, found=len(row), wanted=width)
    return None


def _rows(lines: Iterator[str], delimiter: str, skip: int) -> Iterator[list[str]]:
    return csv.reader(islice(lines, skip, None), delimiter=delimiter)


def _trimmed(columns: list[pl.Series], names: dict[int, str]) -> pl.DataFrame:
    """The named columns without surrounding blanks, and without wholly empty rows at the end.

    Takes `columns` apart, so that no more than one of them is in memory twice.
    """
    trimmed = []
    for at in range(len(columns) - 1, -1, -1):
        column = columns.pop()
        if at in names:
            plain = column.str.strip_chars().alias(names[at])
            empty = plain == ""
            trimmed.append(plain.set(empty, None) if empty.any() else plain)
    frame = pl.DataFrame(trimmed[::-1])
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    last = filled.arg_true().max()
    return frame.head(0 if last is None else int(str(last)) + 1)
