"""Lines of a text as people wrote or extracted it: torn lines mended, page furniture left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_PAGE_NUMBER = re.compile(
    r"^(?:(?:sida|side|page|s\.|p\.)\s*)?\d{1,4}(?:\s*[(/]\s*\d{1,4}\)?)?$", re.I
)
_TAB_TORN = re.compile(r"\t *$")
_TORN_START = re.compile(r"^ ?\u00a0 *")
_HYPHEN = re.compile(r"(\w)-$")
_JOINING = ("och", "eller", "samt", "resp", "og", "eller", "and", "or")


@dataclass(frozen=True)
class Line:
    """A line of text and where it stands: its number, or a paragraph's place in a document."""

    text: str
    number: int
    starts_page: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def lines_of(source: str) -> tuple[Line, ...]:
    """The lines of a raw text, counted from 1.

    A cell that extraction tore apart (a tab, then a line that begins with a no-break space) is put
    together. A form feed, or one blank before the first word as extraction leaves it, starts a
    page. Page numbers, and a running head in capitals beside one, are left out.
    """
    raw = source.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "")
    lines: list[Line] = []
    for number, text in enumerate(raw.split("\n"), 1):
        if lines and _TAB_TORN.search(lines[-1].text) and _TORN_START.match(text):
            whole = lines[-1].text.rstrip() + " " + _TORN_START.sub("", text)
            lines[-1] = replace(lines[-1], text=whole)
            continue
        page = text.startswith("\f") or re.match(r" [^\s(\u00a0]", text) is not None
        lines.append(Line(text.replace("\f", ""), number, page))
    return tuple(_without_furniture(lines))


def joined(lines: Iterable[str]) -> str:
    """Lines of one paragraph as one text; a word parted at the end of a line is put together.

    >>> joined(["andra FoU-", "aktörer och kompetens-", "utveckling (n=27-", "33)"])
    'andra FoU-aktörer och kompetensutveckling (n=27-33)'
    """
    text = ""
    for line in lines:
        more = " ".join(line.split(" ")).strip(" \t\n")
        if not text or not more:
            text = text or more
        elif (parted := _HYPHEN.search(text)) and more.split()[0].lower() not in _JOINING:
            last = parted[1]
            syllables = last.islower() and more[0].islower() and not _capital_word(text)
            text = (text[:-1] if syllables else text) + more
        else:
            text = f"{text} {more}"
    return re.sub(r"[ \t]{2,}", " ", text.replace("\t", " "))


def _capital_word(text: str) -> bool:
    word = text.rsplit(maxsplit=1)[-1]
    return sum(c.isupper() for c in word) > 1


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    number = [bool(_PAGE_NUMBER.match(line.text.strip())) for line in lines]
    for at, line in enumerate(lines):
        if number[at] and _alone(lines, at):
            continue
        near = any(number[i] for i in range(max(0, at - 1), min(len(lines), at + 2)) if i != at)
        words = line.text.strip()
        if near and _is_running_head(words):
            continue
        yield line


def _is_running_head(text: str) -> bool:
    words = text.strip()
    return words.isupper() and len(words) > 12


def _alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a number stands as page numbers do: under an empty line, or beside a running head."""
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    heads = [n for n in (before, after) if n is not None and n.text.strip().isupper()]
    clear = [n for n in (before, after) if n is None or n.blank]
    if any(_is_running_head(head.text) for head in heads):
        return True
    return bool(heads and clear) or (len(clear) == 2 and lines[at].starts_page)
