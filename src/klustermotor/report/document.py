"""The document model: one object that is rendered to HTML, PDF and DOCX.

A document is values only. Text is already in the document's language. `Prose`, `Statement` and
`Notice` know ``*emphasis*`` and ``[words](#anchor)`` as their only markup; titles, cells and
lists are taken as they stand. Renderings escape the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["text", "number"]


@dataclass(frozen=True)
class Prose:
    """Text that a person wrote; paragraphs are parted by empty lines."""

    text: str
    author: str = ""


@dataclass(frozen=True)
class Statement:
    """A claim in words, with the number it rests on and the table row it is bound to.

    Renderings put `n` after the words, as a link to the target. It is None for a claim that rests
    on no single number, and where the words say it themselves; they then hold the link.
    """

    text: str
    n: int | None = None
    claim_id: str = ""
    target: str = ""
    """Id of the `Table` or `Figure` that holds the cell; a link in every rendering."""


@dataclass(frozen=True)
class Statements:
    """Claims that belong together, as running text or as a list."""

    items: tuple[Statement, ...]
    as_list: bool = False


@dataclass(frozen=True)
class ListOf:
    """A plain list, such as free answers; `labels` says what the list may not be read as."""

    items: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class TableColumn:
    """The head of one column; numbers are set to the right."""

    title: str
    align: Align = "text"


@dataclass(frozen=True)
class Table:
    """A table with its number of answers and its source. Cells are already formatted.

    `head_columns` first columns are row headers. `values` carries the unrounded numbers, same
    shape as `rows`, for XLSX; None where the cell is text.
    """

    id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    source: str = ""
    head_columns: int = 1
    values: tuple[tuple[float | None, ...], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart as a Vega-Lite spec; `title` states the finding, `table` holds its data."""

    id: str
    title: str
    alt: str
    spec: Mapping[str, object]
    table: Table
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Notice:
    """What the reader must know first: low response, synthetic data, preliminary figures."""

    text: str
    kind: Literal["info", "caution"] = "info"


Content = Prose | Statements | ListOf | Table | Figure | Notice


@dataclass(frozen=True)
class Section:
    """A chapter or part of one; `id` is its anchor in every rendering."""

    id: str
    title: str
    content: tuple[Content, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole report. `language` is sv, nb or en; `subtitle` and `facts` stand on the cover."""

    title: str
    language: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    date: str = ""
    keywords: tuple[str, ...] = field(default_factory=tuple)
    data: tuple[Table, ...] = ()
    """Tables in full detail that only the workbook (XLSX) carries."""

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those that belong to a figure too."""
        for content in self.contents():
            if isinstance(content, Table):
                yield content
            elif isinstance(content, Figure):
                yield content.table

    def contents(self) -> Iterator[Content]:
        """Every piece of content, depth first, in reading order."""
        for section in self.sections:
            yield from _contents(section)


def _contents(section: Section) -> Iterator[Content]:
    yield from section.content
    for below in section.sections:
        yield from _contents(below)
