"""A report proofread from files to faults: what the command ``proofread`` does, no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.evaluation.from_files import read_instrument
from klustermotor.formats.cells import read_cells
from klustermotor.formats.report_text import ReportText, Spot, read_report

SHIPPED = "cluster-initiative"
"""The questionnaire whose words name the items of estimates.csv."""


@dataclass(frozen=True)
class Proofed:
    """A report, the cells it was held against, and its faults in the order of the text.

    `settled` are those that a comment in the document answers as intended.
    """

    report: ReportText
    cells: tuple[TableCell, ...]
    faults: tuple[Fault, ...]
    settled: tuple[Fault, ...] = ()
    language: str = "sv"

    @property
    def wrong(self) -> bool:
        """Whether something in the report cannot be true."""
        return any(fault.severity == "error" for fault in self.faults)

    def spot(self, fault: Fault) -> Spot | None:
        """Where a fault stands in the report; None for a table that is not in it."""
        return spot_of(self.report, fault)


def proofread_files(text: Path, tables: Sequence[Path], language: str | None = None) -> Proofed:
    """Proofread a report against tables, or against its own tables when none are given.

    In a .docx, faults that its reader answered as intended are settled. Raises InputError.
    """
    report = read_report(text)
    cells = tuple(cell for path in tables for cell in read_cells(path)) or report.cells
    labels = _labels(cells) if tables else {}
    said = proofread(report.prose, cells, language=language, labels=labels)
    spoken = language or "sv"
    found = (*said, *check_tables(cells, language=spoken))
    ordered = tuple(sorted(found, key=lambda fault: _order(report, fault)))
    if text.suffix.lower() != ".docx":
        return Proofed(report, cells, ordered, language=spoken)
    from klustermotor.formats.proofed_docx import settled_in

    settled = settled_in(text, [(f, spot_of(report, f)) for f in ordered], spoken)
    open_ = tuple(fault for fault in ordered if fault not in settled)
    return Proofed(report, cells, open_, settled, spoken)


def spot_of(report: ReportText, fault: Fault) -> Spot | None:
    """Where a fault stands: its words, else the row of its cell in a table of the report."""
    if fault.end > fault.start:
        return report.spot(fault.start, fault.end)
    if fault.cell is None:
        return None
    return report.spot_of(fault.cell) or next(
        (report.spot_of(own) for own in report.cells if _same_figure(own, fault.cell)), None
    )


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


def _same_figure(own: TableCell, other: TableCell) -> bool:
    return (own.table, own.wave, own.value) == (other.table, other.wave, other.value)


def _order(report: ReportText, fault: Fault) -> tuple[int, int]:
    """Faults in the order of the text; those of tables from a file last."""
    spot = spot_of(report, fault)
    return (len(report.blocks), 0) if spot is None else (spot.block, spot.start)


def _labels(cells: Sequence[TableCell]) -> Mapping[str, tuple[str, ...]]:
    """The words of the shipped questionnaire for the ids that estimates.csv calls items by."""
    wanted = {(cell.table.partition(",")[0], cell.item) for cell in cells}
    found: dict[str, dict[str, None]] = {}
    for block, item, words in _shipped_words():
        if (block, item) in wanted:
            found.setdefault(item, {}).update(dict.fromkeys(words))
    return {item: tuple(words) for item, words in found.items()}


def _shipped_words() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    questionnaire, _notes = read_instrument(SHIPPED)
    for block in questionnaire.blocks:
        for item in block.items:
            synonyms = [word for words in item.synonyms.values() for word in words]
            yield block.id, item.id, (*item.text.values(), *synonyms)
