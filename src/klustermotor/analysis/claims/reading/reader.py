"""Reading a document sentence by sentence, with what carries over from one to the next."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from klustermotor.analysis.claims.figures import Figures
from klustermotor.analysis.claims.reading.labels import LabelIndex, Mention, Topic, names
from klustermotor.analysis.claims.reading.lexicon import Lexicon
from klustermotor.analysis.claims.reading.quantities import quantities
from klustermotor.analysis.claims.reading.sentences import Sentence, sentences
from klustermotor.analysis.claims.reading.statement import Statement
from klustermotor.analysis.claims.reading.waves import wave_mentions

_REMEMBERED = 4


def statements(
    text: str, figures: Figures, labels: Mapping[str, Sequence[str]], lexicon: Lexicon
) -> Iterator[Statement]:
    """The sentences of a text, read against the tables."""
    index = LabelIndex(figures.cells, labels, lexicon)
    questions = _questions(figures, labels)
    called = {name: name.lower() for name in figures.initiatives}
    initiative = figures.initiatives[0] if len(figures.initiatives) == 1 else ""
    headings: tuple[str, ...] = ()
    before = ""
    paragraph, recent = -1, list[tuple[Topic, ...]]()
    carried_waves: tuple[str, ...] = ()
    read = list(sentences(text))
    for sentence, after in zip_longest(read, read[1:]):
        if sentence.headings != headings:
            headings = sentence.headings
            initiative = _named_in(headings[-1:], called) or initiative
        if sentence.paragraph != paragraph:
            paragraph, carried_waves, before = sentence.paragraph, (), ""
            recent = recent[-1:]
        here = _named_in([sentence.text], called) or initiative
        initiative = here
        order = figures.waves(here)
        context, before_in = " ".join([*sentence.headings[-3:], before]), bool(before)
        before = sentence.text
        tables = frozenset(t.table for t in recent[-1]) if recent and before_in else frozenset()
        mentions = _of(index.mentions(sentence.text, context, tables), here, sentence, lexicon)
        waves = wave_mentions(sentence.text, order, lexicon)
        yield Statement(
            sentence,
            lexicon,
            quantities(sentence.text, lexicon),
            mentions,
            waves,
            recent[-1] if recent else (),
            tuple(dict.fromkeys(t for topics in recent for t in topics)),
            carried_waves,
            here,
            order,
            after.text if after is not None and after.paragraph == sentence.paragraph else "",
            questions,
        )
        if mentions:
            recent = [*recent, tuple(dict.fromkeys(t for m in mentions for t in m.topics))]
            recent = recent[-_REMEMBERED:]
        named = [w for w in waves if w.relation != "since" and len(w.waves) == 1]
        if named:
            carried_waves = named[-1].waves


def _named_in(texts: Sequence[str], names: Mapping[str, str]) -> str:
    """The initiative that a text names last; empty when none or several."""
    found = [name for name, low in names.items() if any(low in t.lower() for t in texts)]
    return found[0] if len(found) == 1 else ""


def _of(
    mentions: tuple[Mention, ...], initiative: str, sentence: Sentence, lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Mentions of the initiative's own topics; words for those who answer name no topic."""
    kept = []
    for mention in mentions:
        words = sentence.text[mention.start : mention.end]
        if lexicon.is_about_answering(words):
            continue
        topics = tuple(t for t in mention.topics if initiative in (t.initiative, ""))
        if topics:
            kept.append(Mention(topics, mention.start, mention.end, mention.score))
    return tuple(kept)


def _questions(figures: Figures, labels: Mapping[str, Sequence[str]]) -> dict[Topic, str]:
    topics = dict.fromkeys(Topic(c.initiative, c.table, c.item, c.category) for c in figures.cells)
    return {t: " ".join([*names(t.table, labels), *names(t.item, labels)]) for t in topics}
