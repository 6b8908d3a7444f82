"""Respondents against the frame."""

import polars as pl

from klustermotor.analysis.evaluation import Answers, WaveFacts
from klustermotor.analysis.nonresponse import background_columns, nonresponse
from klustermotor.analysis.questionnaire import Questionnaire

WAVES = [WaveFacts("T", "2008"), WaveFacts("T", "2009")]
FRAME = pl.DataFrame(
    {
        "initiative": "T",
        "wave": ["2009"] * 6,
        "respondent": list("abcdef"),
        "size": ["s", "s", "s", "l", "l", None],
        "same": "x",
    }
)


def answers(respondents: list, **background: list) -> Answers:
    frame = pl.DataFrame(
        {
            "initiative": ["T"] * len(respondents),
            "wave": ["2009"] * len(respondents),
            "respondent": respondents,
            **background,
        },
        schema_overrides={"respondent": pl.String},
    )
    return Answers(Questionnaire("q", {}, ()), frame)


def counts(table: pl.DataFrame) -> list[tuple]:
    return table.select("stratum_column", "stratum", "invited", "answered", "rate").rows()


def test_background_is_found_in_the_frame_by_respondent():
    found = nonresponse(answers(["a", "b", "d"]), WAVES, FRAME)
    assert counts(found) == [
        ("size", "", 1, 0, 0.0),
        ("size", "l", 2, 1, 0.5),
        ("size", "s", 3, 2, 2 / 3),
    ]
    assert found["share_answered"].to_list() == [0, 1 / 3, 2 / 3]
    assert found["share_frame"].to_list() == [1 / 6, 2 / 6, 3 / 6]


def test_without_a_key_the_answers_tell_their_own_background():
    found = nonresponse(answers([None, None], size=["l", "l"]), WAVES, FRAME.drop("respondent"))
    assert ("size", "l", 2, 2, 1.0) in counts(found)


def test_a_column_that_groups_nobody_or_names_everybody_is_no_background():
    many = (
        FRAME.head(1)
        .select(pl.lit("T").alias("initiative"))
        .join(pl.DataFrame({"name": [str(i) for i in range(40)]}), how="cross")
    )
    assert background_columns(FRAME) == ("size",)
    assert background_columns(many) == ()


def test_without_a_frame_there_is_no_profile():
    assert nonresponse(answers(["a"]), WAVES, None).is_empty()


def test_a_frame_without_waves_holds_for_all():
    found = nonresponse(answers(["a", "d"]), WAVES, FRAME.drop("wave", "initiative"))
    assert found.filter(pl.col("stratum") == "s").select("wave", "invited", "answered").rows() == [
        ("2008", 3, 0),
        ("2009", 3, 1),
    ]
