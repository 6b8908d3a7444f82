"""The little markup that a document's text knows: emphasis and links within the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKUP = re.compile(
    r"(?<![\w*])\*(?=\S)(?P<emphasis>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|\[(?P<words>[^\]\n]+)\]\(#(?P<anchor>[\w.-]+)\)"
)


@dataclass(frozen=True)
class Run:
    """A stretch of text of one kind; `anchor` is an id in the same document."""

    text: str
    emphasis: bool = False
    anchor: str = ""


def runs(text: str) -> Iterator[Run]:
    """The text cut where its markup begins and ends; what is no markup is kept as it stands."""
    at = 0
    for match in _MARKUP.finditer(text):
        if match.start() > at:
            yield Run(text[at : match.start()])
        if match["emphasis"]:
            yield Run(match["emphasis"], emphasis=True)
        else:
            yield Run(match["words"], anchor=match["anchor"])
        at = match.end()
    if at < len(text):
        yield Run(text[at:])


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs, which are parted by empty lines; a single line break is a space."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(" ".join(part.split()) for part in parts if part.strip())
