"""A proofread Word document: our comments at its faults, and what its readers answered to them.

Our comments carry our name as author. One is settled when it is marked done, or when a reply, a
comment on the same words or words added to ours say that it is meant so. Comments that someone
answered stay; the others follow the faults of the latest run, so that nothing is doubled.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.run import Run

from klustermotor.analysis.claims.cells import Fault
from klustermotor.formats.fault_words import WORDS, heading, proposal
from klustermotor.formats.report_text.blocks import Block
from klustermotor.formats.report_text.read import Spot
from klustermotor.formats.report_text.word import (
    Element,
    blocks_of_docx,
    open_docx,
    runs_of,
    story,
    text_of_run,
)

AUTHOR = "Klustermotor"
INITIALS = "KM"

_MEANT = re.compile(
    r"(?<!\w)(?<!inte )(?<!ej )(?<!ikke )(?<!not )"
    r"(?:avsiktlig|med avsikt|tilsiktet|tilsikta|med hensikt|intended|intentional)",
    re.IGNORECASE,
)
_PARA_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_START, _END = qn("w:commentRangeStart"), qn("w:commentRangeEnd")
_REFERENCE, _ID, _RUN = qn("w:commentReference"), qn("w:id"), qn("w:r")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SPLITTABLE = {qn(f"w:{name}") for name in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen")}

Placed = tuple[Fault, Spot | None]


@dataclass(frozen=True)
class _Comment:
    """A comment of ours: its words, the words it stands at, and how it was answered."""

    id: str
    text: str
    anchor: str
    answered: bool
    settled: bool

    def is_about(self, fault: Fault, anchor: str, language: str) -> bool:
        return heading(fault, language) in self.text and self.anchor == anchor


def settled_in(path: Path, placed: Sequence[Placed], language: str) -> tuple[Fault, ...]:
    """Those of the faults that a comment in the document answers as intended."""
    document = open_docx(path)
    ours = [comment for comment in _ours(document) if comment.settled]
    if not ours:
        return ()
    finder = _Finder(document)
    return tuple(
        fault
        for fault, spot in placed
        if any(comment.is_about(fault, finder.words(spot), language) for comment in ours)
    )


def write_comments(path: Path, placed: Sequence[Placed], language: str, out: Path) -> None:
    """Write the document at `path` to `out` with a comment of ours at each fault.

    Our comments that are about none of the faults any longer go, unless someone answered them.
    """
    document = open_docx(path)
    ours, finder = _ours(document), _Finder(document)
    anchors = [finder.words(spot) for _fault, spot in placed]
    said: set[str] = set()
    new: list[Placed] = []
    for (fault, spot), anchor in zip(placed, anchors, strict=True):
        same = (c for c in ours if c.id not in said and c.is_about(fault, anchor, language))
        if (comment := next(same, None)) is not None:
            said.add(comment.id)
        else:
            new.append((fault, spot))
    _remove(document, {c.id for c in ours if c.id not in said and not c.answered})
    # From the end, so that a run that is split does not move the places before it.
    for fault, spot in reversed(new):
        first, last = finder.runs(spot)
        runs = [Run(element, document.element.body) for element in (first, last)]
        document.add_comment(runs, _text(fault, language), AUTHOR, INITIALS)
    document.save(str(out))


def _text(fault: Fault, language: str) -> str:
    lines = (heading(fault, language), proposal(fault, language), WORDS[language]["hint"])
    return "\n".join(line for line in lines if line)


class _Finder:
    """Finds the runs of a place in a document."""

    def __init__(self, document: Document) -> None:
        self.elements = story(document)
        self.blocks: tuple[Block, ...] = blocks_of_docx(document)

    def words(self, spot: Spot | None) -> str:
        """The words that a comment at this place stands at."""
        paragraph, start, end = self._stretch(spot)
        text = "".join(text for _run, text in runs_of(paragraph))
        return " ".join((text[start:end] if end > start else text).split())

    def runs(self, spot: Spot | None) -> tuple[Element, Element]:
        """First and last run of a place; runs are split where it begins and ends inside them."""
        paragraph, start, end = self._stretch(spot)
        if end > start:
            _split(paragraph, end)
            _split(paragraph, start)
        inside, at = [], 0
        for run, text in runs_of(paragraph):
            if end <= start or (at < end and at + len(text) > start):
                inside.append(run)
            at += len(text)
        return inside[0], inside[-1]

    def _stretch(self, spot: Spot | None) -> tuple[Element, int, int]:
        """The paragraph of a place with first and last character; 0, 0 for all of it."""
        if spot is None:
            return self._first(), 0, 0
        block = self.blocks[spot.block]
        element = self.elements[block.place]
        if spot.row is None or block.grid is None:
            return element, spot.start, spot.end
        row = block.grid.rows[spot.row]
        if element.tag != qn("w:tbl"):
            return self.elements[row.place], 0, 0
        return self._in_table(element, row.place, len(row.values) - spot.column), 0, 0

    def _in_table(self, table: Element, row: int, from_right: int) -> Element:
        """The paragraph of a cell, its column counted from the right."""
        cells = list(list(table.iterchildren(qn("w:tr")))[row].iterchildren(qn("w:tc")))
        spread = [cell for cell in cells for _ in range(cell.grid_span)]
        written = [p for p in spread[-from_right].iterchildren(qn("w:p")) if runs_of(p)]
        return written[0] if written else self._first()

    def _first(self) -> Element:
        """Where a comment goes that has no place of its own."""
        return next(p for element in self.elements for p in _paragraphs(element) if runs_of(p))


def _paragraphs(element: Element) -> Iterator[Element]:
    yield from element.iter(qn("w:p"))


def _split(paragraph: Element, offset: int) -> None:
    """Part the run that holds the character at `offset`, so that a run begins there."""
    at = 0
    for run, text in runs_of(paragraph):
        if at < offset < at + len(text):
            if all(child.tag in _SPLITTABLE for child in run):
                _part(run, offset - at)
            return
        at += len(text)


def _part(run: Element, offset: int) -> None:
    right = copy.deepcopy(run)
    run.addnext(right)
    at = 0
    for left_child, right_child in list(zip(run, right, strict=True)):
        if left_child.tag == qn("w:rPr"):
            continue
        length = _length(left_child)
        if at + length <= offset:
            right.remove(right_child)
        elif at >= offset:
            run.remove(left_child)
        else:
            text = left_child.text or ""
            left_child.text, right_child.text = text[: offset - at], text[offset - at :]
            for child in (left_child, right_child):
                child.set(_SPACE, "preserve")
        at += length


def _length(child: Element) -> int:
    return len(child.text or "") if child.tag == qn("w:t") else 1


def _ours(document: Document) -> list[_Comment]:
    """Our comments in the document, with what was answered to them."""
    texts = {
        str(c.comment_id): (c.author, "\n".join(p.text for p in c.paragraphs), _para_ids(c))
        for c in document.comments
    }
    anchors = _anchors(document)
    done, parents = _threads(document)
    found = []
    for id_, (author, text, paragraphs) in texts.items():
        if author != AUTHOR:
            continue
        replies = [
            other_text
            for other, (other_author, other_text, other_paragraphs) in texts.items()
            if other != id_
            and other_author != AUTHOR
            and (
                any(parents.get(p) in paragraphs for p in other_paragraphs)
                or (id_ in anchors and anchors.get(other) == anchors[id_])
            )
        ]
        marked = any(paragraph in done for paragraph in paragraphs)
        settled = marked or any(_MEANT.search(said) for said in (_without_hints(text), *replies))
        anchor = anchors[id_][1] if id_ in anchors else ""
        found.append(_Comment(id_, text, anchor, bool(replies) or settled, settled))
    return found


def _without_hints(text: str) -> str:
    for words in WORDS.values():
        text = text.replace(words["hint"], " ")
    return text


def _para_ids(comment: Element) -> list[str]:
    return [p._p.get(_PARA_ID, "") for p in comment.paragraphs]


def _anchors(document: Document) -> dict[str, tuple[int, str]]:
    """For each comment, where its words begin (counted in runs of the body) and the words."""
    open_: dict[str, tuple[int, list[str]]] = {}
    found: dict[str, tuple[int, str]] = {}
    place = 0
    for element in document.element.body.iter(_START, _END, _RUN):
        if element.tag == _START:
            open_[element.get(_ID)] = (place, [])
        elif element.tag == _END:
            if (range_ := open_.pop(element.get(_ID), None)) is not None:
                found[element.get(_ID)] = (range_[0], " ".join("".join(range_[1]).split()))
        elif text := text_of_run(element):
            place += 1
            for _start, texts in open_.values():
                texts.append(text)
    return found


def _threads(document: Document) -> tuple[set[str], dict[str, str]]:
    """Paragraph ids of comments marked done, and the parent of each reply."""
    done: set[str] = set()
    parents: dict[str, str] = {}
    for part in _parts(document, "commentsExtended"):
        for entry in parse_xml(part.blob):
            id_ = entry.get(f"{_EXTENDED}paraId", "")
            if entry.get(f"{_EXTENDED}done") in ("1", "true"):
                done.add(id_)
            if parent := entry.get(f"{_EXTENDED}paraIdParent"):
                parents[id_] = parent
    return done - {""}, parents


def _parts(document: Document, kind: str) -> Iterator[Element]:
    for rel in document.part.rels.values():
        if rel.reltype.endswith(f"/{kind}") and not rel.is_external:
            yield rel.target_part


def _remove(document: Document, ids: set[str]) -> None:
    """Take comments out, with their marks in the text and their places in the threads."""
    if not ids:
        return
    gone: set[str] = set()
    for comment in list(document.comments):
        if str(comment.comment_id) in ids:
            gone |= set(_para_ids(comment))
            element = comment._comment_elm
            element.getparent().remove(element)
    for mark in list(document.element.body.iter(_START, _END, _REFERENCE)):
        if mark.get(_ID) not in ids:
            continue
        run = mark.getparent()
        run.remove(mark)
        if mark.tag == _REFERENCE and not [c for c in run if c.tag != qn("w:rPr")]:
            run.getparent().remove(run)
    for kind in ("commentsExtended", "commentsIds"):
        for part in _parts(document, kind):
            _forget(part, gone - {""})


def _forget(part: Element, gone: set[str]) -> None:
    root = parse_xml(part.blob)
    for entry in list(root):
        if any(n.endswith("}paraId") and v in gone for n, v in entry.attrib.items()):
            root.remove(entry)
    part._blob = serialize_part_xml(root)
