import io
import re

import pytest
from pypdf import PdfReader

from klustermotor.report.contents.round import Chapter, round_report
from klustermotor.report.document import Figure, Notice, Prose, Statements
from klustermotor.report.html import page
from klustermotor.report.numbering import numbering
from klustermotor.report.pdf import pdf

CHAPTERS = (
    Chapter("steel", "Triple Steelix", {"background": (Prose("Stål."),)}),
    Chapter("wood", "DalaBIT"),
    Chapter("boom", "BoomTown", {"observations": (Prose("Många konserter."),)}),
)


@pytest.fixture(scope="module")
def made(evaluation):
    return round_report(
        evaluation,
        chapters=CHAPTERS,
        language="sv",
        title="Dalarna 2009",
        texts={"common": (Prose("Fyra initiativ."),)},
    )


def test_a_round_has_common_chapters_and_one_per_initiative(made):
    assert [s.title for s in made.sections] == [
        "Omgången som helhet",
        "Initiativen sida vid sida",
        "Triple Steelix",
        "DalaBIT",
        "BoomTown",
    ]


def test_an_initiative_without_a_survey_has_its_chapter_too(made):
    assert [s.title for s in made.sections[-1].sections] == ["Följeforskarens iakttagelser"]


def test_initiatives_are_compared_with_intervals(made):
    compared = next(s for s in made.sections[1].sections if s.id == "compare-effects")
    figure = compared.content[0]
    assert isinstance(figure, Figure)
    rows = figure.spec["data"]["values"]
    assert {row["group"] for row in rows} == {"Triple Steelix", "DalaBIT"}
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    assert [c.title for c in figure.table.columns] == [
        "Fråga", "Triple Steelix", "Intervall (95\u00a0%)", "n", "DalaBIT", "Intervall (95\u00a0%)", "n",
    ]  # fmt: skip


def test_a_suppressed_figure_is_not_drawn_but_its_row_says_why(made):
    figure = next(s for s in made.sections[1].sections if s.id == "compare-effects").content[0]
    hidden = ("Lägre kostnader", "Triple Steelix")
    assert hidden not in {(r["label"], r["group"]) for r in figure.spec["data"]["values"]}
    row = next(row for row in figure.table.rows if row[0] == "Lägre kostnader")
    assert row[1:4] == ("–", "–", "–")
    assert row[4].endswith("%")
    assert "färre än 5" in figure.table.note


def test_a_comparison_s_title_says_whether_intervals_part(made):
    for below in made.sections[1].sections:
        figure = below.content[0]
        rows = figure.spec["data"]["values"]
        apart = any(
            one["label"] == other["label"] and one["low"] > other["high"]
            for one in rows
            for other in rows
            if None not in (one["low"], other["high"])
        )
        assert ("med intervall som går isär" in figure.title) == apart
        assert ("alla intervall överlappar varandra" in figure.title) == (not apart)


def test_low_response_is_said_for_the_initiative_it_concerns(made):
    said = [c.text for c in made.sections[0].content if isinstance(c, Notice)]
    assert any(text.startswith("Triple Steelix: 27 av 93") for text in said)
    assert not any(text.startswith("DalaBIT") for text in said)


def test_no_two_parts_share_an_id_and_it_renders(made):
    numbers = numbering(made)
    assert len(numbers.tables) > 20
    assert "Många konserter." in page(made)


def test_the_workbook_holds_every_initiative_and_wave(made):
    assert {t.id.split("-")[0] for t in made.data} == {"i1", "i2"}
    assert any(t.id == "i1-detail-results-2007" for t in made.data)


def test_initiatives_go_by_their_names(made):
    words = " ".join(
        one.text for c in made.contents() if isinstance(c, Statements) for one in c.items
    )
    assert not re.search(r"\b(i|in) (steel|wood)\b", words)


def test_the_comparison_says_what_its_intervals_leave_out(made):
    chapter = next(s for s in made.sections if s.id == "comparison")
    assert "vilka som valde att svara" in chapter.content[0].text


def test_a_round_is_printed_with_tags_bookmarks_and_language(made):
    reader = PdfReader(io.BytesIO(pdf(made)))
    root = reader.trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert root["/Lang"].startswith(made.language)
    assert reader.metadata.title == made.title
    assert {one.title for one in reader.outline if not isinstance(one, list)}
