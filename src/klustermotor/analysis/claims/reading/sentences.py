"""Report text as sentences, each with its headings and its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SPACES = {ord(c): " " for c in "\n\r\t\f\v\u00a0\u2007\u2009\u202f"}
_BLOCK = re.compile(r"\S[\s\S]*?(?=\n[ \t\f\r]*\n|\Z)")
_BULLET = re.compile(r"^[ \t]*(?:[•\-*–]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_ENDS = re.compile(r"[.!?…][”»\"')\]]*(?=\s+[\"”«“(]?[A-ZÅÄÖÆØÉ0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:t\.ex|t ex|bl\.a|dvs|etc|ca|nr|kl|f\.eks|bl\.a|e\.g|i\.e|osv|o\.s\.v|s\.k|m\.m|"
    r"m\.fl|resp|inkl|exkl|jfr|jf|No|vs|mill|approx|pga|mfl|mm|fig|tab|St)|\b[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s*$")
_CAPTION = re.compile(r"^\W*(?:tabell?|table|diagram|figure?|figur)\.?\s+\w*\d", re.IGNORECASE)
_CAPTION_LINE = re.compile(
    r"^[ \t\f]*(?:tabell?|table|diagram|figure?|figur)\s+\d+\s*:", re.IGNORECASE | re.MULTILINE
)
_LEGEND = re.compile(r"\b1\s*=\s*\w+.*\b2\s*=")
_PERCENT_ROW = re.compile(r"(?:\d+(?:[.,]\d+)?\s*%\s*){2,}|(?:\s[-–\d]+(?:[.,]\d+)?){3,}\s*$")
_QUOTED = re.compile(r"^[”«“\"](?P<inside>[^”»“«\"]+)[”»\"][.,]?$")
_WORDS = re.compile(r"[^\W\d_]+")
_FEW = 12
_NARROW = 0.7


@dataclass(frozen=True)
class Sentence:
    """One sentence. `text` is as long as in the document, with every white space as a blank."""

    text: str
    start: int
    paragraph: int
    headings: tuple[str, ...]
    """The headings and captions above, the nearest last."""

    @property
    def shown(self) -> str:
        """The sentence with single spaces."""
        return re.sub(r"\s+", " ", self.text).strip()


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of running text; tables, captions, legends, headings and quotations are left
    out.

    Captions and headings are kept as context of the sentences that follow.
    """
    flat = text.translate(_SPACES)
    headings: list[str] = []
    for paragraph, (start, end) in enumerate(_blocks(text)):
        block = flat[start:end]
        if _is_heading(block):
            headings = [*headings[-3:], block.strip().lstrip("# ")]
            continue
        if _is_table(text[start:end]) or _is_quotation(block):
            continue
        for first, last in _split(text, start, end):
            if _WORDS.search(flat[first:last]):
                yield Sentence(flat[first:last], first, paragraph, tuple(headings))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    for match in _BLOCK.finditer(text):
        start, end = match.span()
        captions = [start + m.start() for m in _CAPTION_LINE.finditer(match[0]) if m.start()]
        for first, last in pairwise([start, *captions, end]):
            for above, below in _without_rows(text, first, last):
                yield from _without_heading(text, above, below)


def _without_rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a block around the lines that are rows of a table."""
    at = first = start
    for line in text[start:end].splitlines(keepends=True):
        if _PERCENT_ROW.search(line) and not re.search(r"[.!?]\s*$", line):
            if text[first:at].strip():
                yield first, at
            first = at + len(line)
        at += len(line)
    if text[first:end].strip():
        yield first, end


def _without_heading(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A heading that stands right above its paragraph, then the paragraph."""
    first, _, rest = text[start:end].partition("\n")
    widest = max(map(len, rest.splitlines()), default=0)
    opens = re.match(r"\s*[A-ZÅÄÖÆØ•*\-]", rest) is not None
    narrow = len(first) < _NARROW * widest
    if rest and opens and narrow and _is_heading(first) and _ends_like_prose(rest):
        yield start, start + len(first)
        start += len(first) + 1
    yield start, end


def _ends_like_prose(text: str) -> bool:
    return re.search(r"[.!?:]\W*$", text.strip()) is not None


def _is_heading(block: str) -> bool:
    text = block.strip()
    if text.startswith("#") or _CAPTION.match(text):
        return True
    if _PERCENT_ROW.search(text) or "%" in text:
        return False
    words = _WORDS.findall(text)
    short = len(words) <= _FEW and not re.search(r"[.!?:;,…]\W*$", text)
    return short and not _BULLET.match(text) and bool(words)


def _is_quotation(block: str) -> bool:
    """Whether a paragraph or bullet is all in quotation marks: someone else's words."""
    return _QUOTED.match(_BULLET.sub("", block).strip()) is not None


def _is_table(block: str) -> bool:
    if _LEGEND.search(block.replace("\n", " ")) or block.lstrip().startswith("|"):
        return True
    lines = [line for line in block.splitlines() if line.strip()]
    rows = sum(bool(_PERCENT_ROW.search(line)) for line in lines)
    if _PERCENT_ROW.search(" ".join(block.split())) and not _ends_like_prose(block):
        return True
    return rows * 2 >= len(lines) or not _WORDS.search(block)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of sentences within a block; every bullet begins one."""
    cuts = [start, end]
    cuts += [start + m.start() for m in _BULLET.finditer(text[start:end])]
    for match in _ENDS.finditer(text, start, end):
        before = text[start : match.start() + 1]
        if not _ABBREVIATED.search(before[-12:]) and not _NUMBERED.match(before):
            cuts.append(match.end())
    marks = sorted(set(cuts))
    for first, last in pairwise(marks):
        piece = text[first:last]
        bullet = _BULLET.match(piece)
        lead = bullet.end() if bullet else len(piece) - len(piece.lstrip())
        if piece[lead:].strip():
            yield first + lead, first + len(piece.rstrip())
