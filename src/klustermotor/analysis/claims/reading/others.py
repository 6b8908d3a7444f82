"""Figures of others, told beside an initiative's own: "61 percent, compared with 39 in the Ring".

In a text about one initiative such a figure is none of its own. The reader is given the text
without it, and, where the other initiative's figures are known, the same sentence with that figure
alone, to be held against those.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantities import quantities
from klustermotor.analysis.claims.reading.sentences import Sentence, sentences

_AGAINST = {
    "sv": r"att jämföra med|jämfört med|i jämförelse med|mot|gentemot|medan|mer än|mindre än|än",
    "nb": r"å sammenligne med|sammenlignet med|sammenliknet med|mot|mens|mer enn|mindre enn|enn",
    "en": r"to be compared with|compared with|compared to|against|versus|while|whereas|than",
}
_IN = {"sv": r"i|för|hos|inom", "nb": r"i|for|hos|innen", "en": r"in|for|at|within"}
_THE_OTHERS = {
    "sv": r"(?:de|dom) (?:\w+ )?(?:andra|övriga) (?:kluster)?initiativen",
    "nb": r"de (?:\w+ )?(?:andre|øvrige) (?:klynge)?initiativene",
    "en": r"the (?:\w+ )?other (?:\w+ )?(?:cluster )?initiatives",
}


@dataclass(frozen=True)
class Beside:
    """Where a sentence tells a figure of another initiative; `of` is empty for several others."""

    sentence: Sentence
    start: int
    end: int
    of: str


def told_of_others(
    text: str, about: str, names: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> tuple[Beside, ...]:
    """The figures of other initiatives in a text about one; `names` is what each is called."""
    others = {of: called for of, called in names.items() if of != about}
    parties = {
        f"o{at}": (of, _any_of([of, *called])) for at, (of, called) in enumerate(others.items())
    }
    code = lexicon.code
    named = "|".join(f"(?P<{group}>{called})" for group, (_of, called) in parties.items())
    party = "|".join(filter(None, (named, _THE_OTHERS[code])))
    expression = re.compile(
        rf"(?<!\w)(?:{_AGAINST[code]})\s(?P<told>(?:[^.;:!?]|\.(?=\d)){{1,60}}?)\s(?:{_IN[code]})\s(?:{party})(?!\w)".replace(
            " ", r"\s+"
        ),
        re.IGNORECASE,
    )
    if not expression.search(text):
        return ()
    return tuple(
        Beside(
            sentence,
            sentence.start + match.start(),
            sentence.start + match.end(),
            next((of for group, (of, _called) in parties.items() if match[group]), ""),
        )
        for sentence in sentences(text)
        for match in expression.finditer(sentence.text)
        if quantities(match["told"], lexicon)
    )


def _any_of(names: Sequence[str]) -> str:
    """Any of the names, however their words are joined: triple-steelix is Triple Steelix."""
    words = ([re.escape(word) for word in re.split(r"[\W_]+", name) if word] for name in names)
    return "|".join(
        sorted({r"[\W_]*".join(found) for found in words if found}, key=len, reverse=True)
    )


def without(text: str, besides: Sequence[Beside]) -> str:
    """The text with the figures of others blanked, as long as before."""
    for beside in besides:
        text = _blanked(text, beside.start, beside.end)
    return text


def alone(text: str, beside: Beside, lexicon: Lexicon) -> str:
    """One sentence with the other's figure as its only one; all else blanked, as long as before."""
    first = beside.sentence.start
    last = first + len(beside.sentence.text)
    kept = " " * first + text[first:last] + " " * (len(text) - last)
    for quantity in quantities(beside.sentence.text, lexicon):
        start, end = first + quantity.start, first + quantity.end
        if end <= beside.start or start >= beside.end:
            kept = _blanked(kept, start, end)
    return kept


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
