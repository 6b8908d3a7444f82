import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.claims.words import (
    BY_ID,
    LANGUAGES,
    SMALLEST_N_FOR_WORDS,
    TABLE,
    fits,
    word_for,
)


@pytest.mark.parametrize(
    ("count", "n", "swedish"),
    [
        (12, 24, "hälften"),
        (11, 23, "nästan hälften"),
        (12, 23, "drygt hälften"),
        (6, 23, "drygt en fjärdedel"),
        (16, 24, "två tredjedelar"),
        (10, 23, "drygt fyra av tio"),
        (24, 24, "samtliga"),
        (0, 24, "ingen"),
        (23, 24, "nästan alla"),
        (2, 4, "hälften"),
    ],
)
def test_a_share_earns_the_word_that_a_reader_would_use(count, n, swedish):
    assert word_for(count / n, n).write("sv") == swedish


def test_a_small_n_earns_only_words_that_are_exactly_true():
    assert word_for(4 / 9, 9) is None
    assert word_for(3 / 9, 9).write("nb") == "en tredel"
    assert word_for(4 / 10 + 0.01, SMALLEST_N_FOR_WORDS) is not None


def test_words_that_the_published_report_got_wrong_do_not_fit():
    assert not fits("sixth", 0.14)
    assert not fits("more_than:nine_tenths", 0.83)
    assert not fits("halved", 0.8)
    assert fits("third", 0.34)
    assert fits("more_than:two_thirds", 0.68)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_word_that_is_written_always_fits_when_it_is_read(count_of_n):
    count, n = count_of_n
    word = word_for(count / n, n)
    assert word is None or BY_ID[word.id].fits(count / n)
    if word is not None and word.id in ("none", "all"):
        assert count in (0, n)


def test_every_word_has_forms_in_every_language_and_ids_are_unique():
    assert len(BY_ID) == len(TABLE)
    for word in TABLE:
        assert all(word.forms(language) for language in LANGUAGES), word.id
        assert not word.written or all(word.write(language) for language in LANGUAGES)
