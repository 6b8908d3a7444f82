"""A document as HTML: a page that stands alone, and fragments for pages of the web.

Everything that a document says is escaped; nothing is loaded from elsewhere.
"""

import re
from functools import cache
from html import escape
from pathlib import Path

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

_NO_NUMBERS = Numbering({}, {}, {})


@cache
def style() -> str:
    """The style sheet of the fragments and the page, with the colours of the palette filled in."""
    css = (Path(__file__).parent / "html.css").read_text(encoding="utf-8")
    light = "".join(f"--r-{name}:{colour};" for name, colour in _colours().items())
    dark = "".join(f"--r-{name}:{palette.DARK.get(c, c)};" for name, c in _colours().items())
    drawn = "".join(
        f".report-figure svg [{part}='{colour}']{{{part}:var(--r-{name})}}"
        for name, colour in _colours().items()
        for part in ("fill", "stroke")
    )
    return css.replace("/*light*/", light).replace("/*dark*/", dark) + drawn


def _colours() -> dict[str, str]:
    named = ("PAPER", "SHADE", "LINE", "MUTED", "INK", "ACCENT", "ACCENT_SOFT", "SIGNAL")
    colours = {name.lower().replace("_", "-"): getattr(palette, name) for name in named}
    series = {f"series-{place}": colour for place, colour in enumerate(palette.SERIES, 1)}
    return colours | {name: c for name, c in series.items() if c not in colours.values()}


def page(document: Document) -> str:
    """The whole document as one HTML page without any outer file."""
    numbers = numbering(document)
    _ = translator(document.language).gettext
    skip, contents = _("Skip to the text"), _("Contents")
    author = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in document.facts)
    subtitle = f"<p class='report-subtitle'>{escape(document.subtitle)}</p>"
    sections = "".join(
        _section(section, document.language, numbers, 2) for section in document.sections
    )
    date = f"<p class='report-date'>{escape(document.date)}</p>" if document.date else ""
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="keywords" content="{escape(", ".join(document.keywords))}">\n'
        f"<style>{style()}</style>\n</head>\n<body class='report'>\n"
        f"<a class='report-skip' href='#{escape(_first(document))}'>{skip}</a>\n"
        f"<header class='report-cover'><h1>{escape(document.title)}</h1>"
        f"{subtitle if document.subtitle else ''}{date}"
        f"{f'<dl>{author}</dl>' if author else ''}</header>\n"
        f"<nav class='report-contents' aria-label='{contents}'><h2>{contents}</h2>"
        f"{_contents(document.sections, numbers)}</nav>\n"
        f"<main>\n{sections}</main>\n</body>\n</html>\n"
    )


def fragment(content: Content, language: str) -> str:
    """One piece of content for a page of the web: no number, links within the page only."""
    return _content(content, language, None)


def _first(document: Document) -> str:
    return document.sections[0].id if document.sections else ""


def _contents(sections: tuple[Section, ...], numbers: Numbering, depth: int = 2) -> str:
    if not sections or not depth:
        return ""
    items = "".join(
        f"<li><a href='#{escape(s.id)}'><span>{numbers.sections[s.id]}</span> {escape(s.title)}</a>"
        f"{_contents(s.sections, numbers, depth - 1)}</li>"
        for s in sections
    )
    return f"<ol>{items}</ol>"


def _section(section: Section, language: str, numbers: Numbering, level: int) -> str:
    inner = "".join(_content(content, language, numbers) for content in section.content)
    below = "".join(_section(s, language, numbers, level + 1) for s in section.sections)
    heading = f"h{min(level, 6)}"
    return (
        f"<section id='{escape(section.id)}'><{heading}>"
        f"<span class='report-number'>{numbers.sections[section.id]}</span> {escape(section.title)}"
        f"</{heading}>\n{inner}{below}</section>\n"
    )


def _content(content: Content, language: str, numbers: Numbering | None) -> str:
    match content:
        case Prose():
            return _prose(content, numbers)
        case Statements():
            return _statements(content, numbers)
        case ListOf():
            return _list(content)
        case Notice():
            return (
                f"<p class='report-notice report-{content.kind}' role='note'>"
                f"{_inline(content.text, numbers)}</p>\n"
            )
        case Table():
            return _table(content, language, numbers or _NO_NUMBERS)
        case Figure():
            return _figure(content, language, numbers or _NO_NUMBERS)


def _inline(text: str, numbers: Numbering | None) -> str:
    return "".join(_run(run.text, run.emphasis, run.anchor, numbers) for run in runs(text))


def _run(text: str, emphasis: bool, anchor: str, numbers: Numbering | None) -> str:
    words = escape(text)
    if emphasis:
        return f"<em>{words}</em>"
    if anchor and (numbers is None or anchor in numbers.anchors):
        return f"<a href='#{escape(anchor)}'>{words}</a>"
    return words


def _prose(prose: Prose, numbers: Numbering | None) -> str:
    text = "".join(f"<p>{_inline(part, numbers)}</p>" for part in paragraphs(prose.text))
    by = f"<p class='report-author'>{escape(prose.author)}</p>" if prose.author else ""
    return f"<div class='report-prose'>{text}{by}</div>\n"


def _statements(statements: Statements, numbers: Numbering | None) -> str:
    said = [_statement(item, numbers) for item in statements.items]
    if statements.as_list:
        return f"<ul class='report-statements'>{''.join(f'<li>{one}</li>' for one in said)}</ul>\n"
    return f"<p class='report-statements'>{' '.join(said)}</p>\n"


def _statement(statement: Statement, numbers: Numbering | None) -> str:
    claim = f" data-claim='{escape(statement.claim_id)}'" if statement.claim_id else ""
    base = ""
    if statement.n is not None:
        base = f"n{NO_BREAK}={NO_BREAK}{statement.n}"
        target = statement.target
        if target and (numbers is None or target in numbers.anchors):
            base = f"<a href='#{escape(target)}'>{base}</a>"
        base = f" <span class='report-n'>({base})</span>"
    return f"<span{claim}>{_inline(statement.text, numbers)}{base}</span>"


def _list(content: ListOf) -> str:
    label = f"<p class='report-label'>{escape(content.label)}</p>" if content.label else ""
    items = "".join(f"<li>{escape(item)}</li>" for item in content.items)
    return f"<div class='report-list'>{label}<ul>{items}</ul></div>\n"


def _table(table: Table, language: str, numbers: Numbering) -> str:
    _ = translator(language).gettext
    number = numbers.tables.get(table.id)
    word = _("Table")
    numbered = f"<b>{word} {number}.</b> " if number else ""
    head = "".join(
        f"<th scope='col' class='{column.align}'>{escape(column.title)}</th>"
        for column in table.columns
    )
    body = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    return (
        f"<div class='report-table' id='{escape(table.id)}'>"
        f"<div class='report-scroll' role='group' tabindex='0' aria-label='{escape(table.title)}'>"
        f"<table><caption>{numbered}{escape(table.title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{_notes(table.note, table.source, language)}</div>\n"
    )


def _cells(row: tuple[str, ...], table: Table) -> str:
    return "".join(
        f"<th scope='row'>{escape(cell)}</th>"
        if place < table.head_columns
        else f"<td class='{column.align}'>{escape(cell)}</td>"
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
    )


def _figure(figure: Figure, language: str, numbers: Numbering) -> str:
    _ = translator(language).gettext
    number = numbers.figures.get(figure.id)
    word, show = _("Figure"), _("Show the figures as a table")
    numbered = f"<b>{word} {number}.</b> " if number else ""
    return (
        f"<figure class='report-figure' id='{escape(figure.id)}'>"
        f"<figcaption>{numbered}{escape(figure.title)}</figcaption>"
        f"<div class='report-chart'>{_drawing(figure)}</div>"
        f"{_notes(figure.note, figure.source, language)}"
        f"<details><summary>{show}</summary>"
        f"{_table(figure.table, language, numbers)}</details></figure>\n"
    )


def _notes(note: str, source: str, language: str) -> str:
    _ = translator(language).gettext
    lines = ([escape(note)] if note else []) + (
        [_("Source: {source}").format(source=escape(source))] if source else []
    )
    return f"<p class='report-note'>{'<br>'.join(lines)}</p>" if lines else ""


def _drawing(figure: Figure) -> str:
    """The SVG inline, with title and description, and ids of its own."""
    drawn = svg(figure.spec)
    width, height = size(drawn)
    own = escape(figure.id)
    inner = drawn[drawn.index(">") + 1 :]
    inner = re.sub(r"\b(id=\")|(url\(#)", lambda m: f"{m[0]}{own}-", inner)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' viewBox='0 0 {width:g} {height:g}' "
        f"aria-labelledby='{own}-title {own}-desc' width='{width * 1.25:g}'>"
        f"<title id='{own}-title'>{escape(figure.title)}</title>"
        f"<desc id='{own}-desc'>{escape(figure.alt)}</desc>{inner}"
    )
