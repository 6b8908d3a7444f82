"""A document as DOCX that an evaluator goes on editing: real styles, captions and fields."""

import io
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

import docx as word_processor
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph

from klustermotor.report import palette
from klustermotor.report.document import (
    Content,
    Document,
    Figure,
    ListOf,
    Notice,
    Prose,
    Section,
    Statement,
    Statements,
    Table,
)
from klustermotor.report.figures.svg import png, size, svg
from klustermotor.report.inline import paragraphs, runs
from klustermotor.report.language import NO_BREAK, translator
from klustermotor.report.numbering import Numbering, numbering

WIDTH = Cm(16)
LANGUAGES = {"sv": "sv-SE", "nb": "nb-NO", "en": "en-GB"}
FONT = "Calibri"
LEVELS = 3
"""Levels of headings that are numbered."""
HEADINGS = 900
"""The number of the list that numbers the headings; the template uses low ones."""
RESOLUTION = 2.0
"""Pixels per unit of a chart: about 170 to the inch as it stands on the page."""


def docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    word = word_processor.Document()
    _styles(word, document)
    _properties(word, document)
    writer = _Writer(word, document, numbering(document))
    writer.cover()
    for section in document.sections:
        writer.section(section, 1)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _properties(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title, about.subject = document.title, document.subtitle
    about.keywords, about.language = ", ".join(document.keywords), LANGUAGES[document.language]
    about.author = about.comments = ""
    if document.date:
        about.created = about.modified = datetime.fromisoformat(document.date)


def _styles(word: Word, document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    for name in ("Notice", "Table Text", "Table Head", "Source"):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
    _frame(word.styles["Notice"].element.get_or_add_pPr())
    for rule in word.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        rule.getparent().remove(rule)
    for name, points, colour, before, after in (
        ("Normal", 11, palette.INK, 0, 6),
        ("Title", 28, palette.INK, 120, 6),
        ("Subtitle", 14, palette.MUTED, 0, 18),
        ("Heading 1", 19, palette.INK, 24, 8),
        ("Heading 2", 14, palette.INK, 18, 6),
        ("Heading 3", 12, palette.INK, 12, 4),
        ("Caption", 10, palette.INK, 12, 4),
        ("List Bullet", 11, palette.INK, 0, 3),
        ("Notice", 11, palette.INK, 8, 8),
        ("Table Text", 9, palette.INK, 0, 1),
        ("Table Head", 9, palette.INK, 0, 1),
        ("Source", 9, palette.MUTED, 0, 6),
    ):
        style = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(points)
        style.font.color.rgb = _rgb(colour)
        style.font.italic = False
        style.font.bold = name.startswith(("Heading", "Title", "Caption", "Table Head"))
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{place}"), None)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    _numbered_headings(word)
    _language(word, LANGUAGES[document.language])
    _page_number(word)


def _numbered_headings(word: Word) -> None:
    """Headings number themselves, 1 and 1.1 and 1.1.1, as they do in the other renderings."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, level + 2))}"/>'
        '<w:lvlJc w:val="left"/></w:lvl>'
        for level in range(LEVELS)
    )
    lists = word.part.numbering_part.element
    lists.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{HEADINGS}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    lists.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{HEADINGS}">'
            f'<w:abstractNumId w:val="{HEADINGS}"/></w:num>'
        )
    )
    contents = word.styles["TOC Heading"].element.get_or_add_pPr().get_or_add_numPr()
    contents.get_or_add_numId().val = 0
    for level in range(LEVELS):
        style = word.styles[f"Heading {level + 1}"].element
        numbered = style.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = HEADINGS


def _frame(properties) -> None:  # type: ignore[no-untyped-def]
    """A line to the left and a light ground, which set a notice off from the text."""
    borders, line, ground = (OxmlElement(f"w:{name}") for name in ("pBdr", "left", "shd"))
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8")):
        line.set(qn(f"w:{name}"), value)
    line.set(qn("w:color"), palette.ACCENT.removeprefix("#"))
    borders.append(line)
    for name, value in (("val", "clear"), ("fill", palette.SHADE.removeprefix("#"))):
        ground.set(qn(f"w:{name}"), value)
    properties.extend((borders, ground))


def _language(word: Word, language: str) -> None:
    """The language of the text, so that the speller and the hyphenation know it."""
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    properties = word.styles["Normal"].element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    properties.append(lang)
    stop = word.settings.element.find(qn("w:defaultTabStop"))
    stop.addnext(OxmlElement("w:autoHyphenation"))


def _page_number(word: Word) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(foot, "PAGE", "1")
    foot.add_run(" (")
    _field(foot, "NUMPAGES", "1")
    foot.add_run(")")


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _field(paragraph: Paragraph, code: str, shown: str, *, stale: bool = False) -> None:
    """A field that the word processor keeps up to date; `shown` stands until it does."""
    for kind in ("begin", "code", "separate", "text", "end"):
        run = paragraph.add_run(shown if kind == "text" else None)
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            run._r.append(text)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            if stale and kind == "begin":
                mark.set(qn("w:dirty"), "true")
            run._r.append(mark)


class _Writer:
    """Writes one document into one Word file, part by part."""

    def __init__(self, word: Word, document: Document, numbers: Numbering) -> None:
        self.word, self.document, self.numbers = word, document, numbers
        self.gettext = translator(document.language).gettext
        self.bookmarks = 0

    def cover(self) -> None:
        _ = self.gettext
        self.word.add_paragraph(self.document.title, style="Title")
        if self.document.subtitle:
            self.word.add_paragraph(self.document.subtitle, style="Subtitle")
        for name, value in self.document.facts:
            self.word.add_paragraph(f"{name}: {value}")
        if self.document.date:
            self.word.add_paragraph(self.document.date)
        self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.word.add_paragraph(_("Contents"), style="TOC Heading")
        self.contents()

    def contents(self) -> None:
        """The table of contents as a field, filled in with the headings as they are now."""
        lines = list(_headings(self.document.sections))
        for place, (section, level) in enumerate(lines):
            entry = self.word.add_paragraph()
            entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
            entry.paragraph_format.space_after = Pt(2)
            if place == 0:
                self._open_field(entry, 'TOC \\o "1-2" \\h \\z \\u')
            self._link(entry, f"{self.numbers.sections[section.id]} {section.title}", section.id)
            if place == len(lines) - 1:
                self._mark(entry, "end")

    def _open_field(self, paragraph: Paragraph, code: str) -> None:
        self._mark(paragraph, "begin")
        text = OxmlElement("w:instrText")
        text.set(qn("xml:space"), "preserve")
        text.text = f" {code} "
        paragraph.add_run()._r.append(text)
        self._mark(paragraph, "separate")

    def _mark(self, paragraph: Paragraph, kind: str) -> None:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "begin":
            mark.set(qn("w:dirty"), "true")
        paragraph.add_run()._r.append(mark)

    def section(self, section: Section, level: int) -> None:
        heading = self.word.add_heading(section.title, level)
        first = section is self.document.sections[0]
        chapter = level == 1 and any(below.sections for below in section.sections)
        heading.paragraph_format.page_break_before = first or chapter
        self._bookmark(heading, section.id)
        for content in section.content:
            self.content(content)
        for below in section.sections:
            self.section(below, min(level + 1, 9))

    def content(self, content: Content) -> None:
        match content:
            case Prose():
                for part in paragraphs(content.text):
                    self._inline(self.word.add_paragraph(), part)
                if content.author:
                    self._small(content.author)
            case Statements():
                self.statements(content)
            case ListOf():
                if content.label:
                    self._small(content.label).paragraph_format.keep_with_next = True
                for item in content.items:
                    self.word.add_paragraph(item, style="List Bullet")
            case Notice():
                self._inline(self.word.add_paragraph(style="Notice"), content.text)
            case Table():
                self.table(content)
            case Figure():
                self.figure(content)

    def statements(self, statements: Statements) -> None:
        if statements.as_list:
            for item in statements.items:
                self._statement(self.word.add_paragraph(style="List Bullet"), item)
            return
        paragraph = self.word.add_paragraph()
        for place, item in enumerate(statements.items):
            if place:
                paragraph.add_run(" ")
            self._statement(paragraph, item)

    def _statement(self, paragraph: Paragraph, statement: Statement) -> None:
        self._inline(paragraph, statement.text)
        if statement.n is None:
            return
        base = f"(n{NO_BREAK}={NO_BREAK}{statement.n})"
        paragraph.add_run(" ")
        if statement.target in self.numbers.anchors:
            self._link(paragraph, base, statement.target)
        else:
            paragraph.add_run(base)

    def table(self, table: Table) -> None:
        _ = self.gettext
        caption = self._caption(_("Table"), self.numbers.tables[table.id], table.title)
        self._bookmark(caption, table.id)
        sheet = self.word.add_table(rows=0, cols=len(table.columns))
        sheet.alignment = WD_TABLE_ALIGNMENT.LEFT
        sheet.style = "Table Grid"
        sheet.autofit = False
        _lines(sheet)
        widths = _widths(table)
        for column, width in zip(sheet.columns, widths, strict=True):
            column.width = Twips(width)
        heads = [column.title for column in table.columns]
        sheet._tbl.append(_row(heads, table, widths, head=True))
        for row in table.rows:
            sheet._tbl.append(_row(row, table, widths, head=False))
        self._notes(table.note, table.source)

    def figure(self, figure: Figure) -> None:
        _ = self.gettext
        caption = self._caption(_("Figure"), self.numbers.figures[figure.id], figure.title)
        self._bookmark(caption, figure.id)
        wide = min(WIDTH.pt, size(svg(figure.spec))[0] * 0.86)
        picture = self.word.add_picture(io.BytesIO(png(figure.spec, RESOLUTION)), width=Pt(wide))
        about = picture._inline.docPr
        about.set("descr", figure.alt)
        about.set("title", figure.title)
        self.table(figure.table)

    def _caption(self, word: str, number: int, title: str) -> Paragraph:
        caption = self.word.add_paragraph(style="Caption")
        caption.add_run(f"{word} ")
        _field(caption, f"SEQ {word} \\* ARABIC", str(number))
        caption.add_run(f". {title}")
        return caption

    def _notes(self, note: str, source: str) -> None:
        _ = self.gettext
        if note:
            self._small(note)
        if source:
            self._small(_("Source: {source}").format(source=source))

    def _small(self, text: str) -> Paragraph:
        return self.word.add_paragraph(text, style="Source")

    def _inline(self, paragraph: Paragraph, text: str) -> None:
        for run in runs(text):
            if run.anchor in self.numbers.anchors:
                self._link(paragraph, run.text, run.anchor)
            else:
                paragraph.add_run(run.text).italic = run.emphasis or None

    def _link(self, paragraph: Paragraph, text: str, anchor: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(anchor))
        run = paragraph.add_run(text)
        run.font.color.rgb = _rgb(palette.ACCENT)
        link.append(run._r)
        paragraph._p.append(link)

    def _bookmark(self, paragraph: Paragraph, anchor: str) -> None:
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), _name(anchor))
        paragraph._p.append(start)
        paragraph._p.append(end)


def _headings(sections: Sequence[Section], level: int = 1) -> list[tuple[Section, int]]:
    lines: list[tuple[Section, int]] = []
    for section in sections:
        lines.append((section, level))
        lines += _headings(section.sections, level + 1) if level < 2 else []
    return lines


def _name(anchor: str) -> str:
    """A bookmark's name: a letter first, no hyphens or dots, at most 40 letters."""
    return "_" + anchor.replace("-", "_").replace(".", "_")[-38:]


def _lines(sheet) -> None:  # type: ignore[no-untyped-def]
    """Thin lines between rows only."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = side in ("top", "bottom", "insideH")
        line.set(qn("w:val"), "single" if shown else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), palette.LINE.removeprefix("#"))
        borders.append(line)
    later = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    sheet._tbl.tblPr.insert_element_before(borders, *later)


def _widths(table: Table) -> list[int]:
    """The widths of the columns in twentieths of a point, by what they hold."""
    letters = [
        min(max(len(word) for word in (*_words(table, place), "-" * 6)) + 1, 42)
        if column.align == "text"
        else max(len(word) for word in _words(table, place)) + 3
        for place, column in enumerate(table.columns)
    ]
    return [int(WIDTH.twips * share / sum(letters)) for share in letters]


def _words(table: Table, place: int) -> list[str]:
    """What a column must have room for: its cells, and the words of its heading."""
    return [*(row[place] for row in table.rows), *table.columns[place].title.split(), "n"]


def _row(
    cells: Sequence[str], table: Table, widths: Sequence[int], *, head: bool
) -> BaseOxmlElement:
    """A row as XML, made at once: cell by cell through the library takes ten times as long."""
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{"TableHead" if head else "TableText"}"/>'
        f"{_RIGHT if column.align == 'number' else ''}</w:pPr>"
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for text, width, column in zip(cells, widths, table.columns, strict=True)
    ]
    kind = "<w:cantSplit/>" + ('<w:tblHeader w:val="true"/>' if head else "")
    row: BaseOxmlElement = parse_xml(
        f"<w:tr {nsdecls('w')}><w:trPr>{kind}</w:trPr>{''.join(made)}</w:tr>"
    )
    return row


_RIGHT = '<w:jc w:val="right"/>'
