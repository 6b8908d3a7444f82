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


def test_the_tables_have_seven_faults(cells):
    assert [(f.kind, f.cell.value) for f in check_tables(cells)] == [
        ("impossible_percentage", 34),
        ("impossible_percentage", 84),
        ("impossible_percentage", 80),
        ("impossible_percentage", 87),
        ("impossible_percentage", 21),
        ("column_sum", 10),
        ("counts_exceed_n", 15),
    ]


def test_the_prose_has_twelve_true_faults_and_at_most_three_false_alarms(cells, shared_data):
    (path,) = (shared_data.parent / "seeds").glob("003_*.txt")
    text = path.read_text("utf-8")
    told = [text[fault.start : fault.end] for fault in proofread(text, cells)]
    assert len({words for words in told if words in TRUE}) >= 12
    assert len([words for words in told if words not in TRUE]) <= 3
