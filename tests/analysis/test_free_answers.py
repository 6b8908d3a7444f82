"""Free answers stand apart from who gave them, and likes beside likes."""

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.free_answers import free_answers, themes
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire

WISHES = [
    "Fler träffar mellan företagen",
    "Mer kontakt med högskolan",
    "Hjälp med export till Tyskland",
    "Träffar där företag möter nya kunder",
    "Exporthjälp till Norge",
    "Kontakter med forskare på högskolan",
    "Bredband",
]


def test_answers_are_listed_in_alphabetical_order_without_blanks():
    asked = Questionnaire("q", {}, (Block("wish", "text", {}, (Item("i", {}),)),))
    frame = pl.DataFrame(
        {
            "initiative": "T",
            "wave": "2009",
            "respondent": list("abcd"),
            "wish.i": ["Ö", "b  c", None, " "],
        }
    )
    found = free_answers(Answers(asked, frame))
    assert [(a.text, a.block, a.item, a.theme) for a in found] == [
        ("b c", "wish", "i", ""),
        ("Ö", "wish", "i", ""),
    ]


def test_answers_about_the_same_share_a_theme_named_by_their_words():
    found = dict(zip(WISHES, themes(WISHES), strict=True))
    assert found["Mer kontakt med högskolan"] == found["Kontakter med forskare på högskolan"]
    assert "högskolan" in found["Mer kontakt med högskolan"]
    assert found["Bredband"] == ""


def test_a_few_answers_need_no_themes():
    assert themes(WISHES[:5]) == [""] * 5


def test_answers_without_words_have_no_theme():
    assert themes(["-", "?", ".", "nej", "ja", "0", "!"]) == [""] * 7
