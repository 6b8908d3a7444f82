"""Reading a document sentence by sentence, with what carries over from one to the next."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from klustermotor.analysis.claims.figures import Figures
from klustermotor.analysis.claims.reading.labels import LabelIndex, Mention, Topic, names
from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantities import quantities
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.sentences import Sentence, sentences
from klustermotor.analysis.claims.reading.statement import Place, Statement
from klustermotor.analysis.claims.reading.waves import wave_mentions

_REMEMBERED = 4


def statements(
    text: str, figures: Figures, labels: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> Iterator[Statement]:
    """The sentences of a text, read against the tables."""
    index = LabelIndex(figures.cells, labels, lexicon)
    questions = _questions(figures, labels, lexicon)
    called = _called(figures.initiatives)
    chapter = here = figures.initiatives[0] if len(figures.initiatives) == 1 else ""
    headings: tuple[str, ...] = ()
    before = ""
    paragraph, recent = -1, list[tuple[Topic, ...]]()
    carried_waves: tuple[str, ...] = ()
    read = list(sentences(text))
    for sentence, after in zip_longest(read, read[1:]):
        if sentence.headings != headings:
            headings, recent = sentence.headings, []
            chapter = here = _one_of(_places(" ".join(headings[-1:]), called)) or chapter
        if sentence.paragraph != paragraph:
            paragraph, carried_waves, before, here = sentence.paragraph, (), "", chapter
            recent = recent[-1:]
        places = _places(sentence.text, called)
        here = _one_of(places) or here
        several = places if len({place.name for place in places}) > 1 else ()
        told_of = tuple(p.name for p in several) or (here,)
        order = figures.waves("" if several else here)
        context, before_in = " ".join([*sentence.headings[-3:], before]), bool(before)
        before = sentence.text
        tables = frozenset(t.table for t in recent[-1]) if recent and before_in else frozenset()
        told = quantities(sentence.text, lexicon)
        diagram = bool(sentence.headings) and lexicon.names_diagram(sentence.headings[-1])
        mentions = _of(index.mentions(sentence.text, context, tables), told_of, sentence, lexicon)
        if diagram:
            mentions = tuple(m for m in mentions if m.whole)
        waves = wave_mentions(sentence.text, order, lexicon)
        meant = [w for mention in waves for w in mention.waves] or [*carried_waves, *order[-1:]]
        mentions = _of_the_base(mentions, told, meant, figures)
        yield Statement(
            sentence,
            lexicon,
            told,
            mentions,
            waves,
            several,
            recent[-1] if recent else (),
            tuple(dict.fromkeys(t for topics in recent for t in topics)),
            carried_waves,
            "" if several else here,
            order,
            after.text if after is not None and after.paragraph == sentence.paragraph else "",
            questions,
            figures.units,
        )
        if mentions:
            recent = [*recent, tuple(dict.fromkeys(t for m in mentions for t in m.topics))]
            recent = recent[-_REMEMBERED:]
        named = [w for w in waves if w.relation != "since" and len(w.waves) == 1]
        if named:
            carried_waves = named[-1].waves


def _called(initiatives: Sequence[str]) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<!\w){re.escape(name)}", re.IGNORECASE) for name in initiatives}


def _places(text: str, called: Mapping[str, re.Pattern[str]]) -> tuple[Place, ...]:
    """Where a text names initiatives, in order."""
    found = [
        Place(name, *match.span())
        for name, expression in called.items()
        for match in expression.finditer(text)
    ]
    return tuple(sorted(found, key=lambda place: place.start))


def _one_of(places: Sequence[Place]) -> str:
    """The initiative that a text names; empty when none or several."""
    names = {place.name for place in places}
    return names.pop() if len(names) == 1 else ""


def _of(
    mentions: tuple[Mention, ...],
    initiatives: Sequence[str],
    sentence: Sentence,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """Mentions of the initiatives' own topics; words for those who answer name no topic."""
    kept = []
    for mention in mentions:
        words = sentence.text[mention.start : mention.end]
        if lexicon.is_about_answering(words):
            continue
        topics = tuple(t for t in mention.topics if t.initiative in ("", *initiatives))
        if topics:
            kept.append(Mention(topics, mention.start, mention.end, mention.score))
    return tuple(kept)


def _of_the_base(
    mentions: tuple[Mention, ...],
    told: Sequence[Quantity],
    waves: Sequence[str],
    figures: Figures,
) -> tuple[Mention, ...]:
    """Without the topics that the number answering, told in the sentence, rules out.

    "19 of 24" is of another question than one that 18 answered.
    """
    figures_told = [q for q in told if q.kind not in ("points", "ratio")]
    if len(figures_told) != 1 or not figures_told[0].out_of:
        return mentions
    whole = figures_told[0].out_of
    kept = []
    for mention in mentions:
        topics = tuple(t for t in mention.topics if figures.may_be_of(t, whole, waves))
        if topics:
            kept.append(Mention(topics, mention.start, mention.end, mention.score))
    return tuple(kept)


def _questions(
    figures: Figures, labels: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> dict[Topic, str]:
    topics = dict.fromkeys(Topic(c.initiative, c.table, c.item, c.category) for c in figures.cells)
    return {
        t: " ".join([*names(t.table, labels), *names(t.item, labels), *_side(t, labels, lexicon)])
        for t in topics
    }


def _side(topic: Topic, labels: Mapping[str, Sequence[str]], lexicon: Lexicon) -> Iterator[str]:
    """The category, where it tells the present from the wanted."""
    for name in names(topic.category, labels):
        if lexicon.has("now", name) or lexicon.has("wanted", name):
            yield name
