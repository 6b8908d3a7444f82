"""Numbers of chapters, tables and figures, the same in every rendering."""

from collections.abc import Mapping
from dataclasses import dataclass

from klustermotor.report.document import Document, Figure, Section


@dataclass(frozen=True)
class Numbering:
    """By id: ``2.1`` for a section, ``3`` for a table or figure."""

    sections: Mapping[str, str]
    tables: Mapping[str, int]
    figures: Mapping[str, int]

    @property
    def anchors(self) -> frozenset[str]:
        """Every id that a link can lead to."""
        return frozenset((*self.sections, *self.tables, *self.figures))


def numbering(document: Document) -> Numbering:
    """Numbers in reading order. ValueError when two parts of the document share an id."""
    sections: dict[str, str] = {}
    for place, section in enumerate(document.sections, 1):
        _number(section, str(place), sections)
    tables = [table.id for table in document.tables()]
    figures = [content.id for content in document.contents() if isinstance(content, Figure)]
    ids = [*sections, *tables, *figures]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"ids used twice in the document: {', '.join(twice)}")
    return Numbering(
        sections,
        {table: place for place, table in enumerate(tables, 1)},
        {figure: place for place, figure in enumerate(figures, 1)},
    )


def _number(section: Section, number: str, into: dict[str, str]) -> None:
    if section.id in into:
        raise ValueError(f"ids used twice in the document: {section.id}")
    into[section.id] = number
    for place, below in enumerate(section.sections, 1):
        _number(below, f"{number}.{place}", into)
