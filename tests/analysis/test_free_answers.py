"""Free answers stand apart from who gave them."""

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.free_answers import free_answers
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire


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
