"""Free answers grouped by what they are about, without any model from outside.

The answers are few (5 to 40) and short, so that word counts alone say little: "exjobb" and
"exjobbare" share no word. Each answer is therefore a TF-IDF vector over words and over
character n-grams within words, and answers are joined bottom-up by average cosine distance
(agglomerative clustering) until the nearest groups are farther apart than `FARTHEST`. A group of
one is no theme.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from klustermotor.analysis.evaluation import FreeAnswer

FARTHEST = 0.88
"""Average cosine distance beyond which answers are not about the same thing."""
FEWEST = 2
WORDS_IN_LABEL = 3
OTHER = ""
"""The theme of an answer that is like no other."""

_STOP_WORDS = """
alla allt att av bara blir bli bra de del dem den det detta du där då eller en ett finns fler
från för få får göra ha har hur i inom inte ju kan kanske kunna man med men mer mera mig min mot
mycket många måste ni nu när något några och också om oss på samt sig sin sina skulle som så
till under upp ut vara vad var vi vid vill vilka vår vårt våra är än även åt över ska alle alt
andre at av bare ble bli blir bør da de deg den der dere det dette du eller en et ett etter
flere for fra få får gjøre ha har hva hvem hvor hvordan i ikke jeg kan kunne man mange med meg
men mer min mot mye må nå når noe noen og også om opp oss på seg ser sin skal skulle slik som så
til ut vi vil ville vår vårt våre være er å a about all also an and any are as at be been but by
can could do for from get had has have how if in into is it its like may me more most much must
my need needs no not of on one or our out should so some such than that the their them there
they this to too up us very was we what when which who will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Swedish, Norwegian and English words that say nothing about what an answer is about."""


def grouped_by_theme(answers: Sequence[FreeAnswer]) -> tuple[FreeAnswer, ...]:
    """The answers in their order, each with its theme: the words that stand for its group.

    Groups are made within one question (block and item) of one initiative, over its waves. A
    theme has at least `FEWEST` answers; the others get `OTHER`. The same answers always give
    the same themes.
    """
    themes: dict[int, str] = {}
    for indices in _by_question(answers).values():
        texts = [answers[i].text for i in indices]
        themes |= dict(zip(indices, _themes(texts), strict=True))
    return tuple(replace(answer, theme=themes[i]) for i, answer in enumerate(answers))


def _by_question(answers: Sequence[FreeAnswer]) -> dict[tuple[str, str, str], list[int]]:
    found: dict[tuple[str, str, str], list[int]] = {}
    for i, answer in enumerate(answers):
        found.setdefault((answer.initiative, answer.block, answer.item), []).append(i)
    return found


def _themes(texts: Sequence[str]) -> list[str]:
    if len(texts) < FEWEST:
        return [OTHER] * len(texts)
    groups = _groups(texts)
    labels = _labels(texts, groups)
    return [labels.get(int(group), OTHER) for group in groups]


def _groups(texts: Sequence[str]) -> NDArray[np.int64]:
    """A group number per text. An answer without any word that counts stands alone."""
    from scipy.sparse import hstack
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    kept = [" ".join(_words(text)) for text in texts]
    if not any(kept):
        return np.arange(len(texts))
    words = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 6), sublinear_tf=True)
    vectors = hstack([words.fit_transform(kept), parts.fit_transform(kept)]).toarray()
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    distance = np.clip(1 - vectors @ vectors.T, 0, None)
    np.fill_diagonal(distance, 0)
    joined = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=FARTHEST
    )
    groups: NDArray[np.int64] = joined.fit_predict(distance)
    return groups


def _words(text: str) -> list[str]:
    """The words that carry meaning, in lower case."""
    bare = "".join(c if c.isalnum() or c in "-&" else " " for c in text.lower())
    return [word for word in bare.split() if len(word) > 1 and word not in STOP_WORDS]


def _labels(texts: Sequence[str], groups: NDArray[np.int64]) -> dict[int, str]:
    """Per group of at least `FEWEST`: the words most of its answers use and others do not."""
    used = [set(_words(text)) for text in texts]
    labels: dict[int, str] = {}
    for group in sorted(set(groups.tolist())):
        members = [i for i, g in enumerate(groups) if g == group]
        if len(members) < FEWEST:
            continue
        weight = {
            word: sum(_covers(word, used[i]) for i in members)
            - sum(_covers(word, used[i]) for i in range(len(texts)) if i not in members) / 2
            for word in set().union(*(used[i] for i in members))
        }
        best = sorted(weight, key=lambda word: (-weight[word], len(word), word))
        told = _apart(best)[:WORDS_IN_LABEL]
        label = ", ".join(told)
        taken = label in labels.values()
        labels[group] = ", ".join(_apart(best)[: WORDS_IN_LABEL + 2]) if taken else label
    return labels


def _covers(word: str, words: set[str]) -> bool:
    """Whether an answer uses the word or a form of it."""
    return any(other.startswith(word) or word.startswith(other) for other in words)


def _apart(words: Sequence[str]) -> list[str]:
    """The words without forms of a word before them."""
    told: list[str] = []
    for word in words:
        if not any(word.startswith(t) or t.startswith(word) for t in told):
            told.append(word)
    return told
