"""A questionnaire as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Block, Column, Questionnaire, Text, in_language


@dataclass(frozen=True)
class ReadableBlock:
    """One question: what is asked, of what, and what may be answered."""

    id: str
    text: str
    type: str
    indicator: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    dont_know: tuple[str, ...]
    key: bool
    waves: tuple[str, ...]
    condition: str


def readable(questionnaire: Questionnaire, language: str) -> list[ReadableBlock]:
    """The questions in order, in one language; in the first a text has where it lacks that."""
    return [_block(block, language) for block in questionnaire.blocks]


def _block(block: Block, language: str) -> ReadableBlock:
    scale = scale_of(Column(block, block.items[0]))
    codes: Mapping[str, Text] = scale.codes if scale and block.type != "multiple" else {}
    unknown = scale.dont_know if scale else ()
    texts = [in_language(item.text, language) for item in block.items]
    return ReadableBlock(
        id=block.id,
        text=in_language(block.text, language) or block.id,
        type=block.type,
        indicator=block.indicator,
        items=tuple(text for text in texts if text),
        answers=tuple(in_language(t, language) or c for c, t in codes.items() if c not in unknown),
        dont_know=tuple(in_language(t, language) or c for c, t in codes.items() if c in unknown),
        key=block.key,
        waves=tuple(block.waves or ()),
        condition=block.ask_if or "",
    )
