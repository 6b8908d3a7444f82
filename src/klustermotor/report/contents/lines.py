"""How a block is reported: its lines, and the one measure that its table and chart show."""

from dataclasses import dataclass
from typing import Literal

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import CHOSEN, Block, Column
from klustermotor.report.contents.context import Context

Shape = Literal["items", "distribution", "means", "gap", "text"]


@dataclass(frozen=True)
class Line:
    """One line of a block's table, and the key of its figure among the estimates."""

    label: str
    item: str
    category: str
    statistic: Literal["share", "mean"]


def shape_of(block: Block) -> Shape:
    """How a block is shown.

    A share per item for what is ticked, yes or no, or on a scale with a named share; the whole
    distribution when one item is answered on a scale; means for numbers and other scales.
    """
    if block.type == "text":
        return "text"
    if block.type == "gap":
        return "gap"
    scale = scale_of(Column(block, block.items[0]))
    if scale is None:
        return "means"
    if block.type in ("multiple", "yes_no"):
        return "items"
    if len(block.items) == 1 or scale.type == "nominal":
        return "distribution"
    return "items" if scale.shares else "means"


def lines_of(context: Context, block: Block) -> tuple[Line, ...]:
    """The lines of a block that is neither a gap nor free text, in the questionnaire's order."""
    shape = shape_of(block)
    if shape == "distribution":
        return _distribution(context, block)
    category = "" if shape == "means" else _category(block)
    return tuple(
        Line(
            context.label(item.text, item.id),
            item.id,
            category,
            "mean" if shape == "means" else "share",
        )
        for item in block.items
    )


def _category(block: Block) -> str:
    if block.type == "multiple":
        return CHOSEN
    if block.type == "yes_no":
        return "yes"
    assert block.scale is not None
    return block.scale.shares[0].id


def _distribution(context: Context, block: Block) -> tuple[Line, ...]:
    scale = block.scale
    assert scale is not None
    many = len(block.items) > 1
    return tuple(
        Line(
            f"{context.label(item.text)}: {context.text(scale.codes[code], code)}"
            if many
            else context.label(scale.codes[code], code),
            item.id,
            code,
            "share",
        )
        for item in block.items
        for code in scale.substantive
    )


def measured_as(context: Context, block: Block) -> str:
    """What the figures of a block's table are, in words."""
    _ = context.words.gettext
    match shape_of(block):
        case "means":
            return _("Mean")
        case "items" if block.type == "multiple":
            return _("Share who chose it")
        case "items" if block.type == "yes_no":
            return _("Share who answered yes")
        case "items":
            assert block.scale is not None
            named = context.text(block.scale.shares[0].text, block.scale.shares[0].id)
            return _("Share who answered “{share}”").format(share=named)
        case _:
            return _("Share of the answers")
