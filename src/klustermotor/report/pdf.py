"""A document as PDF by Typst: tagged (PDF/UA-1), with bookmarks, contents and page numbers.

The document is handed over as data (JSON), so nothing in it can be read as Typst code. Only the
fonts within Typst are used and nothing is fetched: the same document gives the same bytes
everywhere.
"""

import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

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
from klustermotor.report.figures.svg import size, svg
from klustermotor.report.inline import paragraphs, runs
from klustermotor.report.language import NO_BREAK, translator
from klustermotor.report.numbering import Numbering, numbering

TEXT_WIDTH = 448.0
"""Points between the margins of an A4 page."""
ITEM_WIDTH = 115.0
"""Points that the items of a table need beside its numbers."""
SMALLEST = 0.8
"""How far type may shrink in a wide table: to 7 points."""
CHART_SCALE = 0.77
"""Points per unit of a chart, so that its type is little larger than that of the tables."""
REGIONS = {"sv": "SE", "nb": "NO", "en": "GB"}

Value = dict[str, object]


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "report.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. ValueError when its date is neither empty nor YYYY-MM-DD."""
    day = datetime.fromisoformat(document.date).replace(tzinfo=UTC) if document.date else None
    compiler = typst.Compiler(font_paths=_fonts())
    written = compiler.compile(
        _template(),
        format="pdf",
        sys_inputs={"document": json.dumps(_document(document, day), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=day or 0,
    )
    if not isinstance(written, bytes):
        raise TypeError("Typst gave no single file for a PDF")
    return written


def _document(document: Document, day: datetime | None) -> Value:
    numbers = numbering(document)
    _ = translator(document.language).gettext
    colours = {name: getattr(palette, name.upper()) for name in _COLOURS}
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "region": REGIONS[document.language],
        "keywords": list(document.keywords),
        "facts": [list(fact) for fact in document.facts],
        "day": document.date,
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "colours": colours,
        "words": {"table": _("Table"), "figure": _("Figure"), "contents": _("Contents")},
        "sections": [_section(s, document.language, numbers) for s in document.sections],
    }


_COLOURS = ("ink", "accent", "muted", "line", "shade", "signal")


def _section(section: Section, language: str, numbers: Numbering) -> Value:
    return {
        "id": section.id,
        "title": section.title,
        "content": [_content(content, language, numbers) for content in section.content],
        "sections": [_section(below, language, numbers) for below in section.sections],
    }


def _content(content: Content, language: str, numbers: Numbering) -> Value:
    match content:
        case Prose():
            parts = [_runs(part, numbers) for part in paragraphs(content.text)]
            return {"type": "prose", "paragraphs": parts, "author": content.author}
        case Statements():
            items = [_statement(item, numbers) for item in content.items]
            return {"type": "statements", "items": items, "as_list": content.as_list}
        case ListOf():
            return {"type": "answers", "items": list(content.items), "label": content.label}
        case Notice():
            return {"type": "notice", "runs": _runs(content.text, numbers), "kind": content.kind}
        case Table():
            return _table(content, language)
        case Figure():
            return _figure(content, language)


def _runs(text: str, numbers: Numbering) -> list[Value]:
    return [
        {
            "text": run.text,
            "emphasis": run.emphasis,
            "anchor": run.anchor if run.anchor in numbers.anchors else "",
        }
        for run in runs(text)
    ]


def _statement(statement: Statement, numbers: Numbering) -> Value:
    base = "" if statement.n is None else f"(n{NO_BREAK}={NO_BREAK}{statement.n})"
    target = statement.target if statement.target in numbers.anchors else ""
    return {"runs": _runs(statement.text, numbers), "base": base, "target": target}


def _table(table: Table, language: str) -> Value:
    """A table as data; type and columns shrink a little where items would have no room."""
    numbers = [_width(table, place) for place, c in enumerate(table.columns) if c.align == "number"]
    shrunk = max(min(1.0, (TEXT_WIDTH - ITEM_WIDTH) / max(sum(numbers), 1.0)), SMALLEST)
    return {
        "type": "table",
        "id": table.id,
        "title": table.title,
        "size": 8.8 * shrunk,
        "columns": [
            {
                "title": column.title,
                "align": column.align,
                "width": _width(table, place) * shrunk,
            }
            for place, column in enumerate(table.columns)
        ],
        "rows": [list(row) for row in table.rows],
        "notes": _notes(table.note, table.source, language),
    }


def _width(table: Table, place: int) -> float:
    """A text column's part of the room, by its longest cell; a number column's width in points,
    by its longest cell and the longest word of its heading, which may be hyphenated."""
    letters = max((len(row[place]) for row in table.rows), default=1)
    if table.columns[place].align == "text":
        return min(max(letters, 8), 48) / 10
    word = max(len(word) for word in re.split(r"[ \u2013]", table.columns[place].title))
    return max(letters * 4.4, min(word, 13) * 4.9) + 9


def _figure(figure: Figure, language: str) -> Value:
    """The drawing, and its table right below, whose notes are about both."""
    drawn = svg(figure.spec)
    return {
        "type": "figure",
        "id": figure.id,
        "title": figure.title,
        "alt": figure.alt,
        "svg": drawn.replace("sans-serif", "Libertinus Serif"),
        "width": min(size(drawn)[0] * CHART_SCALE, TEXT_WIDTH),
        "table": _table(figure.table, language),
    }


def _notes(note: str, source: str, language: str) -> list[str]:
    _ = translator(language).gettext
    return [note, _("Source: {source}").format(source=source) if source else ""]
