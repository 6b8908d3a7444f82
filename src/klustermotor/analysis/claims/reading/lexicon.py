"""What a language must bring so that report prose can be read in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Patterns = tuple[str, ...]
"""Regular expressions, matched without regard to case, at word boundaries."""


def pattern(parts: Patterns) -> re.Pattern[str]:
    """Any of the parts, as whole words; white space matches any white space."""
    body = "|".join(part.replace(" ", r"\s+") for part in parts)
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Lexicon:
    """Words by what they do in a sentence."""

    code: str
    common: frozenset[str]
    """Frequent words by which the language is told."""
    stop: frozenset[str]
    """Words that carry no part of a label."""
    light: frozenset[str]
    """Words that carry little of a label, stemmed: "ökad", "mer", "nya"."""
    suffixes: tuple[str, ...]
    """Inflections, longest first."""
    synonyms: tuple[tuple[str, ...], ...]
    """Stems that stand for each other in labels."""
    numbers: Mapping[str, int]
    tens_suffix: str
    """What makes "thirty or so" of a number: "30-tal"."""
    percent: str
    points: str
    of: str
    people: str
    """Those who answer, after a number."""
    link: str
    """Between two numbers that share the unit after the second."""
    from_: str
    to: str
    between: str
    fraction_parts: Mapping[str, int]
    """Denominators: "tredjedel" is 3."""
    ordinals: Mapping[str, int]
    """After "every": "every third"."""
    every: str
    in_of: str
    """Between the numbers of "two in three"."""
    not_figures: Patterns
    """What follows or surrounds a number that is no figure of the tables: "år", "miljoner"."""
    before_not_figures: Patterns
    """What stands before such a number: "Tabell", "kapitel"."""
    modifiers: Mapping[str, tuple[str, ...]]
    """Modifiers beyond those that the claims write, by the same names."""
    latest: Patterns
    previous: Patterns
    first: Patterns
    earlier: Patterns
    all_waves: Patterns
    years_apart: str
    """After a number of years: "years earlier", "years later"."""
    later: Patterns
    since: str
    latest_survey: Patterns
    """ "the latest survey", which after "since" is the one before."""
    up: Patterns
    down: Patterns
    constant: Patterns
    more_or_fewer: str
    """After a number by which two others differ: "62 more"."""
    same: Patterns
    stressed: Patterns
    """Words that make a change sure or large."""
    tested: Patterns
    """A statement about statistical certainty, for or against."""
    negation: Patterns
    highest: Patterns
    most_often: Patterns
    """Ranks a figure, unless the sentence counts who say so: "three say most often A"."""
    lowest: Patterns
    largest_change: Patterns
    largest_rise: Patterns
    largest_fall: Patterns
    gap: Patterns
    next_best: Patterns
    now: Patterns
    wanted: Patterns
    strong_cause: Patterns
    weak_cause: Patterns
    due_to: Patterns
    """A cause is told when what took part follows: "is due to"."""
    attribution: Patterns
    hedge: Patterns
    agents: Patterns
    outcomes: Patterns
    motive: Patterns
    joining: Patterns
    """Tells, beside the words for a motive, that a motive is spoken of: "in order to"."""
    result: Patterns
    compare: Patterns
    more: Patterns
    """Ranks what is named before "than" above what comes after."""
    fewer: Patterns
    simply_than: Patterns
    than: Patterns
    """Sets two figures against each other: "more than"."""
    incomparable: Patterns
    anaphora: Patterns
    defines: Patterns
    """What names a new share, so that none is carried from before: "the share of those who"."""
    points_back: Patterns
    equals: Patterns
    separators: Patterns
    all_people: Patterns
    no_people: Patterns
    survey: Patterns
    """The survey itself: "the questionnaire"."""
    answered: str
    """After the number of those who answered it."""
    answered_by: str
    """Before that number."""
    invited: str
    invited_to: str
    answered_label: Patterns
    """What a table calls the number who answered."""
    invited_label: Patterns
    rates: Patterns
    """Names of shares that are counted, not estimated from answers: the response rate."""
    gains: Patterns
    """Verbs of having gained something: "have got"."""
    either: Patterns
    """What takes several answers together: "or"."""
    no_people_whole: str
    """What a share may be of that is no number of people: "the costs"."""
    rest: Patterns
    """Names the part that is left of a whole: "the remaining"."""
    so_far: Patterns
    """What ranks a figure among the waves: "so far"."""
    age: Patterns
    """The number of years that something has existed, in a group named ``n``."""

    @cached_property
    def number(self) -> str:
        """A number in digits or words, as a pattern."""
        thousand, mark = (r"[\u00a0\u202f ]", ",") if self.code != "en" else (",", r"\.")
        digits = rf"\d{{1,3}}(?:{thousand}\d{{3}})+(?:{mark}\d+)?|\d+(?:{mark}\d+)?"
        if self.code != "en":
            digits += r"|\d+\.\d+(?![\d.])"
        tens = "|".join(w for w, v in self.numbers.items() if v in range(20, 100, 10))
        ones = "|".join(w for w, v in self.numbers.items() if 1 <= v <= 9)
        words = "|".join(sorted(self.numbers, key=len, reverse=True))
        return rf"(?:{digits}|(?:(?:{tens})-?(?:{ones})|{words})(?!\w))"

    def value(self, text: str) -> tuple[float, int]:
        """The value of a number, and its decimals."""
        lowered = text.lower()
        if lowered in self.numbers:
            return float(self.numbers[lowered]), 0
        for word, tens in self.numbers.items() if lowered[0].isalpha() else ():
            ones = self.numbers.get(lowered.removeprefix(word).lstrip("-"), 0)
            if tens in range(20, 100, 10) and lowered.startswith(word) and 0 < ones < 10:
                return float(tens + ones), 0
        plain = re.sub(r"[\s\u00a0\u202f]", "", lowered)
        plain = plain.replace(",", "") if self.code == "en" else plain.replace(",", ".")
        return float(plain), len(plain.partition(".")[2])

    def is_about_answering(self, words: str) -> bool:
        """Whether words only tell of those who answer, or that they do: "the respondents"."""
        return re.fullmatch(self.people, words, re.IGNORECASE) is not None or any(
            self.compiled[field].fullmatch(words) is not None
            for field in ("attribution", "answered_label", "invited_label")
        )

    @staticmethod
    def names_diagram(heading: str) -> bool:
        """Whether a caption is that of a diagram, whose figures no table need hold."""
        return re.match(r"\W*(?:diagram|figure?|figur|chart)\b", heading, re.IGNORECASE) is not None

    @cached_property
    def compiled(self) -> Mapping[str, re.Pattern[str]]:
        """Every tuple of patterns as one expression, by field."""
        return {
            name: pattern(value)
            for name, value in vars(self).items()
            if name in _PATTERNS and value
        }

    def has(self, name: str, text: str) -> bool:
        """Whether the text holds any of the patterns of a field."""
        found = self.compiled.get(name)
        return found is not None and found.search(text) is not None


_PATTERNS = frozenset(
    name for name, kind in Lexicon.__annotations__.items() if kind in (Patterns, "Patterns")
)
