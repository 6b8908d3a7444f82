"""For random tables: what we render never draws a fault; what is then changed always does."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klustermotor.analysis.claims import find, render
from klustermotor.analysis.claims.evaluated import cells_of, labels_of
from klustermotor.analysis.claims.proofread import check_tables, proofread
from klustermotor.analysis.evaluation import WaveFacts
from klustermotor.analysis.measures import scale_of

WAVES = ("2007", "2008", "2009")
LANGUAGES = ("sv", "nb", "en")
FIGURE = re.compile(
    r"(?<![\d,.–-])(?P<whole>\d+)(?:[.,](?P<part>\d))?"
    r"(?=\u00a0(?:procent|prosent|percent)\b|(?![\d,.])(?!\u00a0))"
)
"""A percentage, or a mean with a decimal, as our claims print them."""
TELLS = ("change", "no_certain_change", "distribution", "expected_delivered", "highest_now",
         "ranking", "response_earlier", "response_rate", "share")  # fmt: skip
"""Every type of statement that tells figures of the tables."""
PERCENT = re.compile(r"(?<![\d,.])(\d+)(?:[.,]\d)?(?=\u00a0(?:procent|prosent|percent)\b)")
DIRECTIONS = {
    "sv": ("har ökat", "har minskat"),
    "nb": ("har økt", "har gått ned"),
    "en": ("has increased", "has decreased"),
}
often = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@st.composite
def tables(draw, questionnaire):
    """Counts for some columns of some waves; which changes are certain is drawn too."""
    answered = {}
    for column in questionnaire.columns:
        scale = scale_of(column)
        codes = list(scale.substantive) if scale else ["3", "10", "1250"]
        for wave in draw(st.sets(st.sampled_from(WAVES))):
            given_ = draw(st.lists(st.sampled_from(codes), min_size=5, max_size=40))
            answered[wave, column.name] = {code: given_.count(code) for code in codes}
    names = sorted({name for _, name in answered})
    return {
        "answered": answered,
        "facts": [WaveFacts("TS", wave, draw(st.integers(40, 150))) for wave in WAVES],
        "certain": frozenset(draw(st.sets(st.sampled_from(names)))) if names else frozenset(),
    }


@pytest.fixture
def read(questionnaire):
    def faults(text, evaluation, language):
        found = proofread(
            text, cells_of(evaluation), language=language, labels=labels_of(questionnaire, language)
        )
        return [fault for fault in found if fault.severity != "note"]

    return faults


@often
@given(data=st.data())
def test_our_own_sentences_draw_no_fault(built, questionnaire, read, data):
    evaluation = built(**data.draw(tables(questionnaire)))
    assert check_tables(cells_of(evaluation)) == ()
    for language in LANGUAGES:
        claims = [render(claim, questionnaire, language) for claim in find(evaluation)]
        found = read("\n\n".join(claims), evaluation, language)
        assert not found, (found[0].sentence, found[0].message)


def other_figures(text):
    """The text with one of its figures changed, for each of them."""
    for place in FIGURE.finditer(text):
        share = text.startswith("\u00a0p", place.end())
        if share:
            whole = int(place["whole"])
            start, end = place.span("whole")
            new = str(whole + 9 if whole < 60 else whole - 9)
        elif place["part"] and len(place["whole"]) == 1:
            start, end = place.span("part")
            new = str((int(place["part"]) + 4) % 10)
        else:
            continue
        yield text[:start] + new + text[end:]


@settings(often, max_examples=3)
@given(data=st.data())
def test_a_changed_figure_is_found_in_every_type_of_statement(built, questionnaire, read, data):
    evaluation = built(**data.draw(tables(questionnaire)))
    for claim in find(evaluation):
        if claim.kind not in TELLS:
            continue
        for language in LANGUAGES:
            for wrong in other_figures(render(claim, questionnaire, language)):
                assert read(wrong, evaluation, language), wrong


def test_every_type_of_statement_that_tells_figures_is_among_those_changed(built, questionnaire):
    told = set()
    for before, after in ((4, 30), (18, 22)):
        for claim in find(one_change(built, before, after)):
            if any(True for _ in other_figures(render(claim, questionnaire, "sv"))):
                told.add(claim.kind)
    assert told <= {*TELLS, "scope"}  # scope tells the threshold of the rule, no figure


def one_change(built, before, after):
    """An evaluation with one certain change of one item, from and to a count of 40."""
    counts = {
        (wave, "effects.companies"): {"yes": x, "no": 40 - x}
        for wave, x in (("2008", before), ("2009", after))
    }
    counts |= {
        (wave, "effects.universities"): {"yes": x, "no": 40 - x}
        for wave, x in (("2008", after), ("2009", before))
    }
    facts = [WaveFacts("TS", wave, 90) for wave in ("2008", "2009")]
    certain = frozenset({"effects.companies", "effects.universities"})
    return built(counts, facts, certain)


def change_claim(evaluation):
    return next(
        c for c in find(evaluation) if c.kind == "change" and c.subjects["item"] == ("companies",)
    )


pairs = st.tuples(st.integers(1, 39), st.integers(1, 39)).filter(lambda p: abs(p[0] - p[1]) >= 14)


@often
@given(
    pair=pairs, language=st.sampled_from(LANGUAGES), which=st.integers(0, 1), by=st.integers(3, 9)
)
def test_a_changed_number_is_always_found(built, questionnaire, read, pair, language, which, by):
    evaluation = one_change(built, *pair)
    text = render(change_claim(evaluation), questionnaire, language)
    assert not read(text, evaluation, language), text
    place = list(PERCENT.finditer(text))[which]
    wrong = int(place[1]) + by if int(place[1]) < 60 else int(place[1]) - by
    assert read(text[: place.start()] + str(wrong) + text[place.end() :], evaluation, language)


@often
@given(pair=pairs, language=st.sampled_from(LANGUAGES))
def test_a_turned_direction_is_always_found(built, questionnaire, read, pair, language):
    evaluation = one_change(built, *pair)
    text = render(change_claim(evaluation), questionnaire, language)
    up, down = DIRECTIONS[language]
    turned = text.replace(up, down) if up in text else text.replace(down, up)
    assert turned != text
    assert read(turned, evaluation, language), turned


@often
@given(pair=pairs, language=st.sampled_from(LANGUAGES))
def test_swapped_waves_are_always_found(built, questionnaire, read, pair, language):
    evaluation = one_change(built, *pair)
    text = render(change_claim(evaluation), questionnaire, language)
    swapped = text.replace("2008", "@").replace("2009", "2008").replace("@", "2009")
    assert read(swapped, evaluation, language), swapped


@often
@given(pair=pairs, language=st.sampled_from(LANGUAGES))
def test_another_item_is_always_found(built, questionnaire, read, pair, language):
    evaluation = one_change(built, *pair)
    text = render(change_claim(evaluation), questionnaire, language)
    names = {i.id: i.text[language] for b in questionnaire.blocks for i in b.items}
    other = text.replace(names["companies"], names["universities"])
    assert other != text
    assert read(other, evaluation, language), other


FALSIFIED = {
    "level": ("wave",),
    "share": ("wave", "item"),
    "highest_now": ("wave",),
    "ranking": ("item",),
}
"""Which part of a statement of each type is put wrong below."""


def value_at(evaluation, key, **other):
    """The value of the row that a claim is bound to, or of the same row elsewhere."""
    wanted = key | other
    rows = evaluation.estimates.to_dicts()
    found = [row for row in rows if all(row[name] == wanted[name] for name in wanted)]
    return found[0]["value"] if found else None


def apart(one, other, statistic):
    """Whether two figures surely print as different ones."""
    if one is None or other is None:
        return False
    return abs(one - other) > (0.08 if statistic == "share" else 0.3)


def falsified(claim, evaluation, questionnaire, language):
    """The claim told of another wave or item, where the figure there is really another.

    Not "4 of 9" where 9 is no number of those who answered: it may be of a part of them.
    """
    text, key = render(claim, questionnaire, language), claim.bound_to[0].key
    if key["statistic"] == "share" and not PERCENT.search(text):
        return
    names = {i.id: i.text[language] for i in questionnaire.block(claim.block).items}
    parts = FALSIFIED[claim.kind]
    here = value_at(evaluation, key)
    for wave in WAVES if "wave" in parts else ():
        there = value_at(evaluation, key, wave=wave)
        if wave not in text and apart(here, there, key["statistic"]):
            yield text.replace(key["wave"], wave)
    own = names.get(key["item"], "")
    for item, name in names.items() if "item" in parts and own and own in text else ():
        there = value_at(evaluation, key, item=item)
        if name not in text and apart(here, there, key["statistic"]):
            yield text.replace(own, name, 1)


@settings(often, max_examples=6)
@given(data=st.data())
def test_a_level_share_or_ranking_told_of_another_wave_or_item_is_found(
    built, questionnaire, read, data
):
    evaluation = built(**data.draw(tables(questionnaire)))
    for claim in find(evaluation):
        for language in LANGUAGES if claim.kind in FALSIFIED else ():
            for wrong in falsified(claim, evaluation, questionnaire, language):
                assert read(wrong, evaluation, language), wrong


def test_a_mean_larger_than_the_number_of_answers_is_held_against_its_own_wave(
    built, questionnaire, read
):
    counts = {
        (wave, "employees.staff"): {"10": 12, "1250": many}
        for wave, many in (("2008", 3), ("2009", 6))
    }
    evaluation = built(counts, [WaveFacts("TS", wave, 90) for wave in ("2008", "2009")])
    (claim,) = [c for c in find(evaluation) if c.kind == "level"]
    for language in LANGUAGES:
        text = render(claim, questionnaire, language)
        assert not read(text, evaluation, language)
        assert read(text.replace("2009", "2008"), evaluation, language)
