import subprocess
import sys

from klustermotor.analysis.evaluation import FreeAnswer
from klustermotor.analysis.themes import OTHER, grouped_by_theme

SWEDISH = (
    "Fler examensarbeten från högskolan",
    "Vi vill ha examensarbete med studenter från högskolan",
    "Examensarbeten som passar vår produktion",
    "Hjälp med finansiering av nya maskiner",
    "Finansiering och bidrag till investeringar",
    "Bättre bredband",
)


def answers(texts, block="free", item="answer"):
    return [FreeAnswer("TS", "2009", block, item, text) for text in texts]


def test_answers_about_the_same_thing_share_a_theme_named_by_its_words():
    themes = [answer.theme for answer in grouped_by_theme(answers(SWEDISH))]
    assert themes[0] == themes[1] == themes[2]
    assert "examensarbete" in themes[0]
    assert themes[3] == themes[4] != themes[0]
    assert "finansiering" in themes[3]
    assert themes[5] == OTHER


def test_order_and_text_are_kept_and_the_same_answers_give_the_same_themes():
    once, again = grouped_by_theme(answers(SWEDISH)), grouped_by_theme(answers(SWEDISH))
    assert once == again
    assert [answer.text for answer in once] == list(SWEDISH)


def test_no_theme_has_fewer_than_two_answers_and_questions_are_kept_apart():
    mixed = answers(SWEDISH[:2]) + answers(SWEDISH[:1], block="other")
    grouped = grouped_by_theme(mixed)
    assert grouped[2].theme == OTHER
    counted = [a.theme for a in grouped if a.theme]
    assert all(counted.count(theme) >= 2 for theme in counted)


def test_answers_without_words_and_no_answers_at_all_are_no_trouble():
    assert grouped_by_theme([]) == ()
    assert [a.theme for a in grouped_by_theme(answers(["-", "och så", "?"]))] == [OTHER] * 3


def test_scikit_learn_is_imported_only_when_answers_are_grouped():
    code = "import sys; import klustermotor.analysis.themes; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_path()).returncode == 0


def _path():
    import os

    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
