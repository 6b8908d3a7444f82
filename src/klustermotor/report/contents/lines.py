"""How a block is reported: its lines, and the one measure that its table and chart show."""

from dataclasses import dataclass
from typing import Literal

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import CHOSEN, Block, Column, NamedShare
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

    A share per item for what is ticked, yes or no; the whole distribution when one item is
    answered on a scale; means for numbers and for several items on a scale, whose named share
    then stands beside the mean in the table.
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
    return "means"


def lines_of(context: Context, block: Block) -> tuple[Line, ...]:
    """The lines of a block that is neither a gap nor free text, in the questionnaire's order."""
    shape = shape_of(block)
    if shape == "distribution":
        return _distribution(context, block)
    if shape == "means":
        return _per_item(context, block, "", "mean")
    return share_lines(context, block)


def share_lines(context: Context, block: Block) -> tuple[Line, ...]:
    """The one share of each item that the report speaks of; empty where none is named."""
    if block.type in ("multiple", "yes_no"):
        return _per_item(context, block, CHOSEN if block.type == "multiple" else "yes", "share")
    named = named_share(block)
    return _per_item(context, block, named.id, "share") if named else ()


def named_share(block: Block) -> NamedShare | None:
    """The first share that a block's scale names, such as "to a great extent or more"."""
    return block.scale.shares[0] if block.scale is not None and block.scale.shares else None


def summary_lines(context: Context, block: Block) -> tuple[Line, ...]:
    """What sums up a distribution of one item: its named shares, and its mean on a scale."""
    if shape_of(block) != "distribution" or block.scale is None or len(block.items) > 1:
        return ()
    _, item, scale = context.words.gettext, block.items[0].id, block.scale
    shares = tuple(
        Line(context.label(named.text, named.id), item, named.id, "share") for named in scale.shares
    )
    if scale.type != "ordinal":
        return shares
    said = _("Mean on the scale {low}–{high}").format(
        low=scale.substantive[0], high=scale.substantive[-1]
    )
    return (*shares, Line(said, item, "", "mean"))


def _per_item(
    context: Context, block: Block, category: str, statistic: Literal["share", "mean"]
) -> tuple[Line, ...]:
    return tuple(
        Line(context.label(item.text, item.id), item.id, category, statistic)
        for item in block.items
    )


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
        case "means" if block.scale is not None:
            codes = block.scale.substantive
            return _("Mean on the scale {low}–{high}").format(low=codes[0], high=codes[-1])
        case "means":
            return _("Mean")
        case "items":
            return share_as(context, block)
        case _:
            return _("Share of the answers")


def share_as(context: Context, block: Block) -> str:
    """What the shares of `share_lines` are, in words; empty where there are none."""
    _ = context.words.gettext
    if block.type == "multiple":
        return _("Share who chose it")
    if block.type == "yes_no":
        return _("Share who answered yes")
    named = named_share(block)
    if named is None:
        return ""
    return _("Share who answered “{share}”").format(share=context.text(named.text, named.id))
