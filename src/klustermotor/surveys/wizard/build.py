"""The questionnaire that a draft describes, and what its columns are called in the file."""

import re
from dataclasses import dataclass
from typing import cast

from klustermotor.analysis.questionnaire import (
    Block,
    BlockType,
    Indicator,
    Item,
    NamedShare,
    Questionnaire,
    Scale,
    Text,
)
from klustermotor.surveys.wizard.corrections import ON_A_SCALE, ONCE
from klustermotor.surveys.wizard.draft import (
    LANGUAGES,
    Draft,
    DraftBlock,
    DraftColumn,
    DraftScale,
    Words,
)


@dataclass(frozen=True)
class Built:
    """A questionnaire, its columns' names in the file (ours: theirs), and columns kept beside."""

    questionnaire: Questionnaire
    columns: dict[str, str]
    keep: list[str]


def built(draft: Draft) -> Built:
    """What a draft without faults describes."""
    scales = {scale.id: _scale(scale) for scale in draft.scales}
    names = {column.role: column.name for column in draft.columns if column.role in ONCE}
    blocks = []
    for draft_block in draft.blocks:
        columns = [c for _at, c in draft.of_block(draft_block) if c.role == "question"]
        if columns:
            block, own = _block(draft_block, columns, scales)
            blocks.append(block)
            names |= own
    used = {block.scale.id: block.scale for block in blocks if block.scale is not None}
    questionnaire = Questionnaire(draft.id, _text(draft.title), tuple(blocks), used)
    keep = [column.name for column in draft.columns if column.role == "background"]
    return Built(questionnaire, names, keep)


def _block(
    block: DraftBlock, columns: list[DraftColumn], scales: dict[str, Scale]
) -> tuple[Block, dict[str, str]]:
    items: dict[str, Item] = {}
    names: dict[str, str] = {}
    for column in columns:
        # Two halves of a pair that is none any more are two questions of their own.
        apart = column.side and block.type != "gap"
        item = f"{column.item}-{column.side}" if apart else column.item
        items.setdefault(item, Item(item, _text(column.text)))
        side = f".{column.side}" if column.side and not apart else ""
        names[f"{block.id}.{item}{side}"] = column.name
    on_scale = block.type in ON_A_SCALE or (block.type == "yes_no" and block.scale)
    made = Block(
        id=block.id,
        type=cast(BlockType, block.type),
        text=_text(block.text),
        items=tuple(items.values()),
        indicator=cast(Indicator, block.indicator),
        scale=scales[block.scale] if on_scale else None,
    )
    return made, names


def _scale(scale: DraftScale) -> Scale:
    known = _codes(scale)
    codes = {known[code.code]: _text(code.text) for code in scale.codes}
    named = tuple(known[code.code] for code in scale.codes if code.in_share)
    shares = (NamedShare("high", named, _text(scale.share)),) if named else ()
    unknown = tuple(known[code.code] for code in scale.codes if code.dont_know)
    type_ = "ordinal" if scale.type == "ordinal" else "nominal"
    return Scale(scale.id, type_, codes, unknown, shares)


def _codes(scale: DraftScale) -> dict[str, str]:
    """The code of each answer; in order they are numbers, and the file's words are their labels."""
    numeric = all(re.fullmatch(r"-?\d+", code.code) for code in scale.codes)
    if scale.type == "nominal" or numeric:
        return {code.code: code.code for code in scale.codes}
    return {code.code: str(place) for place, code in enumerate(scale.codes, 1)}


def _text(words: Words) -> Text:
    """A text in every language; in the first there is where one lacks."""
    first = next((text for text in words.values() if text), "")
    return {language: words.get(language) or first for language in LANGUAGES}
