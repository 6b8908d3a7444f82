"""Items in a sentence: the labels of the tables, found by their stems, parts and synonyms.

Every label is a list of stems with weights; a stem that many labels share weighs little, as do
words such as "increased". A word of the sentence stands for a stem when the stems are the same,
one holds the other, or their three-letter grams overlap. A label is mentioned where a short
stretch of the sentence covers enough of its weight.
"""

import heapq
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.reading.lexicon import Lexicon

ENOUGH = 0.62
"""Share of a label's weight that must be covered."""
_WHOLE = 0.97
_FULL = 2
"""How much more a label said in full counts than a longer one said in part."""
_WEAK = 0.3
_SURE_WORD = 0.8
_AS_MOTIVE = 0.1
_TIE = 0.06
_BESIDE, _LONG = 0.12, 9
_GOES_ON = 0.15
_MOST = 24
_SAME, _MISSED = 0.9, 0.15
_WINDOW = 4
_LIGHT = 0.25
_SHORTEST_PART = 5
_GRAMS_ALIKE = 0.6
_NUMBER_OF = re.compile(r"(?:antal(?:et|let)?|antall|number of)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PARTS = re.compile(
    r"[();]|(?<![\d–-])\d+(?:[.,]\d+)?\s*(?:%|pro[cs]ent|per\s?cent)", re.IGNORECASE
)
_TOKEN = re.compile(r"r&d|[^\W_]+(?:-[^\W_]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Topic:
    """What a figure is about, whatever the wave: a row of a table."""

    initiative: str
    table: str
    item: str
    category: str


@dataclass(frozen=True)
class Mention:
    """A place in a sentence that names one of several topics, with how well it does."""

    topics: tuple[Topic, ...]
    start: int
    end: int
    score: float

    @property
    def whole(self) -> bool:
        """Whether the whole label is said, or enough of it with words of its question."""
        return self.score >= _WHOLE


def strongest(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are not much weaker than the best."""
    if not mentions:
        return []
    top = max(m.score for m in mentions)
    return [m for m in mentions if m.score >= top - _WEAK]


@dataclass(frozen=True)
class _Label:
    topic: Topic
    stems: tuple[str, ...]
    weight: Mapping[str, float]
    total: float


@dataclass(frozen=True)
class _Word:
    stem: str
    start: int
    end: int
    part: int
    """Counted up at every bracket and semicolon, which no mention crosses."""


def names(key: str, labels: Mapping[str, Sequence[str]]) -> list[str]:
    """What an item, category or table is called: the labels given for it, and its own name."""
    given = list(labels.get(key, ()))
    return given if given and _is_id(key) else [*given, key]


def _is_id(key: str) -> bool:
    """Whether a name is made for machines: "results.companies", "great"."""
    return re.fullmatch(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*", key) is not None


@cache
def _is_of_label(word: str, code: str) -> bool:
    """Whether a word can be a part of a label: no small word, and none that tells who says so."""
    from klustermotor.analysis.claims.reading import LEXICONS

    lexicon = LEXICONS[code]
    tells = lexicon.compiled["attribution"].fullmatch(word)
    return word.lower() not in lexicon.stop and tells is None


@cache
def _stemmed(word: str, code: str) -> str:
    from klustermotor.analysis.claims.reading import LEXICONS

    return stem(word, LEXICONS[code])


def stem(word: str, lexicon: Lexicon) -> str:
    """A word without its inflection; never shorter than three letters."""
    lowered = word.lower()
    for light in lexicon.light:
        if len(light) <= 6 and lowered.startswith(light) and len(lowered) - len(light) <= 4:
            return light
    for suffix in lexicon.suffixes:
        if lowered.endswith(suffix) and len(lowered) - len(suffix) >= 4:
            return lowered[: -len(suffix)]
    return lowered


def _words(text: str, lexicon: Lexicon) -> list[_Word]:
    found = []
    marks = [m.start() for m in _PARTS.finditer(text)]
    for match in _TOKEN.finditer(text):
        if _is_of_label(match[0], lexicon.code):
            for part in re.finditer(r"[^-]+", match[0]):
                at = match.start() + part.start()
                if part[0].lower() not in lexicon.stop:
                    found.append(
                        _Word(
                            _stemmed(part[0], lexicon.code),
                            at,
                            at + len(part[0]),
                            bisect(marks, at),
                        )
                    )
    return found


def _grams(word: str) -> Counter[str]:
    padded = f"^{word}$"
    return Counter(padded[i : i + 3] for i in range(len(padded) - 2))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


class LabelIndex:
    """The labels of all cells, indexed once; `mentions` finds them in a sentence."""

    def __init__(
        self, cells: Iterable[TableCell], labels: Mapping[str, Sequence[str]], lexicon: Lexicon
    ) -> None:
        self.lexicon = lexicon
        topics = dict.fromkeys(Topic(c.initiative, c.table, c.item, c.category) for c in cells)
        own, asked = self._forms(topics, labels)
        counted = Counter(s for forms in own.values() for s in {s for f in forms for s in f})
        self._weights = {
            s: (_LIGHT if s in lexicon.light else 1.0) * (1 + log(len(topics) / n) / 2)
            for s, n in counted.items()
        }
        self._labels = [
            self._label(topic, form) for topic, forms in own.items() for form in forms if form
        ]
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for i, label in enumerate(self._labels):
            for s in set(label.stems):
                self._by_stem[s].append(i)
        self._asked = asked
        motive = lexicon.compiled["motive"]
        self._motives = frozenset(
            t
            for t in topics
            if motive.search(" ".join([*names(t.table, labels), *names(t.item, labels)]))
        )
        vocabulary = set(self._by_stem) | {s for stems in asked.values() for s in stems}
        self._grams = {s: _grams(s) for s in vocabulary}
        self._by_gram: dict[str, list[str]] = defaultdict(list)
        for s, grams in self._grams.items():
            for gram in grams:
                self._by_gram[gram].append(s)
        self._synonyms: dict[str, set[str]] = defaultdict(set)
        for group in lexicon.synonyms:
            stems = {stem(w, lexicon) for w in group} | set(group)
            for s in stems:
                self._synonyms[s] |= stems
        self._with_sides = frozenset(
            t
            for t in topics
            if any(
                lexicon.has(side, " ".join([*names(t.item, labels), *names(t.category, labels)]))
                for side in ("now", "wanted")
            )
        )
        self._like: dict[str, dict[str, float]] = {}
        self._read: dict[str, list[_Word]] = {}
        self._sures: dict[str, frozenset[str]] = {}
        ranks = (*lexicon.highest, *lexicon.lowest)
        self._ranking = frozenset(stem(word, lexicon) for word in ranks if word.isalpha())
        self._counted = re.compile(rf"(?<![\w.,]){lexicon.number}\s+(?:\w+\s+)?$", re.IGNORECASE)

    def _forms(
        self, topics: Iterable[Topic], labels: Mapping[str, Sequence[str]]
    ) -> tuple[dict[Topic, list[tuple[str, ...]]], dict[Topic, frozenset[str]]]:
        """The stems by which a topic is named, and those of the question it belongs to."""
        topics = list(topics)
        answers = Counter((t.initiative, t.table, t.item) for t in topics)
        shared = Counter((t.initiative, t.table, t.category) for t in topics)
        own: dict[Topic, list[tuple[str, ...]]] = {}
        asked: dict[Topic, frozenset[str]] = {}
        for topic in topics:
            items, inner = names(topic.item, labels), names(topic.category, labels)
            whole = labels.get(f"{topic.item}={topic.category}")
            if whole:
                texts = list(whole)
            elif (
                not topic.category
                or (_is_id(topic.item) and not labels.get(topic.category))
                or any(self.lexicon.has(s, name) for s in ("now", "wanted") for name in inner)
            ):
                texts = items
            elif answers[topic.initiative, topic.table, topic.item] >= max(
                2, shared[topic.initiative, topic.table, topic.category]
            ):
                texts = inner
            elif shared[topic.initiative, topic.table, topic.category] > 1:
                texts = items
            else:
                texts = [*inner, *items]
            own[topic] = [self._stems(text) for text in texts]
            named = {s for form in own[topic] for s in form}
            sided = any(self.lexicon.has(s, name) for s in ("now", "wanted") for name in inner)
            around = [*items, *names(topic.table, labels), *([] if sided else inner)]
            asked[topic] = frozenset(s for text in around for s in self._asking(text)) - named
        return own, asked

    def _stems(self, text: str) -> tuple[str, ...]:
        clean = re.sub(r"\([^)]*\)", " ", text)
        words = _words(clean, self.lexicon) or _words(text, self.lexicon)
        return tuple(dict.fromkeys(w.stem for w in words))

    def _asking(self, text: str) -> tuple[str, ...]:
        """The stems of a question but for words that tell the present from the wanted."""
        plain = text
        for side in ("now", "wanted"):
            plain = self.lexicon.compiled[side].sub(" ", plain)
        return self._stems(plain)

    def _label(self, topic: Topic, stems: tuple[str, ...]) -> _Label:
        weight = {s: self._weights.get(s, 1.0) for s in stems}
        return _Label(topic, stems, weight, sum(weight.values()))

    def _alike(self, word: str) -> dict[str, float]:
        """Stems of the labels that a word may stand for, with how surely; remembered."""
        known = self._like.get(word)
        if known is not None:
            return known
        alike: dict[str, float] = {}
        if word in self._grams:
            alike[word] = 1.0
        for other in self._synonyms.get(word, ()):
            if other in self._grams:
                alike[other] = max(alike.get(other, 0.0), 0.9)
        grams = _grams(word)
        near = {s for gram in grams for s in self._by_gram.get(gram, ())}
        for other in near:
            score = self._likeness(word, other, grams)
            if score > alike.get(other, 0.0):
                alike[other] = score
        self._like[word] = alike
        return alike

    def _likeness(self, word: str, other: str, grams: Counter[str]) -> float:
        short, long = sorted((word, other), key=len)
        if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= len(short) - 3:
            return 0.95
        if len(short) >= _SHORTEST_PART and long.endswith(short):
            return 0.85
        if len(short) >= _SHORTEST_PART and long.startswith(short):
            return 0.6
        if len(short) < _SHORTEST_PART:
            one_verb = len(long) <= _SHORTEST_PART and len(short) >= 4 and word[:3] == other[:3]
            return _SURE_WORD if one_verb and self.lexicon.code != "en" else 0.0
        dice = _dice(grams, self._grams[other])
        same_start = word[:4] == other[:4]
        return dice if dice >= _GRAMS_ALIKE and same_start else 0.0

    def mentions(
        self, sentence: str, context: str = "", tables: frozenset[str] = frozenset()
    ) -> tuple[Mention, ...]:
        """The topics that a sentence names, in order.

        `context`, and the `tables` spoken of just before, tell topics of one name apart.
        """
        words = self._words_of(sentence)
        heard = [
            (at, other, score)
            for at, word in enumerate(words)
            for other, score in self._alike(word.stem).items()
        ]
        candidates = []
        for i in self._promising(heard):
            label = self._labels[i]
            found = [hit for hit in heard if hit[1] in label.weight]
            for part in {words[at].part for at, _, _ in found}:
                rest = [hit for hit in found if words[hit[0]].part == part]
                while rest and (best := _best_stretch(label, rest)) is not None:
                    candidates.append((i, *best))
                    rest = [hit for hit in rest if hit[0] > best[2]]
        return self._resolve(candidates, words, sentence, context, tables)

    def _words_of(self, text: str) -> list[_Word]:
        """The words of a sentence or of what is above it; remembered, as context comes again."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = _words(text, self.lexicon)
        return known

    def _promising(self, heard: Iterable[tuple[int, str, float]]) -> list[int]:
        """The labels that the sentence's words could cover enough of, the heaviest first."""
        surest: dict[str, float] = {}
        for _, other, score in heard:
            surest[other] = max(score, surest.get(other, 0.0))
        gained: dict[int, float] = defaultdict(float)
        for other, score in surest.items():
            gain = score * self._weights.get(other, 1.0)
            for i in self._by_stem.get(other, ()):
                gained[i] += gain
        enough = [i for i, gain in gained.items() if gain >= ENOUGH * self._labels[i].total]
        return heapq.nsmallest(_MOST, enough, key=lambda i: (-gained[i], i))

    def _resolve(
        self,
        candidates: list[tuple[int, float, int, int]],
        words: Sequence[_Word],
        sentence: str,
        context: str,
        tables: frozenset[str],
    ) -> tuple[Mention, ...]:
        here = [self._sure(word.stem) for word in words]
        around = frozenset(s for word in self._words_of(context) for s in self._sure(word.stem))
        sides_told = any(self.lexicon.has(f, sentence) for f in ("now", "wanted", "gap"))
        apart = self._speaks_of_motives(sentence, context)
        scored = sorted(
            (
                (coverage**_FULL * self._labels[i].total, coverage, i, first, last)
                for i, coverage, first, last in candidates
            ),
            reverse=True,
        )
        taken: list[tuple[int, int, float, list[tuple[float, Topic]]]] = []
        for weight, coverage, i, first, last in scored:
            topic = self._labels[i].topic
            outside = frozenset[str]().union(*here[:first], *here[last + 1 :])
            question = self._question_fit(topic, outside, around)
            question += _GOES_ON * (topic.table in tables)
            question += _BESIDE * (sides_told and topic in self._with_sides)
            if not self._is_sure(i, words[first : last + 1], sentence, question):
                continue
            passed = self._passed_over(i, words[first : last + 1], sentence)
            fit = coverage + question - passed
            overlapping = [t for t in taken if t[0] <= last and first <= t[1]]
            if not overlapping:
                taken.append((first, last, weight, [(fit, topic)]))
            elif len(overlapping) == 1 and weight >= overlapping[0][2] * 0.7:
                overlapping[0][3].append((fit, topic))
        mentions = []
        for at, (first, last, _, found) in enumerate(taken):
            top = max(fit for fit, _ in found)
            others = taken[:at] + taken[at + 1 :]
            if top < _WHOLE and self._is_question_of(words[first : last + 1], others):
                continue
            odd = {t: apart is not None and (t in self._motives) != apart for _, t in found}
            tied = [(fit - _AS_MOTIVE * odd[t], t) for fit, t in found if fit >= top - _TIE]
            tied.sort(key=lambda pair: -pair[0])
            topics = tuple(dict.fromkeys(t for _, t in tied))
            start, end = words[first].start, words[last].end
            mentions.append(Mention(topics, start, end, tied[0][0]))
        return tuple(sorted(mentions, key=lambda m: m.start))

    def _speaks_of_motives(self, sentence: str, context: str) -> bool | None:
        """Whether it is motives that a sentence speaks of, by its words or those above it; None
        when it speaks of motives and results both."""
        motive = any(self.lexicon.has(field, sentence) for field in ("motive", "joining"))
        if self.lexicon.has("result", sentence):
            return None if motive else False
        return motive or self.lexicon.has("motive", context)

    def _is_question_of(
        self,
        stretch: Sequence[_Word],
        surer: Iterable[tuple[int, int, float, list[tuple[float, Topic]]]],
    ) -> bool:
        """Whether words only say which question another topic belongs to."""
        return any(
            all(set(self._alike(word.stem)) & self._asked[topic] for word in stretch)
            for *_, found in surer
            for fit, topic in found
            if fit >= _WHOLE
        )

    def _passed_over(self, index: int, words: Sequence[_Word], sentence: str) -> float:
        """Words of other labels within the stretch that this label does not account for.

        Not those that rank, nor those that tell the present from the wanted: "where the current
        level is 2.1 and the wanted level 3.4" is of both sides of what is named before.
        """
        stems = set(self._labels[index].stems)
        missed = 0
        for word in words:
            if self._tells_side(sentence[word.start :]):
                continue
            alike = {s for s, score in self._alike(word.stem).items() if score >= _SAME}
            heavy = {s for s in alike if self._weights.get(s, 0.0) >= 1.0}
            missed += bool(heavy) and not alike & stems and word.stem not in self._ranking
        return _MISSED * missed

    def _tells_side(self, text: str) -> bool:
        """Whether a text begins with a word for the present or the wanted state."""
        return any(self.lexicon.compiled[side].match(text) for side in ("now", "wanted"))

    def _is_sure(
        self, index: int, stretch: Sequence[_Word], sentence: str, question: float
    ) -> bool:
        """Whether a stretch surely names a label: by most of its weighty words, or with its
        question spoken of; one word alone must be long, and no word for a change."""
        label = self._labels[index]
        if question >= _BESIDE:
            return True
        heavy = {s for s in label.stems if s not in self.lexicon.light}
        said = {
            s
            for word in stretch
            for s, score in self._alike(word.stem).items()
            if s in heavy and score >= _SURE_WORD
        }
        if len(heavy) > 1 and 2 * len(said) <= len(heavy):
            return False
        if len(stretch) > 1:
            return True
        text = sentence[stretch[0].start : stretch[0].end]
        compiled = self.lexicon.compiled
        if any(compiled[f].fullmatch(text) for f in ("agents", "up", "down", "constant")):
            return False
        if question > 0 or len(text) >= _LONG:
            return True
        lead = sentence[: stretch[0].start]
        return any(told.search(lead) is not None for told in (self._counted, _NUMBER_OF))

    def _sure(self, word: str) -> frozenset[str]:
        """Stems of labels that a word surely stands for."""
        known = self._sures.get(word)
        if known is None:
            alike = self._alike(word).items()
            known = self._sures[word] = frozenset(s for s, sure in alike if sure >= _SURE_WORD)
        return known

    def _question_fit(self, topic: Topic, here: frozenset[str], around: frozenset[str]) -> float:
        """How much the sentence and its context speak of the topic's question."""
        asked = self._asked[topic]
        if not asked:
            return 0.0
        return 0.3 * len(asked & here) / len(asked) + 0.1 * len(asked & around) / len(asked)


def _best_stretch(
    label: _Label, found: list[tuple[int, str, float]]
) -> tuple[float, int, int] | None:
    """Coverage and first and last word of the shortest stretch that covers a label best."""
    weight = label.weight
    reach = _WINDOW + len(label.stems)
    best: tuple[float, int, int] | None = None
    found = sorted(found)
    for start, _, _ in found:
        covered: dict[str, tuple[float, int]] = {}
        for at, s, score in found:
            if start <= at <= start + reach and score > covered.get(s, (0.0, 0))[0]:
                covered[s] = (score, at)
        gained = sum(weight[s] * score for s, (score, _) in covered.items())
        coverage = gained / label.total
        last = max(at for _, at in covered.values())
        first = min(at for _, at in covered.values())
        key = (round(coverage, 3), first - last)
        if coverage >= ENOUGH and (best is None or key > (round(best[0], 3), best[1] - best[2])):
            best = (coverage, first, last)
    return best
