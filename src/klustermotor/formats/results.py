"""Result files: estimates, changes, gaps and findings, as the contract names their columns.

Numbers are the shortest text that reads back as the same number, a missing figure is an empty
cell, and rows keep the order of the evaluation. Text that a spreadsheet would take for a formula
is written with an apostrophe before it.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from klustermotor.analysis.evaluation import CHANGES, ESTIMATES, GAPS, Evaluation

TABLES: Mapping[str, Mapping[str, pl.DataType]] = {
    "estimates": ESTIMATES,
    "changes": CHANGES,
    "gaps": GAPS,
}
_FORMULA = r"^([=+\-@\t\r])"
_NUMBER = r"^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$"


def write_results(evaluation: Evaluation, folder: Path, language: str) -> tuple[Path, ...]:
    """Write the result files of an evaluation into `folder`; gives their paths."""
    written = []
    for name, columns in TABLES.items():
        path = folder / f"{name}.csv"
        write_csv(result_table(getattr(evaluation, name), columns), path)
        written.append(path)
    from klustermotor.analysis.claims.find import findings

    path = folder / "findings.json"
    write_json(findings(evaluation, language), path)
    return (*written, path)


def result_table(table: pl.DataFrame, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A table with the contract's columns first and in order, then whatever else it carries."""
    further = [name for name in table.columns if name not in columns]
    return table.select([*columns, *further])


def write_csv(table: pl.DataFrame, path: Path) -> None:
    """A table as UTF-8 CSV with commas, decimal points and full precision."""
    text = [pl.col(n) for n, t in table.schema.items() if t == pl.String]
    flags = [pl.col(n) for n, t in table.schema.items() if t == pl.Boolean]
    floats = [pl.col(n) for n, t in table.schema.items() if t.is_float()]
    table.with_columns(
        *(guarded(c).replace("", None) for c in text),
        *(c.replace_strict({True: "true", False: "false"}, default=None) for c in flags),
        *(c.fill_nan(None) for c in floats),
    ).write_csv(path, line_terminator="\n")


def guarded(column: pl.Expr) -> pl.Expr:
    """Text with an apostrophe before what a spreadsheet would run as a formula.

    A number, such as the code -1, is no formula and stays as it is.
    """
    risky = column.str.contains(_FORMULA) & ~column.str.contains(_NUMBER)
    return (
        pl.when(risky)
        .then(pl.concat_str(pl.lit("'"), column))
        .otherwise(column)
        .alias(
            # `name.keep` does not reach through `when`
            column.meta.output_name()
        )
    )


def write_json(value: object, path: Path) -> None:
    """A value as indented JSON that people can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + os.linesep, "utf-8")
