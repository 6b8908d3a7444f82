"""What is known of a population: frames of those invited, margins and totals to weight to."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import polars as pl

from klustermotor.analysis.evaluation import Margin
from klustermotor.formats.coding import numbers
from klustermotor.formats.errors import Fault, InputError, fail, fault
from klustermotor.formats.tables import ROW_OF_FIRST, Table, read_table

LONG = ("column", "category", "total")
TOTAL_NAMES = ("total", "count", "n", "population", "freq", "antal", "antall", "summa", "sum")
UNIT_NAMES = ("respondent", "unit", "id")


def read_frame(path: Path | str, initiative: str, wave: str) -> pl.DataFrame:
    """One row per invited unit: ``initiative, wave, respondent`` and background columns, as text.

    The unit's column is called respondent, unit or id. `initiative` and `wave` fill in where the
    file has no such column. Raises InputError for a unit twice in a wave or a row without wave.
    """
    table = read_table(path)
    frame = table.frame
    unit = next((name for name in UNIT_NAMES if name in frame.columns), None)
    if unit is None:
        raise fail("totals_heading", table.name, row=1, wanted=("wave", *UNIT_NAMES[:2], "…"))
    keys = [
        _or(frame, "initiative", initiative),
        _or(frame, "wave", wave).str.replace(r"^(\d+)[.,]0+$", "${1}"),
        frame[unit].alias("respondent"),
    ]
    rest = [frame[c] for c in frame.columns if c not in ("initiative", "wave", unit)]
    read = pl.DataFrame([*keys, *rest])
    faults = [*_without_wave(table, read), *_units_twice(table, read)]
    if faults:
        raise InputError(faults)
    return read


def read_margins(path: Path | str) -> tuple[Margin, ...]:
    """Margins to rake to: rows of ``column, category, total``, one margin per column.

    Raises InputError when a total is no number above zero or margins sum to different populations.
    """
    table = read_table(path)
    totals = _long(table)
    margins: dict[str, dict[tuple[str, ...], float]] = {}
    for row, (column, category, total) in enumerate(totals.iter_rows(), ROW_OF_FIRST):
        if column is None or category is None:
            raise fail("totals_heading", table.name, row=row, wanted=LONG)
        margins.setdefault(column, {})[(category,)] = total
    found = tuple(Margin((column,), values) for column, values in margins.items())
    _check_same_population(found, table.name)
    return found


def read_poststrata(path: Path | str) -> tuple[Margin, ...]:
    """Post-strata: one column per variable and one of totals (``total``, ``count``, ``Freq`` …)."""
    table = read_table(path)
    frame = table.frame
    named = [c for c in frame.columns if c.lower() in TOTAL_NAMES]
    if len(named) != 1 or frame.width < 2:
        raise fail("totals_heading", table.name, row=1, wanted=("stratum, …", "total"))
    if tuple(c.lower() for c in frame.columns) == LONG:
        return read_margins(path)
    columns = tuple(c for c in frame.columns if c != named[0])
    totals = _positive(table, named[0])
    rows = frame.select(columns).rows()
    return (Margin(columns, {tuple(map(str, r)): t for r, t in zip(rows, totals, strict=True)}),)


def read_totals(path: Path | str) -> tuple[Margin, ...]:
    """Totals to calibrate to: rows of ``column, category, total``.

    Without a category the total is the sum of a numeric column; without a column, the number of
    units in the population.
    """
    table = read_table(path)
    margins: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
    for column, category, total in _long(table).iter_rows():
        columns = (column,) if column is not None else ()
        margins.setdefault(columns, {})[(category,) if category is not None else ()] = total
    return tuple(Margin(columns, values) for columns, values in margins.items())


def check_margins(
    frame: pl.DataFrame,
    margins: Sequence[Margin],
    margin_file: str,
    place: Callable[[int], tuple[str, int]],
) -> None:
    """Raises InputError where answers and margins do not know the same categories.

    `place` gives the file and row that an answer came from.
    """
    faults: list[Fault] = []
    for margin in margins:
        if () in margin.totals:
            continue
        seen: set[tuple[str, ...]] = set()
        for at, row in enumerate(frame.select(margin.columns).iter_rows()):
            category = tuple("" if v is None else str(v) for v in row)
            if category in seen:
                continue
            seen.add(category)
            if category not in margin.totals:
                file, number = place(at)
                faults.append(
                    fault(
                        "margin_unknown",
                        file,
                        row=number,
                        column=", ".join(margin.columns),
                        value=", ".join(category) or "(empty)",
                        other=margin_file,
                    )
                )
        faults += [
            fault(
                "margin_empty",
                margin_file,
                column=", ".join(margin.columns),
                value=", ".join(category),
            )
            for category, total in margin.totals.items()
            if category not in seen and total > 0
        ]
    if faults:
        raise InputError(faults)


def numeric_columns(margins: Sequence[Margin]) -> Collection[str]:
    """The columns whose sum, rather than whose categories, is known."""
    return {c for margin in margins if () in margin.totals for c in margin.columns}


def _or(frame: pl.DataFrame, name: str, default: str) -> pl.Series:
    if name in frame.columns:
        return frame[name]
    return pl.Series(name, [default] * frame.height, dtype=pl.String())


def _without_wave(table: Table, frame: pl.DataFrame) -> list[Fault]:
    empty = frame["wave"].is_null().arg_true()
    return [fault("wave_empty", table.name, row=at + ROW_OF_FIRST, column="wave") for at in empty]


def _units_twice(table: Table, frame: pl.DataFrame) -> list[Fault]:
    keys = ["initiative", "wave", "respondent"]
    rows = frame.select(keys).with_row_index("row", ROW_OF_FIRST)
    rows = rows.filter(pl.col("respondent").is_not_null()).with_columns(
        pl.col("row").first().over(keys).alias("first")
    )
    return [
        fault(
            "frame_unit_twice",
            table.name,
            row=row["row"],
            column="respondent",
            value=row["respondent"],
            wave=row["wave"],
            first=row["first"],
        )
        for row in rows.filter(pl.col("row") != pl.col("first")).iter_rows(named=True)
    ]


def _long(table: Table) -> pl.DataFrame:
    names = {c.lower(): c for c in table.frame.columns}
    if not set(LONG) <= set(names):
        raise fail("totals_heading", table.name, row=1, wanted=LONG)
    totals = _positive(table, names["total"])
    columns = [table.frame[names[n]].alias(n) for n in LONG[:2]]
    return pl.DataFrame([*columns, totals.alias("total")])


def _positive(table: Table, name: str) -> pl.Series:
    given = table.frame[name]
    read = numbers(given)
    faults = []
    for at, value in enumerate(read):
        if value is None or value < 0:
            kind = "not_a_number" if value is None else "not_positive"
            faults.append(
                fault(kind, table.name, row=at + ROW_OF_FIRST, column=name, value=given[at] or "")
            )
    if faults:
        raise InputError(faults)
    return read


def _check_same_population(margins: Sequence[Margin], file: str) -> None:
    sums = [(margin.columns[0], sum(margin.totals.values())) for margin in margins]
    for column, total in sums[1:]:
        first, wanted = sums[0]
        if abs(total - wanted) > 1e-6 * max(total, wanted):
            raise fail(
                "margins_disagree",
                file,
                column=column,
                value=f"{total:g}",
                other=first,
                total=f"{wanted:g}",
            )
