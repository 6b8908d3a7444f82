"""What the search box finds; the words, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.core.search import Question, folded


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ås Café-AB", "ås cafe ab"),
        ("Røros Kobberværk", "röros kobbervärk"),
        ("A\u030angstro\u0308m", "ångström"),
        ("H&M Hennes", "h m hennes"),
        ("  ", ""),
        ("kim@stal.se", "kim stal se"),
    ],
)
def test_words_lose_case_and_foreign_marks_but_keep_their_own_letters(written, kept):
    assert folded(written) == kept


@pytest.mark.parametrize(
    "written",
    ["556036-0793", "5560360793", "165560360793", "SE556036079301", " 556036 0793 "],
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert Question.of(written).words == ("5560360793",)


def test_a_partly_typed_number_and_a_norwegian_one_are_digits_alone():
    assert Question.of("556036-07").words == ("55603607",)
    assert Question.of("923 609 016").words == ("923609016",)
    assert Question.of("stål 556036-0793").words == ("stål", "5560360793")
    assert Question.of("2009 2010").words == ("20092010",)
    assert Question.of("Triple Steelix 2009").words == ("triple", "steelix", "2009")


def test_an_exact_name_ranks_above_a_beginning_a_word_and_the_inside_of_a_word():
    asked = Question.of("stål")
    ranks = [
        asked.rank(title, text)
        for title, text in [
            ("stål", "stål"),
            ("stålverket", "stålverket falun"),
            ("falu stål", "falu stål"),
            ("falu stålverk", "falu stålverk"),
            ("rostfristål", "rostfristål"),
        ]
    ]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == 5


@given(st.text(max_size=60))
def test_what_is_folded_stays_as_it_is_when_folded_again(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=60))
def test_a_text_answers_the_question_of_its_own_words(text):
    asked = Question(tuple(folded(text).split()))
    assert asked.answered_by(text)
