"""A sentence read against the tables: what it holds, and its clauses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from klustermotor.analysis.claims.reading.differences import Difference, difference_of
from klustermotor.analysis.claims.reading.labels import Mention, Topic, strongest
from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.sentences import Sentence
from klustermotor.analysis.claims.reading.waves import WaveMention

Span = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """Where a sentence names an initiative."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """One sentence with all that was read in it."""

    sentence: Sentence
    lexicon: Lexicon
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    waves: tuple[WaveMention, ...]
    places: tuple[Place, ...]
    """The initiatives that the sentence names, when it names several."""
    carried: tuple[Topic, ...]
    """Topics of the sentences before, nearest first."""
    recent: tuple[Topic, ...]
    """Topics of the paragraph so far."""
    carried_waves: tuple[str, ...]
    initiative: str
    order: tuple[str, ...]
    """The waves of the initiative, in order."""
    following: str
    """The next sentence of the paragraph."""
    questions: Mapping[Topic, str]
    """What a topic's question says, to tell motive from result and now from wanted."""
    units: Mapping[Topic, frozenset[str]]
    """The units of a topic's figures; "of" for a number out of a known n."""

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def _held(self) -> dict[str, bool]:
        return {}

    def has(self, name: str) -> bool:
        """Whether the sentence holds words of a field of the lexicon."""
        known = self._held.get(name)
        if known is None:
            known = self._held[name] = self.lexicon.has(name, self.text)
        return known

    def spots(self, name: str) -> tuple[Span, ...]:
        """Where the words of a field stand, apart from within labels."""
        expression = self.lexicon.compiled.get(name)
        return tuple(
            m.span()
            for m in (expression.finditer(self.text) if expression else ())
            if not any(a.start <= m.start() and m.end() <= a.end for a in self.mentions)
        )

    @cached_property
    def differences(self) -> tuple[tuple[Quantity, Difference], ...]:
        """The quantities that tell how far figures are apart, and in which way."""
        told = [(q, difference_of(q, self.text, self.lexicon)) for q in self.quantities]
        return tuple((q, kind) for q, kind in told if kind)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The quantities that may each be a figure of a table."""
        apart = [q for q, _ in self.differences]
        return tuple(
            q for q in self.quantities if q.kind not in ("points", "ratio", "n") and q not in apart
        )

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Spans of clauses, cut at semicolons and at words such as "while"."""
        separators = self.lexicon.compiled["separators"]
        cuts = [0, len(self.text)]
        cuts += [m.start() for m in re.finditer(r";|\s[–-]\s", self.text)]
        cuts += [m.start() for m in separators.finditer(self.text)]
        marks = sorted(set(cuts))
        return tuple((a, b) for a, b in pairwise(marks) if b > a)

    def clause_of(self, at: int) -> Span:
        """The clause that a place is in."""
        return next((c for c in self.clauses if c[0] <= at < c[1]), (0, len(self.text)))

    def topics_of(self, span: Span) -> tuple[Topic, ...]:
        """The topics named in a span, else in the sentence, else carried from before."""
        inside = [m for m in self.mentions if span[0] <= m.start < span[1]]
        named = strongest(inside or list(self.mentions))
        topics = tuple(dict.fromkeys(t for m in named for t in m.topics))
        if topics:
            return self.within(topics, span)
        return self.carried if self.has("anaphora") else ()

    def within(self, topics: tuple[Topic, ...], span: Span) -> tuple[Topic, ...]:
        """Of topics of several initiatives, those of the one that a span names; else none."""
        if not self.places:
            return topics
        named = {p.name for p in self.places if span[0] <= p.start < span[1]}
        if len(named) != 1:
            return ()
        return tuple(t for t in topics if t.initiative in ("", *named))

    def bracket(self, at: int) -> int | None:
        """Where the bracket opens that a place stands in."""
        opening = self.text.rfind("(", 0, at)
        return opening if opening > self.text.rfind(")", 0, at) else None
