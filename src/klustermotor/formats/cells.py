"""The figures of tables as cells: ``cells.csv``, and our own ``estimates.csv`` as cells.

``cells.csv`` has the columns ``initiative,table,wave,item,category,comparator,value,unit,n_min,
n_max,base``; initiative and comparator may be absent. Which of the two a file is, its header says.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar, get_args

from klustermotor.analysis.claims.cells import Comparator, TableCell, Unit
from klustermotor.analysis.evaluation import WHOLE
from klustermotor.formats.coding import NOTHING, numbers
from klustermotor.formats.errors import Fault, InputError, fail, fault
from klustermotor.formats.tables import ROW_OF_FIRST, Table, read_table

COLUMNS = (
    "initiative",
    "table",
    "wave",
    "item",
    "category",
    "comparator",
    "value",
    "unit",
    "n_min",
    "n_max",
    "base",
)
MAY_BE_ABSENT = ("initiative", "comparator")
OF_ESTIMATES = ("wave", "block", "item", "category", "group", "statistic", "value", "n")
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
UNITS: tuple[Unit, ...] = get_args(Unit)

_UNIT_OF: Mapping[str, Unit] = {"share": "percent", "mean": "mean", "total": "other"}
_T = TypeVar("_T", bound=str)
_RISKY = re.compile(r"^'*[=+\-@\t\r]")


def read_cells(path: Path | str) -> tuple[TableCell, ...]:
    """The cells in a cells.csv or estimates.csv, told by the header. Raises InputError.

    A row without a value (a figure that is not shown) gives no cell.
    """
    table = read_table(path)
    names = set(table.frame.columns)
    if set(OF_ESTIMATES) <= names:
        return _of_estimates(table)
    missing = [name for name in COLUMNS if name not in names and name not in MAY_BE_ABSENT]
    if missing:
        raise fail("cells_heading", table.name, row=1, missing=missing, wanted=COLUMNS)
    return _of_cells(table)


def write_cells(cells: Iterable[TableCell], path: Path | str) -> None:
    """Write cells as cells.csv: UTF-8, commas, decimal points.

    Text that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(cell) for cell in cells)


def _row(cell: TableCell) -> list[str]:
    return [
        _guarded(cell.initiative),
        _guarded(cell.table),
        _guarded(cell.wave),
        _guarded(cell.item),
        _guarded(cell.category),
        cell.comparator,
        f"{cell.value:.0f}" if cell.value == int(cell.value) else repr(cell.value),
        cell.unit,
        "" if cell.n_min is None else str(cell.n_min),
        "" if cell.n_max is None else str(cell.n_max),
        _guarded(cell.base),
    ]


def _guarded(text: str) -> str:
    return f"'{text}" if _RISKY.match(text) else text


def _unguarded(text: str | None) -> str:
    text = text or ""
    return text[1:] if text.startswith("'") and _RISKY.match(text[1:]) else text


def _of_cells(table: Table) -> tuple[TableCell, ...]:
    frame = table.frame
    faults: list[Fault] = []
    values = _numbers(table, "value", faults)
    bounds = [_numbers(table, name, faults, whole=True) for name in ("n_min", "n_max")]
    comparators = _among(table, "comparator", COMPARATORS, "=", faults)
    units = _among(table, "unit", UNITS, None, faults)
    texts = {
        name: [_unguarded(text) for text in frame[name]]
        if name in frame.columns
        else [""] * frame.height
        for name in ("initiative", "table", "wave", "item", "category", "base")
    }
    cells = []
    for at, value in enumerate(values):
        low, high = (_whole(bound[at]) for bound in bounds)
        low, high = (high if low is None else low), (low if high is None else high)
        if low is not None and high is not None and low > high:
            place = at + ROW_OF_FIRST
            faults.append(
                fault("n_range", table.name, row=place, column="n_min", value=low, n=high)
            )
        if value is None:
            continue
        cells.append(
            TableCell(
                initiative=texts["initiative"][at],
                table=texts["table"][at],
                wave=_wave(texts["wave"][at]),
                item=texts["item"][at],
                category=texts["category"][at],
                comparator=comparators[at],
                value=value,
                unit=units[at],
                n_min=low,
                n_max=high,
                base=texts["base"][at],
            )
        )
    if faults:
        raise InputError(sorted(faults, key=lambda f: f.row or 0))
    return tuple(cells)


def _numbers(
    table: Table, name: str, faults: list[Fault], *, whole: bool = False
) -> list[float | None]:
    given = table.frame[name]
    read = numbers(given).to_list()
    for at, (text, value) in enumerate(zip(given, read, strict=True)):
        if text is None or text.lower() in NOTHING:
            continue
        place = at + ROW_OF_FIRST
        if value is None:
            faults.append(fault("not_a_number", table.name, row=place, column=name, value=text))
        elif whole and (value < 0 or value != int(value)):
            faults.append(fault("not_a_count", table.name, row=place, column=name, value=text))
    return read


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _among(
    table: Table, name: str, known: tuple[_T, ...], default: _T | None, faults: list[Fault]
) -> list[_T]:
    if name not in table.frame.columns:
        return [default or known[0]] * table.frame.height
    found: list[_T] = []
    for at, text in enumerate(table.frame[name]):
        said = next((one for one in known if one == _unguarded(text)), None)
        if said is None and (text or default is None):
            place = at + ROW_OF_FIRST
            faults.append(
                fault("not_among", table.name, row=place, column=name, value=text, known=known)
            )
        found.append(said or default or known[0])
    return found


def _wave(text: str) -> str:
    """A wave as it is called: a spreadsheet makes 2009 to 2009.0."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", text)


def _of_estimates(table: Table) -> tuple[TableCell, ...]:
    """Shares in percent, means and totals of estimates.csv; what is suppressed gives no cell.

    Items are called ``block.item``. A subgroup's figures stand in a table of their own, so that
    they are not taken for the whole.
    """
    faults: list[Fault] = []
    values = _numbers(table, "value", faults)
    counts = _numbers(table, "n", faults, whole=True)
    statistics = _among(table, "statistic", tuple(_UNIT_OF), None, faults)
    if faults:
        raise InputError(sorted(faults, key=lambda f: f.row or 0))
    cells = []
    for row, value, n, statistic in zip(
        table.frame.iter_rows(named=True), values, counts, statistics, strict=True
    ):
        if value is None:
            continue
        group = _unguarded(row["group"])
        cells.append(
            TableCell(
                initiative=_unguarded(row.get("initiative")),
                table=_unguarded(row["block"]) + (f", {group}" if group != WHOLE else ""),
                wave=_wave(_unguarded(row["wave"])),
                item=f"{_unguarded(row['block'])}.{_unguarded(row['item'])}",
                category=_unguarded(row["category"]),
                comparator="=",
                value=value * 100 if statistic == "share" else value,
                unit=_UNIT_OF[statistic],
                n_min=_whole(n),
                n_max=_whole(n),
                base="",
            )
        )
    return tuple(cells)
