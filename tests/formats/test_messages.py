from string import Formatter

import pytest

from klustermotor.formats.messages import MESSAGES


def gaps(wording):
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_a_message_says_the_same_in_three_languages(kind):
    assert set(MESSAGES[kind]) == {"en", "sv", "nb"}
    wanted = {language: gaps(" ".join(both)) for language, both in MESSAGES[kind].items()}
    assert wanted["sv"] == wanted["nb"] == wanted["en"]
    assert all(len(both) == 2 and all(both) for both in MESSAGES[kind].values())
