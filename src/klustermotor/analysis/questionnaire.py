"""What was asked: a questionnaire as values, without the file it came from.

An answer column is named ``block.item``; a gap block has two per item,
``block.item.now`` and ``block.item.wanted``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Text = Mapping[str, str]
"""A text in each language of the questionnaire: ``{"sv": …, "nb": …, "en": …}``."""

BlockType = Literal["single", "multiple", "scale", "yes_no", "gap", "number", "text"]
Indicator = Literal[
    "growth", "skills", "research", "cooperation", "sustainability", "background", "other"
]

ASPECTS = ("now", "wanted")
CHOSEN, NOT_CHOSEN = "1", "0"
"""Codes of a multiple-choice item: ticked, and left unticked by someone who ticked another."""


def in_language(text: Text, language: str, default: str = "") -> str:
    """The text in this language, else in the first language that it has."""
    return text.get(language) or next(iter(text.values()), "") or default


@dataclass(frozen=True)
class NamedShare:
    """A share that the report speaks of by name, such as "in great extent or more"."""

    id: str
    codes: tuple[str, ...]
    text: Text
    statement: Text = field(default_factory=dict)
    """What those in it say, verb first ("vill växa"), where the name is no answer one gives."""


@dataclass(frozen=True)
class Scale:
    """The codes an item can be answered with, in order, and what they are called."""

    id: str
    type: Literal["ordinal", "nominal"]
    codes: Mapping[str, Text]
    dont_know: tuple[str, ...] = ()
    shares: tuple[NamedShare, ...] = ()

    @property
    def substantive(self) -> tuple[str, ...]:
        """The codes that are an answer, "don't know" left out."""
        return tuple(code for code in self.codes if code not in self.dont_know)


@dataclass(frozen=True)
class Item:
    """One line of a block: an actor, a motive, an effect."""

    id: str
    text: Text
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    delivers: str | None = None
    """A motive's counterpart among the results, as ``block.item``; before the block's own."""
    waves: tuple[str, ...] | None = None
    """When an item was asked in fewer waves than its block."""


@dataclass(frozen=True)
class Block:
    """One question with its items, all answered in the same way."""

    id: str
    type: BlockType
    text: Text
    items: tuple[Item, ...]
    indicator: Indicator = "other"
    scale: Scale | None = None
    key: bool = False
    delivers: str | None = None
    waves: tuple[str, ...] | None = None
    ask_if: str | None = None
    required: bool = False
    """Whether the questionnaire asks again when nothing was answered; a partial answer counts."""
    about: Literal["initiative", "company"] = "initiative"
    """Whether a company in several initiatives is asked it for each of them, or once."""
    unit: str = ""
    statistics: tuple[Literal["mean", "total"], ...] = ("mean", "total")
    """What is computed of a number: the total of founding years says nothing."""
    topic: Text = field(default_factory=dict)
    """What the block is about, as a noun phrase inside a sentence.

    A block of several items names them in the definite plural ("motiven att delta"), so that it
    can be read after "vanligast bland"; a gap block and a single question name their matter
    ("samarbetet med andra aktörer", "viljan att växa")."""
    heading: Text = field(default_factory=dict)
    """What stands above the block in a report, where its topic would not do: a block whose items
    are periods is headed by what was done in them."""
    item_topic: Text = field(default_factory=dict)
    """The same for one item, with ``{item}`` in it: "samarbetet med {item}"."""
    item_statement: Text = field(default_factory=dict)
    """What those say who answer yes to or choose an item, verb first, with ``{item}`` in it:
    "uppger att deltagandet har bidragit till {item}"."""

    def asked_in(self, wave: str) -> bool:
        return _asked(self.waves, wave)


@dataclass(frozen=True)
class Column:
    """One column of answers: an item, and for a gap block which side of the gap."""

    block: Block
    item: Item
    aspect: Literal["", "now", "wanted"] = ""

    @property
    def name(self) -> str:
        return f"{self.block.id}.{self.item_key}"

    def asked_in(self, wave: str) -> bool:
        """Whether both the block and the item were asked in this wave."""
        return self.block.asked_in(wave) and _asked(self.item.waves, wave)

    @property
    def item_key(self) -> str:
        """The item as the result files name it: ``companies`` or ``companies.now``."""
        return f"{self.item.id}.{self.aspect}" if self.aspect else self.item.id


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire: its blocks in the order they are asked and reported."""

    id: str
    title: Text
    blocks: tuple[Block, ...]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    respondents: Literal["companies", "respondents"] = "respondents"
    """What sentences call those who answer."""
    columns_only: bool = False
    """Nobody asked these blocks: each stands for a chosen column of a bare file, whose name is the
    item's. Result files leave `block` empty."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self._columns())

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    def block(self, block_id: str) -> Block:
        """The block with this id; KeyError when there is none."""
        for block in self.blocks:
            if block.id == block_id:
                return block
        raise KeyError(block_id)

    def _columns(self) -> Iterator[Column]:
        for block in self.blocks:
            for item in block.items:
                if block.type == "gap":
                    yield Column(block, item, "now")
                    yield Column(block, item, "wanted")
                else:
                    yield Column(block, item)


def _asked(waves: tuple[str, ...] | None, wave: str) -> bool:
    """A wave is named, or lies at or after a start: ``2008-`` is 2008 and all later waves."""
    if waves is None:
        return True
    return any(wave == w or (w.endswith("-") and wave >= w[:-1]) for w in waves)
