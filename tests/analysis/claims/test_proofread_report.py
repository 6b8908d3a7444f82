"""The big evaluation report among the source documents: its true faults, and few others."""

import csv

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import check_tables, proofread

SINGLE = ("Vilja att växa", "Andel produktion", "Vem tar initiativ")
UNITS = {"percent": "percent", "count": "count", "percent_approx": "percent",
         "percent_lower_bound": "percent", "count_approx": "count"}  # fmt: skip
SIGNS = {"percent_approx": "≈", "count_approx": "≈", "percent_lower_bound": ">"}
TRUE = (
    "mer än nio tiondelar", "främsta", "tio procentenheter", "en sjättedel", "15 av de 21",
    "Alla företag", "konstanta", "noll", "30 procent", "funnits i tio år", "motiv",
    "direkt kunde kopplas", "bidragit till", "ökat", "minskat", "minskning",
)  # fmt: skip


@pytest.fixture(scope="module")
def cells(shared_data):
    with (shared_data / "slim/published_figures.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"] != "n"]
    found = []
    for row in rows:
        low, _, high = row["n"].partition("-")
        base = row["item"] if row["item"].startswith(SINGLE) else ""
        found.append(
            TableCell(
                row["initiative"], row["source_table"], row["wave"], row["item"], row["category"],
                SIGNS.get(row["unit"], "="), float(row["value"]), UNITS.get(row["unit"], "other"),
                int(low) if low else None, int(high or low) if low else None, base,
            )
        )  # fmt: skip
    return found


def test_the_tables_have_seven_faults_and_a_range_that_cannot_be_as_stated(cells):
    assert [(f.kind, f.cell.value) for f in check_tables(cells)] == [
        ("impossible_percentage", 34),
        ("impossible_percentage", 84),
        ("impossible_percentage", 80),
        ("impossible_percentage", 87),
        ("impossible_percentage", 21),
        ("column_sum", 10),
        ("counts_exceed_n", 15),
        ("inconsistent_table", 45),
    ]


def test_the_competitiveness_of_2007_would_be_possible_with_25_answers(cells):
    """Table 31 says 22-24; 84, 80 and 48 percent are 21, 20 and 12 of 25."""
    told = [f.message for f in check_tables(cells) if f.cell.table == "Tabell 31"]
    assert ["n = 25 vore alla 3 andelar" in message for message in told] == [True, True, False]


def test_the_research_of_2008_has_no_figure_of_21_answers(cells):
    """Table 32 says 19-21; 45 percent is 9 of 20, 53 and 47 are 10 and 9 of 19."""
    (note,) = [f for f in check_tables(cells) if f.kind == "inconsistent_table"]
    assert (note.severity, note.cell.table, note.cell.wave) == ("note", "Tabell 32", "2008")
    assert "n = 21" in note.message


def test_the_prose_has_twelve_true_faults_and_at_most_three_false_alarms(cells, shared_data):
    (path,) = (shared_data.parent / "seeds").glob("003_*.txt")
    text = path.read_text("utf-8")
    told = [text[fault.start : fault.end] for fault in proofread(text, cells)]
    assert len({words for words in told if words in TRUE}) >= 12
    assert len([words for words in told if words not in TRUE]) <= 3
