import codecs

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from klustermotor.formats import csv_tables, tables
from klustermotor.formats.errors import InputError
from klustermotor.formats.tables import letters, read_table

TEXT = "wave;namn;svar\n2009;Åsa;ja\n2009;Örjan;nej\n"
FRAME = pl.DataFrame({"wave": ["2009"] * 2, "namn": ["Åsa", "Örjan"], "svar": ["ja", "nej"]})


def refusal(path):
    with pytest.raises(InputError) as error:
        read_table(path)
    return str(error.value)


@pytest.mark.parametrize(
    "encoded",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        ("sep=;\n" + TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        (TEXT + ";;\n;;\n").encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "utf-16-be", "utf-16 without bom", "commas", "tabs",
         "sep line", "crlf", "empty rows at the end"],
)  # fmt: skip
def test_a_csv_reads_the_same_in_any_encoding_and_with_any_delimiter(tmp_path, encoded):
    path = tmp_path / "answers.csv"
    path.write_bytes(encoded)
    assert read_table(path).frame.equals(FRAME)


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"x, y","he said ""no""\nand left"\n')
    assert read_table(path).frame.rows() == [("x, y", 'he said "no"\nand left')]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "", "a.csv: the file is empty. Choose the file that holds the content."),
        (
            "a.csv",
            "a;b\n",
            "a.csv: the file has headings but no rows. Choose the file that holds the answers.",
        ),
        (
            "a.csv",
            "a;b;a\n1;2;3\n",
            "a.csv, row 1, column a: the heading 'a' stands over column A and again over column C. "
            "Keep one of them, or give them different headings.",
        ),
        (
            "a.csv",
            "a;b\n1;2\n1;2;3\n",
            "a.csv, row 3: the row has 3 cells and the heading 2. "
            "Put quotes around text that contains the delimiter.",
        ),
        (
            "a.csv",
            "a;;c\n1;2;3\n",
            "a.csv, row 1, column B: the column has values but no heading. "
            "Give it a heading, or empty it.",
        ),
        (
            "a.pdf",
            "x",
            "a.pdf: files of type '.pdf' cannot be read here. Use .csv, .xlsx, .sav or .lsa.",
        ),
        (
            "a.xlsx",
            "x",
            "a.xlsx: the file cannot be read (not an Excel file (.xlsx)). "
            "Save it again, or choose another file.",
        ),
        (
            "a.sav",
            "not spss at all",
            "a.sav: the file cannot be read (Unable to read from file). "
            "Save it again, or choose another file.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content)
    assert refusal(path) == message


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "none.csv"
    assert refusal(path) == f"{path}: there is no such file. Check the path."


def test_a_file_of_200_megabytes_is_refused_at_once_and_unread(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(csv_tables, "read_csv", lambda _: pytest.fail("was read"))
    assert refusal(path) == (
        "huge.csv: the file is 200 MB unpacked and at most 100 MB can be read. "
        "Keep the columns of the questionnaire only, or give one file per wave."
    )


def test_a_packed_file_is_measured_unpacked(tmp_path, monkeypatch):
    book = Workbook()
    book.active.append(["a"])
    book.save(tmp_path / "a.xlsx")
    monkeypatch.setattr("klustermotor.formats.xlsx_tables.MOST_BYTES", 1000)
    assert "MB unpacked" in refusal(tmp_path / "a.xlsx")


def test_an_excel_sheet_reads_as_text(tmp_path):
    import datetime

    book = Workbook()
    book.active.append(["a", "b", "c", "d", None])
    book.active.append([1.0, 2.5, " x ", datetime.datetime(2009, 5, 1)])
    book.active.append([2, None, True, None])
    book.active.append([None, None, None, None])
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").frame.rows() == [
        ("1", "2.5", "x", "2009-05-01"),
        ("2", None, "1", None),
    ]


def test_a_hidden_sheet_is_passed_over(tmp_path):
    book = Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet("answers").append(["a"])
    book["answers"].append(["x"])
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").frame.columns == ["a"]


def test_a_formula_counts_as_the_value_stored_with_it(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, 4)
        sheet.write_formula(1, 1, "=A2+1", None, 5)
    assert read_table(tmp_path / "a.xlsx").frame.rows() == [("4", "5")]


def test_a_formula_without_a_stored_value_is_a_fault(tmp_path):
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([4, "=A2+1"])
    book.save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == (
        "a.xlsx, row 2, column B: the cell has a formula whose value was never stored. "
        "Open the file in a spreadsheet program and save it, or replace the formula."
    )


def test_positions_are_named_as_in_a_spreadsheet():
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


cells = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1
).filter(lambda text: text == text.strip())


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_is_written_as_csv_reads_back_the_same(tmp_path_factory, rows, delimiter):
    frame = pl.DataFrame(
        {"first": [r[0] for r in rows], "second": [r[1] for r in rows], "row": ["1"] * len(rows)},
        schema=dict.fromkeys(("first", "second", "row"), pl.String()),
    )
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    frame.write_csv(path, separator=delimiter)
    assert tables.read_table(path).frame.equals(frame)
