"""How a check tells of a fault: the sentence, the words, the cell, and what would be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.figures import Figures
from klustermotor.analysis.claims.reading.labels import Topic, names
from klustermotor.analysis.claims.reading.statement import Statement


@dataclass(frozen=True)
class Tables:
    """What the checks look up: the figures, and the names by which messages call them."""

    figures: Figures
    labels: Mapping[str, Sequence[str]]

    @cached_property
    def all_names(self) -> str:
        """All that items and categories are called, in small letters."""
        keys = dict.fromkeys(key for c in self.figures.cells for key in (c.item, c.category))
        return " | ".join(name for key in keys for name in names(key, self.labels)).lower()

    def name(self, topic: Topic) -> str:
        """A topic as a person reads it."""
        whole = self.labels.get(f"{topic.item}={topic.category}")
        if whole:
            return whole[0]
        item, category = names(topic.item, self.labels)[0], names(topic.category, self.labels)[0]
        siblings = self.figures.siblings(topic)
        if _is_told_by_item(topic, siblings) or not category:
            return item or topic.table
        return category if len(siblings) > 1 else f"{item} – {category}".strip(" –")


def _is_told_by_item(topic: Topic, siblings: Sequence[Topic]) -> bool:
    return any(sibling.item != topic.item for sibling in siblings)


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
