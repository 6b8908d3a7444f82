"""A Word document as blocks, with the runs of each paragraph for those who mark its text."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from klustermotor.formats.errors import fail
from klustermotor.formats.report_text.blocks import (
    Block,
    Kind,
    is_caption,
    is_chart_caption,
    is_heading,
    is_legend,
)
from klustermotor.formats.report_text.grids import Grid, grid_of
from klustermotor.formats.report_text.lines import Line
from klustermotor.formats.report_text.raw_tables import raw_table, starts_table

Element = Any
"""An element of the document's XML; python-docx types them by tag only."""

_PLACED = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT = qn("w:t")
_RUN, _PARAGRAPH, _TABLE = qn("w:r"), qn("w:p"), qn("w:tbl")
_HIDDEN = (qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"))
_HEADINGS = ("heading", "title", "subtitle", "toc", "header", "footer")
_NOTES = ("source", "table note", "footnote", "endnote", "källa", "tabellnot", "kilde")
"""Styles of what stands under a table: where its figures are from and how they were asked for."""


def open_docx(path: Path) -> Document:
    """The document in a .docx file. Raises InputError when it is none."""
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise fail("unreadable_file", path.name, reason="no .docx") from error


def story(document: Document) -> tuple[Element, ...]:
    """Paragraphs and tables of the body in reading order, those in content controls too."""
    return tuple(_story(document.element.body))


def _story(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag == qn("w:sdt") and (inner := child.find(qn("w:sdtContent"))) is not None:
            yield from _story(inner)


def runs_of(paragraph: Element) -> list[tuple[Element, str]]:
    """The visible runs of a paragraph with their text: inserted ones too, deleted ones not."""
    return [
        (run, text)
        for run in paragraph.iter(_RUN)
        if not _hidden(run, paragraph) and (text := text_of_run(run))
    ]


def text_of(paragraph: Element) -> str:
    """The visible text of a paragraph."""
    return "".join(text for _run, text in runs_of(paragraph))


def text_of_run(run: Element) -> str:
    """The text of a run, a tab or line break as one character each."""
    return "".join(
        (child.text or "") if child.tag == _TEXT else _PLACED.get(child.tag, "") for child in run
    )


def _hidden(run: Element, paragraph: Element) -> bool:
    above = run.getparent()
    while above is not None and above is not paragraph:
        if above.tag in _HIDDEN:
            return True
        above = above.getparent()
    return False


def blocks_of_docx(document: Document) -> tuple[Block, ...]:
    """The blocks of a document; `place` is the place in its `story`.

    The rows of a Word table are placed by their number in it; those of a table that is typed as
    paragraphs, by the paragraph.
    """
    elements = story(document)
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    texts = ["" if e.tag == _TABLE else text_of(e) for e in elements]
    blocks: list[Block] = []
    at, caption = 0, ""
    while at < len(elements):
        element, text, start = elements[at], texts[at], at
        at += 1
        if element.tag == _TABLE:
            rows = rows_of(element)
            below = texts[at] if at < len(texts) else ""
            if not caption and is_caption(below) and not is_chart_caption(below):
                caption = below
            blocks.append(Block("table", "", start, grid_of(rows, caption, range(len(rows)))))
            caption = ""
            continue
        if not text.strip():
            continue
        kind = _kind(element, text, styles)
        caption = text if kind == "caption" and not is_chart_caption(text) else ""
        typed = None
        if caption or kind != "caption":
            typed, after = _typed_table(elements, texts, at if caption else start, caption)
        if typed is not None:
            if caption:
                blocks.append(Block("caption", text, start))
            blocks.append(Block("table", "", start, typed))
            at, caption = after, ""
            continue
        level = _level(element, styles) if kind == "heading" else 0
        blocks.append(Block(kind, text, start, level=level))
    return tuple(blocks)


def rows_of(table: Element) -> list[list[str]]:
    """The text of a table's cells; a cell that spans columns or rows gives its text to each."""
    rows: list[list[str]] = []
    for row in table.iterchildren(qn("w:tr")):
        texts: list[str] = []
        for cell in row.iterchildren(qn("w:tc")):
            goes_on = cell.vMerge == "continue" and rows and len(rows[-1]) > len(texts)
            own = "\n".join(text_of(p) for p in cell.iterchildren(_PARAGRAPH))
            texts += [rows[-1][len(texts)] if goes_on else own] * cell.grid_span
        rows.append(texts)
    return rows


def _kind(paragraph: Element, text: str, styles: dict[str, str]) -> Kind:
    style = styles.get(paragraph.style or "", "")
    if style.startswith(_HEADINGS):
        return "heading"
    if style.startswith("caption") or is_caption(text):
        return "caption"
    if is_legend(text) or style.startswith(_NOTES):
        return "legend"
    if "list" in style or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
        return "item"
    return "heading" if is_heading(text) else "prose"


def _level(paragraph: Element, styles: dict[str, str]) -> int:
    """The level of a heading by its style: 2 of ``Heading 2``."""
    found = re.fullmatch(r"heading (\d)", styles.get(paragraph.style or "", ""))
    return int(found[1]) if found else 0


def _typed_table(
    elements: Sequence[Element], texts: Sequence[str], at: int, caption: str
) -> tuple[Grid | None, int]:
    """A table typed as paragraphs from `at` on, and the paragraph after it."""
    end = next((i for i in range(at, len(elements)) if elements[i].tag == _TABLE), len(elements))
    lines = [Line(texts[i].replace("\n", " "), i) for i in range(at, min(end, at + 200))]
    if not lines or not (caption or starts_table(lines, 0)):
        return None, at
    found = raw_table(lines, 0, caption)
    return (found.grid, at + found.after) if found else (None, at)
