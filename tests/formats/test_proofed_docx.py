"""Word documents read, commented, answered and read again."""

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.formats.proofed_docx import AUTHOR, settled_in, write_comments
from klustermotor.formats.report_text import read_report

SENTENCE = "Andelen som fått fler kunder ökade från 35 till 43 procent, tio procentenheter."
WORDS = "tio procentenheter"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


@pytest.fixture
def path(tmp_path):
    document = docx.Document()
    document.add_heading("Effekter", 1)
    paragraph = document.add_paragraph("Andelen som fått ")
    paragraph.add_run("fler kunder").bold = True
    paragraph.add_run(" ökade från 35 till 43 procent, tio procentenheter.")
    document.add_paragraph("Tabell 1: Effekter", style="Caption")
    table = document.add_table(rows=4, cols=3)
    rows = [
        ["", "2011", "2012"],
        ["", "(n=23-25)", "(n=21-23)"],
        ["Fler kunder", "35 %", "43 %"],
        ["Lägre kostnader", "-", "34 %"],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.add_paragraph("Diagram 2: Samarbete (2011 n=10-16)")
    document.add_paragraph("En punkt i en lista.", style="List Bullet")
    document.add_paragraph("Tabell 3: Vill växa")
    for line in ("\t2011 (n=30)\t2012 (n=23)", "Ja\t70 %\t83 %", "Nej\t30 %\t17 %"):
        document.add_paragraph(line)
    document.save(tmp_path / "rapport.docx")
    return tmp_path / "rapport.docx"


@pytest.fixture
def placed(path):
    """A fault in a sentence and one in a table, with their places."""
    report = read_report(path)
    start = report.prose.text.index(WORDS)
    difference = Fault(
        SENTENCE, "wrong_difference", "error", None, "35 till 43 är åtta.",
        "åtta procentenheter", start, start + len(WORDS),
    )  # fmt: skip
    cell = next(c for c in report.cells if c.value == 34)
    share = Fault("Tabell 1", "impossible_percentage", "note", cell, "34 går inte.", "", 0, 0)
    return [
        (difference, report.prose.spot(start, start + len(WORDS))),
        (share, report.spot_of(cell)),
    ]


def comments(path):
    return list(docx.Document(path).comments)


def anchored(path, comment):
    """The words between a comment's marks."""
    inside, words = False, []
    for element in docx.Document(path).element.body.iter():
        if element.get(qn("w:id")) == str(comment.comment_id):
            inside = element.tag == qn("w:commentRangeStart") or (
                inside and element.tag != qn("w:commentRangeEnd")
            )
        if inside and element.tag == qn("w:t"):
            words.append(element.text)
    return "".join(words)


def run(path, placed, out=None):
    out = out or path.with_name("ut.docx")
    write_comments(path, placed, "sv", out)
    return out


def change(path, edit):
    document = docx.Document(path)
    edit(document)
    document.save(path)


def first(document):
    return next(c for c in document.comments if "åtta" in c.text)


def thread(document, *, done=False, reply=None):
    """Mark the first comment done or answer it, as Word does."""
    ours = first(document)
    ours.paragraphs[-1]._p.set(f"{{{W14}}}paraId", "0000000A")
    entries = f'<w15:commentEx w15:paraId="0000000A" w15:done="{int(done)}"/>'
    if reply is not None:
        answer = document.comments.add_comment(reply, author="Kim Läsare")
        answer.paragraphs[-1]._p.set(f"{{{W14}}}paraId", "0000000B")
        entries += '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>'
    blob = f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'.encode()
    part = Part(
        PackURI("/word/commentsExtended.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
        blob,
        document.part.package,
    )
    document.part.relate_to(part, EXTENDED)


def test_a_document_is_headings_prose_captions_items_and_tables(path):
    report = read_report(path)
    assert [block.kind for block in report.blocks] == [
        "heading", "prose", "caption", "table", "caption", "item", "caption", "table",
    ]  # fmt: skip
    assert report.prose.text == f"{SENTENCE}\n\nEn punkt i en lista."
    assert [(c.table, c.wave, c.item, c.value, c.n_min, c.n_max) for c in report.cells[:3]] == [
        ("Tabell 1", "2011", "Fler kunder", 35.0, 23, 25),
        ("Tabell 1", "2012", "Fler kunder", 43.0, 21, 23),
        ("Tabell 1", "2012", "Lägre kostnader", 34.0, 21, 23),
    ]


def test_a_table_typed_as_paragraphs_is_read_too(path):
    typed = [c for c in read_report(path).cells if c.table == "Tabell 3"]
    assert [(c.wave, c.category, c.value, c.n_min) for c in typed] == [
        ("2011", "Ja", 70.0, 30),
        ("2011", "Nej", 30.0, 30),
        ("2012", "Ja", 83.0, 23),
        ("2012", "Nej", 17.0, 23),
    ]


def test_merged_cells_and_text_in_content_controls_are_read(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Andel i procent"
    for c, text in enumerate(["Effekt", "2011", "2012"]):
        table.cell(1, c).text = text
    for c, text in enumerate(["Kunder", "35", "43"]):
        table.cell(2, c).text = text
    document.element.body.insert(
        0,
        parse_xml(
            '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:sdtContent><w:p><w:ins><w:r><w:t>Infogat.</w:t></w:r></w:ins><w:del><w:r>"
            "<w:t>Struket.</w:t></w:r></w:del></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.save(tmp_path / "m.docx")
    report = read_report(tmp_path / "m.docx")
    assert report.prose.text == "Infogat."
    assert [(c.wave, c.item, c.value, c.unit) for c in report.cells] == [
        ("2011", "Kunder", 35.0, "percent"),
        ("2012", "Kunder", 43.0, "percent"),
    ]


def test_each_fault_gets_a_comment_at_its_words_with_the_wording_proposed(path, placed):
    out = run(path, placed)
    difference, share = sorted(comments(out), key=lambda c: "34" in c.text)
    assert difference.author == share.author == AUTHOR
    assert difference.text.split("\n") == [
        "Fel: 35 till 43 är åtta.",
        "Förslag: åtta procentenheter",
        "Ska det stå så? Svara ”avsiktligt”, så tas det inte upp igen.",
    ]
    assert anchored(out, difference) == WORDS
    assert anchored(out, share) == "34 %"


def test_the_text_and_its_look_stay_as_they_were(path, placed):
    out = run(path, placed)
    before, after = docx.Document(path), docx.Document(out)
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [r.text for r in after.paragraphs[1].runs if r.bold] == ["fler kunder"]


def test_a_second_run_doubles_nothing(path, placed):
    once = run(path, placed)
    twice = run(once, placed, path.with_name("igen.docx"))
    assert [c.text for c in comments(twice)] == [c.text for c in comments(once)]


def test_a_document_may_be_written_over_itself(path, placed):
    assert len(comments(run(path, placed, path))) == 2
    assert len(comments(run(path, placed, path))) == 2


def test_the_comment_of_a_mended_fault_goes(path, placed):
    out = run(path, placed)
    run(out, placed[1:], out)
    assert [c.text.split("\n")[0] for c in comments(out)] == ["Anmärkning: 34 går inte."]
    marks = docx.Document(out).element.body.iter(qn("w:commentReference"))
    assert len(list(marks)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        lambda d: thread(d, done=True),
        lambda d: thread(d, reply="Det är avsiktligt, se bilaga 2."),
        lambda d: thread(d, reply="Intended."),
        lambda d: first(d).paragraphs[-1].add_run(" Tilsiktet!"),
        lambda d: first(d).add_paragraph("avsiktligt"),
        lambda d: d.add_comment(_marked(d), "Avsiktligt så.", "Kim Läsare"),
    ],
)
def test_a_fault_answered_as_intended_is_settled_and_its_comment_stays(path, placed, answer):
    out = run(path, placed)
    change(out, answer)
    settled = settled_in(out, placed, "sv")
    assert settled == (placed[0][0],)
    before = [c.text for c in comments(out)]
    run(out, placed[1:], out)
    assert [c.text for c in comments(out)] == before


def _marked(document):
    """The run that our first comment stands at."""
    wanted = str(first(document).comment_id)
    for start in document.element.body.iter(qn("w:commentRangeStart")):
        if start.get(qn("w:id")) == wanted:
            text = start.getnext().find(qn("w:t")).text
            return next(r for p in document.paragraphs for r in p.runs if r.text == text)
    raise AssertionError("no mark")


@pytest.mark.parametrize("reply", ["Jag ser över det.", "Nej, det var inte avsiktligt."])
def test_another_answer_stays_but_settles_nothing(path, placed, reply):
    out = run(path, placed)
    change(out, lambda d: thread(d, reply=reply))
    assert settled_in(out, placed, "sv") == ()
    before = [c.text for c in comments(out)]
    run(out, placed, out)
    assert [c.text for c in comments(out)] == before


def test_an_answer_settles_no_other_fault(path, placed):
    out = run(path, placed)
    change(out, lambda d: thread(d, done=True))
    fault, spot = placed[0]
    other = Fault(
        fault.sentence, fault.kind, "error", None, "Nytt fel.", "", fault.start, fault.end
    )
    assert settled_in(out, [(other, spot)], "sv") == ()


def test_the_comments_of_others_are_left_alone(path, placed):
    change(path, lambda d: d.add_comment(d.paragraphs[1].runs, "Bra!", "Kim Läsare"))
    out = run(path, placed)
    run(out, [], out)
    assert [c.text for c in comments(out)] == ["Bra!"]


def test_a_fault_of_a_table_that_is_not_in_the_text_stands_at_its_beginning(path):
    cell = TableCell("", "T9", "2011", "x", "", "=", 34.0, "percent", 3, 3, "")
    fault = Fault("T9", "impossible_percentage", "error", cell, "Går inte.", "", 0, 0)
    out = run(path, [(fault, None)])
    (comment,) = comments(out)
    assert anchored(out, comment) == "Effekter"
