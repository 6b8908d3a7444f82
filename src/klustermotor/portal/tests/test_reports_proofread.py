"""The reports that the demonstration renders pass our own proofreader: text and tables, no list of
exceptions."""

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.analysis.claims.proofread import check_tables
from klustermotor.evaluation.documents import initiative_document, round_document
from klustermotor.evaluation.own_words import faults_in_claim, faults_of_our_own
from klustermotor.evaluation.proofread_files import parts, proofread_files
from klustermotor.evaluation.proofreading import Figures, figures_of
from klustermotor.evaluation.queries import Evaluated, evaluated_for
from klustermotor.formats.report_text import read_report
from klustermotor.formats.report_text.grids import cells_of, grid_of
from klustermotor.initiatives.models import Initiative
from klustermotor.portal.demonstration.loading import load_region
from klustermotor.portal.demonstration.region import LANGUAGES
from klustermotor.report import docx
from klustermotor.report.document import Document, Statements

PERIOD = "2009"
SUBJECTS = ("triple-steelix", "dalabit", "round")
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MOST_ALONE = 15
"""False remarks on a report of ours that is read with nothing but its printed tables."""
SHARE = re.compile(r"(?<![\d.,–-])(\d+)(?=(?:[.,]\d)?\u00a0(?:procent|prosent|percent)\b)")
MEAN = re.compile(r"(?<![\d.,–-])([1-5])(?=[.,]\d(?!\d|\u00a0?(?:%|pro|per)))")


def about(subject: str) -> Initiative | None:
    return None if subject == "round" else Initiative.objects.get(slug=subject)


def document_of(subject: str, language: str) -> Document:
    initiative = about(subject)
    if initiative is None:
        return round_document(PERIOD, language)
    return initiative_document(initiative, PERIOD, language)


def held_against(subject: str, language: str) -> tuple[Evaluated, Figures]:
    initiative = about(subject)
    evaluated = evaluated_for(initiative, PERIOD)
    assert evaluated is not None
    return evaluated, figures_of(evaluated, language).about(initiative)


def printed_cells(document: Document) -> Iterator[TableCell]:
    """The cells of the report's tables as a reader sees them, rounded."""
    for table in document.tables():
        texts = [[column.title for column in table.columns], *map(list, table.rows)]
        grid = grid_of(texts, f"{table.id}: {table.title}", range(len(texts)))
        yield from (cell for cell, _row, _column in cells_of(grid))


def told(subject: str, language: str, faults: tuple[Fault, ...]) -> list[str]:
    return [
        f"{subject} {language} {f.severity} {f.kind}: {f.sentence} – {f.message}"
        for f in faults
        if f.severity != "note"
    ]


def changed(text: str) -> Iterator[str]:
    """The text with one of its figures changed at a time: shares by 7, means by 1."""
    for pattern, by in ((SHARE, 7), (MEAN, 1)):
        for match in pattern.finditer(text):
            value = int(match[0])
            wrong = value + by if value + by <= (100 if by > 1 else 4) else value - by
            yield f"{text[: match.start()]}{wrong}{text[match.end() :]}"


@pytest.mark.django_db
def test_our_reports_pass_the_proofreader_in_three_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx, "png", lambda *_args: PICTURE)  # the words are the same without
    load_region()
    found: list[str] = []
    caught: Counter[bool] = Counter()
    for subject in SUBJECTS:
        for language in LANGUAGES:
            document = document_of(subject, language)
            evaluated, figures = held_against(subject, language)
            path = tmp_path / f"{subject}-{language}.docx"
            path.write_bytes(docx.docx(document))
            report = read_report(path)
            assert len(report.prose.paragraphs) > 50
            for part in parts(report, figures.cells):
                found += told(subject, language, part.faults(language, figures.labels))
            printed = tuple(printed_cells(document))
            assert len([cell for cell in printed if cell.n_min is not None]) > 50
            found += told(subject, language, check_tables(printed, language=language))
            found += told(
                subject, language, faults_of_our_own(document, evaluated.evaluation, figures)
            )
            if subject == "dalabit":
                alone = proofread_files(path, [], language).faults
                assert len(told(subject, language, alone)) <= MOST_ALONE
            if subject == "triple-steelix":
                caught += Counter(changes_found(document, evaluated, figures))
    assert not found, "\n".join(found)
    assert caught[True] > 150
    assert caught[True] / caught.total() > 0.85, caught


def changes_found(document: Document, evaluated: Evaluated, figures: Figures) -> Iterator[bool]:
    """Whether each figure of a claim draws a fault when it is changed."""
    claims = {claim.id: claim for claim in evaluated.evaluation.findings}
    for content in document.contents():
        for statement in content.items if isinstance(content, Statements) else ():
            claim: Any = claims.get(statement.claim_id)
            if claim is None or claim.kind == "scope":
                continue
            words = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", statement.text)
            for wrong in changed(words):
                faults = faults_in_claim(wrong, claim, figures, document.language)
                yield any(fault.severity != "note" for fault in faults)
