"""An invented report with one fault of every kind, from text and from Word: all, and no other."""

import csv
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import docx
import pytest

from klustermotor.analysis.claims.cells import KINDS
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.evaluation.proofread_files import proofread_files
from klustermotor.evaluation.proofread_page import page_of
from klustermotor.formats.proofed_docx import write_comments

GOLDEN = Path(__file__).parents[4] / "tests/golden/report"


@pytest.fixture(scope="module")
def make_report():
    spec = spec_from_file_location("make_report", GOLDEN / "make_report.py")
    module = module_from_spec(spec)
    sys.modules["make_report"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def planted():
    with (GOLDEN / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["txt", "docx"])
def proofed(request, make_report, tmp_path):
    if request.param == "txt":
        return proofread_files(GOLDEN / "report.txt", [])
    path = tmp_path / "report.docx"
    make_report.as_word(path)
    return proofread_files(path, [])


def told(proofed):
    """Each remark as the list of planted faults has it."""
    for fault, spot in proofed.placed:
        text = proofed.report.blocks[spot.block].text
        words = text[spot.start : spot.end] if spot.row is None else ""
        cell = fault.cell
        item = "" if cell is None else cell.item
        if cell is not None and cell.base:
            item = cell.category
        yield {
            "kind": fault.kind,
            "severity": fault.severity,
            "words": "" if fault.kind == "incomparable" else words,
            "table": cell.table if cell else "",
            "wave": cell.wave if cell else "",
            "item": item,
            "value": f"{cell.value:g}" if cell else "",
            "right": fault.suggestion.replace("\u00a0", " "),
        }


def test_every_planted_fault_is_found_with_kind_and_cell_and_nothing_else(proofed, planted):
    assert list(told(proofed)) == planted


def test_there_is_one_fault_of_every_kind(planted):
    assert sorted(row["kind"] for row in planted) == sorted(KINDS)


def test_the_words_of_a_fault_are_marked_where_they_stand(proofed):
    for fault, spot in proofed.placed:
        text = proofed.report.blocks[spot.block].text
        if spot.row is None:
            assert " ".join(fault.sentence.split()) in " ".join(text.split())


def test_a_mended_report_draws_no_remark_at_all(make_report, planted, tmp_path):
    text = make_report.as_text()
    for wrong, right in MENDED.items():
        assert text.count(wrong) == 1, wrong
        text = text.replace(wrong, right)
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    assert [(f.kind, f.message) for f in proofread_files(path, []).faults] == []


MENDED = {
    "har lett till fler anställda i företagen": "beskrivs i kapitel 2",
    "på 8 procent.": "på 8 procentenheter.",
    "18 % 36 %": "18 % 46 %",
    "11 % 17 % 18 %": "11 % 19 % 18 %",
    "tretton procentenheter": "elva procentenheter",
    "minskat tydligt från 28 till 13 procent.": "gått från 28 till 13 procent, utan säkerställd skillnad.",
    "är nya\ninvesteringar": "är ökad\nförsäljning",
    "sig 84 procent": "sig 87 procent",
    "en tredjedel av de svarande": "57 procent av de svarande",
    "minskat mellan 2022": "gått från 50 till 67 procent mellan 2022",
    "medan sex angav": "medan fyra angav",
    "9 48 %": "9 43 %",
    "andelen 17 procent": "andelen 11 procent",
    "från noll till": "från 16 till",
    "Fler har sagt": "Måtten är olika definierade och kan inte jämföras, men fler har sagt",
    "uppger 41 procent att": "säger många att",
    "i elva år": "i nio år",
}


def test_the_text_is_what_its_script_writes(make_report):
    assert (GOLDEN / "report.txt").read_text(encoding="utf-8") == make_report.as_text()


def test_the_command_says_that_something_cannot_be(tmp_path):
    command = [sys.executable, "-m", "klustermotor", "proofread", str(GOLDEN / "report.txt")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert len(ended.stdout.splitlines()) == len(KINDS)


def test_a_word_report_comes_back_with_a_comment_at_each_fault_and_heeds_the_answers(
    make_report, planted, tmp_path
):
    first, answered, second = (
        tmp_path / f"{name}.docx" for name in ("first", "answered", "second")
    )
    make_report.as_word(first)
    proofed = proofread_files(first, [])
    write_comments(first, proofed.placed, proofed.language, answered)

    document = docx.Document(answered)
    comments = list(document.comments)
    assert len(comments) == len(planted)
    for comment, row in zip(by_place(document), planted, strict=True):
        right = comment.text.replace("\u00a0", " ")
        assert right.startswith({"error": "Fel: ", "warning": "Varning: "}[row["severity"]])
        assert f"Förslag: {row['right']}\n" in right if row["right"] else "Förslag" not in right
    kept = [c for c in comments if "har lett till" in c.text or "41\u00a0procent" in c.text
            or "41 procent" in c.text]  # fmt: skip
    assert len(kept) == 2
    for comment in kept:
        comment.add_paragraph("Avsiktligt, se bilaga 1.")
    document.save(answered)

    again = proofread_files(answered, [])
    assert {fault.kind for fault in again.settled} == {"effect", "not_in_table"}
    assert len(again.faults) == len(planted) - 2
    write_comments(answered, again.placed, again.language, second)
    texts = [comment.text for comment in docx.Document(second).comments]
    assert len(texts) == len(planted)
    assert sum("se bilaga 1" in text for text in texts) == 2
    assert len(proofread_files(second, []).settled) == 2


def by_place(document):
    """The comments of a document in the order in which they stand in it."""
    ids = re.findall(r'<w:commentReference w:id="(\d+)"/>', document.element.xml)
    found = {str(comment.comment_id): comment for comment in document.comments}
    return [found[one] for one in ids]


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_marks_each_fault_in_place_with_its_figure_beside_it(chromium, planted, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.set_content(page_of(proofread_files(GOLDEN / "report.txt", [])))
    assert page.locator("mark").count() == len(planted)
    for at, row in enumerate(planted, 1):
        fault = page.locator(f"#fault-{at}")
        assert fault.get_attribute("class") == f"fault {row['severity']}"
        shown = fault.inner_text().replace("\u00a0", " ")
        assert row["right"] in shown
        if row["item"] and row["kind"] != "column_sum":
            assert row["item"] in shown
            assert f"{row['value']} %" in shown
        assert page.locator(f"#at-{at}").count() == 1
    assert_fits(page)
    assert_accessible(page)
    page.close()
