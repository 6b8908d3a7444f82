"""How texts become words, the same way when they are kept and when they are asked for.

Case goes, and the marks of letters that are no letters of their own here (é is e). å, ä and ö
stay: "ås" does not find "as". æ and ø count as ä and ö, so that Røros and Röros meet.
"""

import re
import unicodedata
from dataclasses import dataclass

from klustermotor.analysis.identifiers import NumberFaultError, organisation_number

_WORD = re.compile(r"[^\W_]+")
_OWN_LETTERS = {"å", "ä", "ö"}
_NORDIC = {"æ": "ä", "ø": "ö"}
_DIGITS_ONLY = re.compile(r"^[\d\s.–-]+$")
_WITH_DASH = re.compile(r"(?<!\d)((?:\d{2})?\d{6})[-–](\d{1,4})(?!\d)")
SHORTEST_INSIDE = 3
"""Letters that a word must have to be found inside other words."""
MAX_WORDS = 8
EXACT, PREFIX, WORDS, WORD_BEGINNINGS, INSIDE = 8, 6, 5, 4, 2
"""How well an entry answers: by its whole name, the beginning of its name, whole words of it,
beginnings of words, or only inside words. A kind's weight multiplies them."""


class _Letters(dict[int, str]):
    """What each letter counts as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kept = _NORDIC.get(letter, letter)
        if not kept.isascii() and kept not in _OWN_LETTERS:
            parts = unicodedata.normalize("NFD", kept)
            kept = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = kept
        return kept


_LETTERS = _Letters()


def folded(text: str) -> str:
    """The words of a text, small, with one space between: ``Ås Café-AB`` is ``ås cafe ab``."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    return " ".join(_WORD.findall(plain))


def number_words(*numbers: str) -> str:
    """Numbers as digits alone, which is how they are kept."""
    return " ".join(re.sub(r"\D", "", number) for number in numbers if number)


@dataclass(frozen=True)
class Question:
    """What somebody wrote in the box, as words."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Question":
        """Read the box. A number may be written with dash, spaces, century or VAT letters."""
        text = text[:200]
        try:
            return cls((organisation_number(text).digits,))
        except NumberFaultError:
            pass
        if _DIGITS_ONLY.match(text) and sum(letter.isdigit() for letter in text) > 4:
            return cls((re.sub(r"\D", "", text),))
        joined = _WITH_DASH.sub(lambda found: found[1] + found[2], text)
        return cls(tuple(folded(joined).split()[:MAX_WORDS]))

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def rank(self, title: str, text: str) -> int:
        """How well an entry answers: one of the ranks above."""
        if title == self.text:
            return EXACT
        if title.startswith(self.text):
            return PREFIX
        padded = f" {text} "
        if all(f" {word} " in padded for word in self.words):
            return WORDS
        if all(f" {word}" in padded for word in self.words):
            return WORD_BEGINNINGS
        return INSIDE

    def answered_by(self, text: str) -> bool:
        """Whether a text holds every word, short ones at the beginning of a word."""
        padded = f" {folded(text)}"
        return all(
            (word if len(word) >= SHORTEST_INSIDE else f" {word}") in padded for word in self.words
        )


def starts_a_word(question: Question, text: str) -> bool:
    """Whether every word asked for begins a word of the text."""
    padded = f" {folded(text)}"
    return all(f" {word}" in padded for word in question.words)
