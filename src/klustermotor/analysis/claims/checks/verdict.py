"""How a check tells of a fault: the sentence, the words, the cell, and what would be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.figures import Figures
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.statement import Statement


@dataclass(frozen=True)
class Tables:
    """What the checks look up: the figures, and the names by which messages call them."""

    figures: Figures
    labels: Mapping[str, Sequence[str]]

    def name(self, topic: Topic) -> str:
        """A topic as a person reads it."""
        item = next(iter(self.labels.get(topic.item, ())), topic.item)
        category = next(iter(self.labels.get(f"{topic.item}={topic.category}", ())), topic.category)
        several = len(self.figures.siblings(topic)) > 1
        if topic.item in self.labels or not category:
            return item or topic.table
        return (
            category
            if several and self.figures.siblings(topic)[0].item == topic.item
            else (f"{item} – {category}" if item else category)
        )


def fault(  # noqa: PLR0917 - the fields of a fault, in order
    statement: Statement,
    kind: str,
    severity: Severity,
    cell: TableCell | None,
    message: str,
    suggestion: str,
    span: tuple[int, int],
) -> Fault:
    """A fault at a span of the statement's sentence."""
    start = statement.sentence.start
    return Fault(
        statement.sentence.shown, kind, severity, cell, message, suggestion,
        start + span[0], start + span[1],
    )  # fmt: skip
