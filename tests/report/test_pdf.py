import io
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from klustermotor.report.pdf import pdf


def read(document):
    return PdfReader(io.BytesIO(pdf(document)))


def tags(reader):
    """Every element of the structure tree as (tag, element)."""
    queue, seen = [reader.trailer["/Root"]["/StructTreeRoot"]], []
    while queue:
        element = queue.pop()
        element = element.get_object() if isinstance(element, IndirectObject) else element
        if isinstance(element, list):
            queue += element
        elif isinstance(element, dict):
            if "/S" in element:
                seen.append((element["/S"], element))
            if "/K" in element:
                queue.append(element["/K"])
    return seen


def titles(outline):
    return [
        t
        for entry in outline
        for t in (titles(entry) if isinstance(entry, list) else [entry.title])
    ]


def test_a_pdf_is_tagged_and_claims_pdf_ua(document):
    reader = read(document)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or bool(
        reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    )
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_it_has_title_language_keywords_and_the_document_s_date(document):
    reader = read(document)
    assert reader.metadata.title == document.title
    assert reader.trailer["/Root"]["/Lang"].startswith("sv")
    assert reader.metadata.keywords == "kluster"
    assert reader.metadata.creation_date_raw.startswith("D:20091201")


def test_bookmarks_are_the_sections(report):
    found = titles(read(report("sv")).outline)
    for title in (
        "Bakgrund",
        "Deltagande och motiv",
        "Resultat och effekter",
        "Metod och tillförlitlighet",
    ):
        assert any(title in one for one in found), title


def test_every_figure_has_its_alternative_text(report):
    document = report("sv")
    drawn = [element for tag, element in tags(read(document)) if tag == "/Figure"]
    wanted = [c.alt for c in document.contents() if type(c).__name__ == "Figure"]
    assert sorted(str(element["/Alt"]) for element in drawn) == sorted(wanted)


def test_tables_are_tagged_with_header_cells(document):
    kinds = [tag for tag, _element in tags(read(document))]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 6


def test_pages_are_numbered_of_how_many(report):
    reader = read(report("sv"))
    assert f"3 ({len(reader.pages)})" in reader.pages[2].extract_text()


def test_contents_come_before_the_first_section(report):
    assert "Innehåll" in read(report("sv")).pages[1].extract_text()


def test_what_people_wrote_is_read_as_text_and_not_as_typst(document):
    text = "".join(page.extract_text() for page in read(document).pages)
    text = re.sub(r"\s+", " ", text.replace("-\n", ""))
    assert '#eval("1") $x$ _u_ \\ @ref & {{x}}' in text


def test_the_same_document_gives_the_same_bytes(report):
    assert pdf(report("sv")) == pdf(report("sv"))


def test_only_fonts_within_typst_are_used(report):
    reader = read(report("sv"))
    fonts = set()
    for page in reader.pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            fonts.add(font.get_object()["/BaseFont"].split("+")[-1].split("-")[0])
    assert fonts <= {"LibertinusSerif", "DejaVuSansMono", "NewComputerModern10"}


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_a_report_is_printed_in_every_language(report, language):
    reader = read(report(language))
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert 10 <= len(reader.pages) <= 20
