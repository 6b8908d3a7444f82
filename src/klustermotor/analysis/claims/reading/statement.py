"""A sentence read against the tables: which figure each quantity must be, and for which wave."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from klustermotor.analysis.claims.reading.labels import Mention, Topic
from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantities import Quantity
from klustermotor.analysis.claims.reading.sentences import Sentence
from klustermotor.analysis.claims.reading.waves import WaveMention

_CLOSE = 45
_WEAK = 0.3


@dataclass(frozen=True)
class Bound:
    """A quantity with the topics it may be about and the waves it may be of.

    `named` tells whether the sentence names the waves; `relation` is "since" when it is the
    figure compared with. `carried` says that the topics come from a sentence before.
    """

    quantity: Quantity
    topics: tuple[Topic, ...]
    waves: tuple[str, ...]
    named: bool
    since: bool
    carried: bool
    sure: bool
    """Whether one mention alone can be meant."""


@dataclass(frozen=True)
class Statement:
    """One sentence with all that was read in it."""

    sentence: Sentence
    lexicon: Lexicon
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    waves: tuple[WaveMention, ...]
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

    @property
    def text(self) -> str:
        return self.sentence.text

    def has(self, name: str) -> bool:
        """Whether the sentence holds words of a field of the lexicon."""
        return self.lexicon.has(name, self.text)

    def spots(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where the words of a field stand, apart from within labels."""
        found = self.lexicon.compiled[name].finditer(self.text)
        return tuple(
            m.span()
            for m in found
            if not any(a.start <= m.start() and m.end() <= a.end for a in self.mentions)
        )

    @property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Spans of clauses, cut at semicolons and at words such as "while"."""
        separators = self.lexicon.compiled["separators"]
        cuts = [0, len(self.text)]
        cuts += [m.start() for m in re.finditer(r";|\s[–-]\s", self.text)]
        cuts += [m.start() for m in separators.finditer(self.text)]
        marks = sorted(set(cuts))
        return tuple((a, b) for a, b in pairwise(marks) if b > a)

    def clause_of(self, at: int) -> tuple[int, int]:
        """The clause that a place is in."""
        return next((c for c in self.clauses if c[0] <= at < c[1]), (0, len(self.text)))

    def topics_of(self, span: tuple[int, int]) -> tuple[Topic, ...]:
        """The topics named in a span, else in the sentence, else carried from before."""
        inside = [m for m in self.mentions if span[0] <= m.start < span[1]]
        named = strongest(inside or list(self.mentions))
        topics = tuple(dict.fromkeys(t for m in named for t in m.topics))
        if topics:
            return topics
        return self.carried if self.lexicon.has("anaphora", self.text) else ()

    def bound(self) -> Iterator[Bound]:
        """Every quantity that may be a figure of the tables, with what it may be."""
        for i, quantity in enumerate(self.quantities):
            if quantity.kind in ("points", "ratio"):
                continue
            mentions = self._mentions_for(quantity)
            topics = tuple(dict.fromkeys(t for m in mentions for t in m.topics))
            carried = False
            if not topics and self.has("anaphora") and not self._names_anew():
                topics, carried = self.carried, True
            waves, named, since = self._waves_for(i)
            sided = self._sided(topics, quantity)
            sure = len(mentions) == 1 and len(sided) == 1
            yield Bound(quantity, sided, waves, named, since, carried, sure)

    def _names_anew(self) -> bool:
        """Whether the sentence says of which share it speaks, without a word for an earlier one."""
        return self.has("defines") and not self.has("points_back")

    def _mentions_for(self, quantity: Quantity) -> list[Mention]:
        bracket = self._bracketed(quantity)
        if bracket is not None:
            before = [m for m in self.mentions if m.end <= bracket]
            first, _ = self.clause_of(quantity.start)
            before = [m for m in before if first <= m.start]
            crossed = [
                q
                for q in self.quantities
                if before and before[-1].end <= q.start < bracket and q.kind != "n"
            ]
            if before and bracket - before[-1].end <= _CLOSE and not crossed:
                return [before[-1]]
            if crossed:
                return []
        inside = self._in_clause(quantity)
        if not inside:
            earlier = [m for m in self.mentions if m.end <= quantity.start]
            return strongest(earlier[-2:]) or strongest(list(self.mentions[:2]))
        return self._adjacent(quantity, inside)

    def _bracketed(self, quantity: Quantity) -> int | None:
        """Where the bracket opens that the quantity stands in."""
        opening = self.text.rfind("(", 0, quantity.start)
        return opening if opening > self.text.rfind(")", 0, quantity.start) else None

    def _in_clause(self, quantity: Quantity) -> list[Mention]:
        first, last = self.clause_of(quantity.start)
        return [m for m in self.mentions if first <= m.start < last]

    def _adjacent(  # noqa: PLR0911 - one return per order of figures and labels
        self, quantity: Quantity, inside: list[Mention]
    ) -> list[Mention]:
        """Mentions next to a quantity, on the side that the clause pairs them by."""
        if len(inside) == 1:
            return inside
        first, last = self.clause_of(quantity.start)
        figures = [
            q
            for q in self.quantities
            if first <= q.start < last and q.kind not in ("points", "ratio", "n")
        ]
        before = [m for m in inside if m.end <= quantity.start]
        after = [m for m in inside if m.start >= quantity.end]
        if before and after:
            leads = inside[0].start < figures[0].start
            crossed = [q for q in figures if before[-1].end <= q.start < quantity.start]
            passed = [q for q in figures if quantity.end <= q.start < after[0].start]
            if len(figures) == 1:
                return strongest(
                    _group(before, len(before) - 1, self.quantities)
                    + _group(after, 0, self.quantities)
                )
            if leads and not crossed:
                return strongest(_group(before, len(before) - 1, self.quantities))
            if not leads and not passed:
                return strongest(_group(after, 0, self.quantities))
            return strongest([before[-1], after[0]])
        if before:
            return self._respectively(quantity, before, figures) or strongest(
                _group(before, len(before) - 1, self.quantities)
            )
        return strongest(_group(after, 0, self.quantities)) if after else strongest(inside)

    def _respectively(
        self, quantity: Quantity, before: list[Mention], figures: list[Quantity]
    ) -> list[Mention]:
        """A, B and C with as many figures after them, one each."""
        after = [q for q in figures if q.start >= before[-1].end]
        if len(before) == len(after) > 1 and quantity in after and not quantity.role:
            return [before[after.index(quantity)]]
        return []

    def _waves_for(self, index: int) -> tuple[tuple[str, ...], bool, bool]:
        """The waves that a quantity may be of, whether named, and whether compared with."""
        quantity = self.quantities[index]
        named = list(self.waves)
        if not named:
            return self._unnamed(quantity)
        plain = [w for w in named if w.relation != "since"]
        since = [w for w in named if w.relation == "since"]
        if quantity.role in ("from", "to"):
            return self._of_a_change(quantity, named, plain, since)
        if quantity.role == "between":
            waves = tuple(dict.fromkeys(x for w in named for x in w.waves))
            return waves, True, False
        if len(named) == 1:
            only = named[0]
            if only.relation == "since" and not self._close(only, quantity):
                return self.order[-1:], False, False
            return only.waves, True, only.relation == "since"
        nearest = self._paired(quantity, named)
        return nearest.waves, True, nearest.relation == "since"

    def _close(self, wave: WaveMention, quantity: Quantity) -> bool:
        between = (
            self.text[quantity.end : wave.start]
            if wave.start > quantity.start
            else self.text[wave.end : quantity.start]
        )
        return len(between.split()) <= 3

    def _unnamed(self, quantity: Quantity) -> tuple[tuple[str, ...], bool, bool]:
        if quantity.role == "from":
            return self.order[:-1], False, True
        if self.carried_waves and quantity.role != "to":
            return (*self.carried_waves, *self.order[-1:]), False, False
        return self.order[-1:], False, False

    def _of_a_change(  # noqa: PLR0911 - one return per way of naming waves
        self,
        quantity: Quantity,
        named: Sequence[WaveMention],
        plain: Sequence[WaveMention],
        since: Sequence[WaveMention],
    ) -> tuple[tuple[str, ...], bool, bool]:
        """The earlier wave for "from", the later one for "to"."""
        if any(len(w.waves) > 2 for w in named) and len(named) == 1:
            named_waves = named[0].waves
            return (named_waves[:-1] if quantity.role == "from" else self.order[-1:]), True, False
        all_waves = [x for w in named for x in w.waves]
        known = sorted(set(all_waves), key=lambda w: self.order.index(w) if w in self.order else 0)
        if len(known) >= 2:
            direct = [w for w in named if w.waves and self._follows(w, quantity)]
            if direct and self._wave_between(named):
                return direct[0].waves, True, quantity.role == "from"
            earlier = tuple(known[:-1]) if len(known) > 2 else (known[0],)
            return (earlier if quantity.role == "from" else (known[-1],)), True, bool(since)
        only = tuple(known)
        if not only:
            return (), True, False
        if since or only[0] != self.order[-1]:
            if quantity.role == "from":
                return only, True, True
            return tuple(w for w in self.order if w > only[0])[-1:] or self.order[-1:], False, False
        if quantity.role == "to":
            return only, True, False
        return tuple(w for w in self.order if w < only[0]), False, True

    def _wave_between(self, named: Sequence[WaveMention]) -> bool:
        """Whether the first figure of a change has its own wave before the second one."""
        first = next(q for q in self.quantities if q.role == "from")
        second = next(q for q in self.quantities if q.role == "to")
        return any(first.end <= w.start < second.start for w in named)

    def _follows(self, wave: WaveMention, quantity: Quantity) -> bool:
        """Whether a wave stands right after a quantity, with at most a bracket between."""
        if wave.start < quantity.end:
            return False
        between = self.text[quantity.end : wave.start]
        plain = re.sub(r"\([^()]*\)", " ", between)
        return len(plain.split()) <= 4 and not any(
            quantity.end <= q.start < wave.start and q.kind != "n" for q in self.quantities
        )

    def _paired(self, quantity: Quantity, named: Sequence[WaveMention]) -> WaveMention:
        """The wave of a quantity among several: by turns, else the nearest."""
        figures = [q for q in self.quantities if q.kind not in ("points", "ratio", "n")]
        events: list[Quantity | WaveMention] = [*figures, *named]
        events.sort(key=lambda e: e.start)
        kinds = ["w" if isinstance(e, WaveMention) else "q" for e in events]
        turns = all(a != b for a, b in pairwise(kinds))
        if quantity not in figures:
            before = [w for w in named if w.end <= quantity.start]
            after = [w for w in named if w.start >= quantity.end]
            follows = [w for w in after if self._follows(w, quantity)]
            return (follows or before[-1:] or after)[0]
        at = events.index(quantity)
        if turns and len(figures) == len(named):
            found = events[at - 1] if kinds[0] == "w" else events[at + 1]
        else:
            found = min(
                named,
                key=lambda w: (
                    (w.start - quantity.end)
                    if w.start > quantity.start
                    else (quantity.start - w.end)
                ),
            )
        assert isinstance(found, WaveMention)
        return found

    def _sided(self, topics: tuple[Topic, ...], quantity: Quantity) -> tuple[Topic, ...]:
        """Of topics that differ in motive and result, or now and wanted, those that are meant."""
        for one, other in (("now", "wanted"), ("motive", "result")):
            sides = {
                t: tuple(self.lexicon.has(s, self.questions.get(t, t.item)) for s in (one, other))
                for t in topics
            }
            if len({s for s in sides.values() if s in ((True, False), (False, True))}) < 2:
                continue
            near = self._nearest((one, other), quantity)
            if near:
                wanted = (near == one, near == other)
                topics = tuple(t for t in topics if sides[t] == wanted or sides[t] == (False,) * 2)
        return topics

    def _nearest(self, names: tuple[str, str], quantity: Quantity) -> str:
        """Which of two kinds of word stands nearest before the quantity, else after it."""
        found = []
        for name in names:
            for match in self.lexicon.compiled[name].finditer(self.text):
                before = match.start() < quantity.start
                distance = quantity.start - match.end() if before else match.start() - quantity.end
                first, last = self.clause_of(quantity.start)
                inside = first <= match.start() < last
                found.append((not inside, not before and name in ("now", "wanted"), distance, name))
        return min(found)[3] if found else ""


def strongest(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are not much weaker than the best."""
    if not mentions:
        return []
    top = max(m.score for m in mentions)
    return [m for m in mentions if m.score >= top - _WEAK]


def _group(mentions: Sequence[Mention], at: int, quantities: Sequence[Quantity]) -> list[Mention]:
    """The mentions next to one another around a place, with no quantity between them."""
    group = [mentions[at]]
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(mentions):
            low, high = sorted((group[0], mentions[i]), key=lambda m: m.start)
            if any(low.end <= q.start < high.start and q.kind != "n" for q in quantities):
                break
            group.append(mentions[i])
            i += step
    return group
