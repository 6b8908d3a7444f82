"""The rule on each table, and between releases."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.disclosure import (
    Release,
    protect_changes,
    protect_estimates,
    protect_nonresponse,
    renewed,
    settled,
    waiting,
)
from klustermotor.analysis.evaluate import evaluate
from klustermotor.analysis.evaluation import WHOLE, Answers, Options, WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire
from klustermotor.analysis.tabulation import estimates

TEXT = {"sv": "", "nb": "", "en": ""}
BLOCK = Block("b", "yes_no", TEXT, (Item("i", TEXT),))
ASKED = Questionnaire("q", TEXT, (BLOCK,))
NUMBER = Block("n", "number", TEXT, (Item("jobs", TEXT),))


def survey(groups: dict[str, tuple[int, int]], wave: str = "1") -> Answers:
    """Yes and no per group."""
    rows = [
        (group, code, f"{group}{i}{code}")
        for group, counts in groups.items()
        for code, count in zip(("yes", "no"), counts, strict=True)
        for i in range(count)
    ]
    frame = pl.DataFrame(
        {
            "initiative": ["i"] * len(rows),
            "wave": [wave] * len(rows),
            "respondent": [r[2] for r in rows],
            "size": [r[0] for r in rows],
            "b.i": [r[1] for r in rows],
        },
        schema_overrides={"b.i": pl.String},
    )
    return Answers(Questionnaire("q", TEXT, (BLOCK,)), frame)


def published(answers: Answers, k: int = 5) -> pl.DataFrame:
    options = Options(by=("size",), minimum_cell=k)
    table = estimates(answers, [WaveFacts("i", "1", 200, 200)], options)
    return protect_estimates(table, answers, options)


def shown(table: pl.DataFrame) -> set[str]:
    return set(table.filter(~pl.col("suppressed"))["group"])


def test_a_group_with_few_of_a_kind_takes_a_second_group_with_it():
    table = published(survey({"s": (20, 20), "m": (9, 9), "l": (2, 8)}))
    assert shown(table) == {WHOLE, "size=s"}
    hidden = table.filter("suppressed")
    assert hidden.select("value", "se", "n", "ci_low").null_count().row(0) == (4,) * 4


def test_two_groups_are_shown_or_hidden_together():
    assert shown(published(survey({"s": (20, 20), "l": (2, 8)}))) == {WHOLE}


def test_a_group_where_all_answered_alike_is_hidden():
    assert "size=l" not in shown(published(survey({"s": (20, 20), "m": (9, 9), "l": (0, 8)})))


def test_the_whole_needs_k_answers_and_no_more():
    assert shown(published(survey({"s": (1, 4)}))) == {WHOLE}
    assert shown(published(survey({"s": (1, 3)}))) == set()


def test_a_minimum_below_three_is_refused():
    with pytest.raises(ValueError, match="minimum cell 2 is too small"):
        evaluate(survey({"s": (9, 9)}), [], Options(minimum_cell=2))


def test_numbers_of_a_group_need_k_answers_that_differ():
    jobs = [float(i) for i in range(10)] + [7.0] * 6 + [float(i) for i in range(12)]
    frame = pl.DataFrame(
        {
            "initiative": "i",
            "wave": "1",
            "respondent": [str(i) for i in range(28)],
            "size": ["s"] * 10 + ["alike"] * 6 + ["l"] * 12,
            "n.jobs": jobs,
        }
    )
    table = published(Answers(Questionnaire("q", TEXT, (NUMBER,)), frame))
    assert shown(table) == {WHOLE, "size=l"}


def test_a_change_on_too_few_answers_is_emptied():
    answers = survey({"s": (3, 1)}, "1")
    later = survey({"s": (9, 9)}, "2")
    both = Answers(answers.questionnaire, pl.concat([answers.frame, later.frame]))
    found = evaluate(both, [WaveFacts("i", "1", 50, 50), WaveFacts("i", "2", 50, 50)]).changes
    assert found["suppressed"].all()
    assert found["change"].null_count() == found.height == protect_changes(found, Options()).height


def responses(answered: list[int]) -> pl.DataFrame:
    """A response table of strata where so many of 40 answered."""
    return pl.DataFrame(
        {
            "initiative": "i",
            "wave": "1",
            "stratum_column": "size",
            "stratum": [str(place) for place in range(len(answered))],
            "invited": 40,
            "answered": answered,
            "rate": [n / 40 for n in answered],
            "share_frame": 1 / len(answered),
            "share_answered": [n / max(sum(answered), 1) for n in answered],
            "suppressed": False,
        }
    )


def test_the_response_table_hides_a_second_stratum_when_one_could_be_subtracted():
    found = protect_nonresponse(responses([20, 8, 2]), Options())
    assert found["answered"].to_list() == [20, None, None]
    assert found["invited"].to_list() == [40, 40, 40]


def test_that_nobody_in_a_stratum_answered_cannot_be_subtracted_either():
    assert protect_nonresponse(responses([20, 8, 0]), Options())["answered"].to_list() == [
        20,
        None,
        None,
    ]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(3, 6))
def test_no_number_of_respondents_below_k_is_printed_or_left_to_subtraction(answered, k):
    found = protect_nonresponse(responses(answered), Options(minimum_cell=k))
    hidden = [n for n, shown in zip(answered, found["answered"], strict=True) if shown is None]
    assert all(shown is None or shown >= k for shown in found["answered"])
    assert not hidden or sum(hidden) >= k or len(hidden) == len(answered)
    for column in ("rate", "share_answered"):
        assert found[column].is_null().to_list() == found["answered"].is_null().to_list()


@given(
    st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 9), st.integers(0, 9))),
    st.integers(0, 4),
)
def test_the_respondents_of_groups_are_counted_by_the_same_k(groups, without):
    sizes = {g: sum(counts) for g, counts in groups.items() if sum(counts)}
    answers = survey({**groups, "none": (without, 0)})
    if not sizes:
        return
    grouped = answers.frame.with_columns(pl.col("size").replace({"none": None}))
    table = published(Answers(answers.questionnaire, grouped))
    told = {g: n for g, n in table.select("group", "answered").iter_rows() if g != WHOLE}
    hidden = [n for g, n in sizes.items() if told[f"size={g}"] is None]
    assert all(n is None or n >= 5 for n in told.values())
    assert not hidden or sum(hidden) + without >= 5 or len(hidden) == len(sizes)
    assert hidden or without == 0 or without >= 5 or len(sizes) == 0


def renew(shown: Release | None, answers: dict[str, tuple[int, int]], **options) -> Release | None:
    return renewed(shown, survey(answers).frame, ASKED, ("size",), 5, **options)


def counts(release: Release) -> tuple[int, int]:
    """How many yes and no a release counts."""
    codes = release.answers["b.i"].to_list()
    return codes.count("yes"), codes.count("no")


def test_an_open_wave_is_shown_from_five_answers_that_differ():
    assert renew(None, {"s": (1, 3)}) is None
    assert renew(None, {"s": (5, 0)}) is None
    assert counts(renew(None, {"s": (1, 4)})) == (1, 4)


def test_new_answers_count_when_they_are_five_and_differ():
    shown = renew(None, {"s": (10, 10)})
    assert renew(shown, {"s": (12, 12)}) is None
    assert renew(shown, {"s": (15, 10)}) is None
    assert counts(renew(shown, {"s": (14, 11)})) == (14, 11)


def test_answers_that_waited_count_with_those_that_come_later():
    shown = renew(None, {"s": (10, 10)})
    later = survey({"s": (15, 10)}).frame
    assert waiting(shown, later, ASKED) == 5
    later = survey({"s": (15, 11)}).frame
    assert waiting(renewed(shown, later, ASKED, ("size",), 5), later, ASKED) == 0


def test_new_answers_from_one_group_wait_when_they_would_tell_of_it():
    """All six from l came late: their yes, 2 of 6, would be a count that is hidden in l."""
    shown = renew(None, {"s": (10, 10)})
    assert renew(shown, {"s": (10, 10), "l": (2, 4)}) is None
    assert counts(renew(shown, {"s": (12, 13), "l": (2, 4)})) == (14, 17)


def test_a_closed_wave_shows_what_was_never_shown_though_all_answered_alike():
    closed = renew(None, {"s": (0, 17)}, closed=True)
    assert counts(closed) == (0, 17)


def test_one_corrected_answer_stays_as_it_was_shown():
    answers = survey({"s": (10, 10)}).frame
    shown = settled(answers, ASKED)
    one = pl.when(pl.col("respondent") == "s0no").then(pl.lit("yes")).otherwise("b.i")
    mended = answers.with_columns(one.alias("b.i"))
    assert renewed(shown, mended, ASKED, ("size",), 5) is None
    assert waiting(shown, mended, ASKED) == 1


def test_a_wave_coded_the_wrong_way_round_can_be_mended_until_its_groups_are_let_out():
    answers = survey({"s": (10, 6)}).frame
    shown = settled(answers, ASKED)
    swapped = answers.with_columns(pl.col("b.i").replace({"yes": "no", "no": "yes"}))
    assert counts(renewed(shown, swapped, ASKED, ("size",), 5)) == (6, 10)
    assert renewed(shown, swapped, ASKED, ("size",), 5, mend=False) is None


def test_a_withdrawn_answer_stays_in_what_was_shown():
    answers = survey({"s": (10, 10)}).frame
    shown = settled(answers, ASKED)
    assert renewed(shown, answers[:-1], ASKED, ("size",), 5) is None
    assert waiting(shown, answers[:-1], ASKED) == 1
