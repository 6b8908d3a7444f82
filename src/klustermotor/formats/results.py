"""Result files: estimates, changes, gaps and findings, as the contract names their columns.

Numbers are the shortest text that reads back as the same number, a missing figure is an empty
cell, and rows keep the order of the evaluation. Text that a spreadsheet would take for a formula
is written with an apostrophe before it.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast

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
    for name, table in result_tables(evaluation).items():
        path = folder / f"{name}.csv"
        write_csv(table, path)
        written.append(path)
    path = folder / "findings.json"
    write_json(_findings(evaluation, language), path)
    return (*written, path)


def result_tables(evaluation: Evaluation) -> dict[str, pl.DataFrame]:
    """The tables by name: the contract's columns first and in order, then whatever else a table
    carries. `block` is empty where the questionnaire is only the columns of a file."""
    found = {}
    for name, columns in TABLES.items():
        table: pl.DataFrame = getattr(evaluation, name)
        further = [column for column in table.columns if column not in columns]
        if evaluation.questionnaire.columns_only:
            table = table.with_columns(pl.lit("").alias("block"))
        found[name] = table.select([*columns, *further])
    return found


def _findings(evaluation: Evaluation, language: str) -> list[dict[str, object]]:
    """The findings, bound to the rows as the tables have them."""
    from klustermotor.analysis.claims.find import findings

    found = findings(evaluation, language)
    if evaluation.questionnaire.columns_only:
        for row in found:
            cells = cast("list[dict[str, object]]", row["bound_to"])
            row["bound_to"] = [cell | {"block": ""} if "block" in cell else cell for cell in cells]
    return found


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
