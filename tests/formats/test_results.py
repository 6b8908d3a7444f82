import csv

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from klustermotor.analysis.evaluate import evaluate
from klustermotor.analysis.evaluation import ESTIMATES, Answers, WaveFacts
from klustermotor.formats.questionnaire import parse_questionnaire
from klustermotor.formats.results import write_csv, write_results
from klustermotor.formats.tables import read_table
from klustermotor.formats.workbook import SHEETS, write_workbook

QUESTIONNAIRE = parse_questionnaire("""\
id: q
title: {sv: E, nb: E, en: S}
blocks:
  - id: active
    type: yes_no
    text: {sv: Är ni aktiva?, nb: Er dere aktive?, en: Are you active?}
    items: [{id: now, text: {sv: nu, nb: nå, en: now}}]
""")


@pytest.fixture(scope="module")
def evaluation():
    frame = pl.DataFrame(
        {
            "initiative": ["=cmd()"] * 23,
            "wave": ["2009"] * 23,
            "respondent": [None] * 23,
            "active.now": ["yes"] * 10 + ["no"] * 13,
        },
        schema_overrides={"respondent": pl.String()},
    )
    facts = [WaveFacts("=cmd()", "2009", invited=93, population=93)]
    return evaluate(Answers(QUESTIONNAIRE, frame), facts)


def test_estimates_are_written_as_the_contract_names_them(evaluation, tmp_path):
    paths = write_results(evaluation, tmp_path, "sv")
    assert [path.name for path in paths] == [
        "estimates.csv", "changes.csv", "gaps.csv", "findings.json",
    ]  # fmt: skip
    with (tmp_path / "estimates.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[: len(ESTIMATES)] == list(ESTIMATES)
    yes = next(row for row in rows if row["category"] == "yes")
    assert float(yes["value"]) == 10 / 23
    assert float(yes["se"]) == pytest.approx(0.09169, abs=5e-6)
    assert (yes["n"], yes["invited"], yes["suppressed"]) == ("23", "93", "false")
    assert yes["group"] == ""
    assert yes["initiative"] == "'=cmd()"


def test_the_workbook_has_a_sheet_a_table_with_numbers_as_numbers(evaluation, tmp_path):
    write_workbook(evaluation, tmp_path / "r.xlsx", "nb")
    book = load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames[:4] == [
        SHEETS["nb"][n] for n in ("waves", "estimates", "changes", "gaps")
    ]
    sheet = book["Estimater"]
    heads = [cell.value for cell in sheet[1]]
    values = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))
    assert values["value"] == pytest.approx(10 / 23)
    assert values["initiative"] == "=cmd()"
    assert sheet.cell(2, 1).data_type == "s"
    assert sheet.freeze_panes == "A2"


texts = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1
)


@given(st.lists(st.tuples(texts, st.none() | st.floats(allow_nan=False, allow_infinity=False))))
def test_csv_keeps_every_digit_and_runs_no_formula(tmp_path_factory, rows):
    frame = pl.DataFrame(
        {"text": [r[0] for r in rows], "number": [r[1] for r in rows], "one": ["1"] * len(rows)},
        schema={"text": pl.String(), "number": pl.Float64(), "one": pl.String()},
    )
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(frame, path)
    if not rows:
        return
    again = read_table(path).frame
    assert again["number"].cast(pl.Float64).to_list() == frame["number"].to_list()
    for written, text in zip(again["text"], frame["text"], strict=True):
        if text is not None and text[0] in "=+-@" and written == text:
            float(text.replace(",", "."))
        else:
            assert written in (text, f"'{text}")


def test_a_negative_number_is_no_formula(tmp_path):
    write_csv(pl.DataFrame({"code": ["-1", "-1+1", "=1", "@x", "+47 22", "1"]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text().split("\n")[1:-1] == [
        "-1", "'-1+1", "'=1", "'@x", "'+47 22", "1",
    ]  # fmt: skip
