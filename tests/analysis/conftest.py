"""What tests of the method share."""

from collections.abc import Callable

import polars as pl
import pytest

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale


@pytest.fixture(scope="session")
def bare_answers() -> Callable[..., Answers]:
    """Answers with the least questionnaire that has the columns; each is a block without name."""

    def made(frame: pl.DataFrame, numbers: list[str], shares: list[str]) -> Answers:
        blocks = [Block("", "number", {}, (Item(c, {}),)) for c in numbers]
        for c in shares:
            codes = frame[c].drop_nulls().unique().sort()
            scale = Scale(c, "nominal", {code: {} for code in codes})
            blocks.append(Block("", "single", {}, (Item(c, {}),), scale=scale))
        known = frame.with_columns(
            *(pl.lit("").alias(name) for name in ("initiative", "wave", "respondent")),
            *(pl.col(c).cast(pl.Float64).alias(f".{c}") for c in numbers),
            *(pl.col(c).alias(f".{c}") for c in shares),
        )
        return Answers(Questionnaire("", {}, tuple(blocks)), known)

    return made
