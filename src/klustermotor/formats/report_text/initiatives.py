"""Which initiative each part of a report is about, when it has one chapter for each."""

import re
from collections.abc import Mapping, Sequence

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
    found: dict[int, str] = {}
    for at in heads:
        # Up to the next heading that is a name, not only to the next one that could be.
        end = next((other for other in heads if other > at and _is_chapter(blocks, other)), None)
        if name := _name_in(blocks, at, end):
            found[at] = name
    return found if len(set(found.values())) > 1 else {}


def _is_chapter(blocks: Sequence[Block], at: int) -> bool:
    return bool(_NUMBER.match(blocks[at].text)) or bool(_name_in(blocks, at, None))


def _may_be_name(text: str) -> bool:
    title = _NUMBER.sub("", text).strip()
    return not _PART.match(text) and 0 < len(title.split()) <= 5 and title[:1].isupper()


def _name_in(blocks: Sequence[Block], at: int, end: int | None) -> str:
    """The chapter's title as its prose spells it, if it is always spelled as a name there."""
    title = _NUMBER.sub("", blocks[at].text).strip()
    pattern = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)", re.IGNORECASE)
    prose = [b.text for b in blocks[at + 1 : end] if b.kind in ("prose", "item")]
    used = [match[0] for text in prose for match in pattern.finditer(text)]
    if len(used) < LEAST_MENTIONS or any(not word[:1].isupper() for word in used):
        return ""
    return max(set(used), key=lambda name: (used.count(name), name))
