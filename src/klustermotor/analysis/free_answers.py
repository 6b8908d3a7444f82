"""Free answers, apart from everything else known of who gave them, grouped by likeness.

Likeness is the cosine of TF-IDF vectors over character n-grams, which inflection and compounds
leave mostly whole; groups are built by average linkage. A theme is named after the words that its
answers share and others lack. It helps reading; nothing is counted from it.
"""

import re
from collections import Counter
from collections.abc import Sequence

from klustermotor.analysis.evaluation import Answers, FreeAnswer

FEWEST_TO_GROUP = 6
"""With fewer answers to a question than this a reader needs no themes."""
_DISTANCE = 0.88
_WORD = re.compile(r"[^\W\d_]{4,}")
_STOP_WORDS = (
    "också ännu både efter eller finns från genom hade inom inte kanske mellan mycket många"
    " något några olika samt sedan skulle till under utan vara varit vilket våra blir bara"
    " bättre annat andra detta dessa borde bör behöver mera fler flera"
    " etter eller finnes gjennom hadde ikke kanskje mellom mye mange noen noe ulike samt siden"
    " skulle under uten være vært hvilket våre blir bare bedre annet andre dette disse burde flere"
    " about after also been between could does from have into many more much need needs other"
    " should some such than that their them then there these they this through very were what"
    " when which will with would your"
)
_STOP = frozenset(_STOP_WORDS.split())


def free_answers(answers: Answers) -> tuple[FreeAnswer, ...]:
    """Every free answer by initiative, wave and question, in alphabetical order.

    The order of the answers is not that of the respondents, so that two questions cannot be
    joined by position. `theme` is empty for an answer that is like no other.
    """
    found: list[FreeAnswer] = []
    for column in answers.questionnaire.columns:
        if column.block.type != "text" or column.name not in answers.frame.columns:
            continue
        given = answers.frame.select("initiative", "wave", column.name).drop_nulls(column.name)
        texts: dict[tuple[str, str], list[str]] = {}
        for initiative, wave, text in given.iter_rows():
            if text.strip():
                texts.setdefault((initiative, wave), []).append(" ".join(text.split()))
        for (initiative, wave), written in texts.items():
            written.sort(key=str.casefold)
            found += [
                FreeAnswer(initiative, wave, column.block.id, column.item_key, text, theme)
                for text, theme in zip(written, themes(written), strict=True)
            ]
    return tuple(found)


def themes(texts: Sequence[str]) -> list[str]:
    """The theme of each text, empty where it is like no other; all empty below FEWEST_TO_GROUP."""
    if len(texts) < FEWEST_TO_GROUP:
        return [""] * len(texts)
    # Here, because loading scikit-learn takes longer than evaluating an initiative.
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 6), sublinear_tf=True)
    try:
        weighted = vectors.fit_transform([_content(text) for text in texts])
    except ValueError:  # nothing but stop words
        return [""] * len(texts)
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=_DISTANCE
    )
    # An empty text has no direction, hence no cosine.
    filled = [i for i in range(len(texts)) if weighted[i].nnz]
    if len(filled) < FEWEST_TO_GROUP:
        return [""] * len(texts)
    groups = clustering.fit_predict(weighted[filled].toarray())
    result = [""] * len(texts)
    for group in set(groups.tolist()):
        members = [filled[i] for i in range(len(filled)) if groups[i] == group]
        name = _name(members, texts) if len(members) > 1 else ""
        for i in members:
            result[i] = name
    return result


def _content(text: str) -> str:
    return " ".join(w for w in _WORD.findall(text.casefold()) if w not in _STOP)


def _name(members: Sequence[int], texts: Sequence[str]) -> str:
    """Up to three words that most members have, those rare elsewhere first."""
    within: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for i, text in enumerate(texts):
        words = set(_content(text).split())
        everywhere.update(words)
        if i in members:
            within.update(words)
    telling = sorted(
        (word for word, n in within.items() if n > 1),
        key=lambda word: (-(within[word] ** 2) / everywhere[word], word),
    )
    return ", ".join(telling[:3])
