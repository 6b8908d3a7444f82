"""What must hold for every sentence, whatever the tables: it says what its cells say."""

import math
import re
from functools import cache
from itertools import product

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klustermotor.analysis.claims import find
from klustermotor.analysis.claims.render import LANGUAGES, sentences
from klustermotor.analysis.claims.words import STANDING, TABLE
from klustermotor.analysis.evaluation import WaveFacts
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.rounding import rounded

WAVES = ("2007", "2008", "2009")
PERCENT = "procent(?!enhet)|prosent(?!poeng)|percent(?!age)"
POINTS = "procentenhet|prosentpoeng|percentage point"
NUMBER = re.compile(r"(?<![\w,.])\d+(?:[\u00a0,]\d{3})*(?:[.,]\d+)?")
MOVED = {
    "sv": r"\bökat|minska|trend|oföränd|stigit|sjunkit",
    "nb": r"\bøkt\b|gått ned|trend|uendret|steget|sunket",
    "en": r"increase|decrease|trend|unchanged|risen|fallen",
}
ALL_COMPANIES = {
    "sv": r"(?<!svarande )(?<!inbjudna )(?<!de )\bföretag(en)?\b",
    "nb": r"(?<!svarende )(?<!inviterte )\bbedrift(er|ene)\b(?! som ikke)",
    "en": r"(?<!responding )(?<!invited )(?<!the )\bcompanies\b",
}


def counts(codes, low=5, high=40):
    return st.lists(st.sampled_from(codes), min_size=low, max_size=high).map(
        lambda given: {code: given.count(code) for code in codes}
    )


@st.composite
def hand_built(draw, questionnaire):
    """Counts for some columns of some waves, which of them are certain, and which are hidden."""
    answered = {}
    for column in questionnaire.columns:
        scale = scale_of(column)
        codes = list(scale.substantive) if scale else ["3", "10", "1250"]
        for wave in draw(st.sets(st.sampled_from(WAVES))):
            answered[wave, column.name] = draw(counts(codes))
    names = sorted({name for _, name in answered})
    keys = sorted(answered)
    invited = [draw(st.integers(40, 150)) for _ in WAVES]
    return {
        "answered": answered,
        "facts": [WaveFacts("TS", w, i) for w, i in zip(WAVES, invited, strict=True)],
        "certain": frozenset(draw(st.sets(st.sampled_from(names)))) if names else frozenset(),
        "hidden": frozenset(draw(st.sets(st.sampled_from(keys), max_size=4)) if keys else ()),
    }


@cache
def forms(language):
    """Every fraction with its modifiers, longest first, with the words that read so."""
    found = {}
    for word in TABLE:
        if word not in STANDING:
            for form in word.forms(language):
                found.setdefault(form, []).append(word)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def without_names(text, questionnaire, language):
    """The sentence without what the questionnaire itself says, which may hold words of number."""
    texts = [item.text[language] for block in questionnaire.blocks for item in block.items]
    texts += [block.topic.get(language, "") for block in questionnaire.blocks]
    for block in questionnaire.blocks:
        if block.scale is not None:
            texts += [text[language] for text in block.scale.codes.values()]
            texts += [share.text[language] for share in block.scale.shares]
            texts += [share.statement.get(language, "") for share in block.scale.shares]
    for name in sorted(filter(None, texts), key=len, reverse=True):
        text = re.sub(re.escape(name), "_", text, flags=re.I)
    return re.sub(r"\b(20\d\d)\b", "_", text)


class Bound:
    """Every number that a claim's cells, scale and constants can make, by unit."""

    def __init__(self, claim, evaluation, indexed):
        self.shares, self.plain, self.points = [], [], []
        self.plain += [v for k, v in claim.figures.items() if k.startswith(("scale", "choices"))]
        if claim.kind == "scope":
            self.shares.append(0.6)
        for cell in claim.bound_to:
            for row in indexed[cell.file]:
                if all(row[name] == value for name, value in cell.key.items()):
                    self.add(cell.file, row)
        changes = sum(cell.file == "changes.csv" for cell in claim.bound_to)
        self.plain.append(changes)

    def add(self, file, row):
        if file == "estimates.csv":
            self.plain += [row["answered"], row["invited"], row["n"], row["value"]]
            if row["statistic"] == "share" and row["value"] is not None:
                self.shares.append(row["value"])
                self.plain.append(row["value"] * row["n"])
            self.shares.append(row["answered"] / row["invited"])
        elif file == "gaps.csv":
            self.plain += [row[name] for name in ("now", "wanted", "gap", "n")]
        else:
            change = abs(row["change"])
            self.points.append(change)
            self.plain += [change, row["n_from"], row["n_to"], change * row["n_to"]]

    def holds(self, token, unit, language):
        text = token.replace("\u00a0", "")
        text = text.replace(",", "") if language == "en" else text.replace(",", ".")
        decimals = len(text.partition(".")[2])
        values = {"percent": self.shares, "points": self.points}.get(unit, self.plain)
        factor = 1 if unit == "plain" else 100
        return any(
            v is not None and rounded(v * factor, decimals) == rounded(float(text), decimals)
            for v in values
        )


def faults(text, bound, language):
    """The numbers and share words of a sentence that its cells do not hold."""
    found = []
    for form, words in forms(language):
        if form not in text.lower():
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.I)
        if pattern.search(text):
            text = pattern.sub("_", text)
            if not any(word.fits(share) for word in words for share in bound.shares):
                found.append(form)
    for match in NUMBER.finditer(text):
        after = text[match.end() :].lstrip("\u00a0 ")
        unit = (
            "percent" if re.match(PERCENT, after) else "points" if re.match(POINTS, after) else ""
        )
        if not bound.holds(match.group(), unit or "plain", language):
            found.append(match.group())
    return found


def rows_of(evaluation):
    tables = {
        "estimates.csv": evaluation.estimates,
        "changes.csv": evaluation.changes,
        "gaps.csv": evaluation.gaps,
    }
    return {name: table.to_dicts() for name, table in tables.items()}


GENERATED = (Phase.explicit, Phase.generate)
"""Without shrinking: a table of this size takes minutes to shrink, and the message names the cell."""
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example,
                HealthCheck.function_scoped_fixture]  # fmt: skip


@settings(max_examples=15, deadline=None, phases=GENERATED, suppress_health_check=SLOW_TO_DRAW)
@given(data=st.data())
def test_every_sentence_says_only_what_its_cells_hold(data, built, questionnaire):
    spec = data.draw(hand_built(questionnaire))
    evaluation = built(**spec)
    indexed = rows_of(evaluation)
    low = {f.wave: max((sum(c.values()) for (w, _), c in spec["answered"].items() if w == f.wave),
                       default=0) / f.invited < 0.6 for f in spec["facts"]}  # fmt: skip
    for claim in find(evaluation):
        bound = Bound(claim, evaluation, indexed)
        named = [
            (c.key.get("wave", ""), f"{c.key.get('block')}.{c.key.get('item')}")
            for c in claim.bound_to
        ]
        assert not spec["hidden"] & set(named), claim
        for language, after in product(LANGUAGES, (None, claim)):
            text = " ".join(sentences(claim, questionnaire, language, after=after))
            bare = without_names(text, questionnaire, language)
            assert not faults(bare, bound, language), (text, bound.plain, bound.shares)
            if claim.kind == "no_certain_change":
                assert not re.search(MOVED[language], bare), text
            if all(low.values()):
                assert not re.search(ALL_COMPANIES[language], bare), text


@settings(max_examples=15, deadline=None, phases=GENERATED, suppress_health_check=SLOW_TO_DRAW)
@given(data=st.data())
def test_a_superlative_is_the_extreme_and_only_certain_changes_are_told_as_changes(
    data, built, questionnaire
):
    spec = data.draw(hand_built(questionnaire))
    evaluation = built(**spec)
    for claim in find(evaluation):
        if claim.kind == "change":
            assert f"{claim.block}.{claim.subjects['item'][0]}" in spec["certain"]
        if claim.kind == "ranking":
            cell = claim.bound_to[0].key
            others = [
                row["value"]
                for row in evaluation.estimates.to_dicts()
                if all(row[k] == cell[k] for k in cell if k != "item") and not row["suppressed"]
            ]
            top = claim.figures.get("share_1", claim.figures.get("mean_1"))
            assert math.isclose(top, max(others))


@settings(max_examples=5, deadline=None, phases=GENERATED, suppress_health_check=SLOW_TO_DRAW)
@given(data=st.data())
def test_the_same_tables_give_the_same_sentences(data, built, questionnaire):
    spec = data.draw(hand_built(questionnaire))
    once, again = find(built(**spec)), find(built(**spec))
    assert once == again
    assert len({claim.id for claim in once}) == len(once)


def test_wordings_hold_no_number_of_their_own():
    for language in LANGUAGES.values():
        for key, variants in language.templates.items():
            for sentence in (s for variant in variants for s in variant):
                plain = re.sub(r"\{[^}]*\}", "", sentence)
                assert not re.search(r"\d", plain), (language.code, key)


def test_the_three_languages_have_the_same_wordings():
    keys = {language.code: set(language.templates) for language in LANGUAGES.values()}
    assert keys["sv"] == keys["nb"] == keys["en"]
    words = {language.code: set(language.words) for language in LANGUAGES.values()}
    assert words["sv"] == words["nb"] == words["en"]
