"""The figures of an evaluation as cells to proofread against."""

import pytest

from klustermotor.analysis.claims.of_evaluation import cells_of
from klustermotor.analysis.claims.proofread import check_tables
from klustermotor.analysis.evaluation import WaveFacts

COUNTS = {
    ("2009", "motives.companies"): {"1": 10, "0": 17},
    ("2009", "effects.institutes"): {"yes": 9, "no": 18},
    ("2009", "results.companies"): {"1": 3, "2": 4, "3": 10, "4": 5, "5": 5},
    ("2009", "results.schools"): {"1": 3, "5": 2},
    ("2009", "cooperation.companies.now"): {"2": 20, "4": 7},
}


@pytest.fixture
def evaluation(built):
    facts = (WaveFacts("steel", "2009", invited=60),)
    hidden = frozenset({("2009", "results.schools")})
    return built(COUNTS, facts, hidden=hidden, responded={"2009": 27})


def cell(cells, item, category=""):
    return next(c for c in cells if c.item == item and c.category == category)


def test_a_ticked_item_is_a_share_in_percent_by_its_own_name(evaluation):
    cells, _labels = cells_of(evaluation, "sv")
    found = next(c for c in cells if c.table == "motiven att delta")
    assert (found.item, found.category, found.unit, found.base) == (
        "andra företag", "", "percent", ""
    )  # fmt: skip
    assert found.value == pytest.approx(100 * 10 / 27)
    assert (found.n_min, found.n_max) == (27, 27)


def test_answers_to_one_question_share_a_total_and_add_up_to_it(evaluation):
    cells, _labels = cells_of(evaluation, "en")
    own = [c for c in cells if c.base == "results.companies"]
    assert [c.category for c in own] == ["grad a", "grad b", "grad c", "grad d", "grad e"]
    assert sum(c.value for c in own) == pytest.approx(100)
    named = next(c for c in cells if c.category == "to a great extent" and c.table == "the results")
    assert named.base == ""
    assert named.value == pytest.approx(100 * 10 / 27)


@pytest.mark.parametrize(
    ("language", "yes", "now"),
    [
        ("sv", "ja", "nuläget för andra företag"),
        ("nb", "ja", "nåsituasjonen for andre bedrifter"),
        ("en", "yes", "the current level of other companies"),
    ],
)
def test_cells_are_named_in_the_language_of_the_text(evaluation, language, yes, now):
    cells, _labels = cells_of(evaluation, language)
    assert yes in {c.category for c in cells}
    assert cell(cells, now).value == pytest.approx((2 * 20 + 4 * 7) / 27)


def test_what_may_not_be_shown_gives_no_cell(evaluation):
    cells, _labels = cells_of(evaluation, "sv")
    assert "gymnasieskolor" not in {c.item for c in cells}


def test_the_response_of_each_wave_is_there(evaluation):
    cells, _labels = cells_of(evaluation, "sv")
    assert cell(cells, "svarsfrekvens").value == pytest.approx(45)
    assert (cell(cells, "svarande").value, cell(cells, "inbjudna").value) == (27, 60)


def test_no_table_of_our_own_is_impossible(evaluation):
    for language in ("sv", "nb", "en"):
        assert check_tables(cells_of(evaluation, language)[0], language=language) == ()
