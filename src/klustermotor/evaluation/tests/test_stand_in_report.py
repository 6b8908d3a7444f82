"""An invented report with one fault of every kind, from text and from Word: all, and no other."""

import csv
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from klustermotor.analysis.claims.cells import KINDS
from klustermotor.evaluation.proofread_files import proofread_files

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
    "minskat från 28 till 13 procent.": "gått från 28 till 13 procent, utan säkerställd skillnad.",
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
