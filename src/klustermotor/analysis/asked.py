"""Who was asked what: "not asked", "not answered" and "don't know" are three things."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.conditions import as_expression, comparisons, parse_condition
from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.questionnaire import Block


@dataclass(frozen=True)
class Asked:
    """Answers of those who were asked, and who was led past which block.

    `frame` is the frame of the answers with null where a block was not asked of the respondent;
    `passed` has, per block with a condition, True for each respondent who was led past it.
    """

    frame: pl.DataFrame
    passed: Mapping[str, NDArray[np.bool_]]


def asked(answers: Answers) -> Asked:
    """Applies every block's `ask_if`. Raises ConditionError when a condition cannot be read.

    Someone whose condition rests on a question without an answer was asked if they answered.
    """
    frame = answers.frame
    questionnaire = answers.questionnaire
    numbers = {c.name for c in questionnaire.columns if c.block.type == "number"}
    conditional = [block for block in questionnaire.blocks if block.ask_if is not None]
    if not conditional:
        return Asked(frame, {})
    passed = frame.select(_passed(block, numbers).alias(block.id) for block in conditional)
    names = {
        block.id: [c.name for c in questionnaire.columns if c.block.id == block.id]
        for block in conditional
    }
    cleared = frame.with_columns(
        pl.when(passed[block_id]).then(None).otherwise(pl.col(name)).alias(name)
        for block_id, columns in names.items()
        for name in columns
        if name in frame.columns
    )
    return Asked(cleared, {block_id: passed[block_id].to_numpy() for block_id in names})


def _passed(block: Block, numbers: set[str]) -> pl.Expr:
    condition = parse_condition(block.ask_if or "")
    rests_on = {comparison.column for comparison in comparisons(condition)}
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in sorted(rests_on))
    return known & ~as_expression(condition, numbers)
