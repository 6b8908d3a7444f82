"""Which initiative each part of a report is about, when it has one chapter for each."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from klustermotor.formats.report_text.blocks import Block

LEAST_MENTIONS = 3
"""How often a chapter must use the name that it is headed by."""

_NUMBER = re.compile(r"^\d+\.?\s+")
_PART = re.compile(r"^\d+\.\d")


def initiatives_of(blocks: Sequence[Block]) -> Mapping[int, str]:
    """The heading block of each initiative's chapter, with its name as the text writes it.

    A chapter is about an initiative when its heading is a proper name that its text uses. Empty
    unless there are two such chapters at least, for a report on one initiative is all about it.
    """
    heads = [at for at, b in enumerate(blocks) if b.kind == "heading" and _may_be_name(b.text)]
    titles = {at: _NUMBER.sub("", blocks[at].text).strip() for at in heads}
    everywhere = _prose(blocks)
    names = {title: _name(title, everywhere) for title in set(titles.values())}
    chapters = [at for at in heads if names[titles[at]] or _NUMBER.match(blocks[at].text)]
    found: dict[int, str] = {}
    for at, end in pairwise([*chapters, len(blocks)]):
        if name := _name(titles[at], _prose(blocks[at + 1 : end])):
            found[at] = name
    return found if len(set(found.values())) > 1 else {}


def _may_be_name(text: str) -> bool:
    title = _NUMBER.sub("", text).strip()
    return not _PART.match(text) and 0 < len(title.split()) <= 5 and title[:1].isupper()


def _prose(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.kind in ("prose", "item"))


def _name(title: str, prose: str) -> str:
    """A title as the prose spells it, if it is used often and always spelled as a name."""
    pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)", re.IGNORECASE)
    used = pattern.findall(prose)
    if len(used) < LEAST_MENTIONS or any(not word[:1].isupper() for word in used):
        return ""
    return str(max(set(used), key=lambda name: (used.count(name), name)))
