"""Our own evaluations as cells to proofread against."""

import pytest

from klustermotor.analysis.claims.evaluated import cells_of, labels_of
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.analysis.evaluation import WaveFacts
from klustermotor.analysis.questionnaire import NamedShare

COUNTS = {("2009", "motives.companies"): {"1": 10, "0": 17}}


@pytest.fixture
def evaluation(built):
    return built(COUNTS, (WaveFacts("steel", "2009", invited=60),))


def test_a_named_share_is_no_part_of_the_total_of_its_answers(built, questionnaire):
    from dataclasses import replace

    will = questionnaire.block("will")
    wants = NamedShare("grows", ("both", "turnover"), {"sv": "vill växa"})
    scale = replace(will.scale, shares=(wants,))
    blocks = tuple(
        replace(block, scale=scale) if block.id == "will" else block
        for block in questionnaire.blocks
    )
    counts = {("2009", "will.will"): {"both": 12, "turnover": 5, "none": 3}}
    evaluation = built(
        counts, (WaveFacts("steel", "2009"),), questionnaire=replace(questionnaire, blocks=blocks)
    )
    cells = cells_of(evaluation)
    assert {c.category: c.base for c in cells if c.table == "will"} == {
        "both": "will.will", "turnover": "will.will", "none": "will.will", "grows": ""
    }  # fmt: skip
    assert check_tables(cells) == ()


@pytest.mark.parametrize(("written", "right"), [("62", "37"), ("62,4", "37,0")])
def test_the_right_figure_has_as_many_decimals_as_the_writer_gave(evaluation, written, right):
    text = f"År 2009 angav {written} procent samarbete med andra företag som motiv."
    labels = labels_of(evaluation.questionnaire, "sv")
    (fault,) = proofread(text, cells_of(evaluation), language="sv", labels=labels)
    assert fault.suggestion == f"{right}\u00a0procent"
