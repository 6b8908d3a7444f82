"""What is suppressed in a group is in none of the files that `evaluate` writes."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

ANSWERS = Path(__file__).parents[2] / "portal" / "demonstration" / "answers" / "triple-steelix.csv"
FIGURES = ("value", "se", "df", "deff", "ci_low", "ci_high", "bound_low", "bound_high", "n")
KEY = ("wave", "block", "item", "category", "group", "statistic", "base")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluated") / "out"
    invited = ["--invited", "2007=49", "2008=92", "2009=93", "--population", "2009=120"]
    call_command(
        "evaluate",
        "cluster-initiative",
        str(ANSWERS),
        *invited,
        "--by",
        "size",
        "--out",
        str(folder),
    )
    return folder


@pytest.fixture(scope="module")
def suppressed(out):
    with (out / "estimates.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["suppressed"] == "true"]
    assert len({row["group"] for row in rows}) > 1
    return rows


def test_a_suppressed_row_of_the_csv_keeps_its_names_and_no_figure(suppressed):
    assert {row[figure] for row in suppressed for figure in FIGURES} == {""}


def test_the_workbook_hides_the_same_rows(out, suppressed):
    book = openpyxl.load_workbook(out / "results.xlsx", read_only=True)
    head, *rows = book["Skattningar"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in rows]
    hidden = [row for row in rows if row["suppressed"] == "true"]
    assert len(hidden) == len(suppressed)
    assert {row[figure] for row in hidden for figure in FIGURES} == {None}


def test_no_finding_rests_on_a_suppressed_row(out, suppressed):
    hidden = {tuple(row[name] for name in KEY) for row in suppressed}
    findings = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    bound = [cell for finding in findings for cell in finding["bound_to"]]
    assert bound
    keys = {
        tuple(cell.get(name, "") for name in KEY)
        for cell in bound
        if cell["file"] == "estimates.csv"
    }
    assert keys and not keys & hidden


def test_no_figure_of_a_group_is_in_the_report(out, suppressed):
    page = (out / "report.html").read_text(encoding="utf-8")
    assert not [
        g for g in {row["group"].partition("=")[2] for row in suppressed} if f">{g}<" in page
    ]
