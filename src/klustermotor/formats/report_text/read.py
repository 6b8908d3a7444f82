"""A report read: its blocks, its prose as one text, and the cells of its tables."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.formats.csv_tables import encoding_of
from klustermotor.formats.errors import fail
from klustermotor.formats.report_text.blocks import Block, blocks_of
from klustermotor.formats.report_text.grids import cells_of
from klustermotor.formats.report_text.initiatives import initiatives_of
from klustermotor.formats.report_text.lines import lines_of
from klustermotor.formats.tables import check_file

BETWEEN = "\n\n"
"""What stands between paragraphs in the prose."""

_NO_TEXT = re.compile("[\x00-\x06\x0e-\x19]")
"""Control characters that no text holds, and pictures, archives and PDF files do."""
PROSE = ("prose", "item")
_MARKS = {"heading": "# ", "caption": "# ", "prose": "", "item": "- "}
"""What marks a paragraph as what it is; headings and captions tell what prose is about."""


@dataclass(frozen=True)
class Spot:
    """Where something stands: the block (its place in `ReportText.blocks`), and in a table the
    row and value column, else the characters from `start` to `end` of the block's text."""

    block: int
    start: int = 0
    end: int = 0
    row: int | None = None
    column: int = 0


@dataclass(frozen=True)
class Prose:
    """Paragraphs as one text, parted by empty lines; each with the place of its block, and with
    the mark before it: ``#`` for a heading or caption, ``-`` for an item of a list, or none."""

    pieces: tuple[tuple[int, str, str], ...]

    @property
    def paragraphs(self) -> tuple[tuple[int, str], ...]:
        """What is proofread: all but headings and captions."""
        return tuple((at, text) for at, text, lead in self.pieces if lead != _MARKS["heading"])

    @cached_property
    def text(self) -> str:
        return BETWEEN.join(lead + text for _at, text, lead in self.pieces)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """Where each piece begins, after its mark."""
        lengths = (len(lead) + len(text) + len(BETWEEN) for _at, text, lead in self.pieces)
        begins = accumulate(lengths, initial=0)
        return tuple(at + len(lead) for at, (_, _, lead) in zip(begins, self.pieces, strict=False))

    def spot(self, start: int, end: int) -> Spot:
        """Where the characters `start` to `end` stand, cut off at the end of the paragraph."""
        place = max(0, bisect_right(self._starts, start) - 1)
        at, text, _lead = self.pieces[place]
        offset = self._starts[place]
        return Spot(at, min(start - offset, len(text)), min(end - offset, len(text)))


@dataclass(frozen=True)
class ReportText:
    """A report as blocks. Captions, headings, legends and tables are not prose."""

    name: str
    blocks: tuple[Block, ...]

    @cached_property
    def prose(self) -> "Prose":
        """All of the running text."""
        return self.prose_of(range(len(self.blocks)))

    def prose_of(self, blocks: Iterable[int]) -> "Prose":
        """The running text in some of the blocks."""
        return Prose(
            tuple((at, b.text, "") for at in blocks if (b := self.blocks[at]).kind in PROSE)
        )

    def chapter_of(self, blocks: Iterable[int]) -> "Prose":
        """The running text in some of the blocks with its headings, captions and lists marked."""
        return Prose(
            tuple(
                (at, b.text, _MARKS[b.kind])
                for at in blocks
                if (b := self.blocks[at]).kind in _MARKS
            )
        )

    @cached_property
    def initiatives(self) -> tuple[str, ...]:
        """The initiatives that have chapters of their own; none in a report on one."""
        return tuple(dict.fromkeys(self._chapters.values()))

    @cached_property
    def _chapters(self) -> Mapping[int, str]:
        return initiatives_of(self.blocks)

    @cached_property
    def _read(self) -> Mapping[TableCell, Spot]:
        read: dict[TableCell, Spot] = {}
        initiative = ""
        for at, block in enumerate(self.blocks):
            initiative = self._chapters.get(at, initiative)
            if block.grid is not None:
                for cell, row, column in cells_of(block.grid):
                    own = replace(cell, initiative=initiative)
                    read.setdefault(own, Spot(at, row=row, column=column))
        return read

    @property
    def cells(self) -> tuple[TableCell, ...]:
        """The cells of every table in the text, in reading order."""
        return tuple(self._read)

    def section_cells(self, block: int) -> tuple[TableCell, ...]:
        """The cells of the tables between the heading above a block and the next one."""
        return self._by_section.get(self._sections[block], ())

    @cached_property
    def _sections(self) -> tuple[int, ...]:
        """The number of the section that each block is in."""
        return tuple(accumulate(int(block.kind == "heading") for block in self.blocks))

    @cached_property
    def _by_section(self) -> Mapping[int, tuple[TableCell, ...]]:
        found: defaultdict[int, list[TableCell]] = defaultdict(list)
        for cell, spot in self._read.items():
            found[self._sections[spot.block]].append(cell)
        return {section: tuple(cells) for section, cells in found.items()}

    def line_of(self, spot: Spot) -> int:
        """The line (in a .docx, the place in its story) where a block or a table's row begins."""
        block = self.blocks[spot.block]
        if spot.row is None or block.grid is None:
            return block.place
        return block.grid.rows[spot.row].place

    def spot_of(self, cell: TableCell) -> Spot | None:
        """Where a cell stands; None when the text has no such cell."""
        return self._read.get(cell)


def read_report(path: Path | str) -> ReportText:
    """The report in a .txt, .md or .docx file. Raises InputError."""
    path = Path(path)
    check_file(path)
    match path.suffix.lower():
        case ".txt" | ".md" | ".markdown" | ".text" | "":
            source = path.read_bytes().decode(encoding_of(path), "replace")
            if _NO_TEXT.search(source):
                raise fail("no_text", path.name)
            report = report_of(source, path.name, markdown=path.suffix.lower().startswith(".m"))
        case ".docx":
            from klustermotor.formats.report_text.word import blocks_of_docx, open_docx

            report = ReportText(path.name, blocks_of_docx(open_docx(path)))
        case suffix:
            raise fail("text_format", path.name, value=suffix)
    if not any(block.text or block.grid for block in report.blocks):
        raise fail("empty_file", path.name)
    return report


def report_of(source: str, name: str = "", *, markdown: bool = False) -> ReportText:
    """A report out of raw or markdown text."""
    return ReportText(name, blocks_of(lines_of(source), markdown=markdown))
