"""Results as an Excel workbook: one sheet a table, for those who go on calculating."""

from collections.abc import Mapping
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from klustermotor.analysis.evaluation import Evaluation
from klustermotor.formats.results import result_tables

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEETS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "waves": "Mätningar",
        "estimates": "Skattningar",
        "changes": "Förändringar",
        "gaps": "Gap",
        "nonresponse": "Bortfall",
        "findings": "Fynd",
    },
    "nb": {
        "waves": "Målinger",
        "estimates": "Estimater",
        "changes": "Endringer",
        "gaps": "Gap",
        "nonresponse": "Frafall",
        "findings": "Funn",
    },
    "en": {
        "waves": "Waves",
        "estimates": "Estimates",
        "changes": "Changes",
        "gaps": "Gaps",
        "nonresponse": "Non-response",
        "findings": "Findings",
    },
}


def write_workbook(evaluation: Evaluation, path: Path, language: str) -> None:
    """The result tables as sheets with a frozen heading, filters, and numbers as numbers.

    Text is always written as text, so that no answer can act as a formula or a link.
    """
    import xlsxwriter

    tables = {
        "waves": _waves(evaluation),
        **result_tables(evaluation),
        "nonresponse": evaluation.nonresponse,
        "findings": _findings(evaluation, language),
    }
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8efec"}),
            "number": book.add_format({"num_format": "0.000"}),
            "count": book.add_format({"num_format": "0"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for name, table in tables.items():
            if table.width:
                _sheet(book.add_worksheet(SHEETS[language][name]), table, formats)


def _sheet(sheet: "Worksheet", table: pl.DataFrame, formats: Mapping[str, "Format"]) -> None:
    for at, (name, type_) in enumerate(table.schema.items()):
        sheet.write_string(0, at, name, formats["head"])
        values = table[name].to_list()
        kind = "number" if type_.is_float() else "count" if type_.is_integer() else "text"
        longest = max((len(str(v)) for v in values[:500] if v is not None), default=0)
        width = min(max(len(name) + 2, longest if kind == "text" else 9), 60)
        sheet.set_column(at, at, width)
        for row, value in enumerate(values, 1):
            if value is None or (kind == "number" and isnan(value)):
                continue
            if kind == "text":
                sheet.write_string(row, at, _shown(value), formats[kind])
            else:
                sheet.write_number(row, at, value, formats[kind])
    sheet.freeze_panes(1, 0)
    if table.height:
        sheet.autofilter(0, 0, table.height, table.width - 1)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:32_000]


def _waves(evaluation: Evaluation) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "initiative": wave.initiative,
                "wave": wave.wave,
                "population": wave.facts.population,
                "invited": wave.facts.invited,
                "answered": wave.answered,
                "response_rate": wave.response_rate,
                "selection": wave.facts.selection,
            }
            for wave in evaluation.waves
        ],
        schema={
            "initiative": pl.String(),
            "wave": pl.String(),
            "population": pl.Int64(),
            "invited": pl.Int64(),
            "answered": pl.Int64(),
            "response_rate": pl.Float64(),
            "selection": pl.String(),
        },
    )


def _findings(evaluation: Evaluation, language: str) -> pl.DataFrame:
    from klustermotor.analysis.claims.find import findings

    names = ("id", "kind", "severity", "text", "certain")
    rows = [{name: found[name] for name in names} for found in findings(evaluation, language)]
    schema = {**dict.fromkeys(names, pl.String()), "certain": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema)
