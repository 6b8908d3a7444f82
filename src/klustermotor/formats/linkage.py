"""Files of the linkage: lists of organisations, labelled pairs, and the links."""

import os
import tempfile
from pathlib import Path
from typing import Literal

import polars as pl

from klustermotor.analysis.linkage.records import OPTIONAL
from klustermotor.formats.errors import Fault, InputError, fail, fault
from klustermotor.formats.results import write_csv
from klustermotor.formats.tables import ROW_OF_FIRST, Table, read_table

Side = Literal["left", "right"]
MOST_BYTES = 2_000_000_000
"""A register of some ten million organisations."""
KEPT = 50


def read_organisations(path: Path, side: Side) -> pl.DataFrame:
    """A list of organisations: ``id``, ``name`` and the columns that can be compared.

    The key may be called ``left_id`` or ``right_id``. Other columns are passed over. Raises
    InputError for a missing column, and for rows without key or name or with a key given before.
    """
    table = read_table(path, MOST_BYTES)
    key = f"{side}_id"
    columns = {column.lower(): column for column in table.frame.columns}
    found = columns.get("id") or columns.get(key)
    if found is None:
        raise fail("link_key_missing", table.name, column=f"id, {key}", key=key, known=columns)
    if "name" not in columns:
        raise fail("link_name_missing", table.name, column="name", known=columns)
    chosen = [pl.col(found).alias("id"), pl.col(columns["name"]).alias("name")]
    chosen += [pl.col(columns[name]).alias(name) for name in OPTIONAL if name in columns]
    organisations = table.frame.select(chosen)
    _check_rows(table, organisations, found, columns["name"])
    return organisations


def _check_rows(table: Table, organisations: pl.DataFrame, key: str, name: str) -> None:
    numbered = organisations.select("id", "name").with_row_index("row", offset=ROW_OF_FIRST)
    without_key = numbered.filter(pl.col("id").is_null())
    without_name = numbered.filter(pl.col("name").is_null())
    first = pl.col("row").first().over("id")
    twice = numbered.drop_nulls("id").with_columns(first.alias("first"))
    twice = twice.filter(pl.col("row") != pl.col("first"))
    faults: list[Fault] = [
        *_rows_at_fault("link_key_empty", table.name, key, without_key),
        *_rows_at_fault("link_name_empty", table.name, name, without_name),
        *(
            fault("link_key_twice", table.name, row=r["row"], column=key, value=r["id"],
                  first=r["first"])
            for r in twice.head(KEPT).iter_rows(named=True)
        ),
    ]  # fmt: skip
    if faults:
        raise InputError(faults, without_key.height + without_name.height + twice.height)


def _rows_at_fault(kind: str, file: str, column: str, rows: pl.DataFrame) -> list[Fault]:
    return [fault(kind, file, row=row, column=column) for row in rows["row"].head(KEPT).to_list()]


def read_pairs(path: Path, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Labelled pairs: ``left_id``, ``right_id``, each a key of its list. Raises InputError."""
    table = read_table(path, MOST_BYTES)
    for column in ("left_id", "right_id"):
        if column not in table.frame.columns:
            known = table.frame.columns
            raise fail("link_pair_column", table.name, column=column, value=column, known=known)
    pairs = table.frame.select("left_id", "right_id")
    faults: list[Fault] = []
    for column, listed in (("left_id", left), ("right_id", right)):
        unknown = ~pairs[column].is_in(listed["id"].implode())
        rows = pairs.with_row_index("row", offset=ROW_OF_FIRST).filter(unknown.fill_null(True))
        faults += [
            fault("link_pair_unknown", table.name, row=r["row"], column=column,
                  value=r[column] or "", of=column.removesuffix("_id").upper())
            for r in rows.iter_rows(named=True)
        ]  # fmt: skip
    if faults:
        raise InputError(faults[:KEPT], len(faults))
    return pairs


def write_links(links: pl.DataFrame, reason: pl.Series, path: Path) -> None:
    """``left_id, right_id, probability, reason``, whole or not at all. Raises OSError."""
    table = links.select("left_id", "right_id", "probability").with_columns(reason.alias("reason"))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    try:
        write_csv(table, Path(name))
        mode = 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
