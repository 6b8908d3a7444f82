"""A report proofread from files to faults: what the command ``proofread`` does, no database."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.evaluated import labels_of
from klustermotor.analysis.claims.proofread import bears_out, check_tables, proofread
from klustermotor.analysis.claims.reading import language_of
from klustermotor.analysis.questionnaire import Block
from klustermotor.evaluation.from_files import read_instrument
from klustermotor.formats.cells import read_cells
from klustermotor.formats.report_text import Prose, ReportText, Spot, read_report

SHIPPED = "cluster-initiative"
"""The questionnaire whose words name the items of estimates.csv."""

_SUM = re.compile(r"\d+(?: \+ \d+)+ = \d+")
_CHAPTER = re.compile(r"^\d+\.?\s")

Placed = tuple[Fault, Spot | None]
"""A fault and where it stands; None for a table that is not in the report."""


@dataclass(frozen=True)
class Proofed:
    """A report, the cells it was held against, and its faults in the order of the text.

    `settled` are those that a comment in the document answers as intended.
    """

    report: ReportText
    cells: tuple[TableCell, ...]
    placed: tuple[Placed, ...]
    settled: tuple[Fault, ...] = ()
    language: str = "sv"

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for fault, _spot in self.placed)

    @property
    def wrong(self) -> bool:
        """Whether something in the report cannot be true."""
        return any(fault.severity == "error" for fault in self.faults)


def proofread_files(text: Path, tables: Sequence[Path], language: str | None = None) -> Proofed:
    """Proofread a report against tables, or against its own tables when none are given.

    Each initiative's part of the text is held against its own cells. In a .docx, faults that a
    reader answered as intended are settled. Raises InputError.
    """
    report = read_report(text)
    spoken = language or language_of(report.prose.text)
    given = [cell for path in tables for cell in read_cells(path)]
    cells, labels = _in_words(given, spoken) if tables else (report.cells, {})
    placed: list[Placed] = []
    for part in parts(report, cells):
        prose = part.prose
        for fault in part.faults(spoken, labels):
            spot = prose.spot(fault.start, fault.end)
            if tables or not _is_borne_out(report, fault, spot, spoken):
                placed.append((fault, spot))
    said = {_sum_in(fault) for fault, _spot in placed}
    for fault in check_tables(cells, language=spoken):
        if fault.kind == "counts_exceed_n" and _sum_in(fault) in said:
            continue  # the sentence that tells these counts has been remarked on
        placed.append((fault, _in_table(report, fault)))
    placed.sort(key=lambda pair: _order(report, pair[1]))
    if text.suffix.lower() != ".docx":
        return Proofed(report, cells, tuple(placed), language=spoken)
    from klustermotor.formats.proofed_docx import settled_in

    settled = settled_in(text, placed, spoken)
    left = tuple(pair for pair in placed if pair[0] not in settled)
    return Proofed(report, cells, left, settled, spoken)


def _is_borne_out(report: ReportText, fault: Fault, spot: Spot, language: str) -> bool:
    """Whether a sentence that one table speaks against is right by the tables of its section, or
    by another one with a row or column of that name.

    Rows are called alike in many tables; a sentence is first of those that it stands by.
    """
    near = report.section_cells(spot.block)
    if fault.cell is None or fault.cell in near:
        return False
    if near and bears_out(fault.sentence, near, language=language):
        return True
    names = {fault.cell.item, fault.cell.category} - {""}
    alike: dict[str, list[TableCell]] = {}
    for cell in report.cells:
        if cell.table != fault.cell.table and cell.initiative == fault.cell.initiative:
            alike.setdefault(cell.table, []).append(cell)
    return any(
        bears_out(fault.sentence, cells, language=language)
        for cells in alike.values()
        if any(names & {cell.item, cell.category} for cell in cells)
    )


@dataclass(frozen=True)
class Part:
    """A part of a report with the cells that it is held against.

    `about` is the initiative that it is about, of several; `initiatives` are the names of all.
    """

    prose: Prose
    cells: Sequence[TableCell]
    about: str = ""
    initiatives: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def faults(self, language: str, labels: Mapping[str, Sequence[str]]) -> tuple[Fault, ...]:
        """The faults of its text."""
        return proofread(
            self.prose.text,
            self.cells,
            language=language,
            labels=labels,
            about=self.about,
            initiatives=self.initiatives,
        )


def parts(report: ReportText, cells: Sequence[TableCell]) -> Iterator[Part]:
    """The text of each initiative, and the text about several, with the cells.

    A heading that names one initiative begins its part; the heading of another chapter, or one of
    the same level, ends it. What stands outside belongs to the one initiative that it names, to
    all when it names several, and to none when it names none.
    """
    keys = {_letters(cell.initiative): cell.initiative for cell in cells if cell.initiative}
    spelled = {_letters(name): name for name in report.initiatives}
    names = {**spelled, **keys}
    if len(names) < 2:
        if (prose := report.chapter_of(range(len(report.blocks)))).paragraphs:
            yield Part(prose, cells)
        return
    called = {key: (spelled[letters],) for letters, key in names.items() if letters in spelled}
    about: dict[str, list[int]] = {}
    outside: list[list[int]] = [[]]
    now, level = "", 0
    for at, block in enumerate(report.blocks):
        if block.kind == "heading":
            named = _named(block.text, names)
            if len(named) == 1:
                level = block.level if named[0] != now else min(level, block.level)
                now = named[0]
            elif _CHAPTER.match(block.text) or 0 < block.level <= level:
                now = ""
            if block.level == 1:
                outside.append([])
        (about.setdefault(now, []) if now else outside[-1]).append(at)
    everything = list(chain.from_iterable(outside))
    named = _named(report.prose_of(everything).text, names)
    if len(named) == 1:
        about[named[0]] = sorted([*everything, *about.get(named[0], [])])
        outside = []
    for letters, blocks in about.items():
        if (prose := report.chapter_of(blocks)).paragraphs:
            yield Part(prose, cells, names[letters], called)
    for blocks in outside:
        if (prose := report.chapter_of(blocks)).paragraphs:
            several = len(_named(prose.text, names)) > 1
            yield Part(prose, cells if several else [c for c in cells if not c.initiative])


def as_json(fault: Fault) -> dict[str, object]:
    """A fault as ``proofread --json`` gives it; the cell by the columns of cells.csv."""
    return {
        "sentence": fault.sentence,
        "kind": fault.kind,
        "severity": fault.severity,
        "cell": None if fault.cell is None else asdict(fault.cell),
        "message": fault.message,
        "suggestion": fault.suggestion,
    }


def _named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names, in small letters, that a text uses: triple-steelix as TRIPLE STEELIX."""
    said = _letters(text)
    return [name for name in names if name in said]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _sum_in(fault: Fault) -> str:
    """The sum that a fault is about, ``15 + 5 + 3 = 23``; empty for another fault."""
    found = _SUM.search(fault.message)
    return found[0] if found and fault.kind == "counts_exceed_n" else ""


def _in_table(report: ReportText, fault: Fault) -> Spot | None:
    """Where the cell of a fault stands in the report's own tables."""
    if fault.cell is None:
        return None
    return report.spot_of(fault.cell) or next(
        (report.spot_of(own) for own in report.cells if _same_figure(own, fault.cell)), None
    )


def _same_figure(own: TableCell, other: TableCell) -> bool:
    return (own.table, own.wave, own.value) == (other.table, other.wave, other.value)


def _order(report: ReportText, spot: Spot | None) -> tuple[int, int]:
    """Faults in the order of the text; those of tables from a file last."""
    return (len(report.blocks), 0) if spot is None else (spot.block, spot.row or spot.start)


def _in_words(
    cells: Sequence[TableCell], language: str
) -> tuple[tuple[TableCell, ...], Mapping[str, Sequence[str]]]:
    """Cells of estimates.csv that a report tells of, and what the shipped questionnaire calls
    them: a share of a scale is told by its name, not code by code, and a no is not told."""
    blocks = {cell.item.partition(".")[0] for cell in cells if cell.item.startswith(cell.table)}
    if not blocks:
        return tuple(cells), {}
    questionnaire, _notes = read_instrument(SHIPPED)
    known = {block.id: block for block in questionnaire.blocks if block.id in blocks}
    told = tuple(c for c in cells if c.table not in known or _is_told(c, known[c.table]))
    return told, labels_of(questionnaire, language) if known else {}


def _is_told(cell: TableCell, block: Block) -> bool:
    if cell.unit != "percent" or block.type == "single":
        return True
    if block.scale is None:
        return cell.category != "no"
    return block.scale.type == "nominal" or cell.category not in block.scale.codes
