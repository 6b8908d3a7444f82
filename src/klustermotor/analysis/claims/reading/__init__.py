"""Reading report prose: sentences, quantities, waves, directions, items."""

from collections.abc import Mapping

from klustermotor.analysis.claims.reading import en, nb, sv
from klustermotor.analysis.claims.reading.lexicon import Lexicon

LEXICONS: Mapping[str, Lexicon] = {"sv": sv.LEXICON, "nb": nb.LEXICON, "en": en.LEXICON}


def language_of(text: str) -> str:
    """The language of a text, by its most frequent words; Swedish when nothing tells."""
    words = text.lower().split()
    return max(LEXICONS, key=lambda code: sum(w in LEXICONS[code].common for w in words))
