"""A raw or markdown text as blocks: headings, prose, list items, captions and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from klustermotor.formats.report_text.grids import CAPTION, Grid, N, grid_of
from klustermotor.formats.report_text.lines import Line, joined
from klustermotor.formats.report_text.raw_tables import raw_table, starts_table

Kind = Literal["heading", "prose", "item", "caption", "table", "legend"]

MOST_CAPTION_LINES = 4
HEADING_LENGTH = 100

_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*+-]|\d{1,2}[.)])\s+")
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖÆØ]")
_CHART = re.compile(r"^\W*(?:diagram|figur|figure|fig\.|chart)", re.IGNORECASE)
_LEGEND = re.compile(r"^\s*\d\s*=\s*\w[^=]*,\s*\d\s*=")
_ENDS = re.compile(r"[.!?:;…][\"”’»)\]]*\s*$")
_QUANTITY = re.compile(r"\d\s*(?:%|procent|prosent|per ?cent|av|of)\b|\d\s*%|^\D*\d+\s+[a-zåäöæø]")
_MARKED_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True)
class Block:
    """A piece of a text. `place` is its first line, or its paragraph or table in a .docx; `level`
    that of a heading, 1 the highest, 0 where the text does not tell.
    """

    kind: Kind
    text: str
    place: int
    grid: Grid | None = None
    level: int = 0


def blocks_of(lines: Sequence[Line], *, markdown: bool = False) -> tuple[Block, ...]:
    """The blocks of a text in reading order; wrapped and page-broken paragraphs are whole."""
    return tuple(_mended(list(_blocks(lines, markdown))))


def is_caption(text: str) -> bool:
    """Whether a line begins a caption (``Tabell 3: …``), and not a sentence about a table."""
    found = CAPTION.match(text)
    if found is None:
        return False
    title = found["title"].lstrip("*_ ")
    return not title or bool(found["mark"]) or title[:1].isupper() or bool(N.match(title))


def is_chart_caption(text: str) -> bool:
    """Whether a caption is that of a chart, which no table follows."""
    return _CHART.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether a line on its own is a heading: short, no full stop, and no figure claimed in it."""
    plain = text.strip()
    if not plain or len(plain) > HEADING_LENGTH or _ENDS.search(plain) or plain[0].islower():
        return False
    return not _QUANTITY.search(re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", plain))


def is_legend(text: str) -> bool:
    """Whether a line explains a scale: ``1 = not at all, 2 = …``."""
    return _LEGEND.match(text) is not None


def _blocks(lines: Sequence[Line], markdown: bool) -> Iterator[Block]:
    at, caption = 0, ""
    while at < len(lines):
        line = lines[at]
        if line.blank:
            at += 1
            continue
        if markdown and line.text.lstrip().startswith(("```", "~~~")):
            at = _after_fence(lines, at)
            continue
        if _pipes_at(lines, at):
            grid, after = _pipe_table(lines, at, caption, markdown)
            yield Block("table", "", line.number, grid)
            at, caption = after, ""
            continue
        if is_caption(_plain(line.text, markdown)):
            caption, at = _caption(lines, at, markdown)
            yield Block("caption", caption, line.number)
            if is_chart_caption(caption):
                caption = ""
            elif found := raw_table(lines, at, caption):
                yield Block("table", "", line.number, found.grid)
                at, caption = found.after, ""
            continue
        if starts_table(lines, at) and (found := raw_table(lines, at, caption)):
            yield Block("table", "", line.number, found.grid)
            at, caption = found.after, ""
            continue
        yield from _paragraph(lines, at, after := _end_of_paragraph(lines, at, markdown), markdown)
        at = after


def _end_of_paragraph(lines: Sequence[Line], at: int, markdown: bool) -> int:
    after = at + 1
    if markdown and _MARKED_HEADING.match(lines[at].text):
        return after
    while after < len(lines) and not lines[after].blank:
        text = lines[after].text
        ended = _ENDS.search(lines[after - 1].text) or is_heading(lines[after - 1].text)
        new_page = lines[after].starts_page and text.strip()[:1].isupper() and ended
        if new_page or is_caption(text) or _BULLET.match(text) or _pipes_at(lines, after):
            break
        if (markdown and _MARKED_HEADING.match(text)) or is_legend(text):
            break
        after += 1
    return after


def _paragraph(lines: Sequence[Line], at: int, after: int, markdown: bool) -> Iterator[Block]:
    """A paragraph, with the heading that stands right above it as a block of its own."""
    texts = [line.text for line in lines[at:after]]
    number = lines[at].number
    if markdown and (marked := _MARKED_HEADING.match(texts[0])):
        words, level = _plain(marked["words"], markdown), len(marked["marks"])
        yield Block("heading", words, number, level=level)
        return
    if is_legend(texts[0]):
        yield Block("legend", joined(texts), number)
        return
    if len(texts) == 1 and _NUMBERED.match(texts[0]) and texts[0].isupper():
        yield Block("heading", _plain(joined(texts), markdown), number)
        return
    if bullet := _BULLET.match(texts[0]):
        texts[0] = texts[0][bullet.end() :]
        yield Block("item", _plain(joined(texts), markdown), number)
        return
    if len(texts) > 1 and is_heading(texts[0]) and _set_above(texts):
        yield Block("heading", _plain(joined(texts[:1]), markdown), number)
        texts, number = texts[1:], lines[at + 1].number
    text = _plain(joined(texts), markdown)
    yield Block("heading" if is_heading(text) else "prose", text, number)


def _set_above(texts: Sequence[str]) -> bool:
    """Whether the first line is too short to have been wrapped there."""
    first, second = texts[0].strip(), texts[1].strip()
    widest = max(len(text.strip()) for text in texts)
    return second[:1].isupper() and len(first) + len(second.split()[0]) < 0.8 * widest


def _caption(lines: Sequence[Line], at: int, markdown: bool) -> tuple[str, int]:
    """A caption and the line after it; it ends at an empty line, headings or a row of figures."""
    after = at + 1
    while (
        after < min(len(lines), at + MOST_CAPTION_LINES)
        and not lines[after].blank
        and not starts_table(lines, after)
        and not _pipes_at(lines, after)
        and not re.search(r"\d\s*%\s*$", lines[after].text)
        and not is_legend(lines[after].text)
        and not (markdown and _ENDS.search(lines[after - 1].text))
    ):
        after += 1
    return _plain(joined(line.text for line in lines[at:after]), markdown), after


def _pipes_at(lines: Sequence[Line], at: int) -> bool:
    return (
        at + 1 < len(lines)
        and "|" in lines[at].text
        and "|" in lines[at + 1].text
        and _PIPE_RULE.match(lines[at + 1].text) is not None
    )


def _pipe_table(lines: Sequence[Line], at: int, caption: str, markdown: bool) -> tuple[Grid, int]:
    rows, places, after = [_pipe_cells(lines[at].text, markdown)], [lines[at].number], at + 2
    while after < len(lines) and "|" in lines[after].text and not lines[after].blank:
        rows.append(_pipe_cells(lines[after].text, markdown)[: len(rows[0])])
        places.append(lines[after].number)
        after += 1
    below = next((line for line in lines[after:] if not line.blank), None)
    if not caption and below is not None and is_caption(_plain(below.text, markdown)):
        caption = _plain(below.text, markdown)
    return grid_of(rows, caption, places), after


def _pipe_cells(text: str, markdown: bool) -> list[str]:
    inner = text.strip().removeprefix("|").removesuffix("|")
    cells = re.split(r"(?<!\\)\|", inner)
    return [_plain(cell.replace("\\|", "|"), markdown).strip() for cell in cells]


def _after_fence(lines: Sequence[Line], at: int) -> int:
    mark = lines[at].text.lstrip()[:3]
    for after in range(at + 1, len(lines)):
        if lines[after].text.lstrip().startswith(mark):
            return after + 1
    return len(lines)


def _plain(text: str, markdown: bool) -> str:
    if not markdown:
        return text
    return _EMPHASIS.sub(lambda m: m[2] or m[4], _LINK.sub(r"\1", text))


def _mended(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs that a page break or a torn line parted, put together."""
    held: Block | None = None
    for block in blocks:
        if held is not None and block.kind == "prose" and _goes_on(held, block):
            held = replace(held, text=joined([held.text, block.text]))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _goes_on(before: Block, block: Block) -> bool:
    unfinished = before.kind in ("prose", "item") and not _ENDS.search(before.text)
    return unfinished and (
        block.text[:1].islower() or before.text.count("(") > before.text.count(")")
    )
