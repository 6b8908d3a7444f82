"""In which section of the report a block is told: by its indicator, its kind and its place."""

from typing import Literal

from klustermotor.analysis.questionnaire import Block, Questionnaire

Place = Literal["participation", "results", "development"]


def place_of(questionnaire: Questionnaire, block: Block) -> Place:
    """Who takes part and why; what came of it; what companies need next.

    Needs are the gaps, all about cooperation, and what is asked of an indicator after its gap.
    """
    if block.type == "gap" or block.indicator == "cooperation":
        return "development"
    if block.indicator in ("background", "other") or expects(block):
        return "participation"
    asked_before = questionnaire.blocks[: questionnaire.blocks.index(block)]
    if any(b.type == "gap" and b.indicator == block.indicator for b in asked_before):
        return "development"
    return "results"


def expects(block: Block) -> bool:
    """Whether the block holds motives whose counterparts are among the results."""
    return block.delivers is not None or any(item.delivers for item in block.items)


def blocks_at(questionnaire: Questionnaire, place: Place) -> tuple[Block, ...]:
    """The blocks told in a section, in the questionnaire's order."""
    return tuple(b for b in questionnaire.blocks if place_of(questionnaire, b) == place)
