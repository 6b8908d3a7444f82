"""What was asked, and when."""

from klustermotor.analysis.evaluation import WaveFacts
from klustermotor.analysis.questionnaire import Block, Column, Item


def test_a_block_is_asked_in_named_waves_and_after_an_open_start() -> None:
    assert Block("b", "yes_no", {}, ()).asked_in("2031")
    named = Block("b", "yes_no", {}, (), waves=("2008", "2009"))
    assert [named.asked_in(w) for w in ("2007", "2008", "2010")] == [False, True, False]
    onwards = Block("b", "yes_no", {}, (), waves=("2008-",))
    assert [onwards.asked_in(w) for w in ("2007", "2008", "2031")] == [False, True, True]


def test_an_item_can_be_asked_in_fewer_waves_than_its_block() -> None:
    block = Block("b", "yes_no", {}, (), waves=("2007-",))
    column = Column(block, Item("i", {}, waves=("2008-",)))
    assert [column.asked_in(w) for w in ("2006", "2007", "2008")] == [False, False, True]


def test_the_origin_of_answers_is_told_per_item_and_for_a_block_as_the_farthest_from_observed() -> (
    None
):
    facts = WaveFacts("x", "2009", origins={"results": "synthetic", "results.a": "reconstructed"})
    assert facts.origin_of("results", "a") == "reconstructed"
    assert facts.origin_of("results", "a.now") == "reconstructed"
    assert facts.origin_of("results", "b") == "synthetic"
    assert facts.origin_of("results") == "synthetic"
    assert facts.origin_of("motives", "a") == "observed"
