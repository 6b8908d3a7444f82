import io
from dataclasses import replace

import openpyxl
import pytest

from klustermotor.report.xlsx import number_format, xlsx


def read(document):
    return openpyxl.load_workbook(io.BytesIO(xlsx(document)))


def test_every_table_is_a_sheet_after_a_list_of_them(document):
    book = read(document)
    assert book.sheetnames == ["Innehåll", "1 Effekter", "2 Effekter"]


def test_numbers_are_numbers_and_hidden_cells_are_not_zero(document):
    sheet = read(document)["1 Effekter"]
    assert sheet["B6"].value == pytest.approx(10 / 23)
    assert sheet["B6"].number_format == "0%"
    assert sheet["C6"].value == 23
    assert sheet["B7"].value == "–"


def test_the_workbook_holds_the_full_tables_of_every_wave(report):
    titles = [sheet["A1"].value for sheet in read(report("sv")).worksheets]
    assert any(title.endswith("(2007)") for title in titles)
    assert any(title.endswith("(2008)") for title in titles)


def test_a_text_that_looks_like_a_formula_stays_a_text(document):
    first = document.sections[0].content[-1]
    evil = replace(first, rows=(("=1+1", "", ""),), values=())
    changed = replace(
        document, sections=(replace(document.sections[0], content=(evil,), sections=()),)
    )
    cell = read(changed).worksheets[1]["A6"]
    assert cell.value == "=1+1"
    assert cell.data_type == "s"


def test_the_same_document_gives_the_same_bytes(document):
    assert xlsx(document) == xlsx(document)


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("43 %", "0%"),
        ("43%", "0%"),
        ("12,5 %", "0.0%"),
        ("3,25", "0.00"),
        ("12 345", "0"),
        ("+8", "+0;-0;0"),
        ("▼ −1,2", "+0.0;-0.0;0.0"),
    ],
)
def test_excel_shows_a_number_as_the_report_does(shown, code):
    assert number_format(shown) == code
