"""By what words somebody is found in text, and how those words are struck out."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SHORTEST = 4
PHONE_DIGITS = 7
NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True)
class Term:
    """A name, an address, a telephone or a personal number, in the ways that it is written.

    `sure` says that it hardly names another: a full name, an address, a number. A single word
    such as "Kim" is only proposed.
    """

    text: str

    @property
    def sure(self) -> bool:
        return bool(" " in self.text or "@" in self.text or re.search(r"\d", self.text))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        digits = re.sub(r"\D", "", self.text)
        if "@" in self.text:
            return re.compile(rf"(?<![\w.+-]){re.escape(self.text)}(?![\w-])", re.IGNORECASE)
        if re.fullmatch(r"[\d\s()+/-]+", self.text) and len(digits) >= PHONE_DIGITS:
            spaced = r"[\s()/+-]*".join(digits)
            century = r"(?:(?:19|20)[\s-]?)?" if len(digits) == 10 else ""
            return re.compile(rf"(?<!\d){century}{spaced}(?!\d)")
        words = r"[\s,]+".join(re.escape(word) for word in self.text.split())
        return re.compile(rf"(?<!\w){words}(?:['’:]?s)?(?!\w)", re.IGNORECASE)

    @cached_property
    def longest_word(self) -> str:
        """What stands in every text that names it, in small letters; of a number its digits."""
        digits = re.sub(r"\D", "", self.text)
        if self.is_number:
            return digits
        return max(self.text.lower().split(), key=len, default="")

    @cached_property
    def is_number(self) -> bool:
        """Whether it is a telephone or personal number, written with any spaces and dashes."""
        digits = re.sub(r"\D", "", self.text)
        return bool(re.fullmatch(r"[\d\s()+/-]+", self.text)) and len(digits) >= PHONE_DIGITS

    def spellings(self) -> set[str]:
        """How a database may look for it before the pattern decides; it folds a–z by itself."""
        digits = re.sub(r"\D", "", self.text)
        found = {self.text}
        if not self.text.isascii():
            found |= {self.text.upper(), self.text.lower(), self.text.title()}
        if re.fullmatch(r"[\d\s()+/-]+", self.text):
            found |= {digits}
            if len(digits) == 10:
                found |= {f"{digits[:6]}-{digits[6:]}"}
        return {one for one in found if one}


def terms_for(values: Iterable[str]) -> list[Term]:
    """The terms of the values that identify somebody; longest first, none that is too short."""
    found: set[str] = set()
    for value in values:
        text = " ".join(str(value or "").split())
        if len(text) < SHORTEST:
            continue
        found.add(text)
        words = text.split()
        if len(words) > 1 and "@" not in text and not re.search(r"\d", text):
            first, last = " ".join(words[:-1]), words[-1]
            found |= {f"{last}, {first}", f"{last} {first}"}
    return [Term(text) for text in sorted(found, key=lambda text: (-len(text), text))]


def names_somebody(value: Any, terms: Iterable[Term]) -> Term | None:
    """The first term that stands in a text, or anywhere in a JSON value."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    small, digits = text.lower(), ""
    for term in terms:
        if term.is_number and not digits:
            digits = NO_DIGIT.sub("", text) or "-"
        # A plain look for one word tells most texts apart long before the pattern would.
        if term.longest_word in (digits if term.is_number else small) and term.pattern.search(text):
            return term
    return None


def struck(value: Any, terms: Iterable[Term], mark: str) -> Any:
    """A text or JSON value with every term replaced by `mark`."""
    terms = list(terms)
    if isinstance(value, str):
        for term in terms:
            value = term.pattern.sub(mark, value)
        return value
    if isinstance(value, list):
        return [struck(part, terms, mark) for part in value]
    if isinstance(value, dict):
        return {
            struck(key, terms, mark) if isinstance(key, str) else key: struck(part, terms, mark)
            for key, part in value.items()
        }
    if isinstance(value, int) and not isinstance(value, bool):
        return mark if names_somebody(str(value), terms) else value
    return value
