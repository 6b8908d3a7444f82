import json
import sys

import docx
import pytest

from klustermotor.__main__ import main
from klustermotor.analysis.claims.cells import KINDS
from klustermotor.formats.fault_words import KIND_NAMES, WORDS

TEXT = """\
Enkäten besvarades av många företag.

Tabell 1: Vill företaget växa?

2011 (n=30) 2012 (n=23)

Ja, med fler anställda 60 % 61 %

Ja, utan dem 20 % 26 %

Nej 10 % 13 %
"""
RIGHT = TEXT.replace("10 %", "20 %")
HEADER = "table,wave,item,category,value,unit,n_min,n_max,base\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rapport.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """The command as typed in `folder`; its output and its messages."""

    def run(*words, code=0):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["klustermotor", "proofread", *words])
        ended = 0
        try:
            main()
        except SystemExit as end:
            ended = end.code
        out, told = capsys.readouterr()
        assert ended == code, told
        return out, told.strip()

    return run


def word(folder):
    document = docx.Document()
    document.add_paragraph("Tabell 1: Vill företaget växa?")
    table = document.add_table(rows=3, cols=2)
    rows = [("", "2011 (n=30)"), ("Ja", "60 %"), ("Nej", "30 %")]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(folder / "rapport.docx")


def test_a_fault_is_one_line_with_place_kind_cell_and_what_would_be_right(run):
    out, told = run("rapport.txt", code=1)
    (line,) = out.splitlines()
    assert line.startswith("rapport.txt:7: error column_sum · “Tabell 1” · [Tabell 1, Vill ")
    assert "60 + 20 + 10 = 90 procent" in line.replace("\u00a0", " ")
    assert " → " in line
    assert told == "rapport.txt: 1 error, 0 warnings, 0 notes; 6 figures to check against"


def test_a_right_report_draws_nothing(run):
    out, told = run("right.txt")
    assert out == ""
    assert told == "right.txt: 0 errors, 0 warnings, 0 notes; 6 figures to check against"


def test_json_lists_each_fault_with_its_cell(run):
    out, _told = run("rapport.txt", "--json", code=1)
    (fault,) = json.loads(out)
    assert set(fault) == {"sentence", "kind", "severity", "cell", "message", "suggestion"}
    assert (fault["kind"], fault["severity"]) == ("column_sum", "error")
    assert fault["cell"]["table"] == "Tabell 1"
    assert (fault["cell"]["value"], fault["cell"]["wave"]) == (60, "2011")


def test_json_of_a_right_report_is_an_empty_list(run):
    out, _told = run("right.txt", "--json")
    assert json.loads(out) == []


def test_messages_are_in_the_language_asked_for(run):
    out, _told = run("rapport.txt", "--language", "en", code=1)
    assert "more than rounding can explain" in out


def test_tables_of_a_file_are_checked_in_place_of_those_in_the_text(run, folder):
    (folder / "cells.csv").write_text(HEADER + "T,2012,a,,34,percent,7,7,\n")
    out, _told = run("rapport.txt", "cells.csv", code=1)
    (line,) = out.splitlines()
    assert line.startswith("rapport.txt: error impossible_percentage · “T” · [T, a, 2012]")


def test_a_wrong_table_file_tells_row_column_value_and_remedy(run, folder):
    (folder / "cells.csv").write_text(HEADER + "T,2012,a,,much,percent,7,7,\n")
    out, told = run("rapport.txt", "cells.csv", code=1)
    assert out == ""
    assert told == (
        "cells.csv, row 2, column value: 'much' is not a number. "
        "Write a number such as 12.5 or 12,5."
    )


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.csv"])
def test_a_file_that_is_not_there_is_told(run, name):
    words = ["rapport.txt", name] if name.endswith("csv") else [name]
    _out, told = run(*words, code=1)
    assert "there is no such file" in told


@pytest.mark.parametrize("content", [bytes(range(256)) * 400, b"%PDF-1.7\n\x00\x01\x02" * 9])
def test_a_file_that_is_no_text_whatever_its_name_is_told(run, folder, content):
    (folder / "picture.txt").write_bytes(content)
    out, told = run("picture.txt", code=1)
    assert out == ""
    assert told == "picture.txt: the file is no text. Save the report as .docx, .md or .txt."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_read_in_the_encoding_that_it_was_saved_in(run, folder, encoding):
    (folder / "saved.txt").write_bytes(f"\f{RIGHT}".encode(encoding))
    out, told = run("saved.txt")
    assert out == ""
    assert "6 figures to check against" in told


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["rapport.txt", "--out", "ut.docx"],
        ["rapport.txt", "--out", "ut.pdf"],
        ["rapport.txt", "--language", "de"],
    ],
)
def test_wrong_usage_ends_with_2(run, words, folder):
    run(*words, code=2)
    assert not list(folder.glob("ut.*"))


def test_a_place_that_cannot_be_written_to_is_told(run):
    out, told = run("rapport.txt", "--out", "rapport.txt/ut.html", code=1)
    assert out == ""
    assert told.startswith("--out rapport.txt/ut.html: ")


def test_the_page_marks_the_figure_and_shows_its_cell_beside_it(run, folder):
    run("rapport.txt", "--out", "ut.html", code=1)
    page = (folder / "ut.html").read_text("utf-8")
    assert "<mark class='error' id='at-1'>60 %</mark><sup><a href='#fault-1'>1</a></sup>" in page
    assert "Fel: andelar som inte blir 100" in page
    assert "<dt>n</dt><dd>30</dd>" in page
    assert "http" not in page


def test_what_a_text_says_cannot_become_markup(run, folder):
    (folder / "x.md").write_text("Vi fann <script>alert(1)</script> & mer.\n" + TEXT)
    run("x.md", "--out", "ut.html", code=1)
    page = (folder / "ut.html").read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; mer." in page


def test_a_document_comes_back_with_comments_and_answers_are_heeded(run, folder):
    word(folder)
    run("rapport.docx", "--out", "ut.docx", code=1)
    document = docx.Document(folder / "ut.docx")
    (comment,) = document.comments
    assert comment.text.startswith("Fel: Tabell 1, 2011: ")
    comment.add_paragraph("Avsiktligt.")
    document.save(folder / "svar.docx")
    out, told = run("svar.docx", "--out", "svar.docx")
    assert out == ""
    assert "1 answered as intended" in told
    assert len(docx.Document(folder / "svar.docx").comments) == 1


def test_every_kind_of_fault_has_a_name_in_every_language():
    assert set(KIND_NAMES) == set(KINDS)
    assert all(set(names) == set(WORDS) for names in KIND_NAMES.values())


def test_a_text_is_held_against_our_own_estimates_in_the_words_of_the_questionnaire(run, folder):
    heading = "initiative,wave,block,item,category,group,statistic,base,value,n\n"
    row = "norrsken,2012,growth_effects,sales,{answer},,share,answered,{value},23\n"
    shares = row.format(answer="yes", value=10 / 23) + row.format(answer="no", value=13 / 23)
    (folder / "estimates.csv").write_text(heading + shares)
    sentence = "År 2012 uppger {} procent av företagen att deltagandet gett ökad försäljning.\n"
    (folder / "right.md").write_text(sentence.format(43), encoding="utf-8")
    (folder / "wrong.md").write_text(sentence.format(63), encoding="utf-8")
    assert run("right.md", "estimates.csv")[0] == ""
    out, told = run("wrong.md", "estimates.csv", code=1)
    assert out.startswith("wrong.md:1: error wrong_figure · ")
    assert "[norrsken, growth_effects, growth_effects.sales – yes, 2012]" in out
    assert told.endswith("1 figure to check against")


def test_each_initiatives_chapter_is_held_against_its_own_figures(run, folder):
    (folder / "cells.csv").write_text(
        "initiative," + HEADER + "norrsken,T,2012,Ökad försäljning,,43,percent,,,\n"
        "skogsriket,T,2012,Ökad försäljning,,57,percent,,,\n",
        encoding="utf-8",
    )
    chapter = "# {}\n\nÅr 2012 uppger {} procent av företagen ökad försäljning.\n\n"
    text = chapter.format("Norrsken", 43) + chapter.format("Skogsriket", 57)
    (folder / "two.md").write_text(text, encoding="utf-8")
    assert run("two.md", "cells.csv")[0] == ""
    text = chapter.format("Norrsken", 57) + chapter.format("Skogsriket", 57)
    (folder / "two.md").write_text(text, encoding="utf-8")
    out, _told = run("two.md", "cells.csv", code=1)
    (line,) = out.splitlines()
    assert line.startswith("two.md:3: error wrong_figure")


def test_a_sentence_is_of_the_table_that_it_stands_by_when_rows_are_called_alike(run, folder):
    def section(name, figure, said):
        return (
            f"{name}\n\nÅr 2012 uppger {said} procent av företagen fler kunder.\n\n"
            f"Tabell {figure}: {name[2:]}\n\n2011 (n=200) 2012 (n=200)\n\n"
            f"Fler kunder {figure}0 % {figure}5 %\n\nLägre kostnader 20 % 30 %\n\n"
        )

    right = section("1 Motiv", 6, 65) + section("2 Resultat", 4, 45)
    (folder / "two.txt").write_text(right, encoding="utf-8")
    assert run("two.txt")[0] == ""
    (folder / "wrong.txt").write_text(
        right.replace("uppger 45 procent", "uppger 48 procent"), encoding="utf-8"
    )
    out, _ = run("wrong.txt", code=1)
    assert out.count("wrong_figure") == 1
    assert "48 procent" in out
