"""Sentences that stand although a fault was found are listed where the method is told."""

import pytest

from klustermotor.report.contents.context import Override
from klustermotor.report.contents.initiative import initiative_report
from klustermotor.report.contents.round import Chapter, round_report
from klustermotor.report.document import Document, Section, Table

KEPT = Override(
    "Nio av tio växte.", "Tabellen har 37 procent.", "Räknat på de aktiva.", "Eva Ek 2026-11-22"
)
TITLES = {
    "sv": "Meningar som står kvar mot siffrorna",
    "nb": "Setninger som står mot tallene",
    "en": "Sentences kept against the figures",
}


def below(sections):
    for section in sections:
        yield section
        yield from below(section.sections)


def named(document: Document, title: str) -> Section:
    return next(s for s in below(document.sections) if s.title == title)


def rows(section: Section) -> tuple[tuple[str, ...], ...]:
    return next(c for c in section.content if isinstance(c, Table)).rows


@pytest.mark.parametrize("language", TITLES)
def test_an_override_is_listed_with_its_fault_reason_and_author(evaluation, language):
    report = initiative_report(
        evaluation, initiative="steel", language=language, title="T", overrides=(KEPT,)
    )
    method = next(s for s in report.sections if s.id == "method")
    listed = next(s for s in method.sections if s.id == "overrides")
    assert listed.title == TITLES[language]
    assert rows(listed) == ((KEPT.sentence, KEPT.fault, KEPT.reason, KEPT.who),)


def test_nothing_is_said_when_nothing_was_overridden(evaluation):
    report = initiative_report(evaluation, initiative="steel", language="sv", title="T")
    assert "overrides" not in {s.id for s in below(report.sections)}


def test_a_chapter_without_a_survey_lists_its_overrides_too(evaluation):
    report = initiative_report(
        evaluation, initiative="boom", language="sv", title="T", overrides=(KEPT,)
    )
    assert rows(named(report, TITLES["sv"]))[0][0] == KEPT.sentence


def test_a_round_lists_those_of_each_chapter_and_its_own_last(evaluation):
    common = Override("Alla växte.", "Tabellen har 37 procent.", "Ett citat.", "Eva Ek")
    report = round_report(
        evaluation,
        chapters=(Chapter("steel", "Triple Steelix", overrides=(KEPT,)), Chapter("wood", "Trä")),
        language="sv",
        title="Dalarna",
        overrides=(common,),
    )
    assert rows(report.sections[-1])[0][0] == "Alla växte."
    listed = [s for s in below(report.sections) if s.title == TITLES["sv"]]
    assert [rows(s)[0][0] for s in listed] == [KEPT.sentence, "Alla växte."]
    assert len({s.id for s in listed}) == 2
