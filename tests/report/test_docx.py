import io

from docx import Document as Word
from docx.oxml.ns import qn

from klustermotor.report.docx import docx


def read(document):
    return Word(io.BytesIO(docx(document)))


def test_headings_have_real_styles(report):
    word = read(report("sv"))
    styles = [(p.style.name, p.text) for p in word.paragraphs]
    assert ("Title", "Triple Steelix 2009") in styles
    assert ("Heading 1", "Bakgrund") in styles
    assert ("Heading 2", "Motiven för att delta") in styles


def test_headings_number_themselves(report):
    word = read(report("sv"))
    for level in (1, 2, 3):
        numbered = word.styles[f"Heading {level}"].element.pPr.numPr
        assert numbered.ilvl.val == level - 1
        assert numbered.numId.val == 900
    assert word.styles["TOC Heading"].element.pPr.numPr.numId.val == 0
    entries = [p.text for p in word.paragraphs if p.text.endswith("Utvecklingsbehov")]
    assert entries[0] == "5 Utvecklingsbehov"


def test_tables_are_set_in_styles_that_can_be_edited(report):
    word = read(report("sv"))
    for table in word.tables:
        assert {p.style.name for cell in table.rows[0].cells for p in cell.paragraphs} == {
            "Table Head"
        }
        assert table.cell(1, 0).paragraphs[0].style.name == "Table Text"


def test_the_language_is_set_for_the_speller(report):
    word = read(report("nb"))
    normal = word.styles["Normal"].element
    assert [e.get(qn("w:val")) for e in normal.iter(qn("w:lang"))] == ["nb-NO"]
    assert word.core_properties.language == "nb-NO"


def test_the_table_of_contents_is_a_field_filled_with_the_headings(report):
    word = read(report("sv"))
    codes = [e.text.strip() for e in word.element.iter(qn("w:instrText"))]
    assert 'TOC \\o "1-2" \\h \\z \\u' in codes
    before_first = word.element.xml.index('w:val="Heading1"')
    assert "Utvecklingsbehov" in word.element.xml[:before_first]


def test_fields_begin_and_end_in_equal_number(report):
    kinds = [e.get(qn("w:fldCharType")) for e in read(report("sv")).element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") > 10


def test_captions_number_themselves(document):
    word = read(document)
    codes = [e.text.strip() for e in word.element.iter(qn("w:instrText"))]
    assert "SEQ Tabell \\* ARABIC" in codes
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions == ["Tabell 1. Effekter", "Figur 1. Försäljningen leder", "Tabell 2. Effekter"]


def test_header_rows_are_repeated_on_every_page(report):
    word = read(report("sv"))
    assert len(word.tables) > 10
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pictures_have_alternative_text(document):
    word = read(document)
    pictures = list(word.element.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in pictures] == ["Stapel 43 %"]


def test_statements_link_to_their_tables(document):
    word = read(document)
    names = {e.get(qn("w:name")) for e in word.element.iter(qn("w:bookmarkStart"))}
    links = {e.get(qn("w:anchor")) for e in word.element.iter(qn("w:hyperlink"))}
    assert "_effects" in links
    assert links <= names


def test_what_people_wrote_stands_as_they_wrote_it(document):
    text = "\n".join(p.text for p in read(document).paragraphs)
    assert '<script>alert("1")</script> #eval("1")' in text
