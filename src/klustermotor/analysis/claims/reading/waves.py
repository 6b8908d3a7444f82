"""Waves and periods in a sentence: years, "last year", "since the baseline"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from klustermotor.analysis.claims.reading.lexicon import Lexicon

Relation = Literal["", "since"]


@dataclass(frozen=True)
class WaveMention:
    """Waves that a phrase names; `since` when the phrase tells what is compared with.

    `waves` is empty when the phrase names a wave that the tables do not have.
    """

    waves: tuple[str, ...]
    relation: Relation
    relative: bool
    """Named by its place among the waves ("last year") rather than by its name."""
    text: str
    start: int
    end: int


def wave_mentions(sentence: str, waves: Sequence[str], lexicon: Lexicon) -> tuple[WaveMention, ...]:
    """The waves that a sentence names, in order. `waves` are those of the tables, in time order."""
    found: list[WaveMention] = []
    for mention in (*_relative(sentence, waves, lexicon), *_named(sentence, waves, lexicon)):
        if not any(mention.start < f.end and f.start < mention.end for f in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _named(sentence: str, waves: Sequence[str], lexicon: Lexicon) -> Iterator[WaveMention]:
    names = [re.escape(w) for w in waves if not re.fullmatch(r"(?:19|20)\d\d", w)]
    parts = [r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/]|-\d|[.,]\d)", *(rf"\b{n}\b" for n in names if n)]
    for match in re.finditer("|".join(parts), sentence):
        known = (match[0],) if match[0] in waves else ()
        relation = _relation(sentence[: match.start()], lexicon)
        yield WaveMention(known, relation, False, match[0], *match.span())


def _years_apart(sentence: str, waves: Sequence[str], lexicon: Lexicon) -> Iterator[WaveMention]:
    """ "two years earlier", "four years later": counted from the wave named before, else from the
    latest one (or the first one, for later)."""
    expression = rf"(?P<n>{lexicon.number})\s+(?:{lexicon.years_apart})"
    for match in re.finditer(rf"(?<![\w,.]){expression}(?!\w)", sentence, re.IGNORECASE):
        years = round(lexicon.value(match["n"])[0])
        later = lexicon.has("later", match[0])
        known = [w for w in re.findall(r"(?:19|20)\d\d", sentence[: match.start()]) if w in waves]
        base = known[-1] if known else waves[0] if later else waves[-1]
        if not base.isdigit():
            continue
        meant = str(int(base) + (years if later else -years))
        waves_meant = (meant,) if meant in waves else ()
        relation = _relation(sentence[: match.start()], lexicon)
        yield WaveMention(waves_meant, relation, True, match[0], *match.span())


def _relation(before: str, lexicon: Lexicon) -> Relation:
    lead = re.search(rf"\b(?:{lexicon.since})(?:\s+\w+){{0,2}}\s*$", before, re.IGNORECASE)
    return "since" if lead else ""


def _relative(sentence: str, waves: Sequence[str], lexicon: Lexicon) -> Iterator[WaveMention]:
    if not waves:
        return
    for match in re.finditer(
        rf"\b(?:{lexicon.since})\s+(?:{'|'.join(lexicon.latest_survey)})(?!\w)",
        sentence.replace("  ", " "),
        re.IGNORECASE,
    ):
        yield WaveMention(tuple(waves[-2:-1]), "since", True, match[0], *match.span())
    yield from _years_apart(sentence, waves, lexicon)
    named = {
        "previous": waves[-2:-1],
        "first": waves[:1],
        "latest": waves[-1:],
        "earlier": waves[:-1],
        "all_waves": waves,
    }
    for field, meant in named.items():
        expression = lexicon.compiled.get(field)
        for match in expression.finditer(sentence) if expression else ():
            relation = _relation(sentence[: match.start()], lexicon)
            yield WaveMention(tuple(meant), relation, True, match[0], *match.span())
