from dataclasses import replace

import pytest

from klustermotor.report import render
from klustermotor.report.numbering import numbering


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".html", b"<!doctype"), (".pdf", b"%PDF"), (".docx", b"PK"), (".xlsx", b"PK")],
)
def test_the_suffix_picks_the_rendering(document, tmp_path, suffix, start):
    path = tmp_path / "deep" / f"report{suffix}"
    render(document, path)
    assert path.read_bytes().startswith(start)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_an_unknown_suffix_is_refused_and_leaves_no_file(document, tmp_path):
    with pytest.raises(ValueError, match=r"\.html, \.pdf, \.docx, \.xlsx"):
        render(document, tmp_path / "new" / "report.odt")
    assert not (tmp_path / "new").exists()


def test_a_failed_write_leaves_the_old_file_and_no_other(document, tmp_path, monkeypatch):
    path = tmp_path / "new" / "report.html"
    path.parent.mkdir()
    path.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        render(document, path)
    assert path.read_text() == "old"
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]


def test_sections_tables_and_figures_are_numbered_in_reading_order(document):
    numbers = numbering(document)
    assert numbers.sections == {"first": "1", "below": "1.1"}
    assert numbers.tables == {"effects": 1, "data": 2}
    assert numbers.figures == {"bars": 1}


def test_two_parts_with_one_id_are_refused(document):
    first = document.sections[0]
    again = replace(first, id="again", sections=())
    with pytest.raises(ValueError, match="effects"):
        numbering(replace(document, sections=(first, again)))
