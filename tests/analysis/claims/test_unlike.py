"""Measures that differ in scale, base or number of choices draw a warning when compared."""

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread


def cell(table, item, value, unit="percent", n=40, base=""):
    return TableCell("Steel", table, "2009", item, "", "=", value, unit, n, n, base)


NAMES = {
    "visits": {"sv": "studiebesök", "nb": "studiebesøk", "en": "study visits"},
    "sales": {"sv": "ökad försäljning", "nb": "økt salg", "en": "increased sales"},
    "advice": {"sv": "juridisk rådgivning", "nb": "juridisk rådgivning", "en": "legal advice"},
    "owners": {"sv": "familjeägda företag", "nb": "familieeide bedrifter",
               "en": "family ownership"},
    "motives": {"sv": "motiv", "nb": "motiver", "en": "motives"},
    "results": {"sv": "resultat", "nb": "resultater", "en": "results"},
    "effects": {"sv": "effekter", "nb": "effekter", "en": "effects"},
    "company": {"sv": "ägande", "nb": "eierskap", "en": "ownership"},
    "use": {"sv": "tjänster", "nb": "tjenester", "en": "services"},
}  # fmt: skip
CELLS = [
    cell("motives", "visits", 12, "count"),
    cell("results", "visits", 55),
    cell("effects", "sales", 45),
    cell("effects", "advice", 30),
    cell("company", "owners", 25, base="owned"),
    cell("use", "advice", 60, n=90),
]
MOTIVE_AND_RESULT = {
    "sv": "Fler nämner studiebesök som resultat (55 procent) än som motiv (12 företag).",
    "nb": "Flere nevner studiebesøk som resultat (55 prosent) enn som motiv (12 bedrifter).",
    "en": "More name study visits as a result (55 percent) than as a motive (12 companies).",
}
OTHER_BASE = {
    "sv": "Ökad försäljning (45 procent) är vanligare än familjeägda företag (25 procent).",
    "nb": "Økt salg (45 prosent) er vanligere enn familieeide bedrifter (25 prosent).",
    "en": "Increased sales (45 percent) are more common than family ownership (25 percent).",
}
SAME_QUESTION = {
    "sv": "Ökad försäljning (45 procent) är vanligare än juridisk rådgivning (30 procent).",
    "nb": "Økt salg (45 prosent) er vanligere enn juridisk rådgivning (30 prosent).",
    "en": "Increased sales (45 percent) are more common than legal advice (30 percent).",
}
SAID_TO_DIFFER = {
    "sv": " Måtten är olika definierade och kan inte jämföras.",
    "nb": " Målene er ulikt definert og kan ikke sammenlignes.",
    "en": " The measures are defined differently and cannot be compared.",
}
LANGUAGES = ("sv", "nb", "en")


def kinds(text, language, cells=CELLS):
    labels = {key: [named[language]] for key, named in NAMES.items()}
    found = proofread(text, cells, language=language, labels=labels)
    return [(fault.kind, fault.severity) for fault in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_motive_and_a_result_compared_draw_a_warning(language):
    assert kinds(MOTIVE_AND_RESULT[language], language) == [("incomparable", "warning")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_of_another_number_of_choices_compared_draw_a_warning(language):
    assert kinds(OTHER_BASE[language], language) == [("incomparable", "warning")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_of_another_base_compared_draw_a_warning(language):
    cells = [c for c in CELLS if c.table in ("effects", "use")]
    cells = [c for c in cells if (c.table, c.item) != ("effects", "advice")]
    text = SAME_QUESTION[language].replace("30", "60")
    found = kinds(text, language, cells)
    assert ("incomparable", "warning") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_one_question_may_be_compared(language):
    cells = [c for c in CELLS if c.table == "effects"]
    assert kinds(SAME_QUESTION[language], language, cells) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_that_says_that_the_measures_differ_draws_none(language):
    text = MOTIVE_AND_RESULT[language].rstrip(".") + "," + SAID_TO_DIFFER[language].lower()
    assert kinds(text, language) == []
