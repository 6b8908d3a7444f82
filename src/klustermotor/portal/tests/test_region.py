"""The demonstration's texts and facts: complete in three languages, and true to their source."""

import re

import pytest

from klustermotor.portal.demonstration.published import HERE, read_figures
from klustermotor.portal.demonstration.reconstruct import verdicts
from klustermotor.portal.demonstration.region import LANGUAGES, read_region

REGION = read_region()
TEXTS = {
    (one.slug, section): text for one in REGION.initiatives for section, text in one.texts.items()
} | {("round", section): text for section, text in REGION.common_texts.items()}
SURVEYED = {
    "background",
    "process-leader",
    "participation",
    "results",
    "development",
    "summary",
    *(f"summary-{i}" for i in ("growth", "skills", "research", "cooperation", "sustainability")),
    "method",
}
TOLD = {"background", "process-leader", "observations", "reflection"}
DOCUMENT = HERE.parents[3] / "docs" / "demonstration.md"


def test_each_initiative_has_the_sections_that_its_report_has() -> None:
    sections = {one.slug: set(one.texts) for one in REGION.initiatives}
    assert sections == {
        "triple-steelix": SURVEYED,
        "dalabit": SURVEYED,
        "boomtown": TOLD,
        "high-voltage-valley": TOLD,
    }
    assert set(REGION.common_texts) == {"common", "comparison"}


@pytest.mark.parametrize("key", TEXTS, ids="/".join)
def test_every_text_exists_in_three_languages_of_like_length(key: tuple[str, str]) -> None:
    text = TEXTS[key]
    assert set(text) == set(LANGUAGES)
    lengths = [len(text[language]) for language in LANGUAGES]
    assert min(lengths) > 60
    assert max(lengths) < 1.5 * min(lengths)
    paragraphs = {text[language].count("\n\n") for language in LANGUAGES}
    assert len(paragraphs) == 1


@pytest.mark.parametrize("key", TEXTS, ids="/".join)
def test_the_languages_of_a_text_state_the_same_figures(key: tuple[str, str]) -> None:
    found = [_figures(TEXTS[key][language]) for language in LANGUAGES]
    assert found[0] == found[1] == found[2]


def test_every_figure_in_the_texts_is_published() -> None:
    known = {f.value for f in read_figures()} | {2004, 2007, 2008, 2009, 2010, 2014}
    known |= {60, 30, 2.5, 19}  # millions, and the n that the five motives fit
    for key, text in TEXTS.items():
        assert set(_figures(text["sv"])) <= known, key


def test_every_fact_is_labelled_in_three_languages_and_has_its_published_value_and_source() -> None:
    published = {(f.initiative, f.item): f for f in read_figures()}
    count = 0
    for one in REGION.initiatives:
        for fact in one.facts:
            figure = published[one.slug, fact.figure]
            assert fact.value == figure.value
            assert all(fact.label[language] for language in LANGUAGES)
            assert all(figure.source.split()[-1] in fact.source[lang] for lang in LANGUAGES)
            assert bool(fact.unit["sv"]) == bool(fact.unit["nb"]) == bool(fact.unit["en"])
            count += 1
    assert count == 21


def test_the_document_lists_what_cannot_be_met() -> None:
    document = DOCUMENT.read_text("utf-8")
    for v in verdicts():
        if v.rounding != "half up":
            assert f"{v.count} of {v.n}" in document, v.figure
    assert f"Of {len(verdicts())} published shares and counts" in document


def _figures(text: str) -> list[float]:
    """The numbers written in digits, whatever the language writes between thousands."""
    plain = re.sub(r"(?<=\d)[\u00a0\u202f ,](?=\d{3}\b)", "", text)
    return sorted(float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", plain))
