"""No table of the reports that the demonstration renders shows what cannot be."""

from collections.abc import Iterator

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import check_tables
from klustermotor.evaluation.documents import initiative_document, round_document
from klustermotor.formats.report_text.grids import cells_of, grid_of
from klustermotor.initiatives.models import Initiative
from klustermotor.portal.demonstration.loading import load_region
from klustermotor.portal.demonstration.region import LANGUAGES
from klustermotor.report.document import Document

PERIOD = "2009"
SUBJECTS = ("triple-steelix", "dalabit", "round")


def document_of(subject: str, language: str) -> Document:
    if subject == "round":
        return round_document(PERIOD, language)
    return initiative_document(Initiative.objects.get(slug=subject), PERIOD, language)


def printed_cells(document: Document) -> Iterator[TableCell]:
    """The cells of the report's tables as a reader sees them, rounded."""
    for table in document.tables():
        texts = [[column.title for column in table.columns], *map(list, table.rows)]
        grid = grid_of(texts, f"{table.id}: {table.title}", range(len(texts)))
        yield from (cell for cell, _row, _column in cells_of(grid))


@pytest.mark.django_db
def test_no_table_of_our_reports_shows_what_cannot_be() -> None:
    load_region()
    found = []
    for subject in SUBJECTS:
        for language in LANGUAGES:
            cells = tuple(printed_cells(document_of(subject, language)))
            assert len([cell for cell in cells if cell.n_min is not None]) > 50
            found += [f.message for f in check_tables(cells, language=language)]
    assert not found, "\n".join(found)
