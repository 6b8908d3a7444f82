"""Not asked, not answered and "don't know" are three things."""

import polars as pl
import pytest

from klustermotor.analysis.asked import asked
from klustermotor.analysis.evaluation import Answers, Options, WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale
from klustermotor.analysis.tabulation import estimates

GRADE = Scale("grade", "nominal", {"a": {}, "b": {}}, dont_know=("9",))
ASKED = Questionnaire(
    "q",
    {},
    (
        Block("active", "yes_no", {}, (Item("i", {}),)),
        Block("why", "single", {}, (Item("i", {}),), scale=GRADE, ask_if="active.i == 'yes'"),
    ),
)


def answers(active: list, why: list) -> Answers:
    rows = len(active)
    frame = pl.DataFrame(
        {
            "initiative": ["T"] * rows,
            "wave": ["1"] * rows,
            "respondent": [None] * rows,
            "active.i": active,
            "why.i": why,
        },
        schema_overrides={"respondent": pl.String, "active.i": pl.String, "why.i": pl.String},
    )
    return Answers(ASKED, frame)


def test_an_answer_that_was_not_asked_for_is_outside_the_base():
    found = asked(answers(["yes", "no", "yes"], ["a", "b", None]))
    assert found.frame["why.i"].to_list() == ["a", None, None]
    assert found.passed["why"].tolist() == [False, True, False]


def test_who_left_the_condition_open_was_asked_if_they_answered():
    found = asked(answers([None, None], ["a", None]))
    assert found.frame["why.i"].to_list() == ["a", None]
    assert found.passed["why"].tolist() == [False, False]


def test_those_led_past_a_question_are_known_to_be_outside_it():
    given = answers(["yes"] * 4 + ["no"] * 4, ["a", "a", "b", "9"] + [None] * 4)
    table = estimates(given, [WaveFacts("T", "1", 10, 10)], Options())
    row = table.filter(
        pl.col("block") == "why", pl.col("category") == "a", pl.col("base") == "answered"
    ).row(0, named=True)
    # 3 of the 7 whose place is known answered a or b; the unknown one of 10 − 4 − 1 others.
    ss = 2 / 3
    assert (row["n"], row["n_dont_know"]) == (3, 1)
    assert row["se"] == pytest.approx(((1 - 7 / 10) * 7 / 6 * ss) ** 0.5 / 3)
    assert row["bound_low"] == pytest.approx(2 / 5)
    assert row["bound_high"] == pytest.approx(4 / 5)
