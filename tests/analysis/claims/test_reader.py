"""What the reader of prose does at its edges."""

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread


def cell(value: float) -> TableCell:
    return TableCell(
        initiative="Steel",
        table="1",
        wave="2009",
        item="Higher sales",
        category="",
        comparator="=",
        value=value,
        unit="percent",
        n_min=23,
        n_max=23,
        base="",
    )


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_nothing_written_is_nothing_wrong(text):
    assert proofread(text, [cell(43)], language="en") == ()


def test_the_last_sentence_is_read_too():
    text = "We asked about sales. Higher sales: 45 percent in 2009."
    assert [fault.start for fault in proofread(text, [cell(43)], language="en")] != []


@pytest.mark.parametrize(
    "text", ["120 companies with higher sales were visited.", "Thirty higher sales projects ran."]
)
def test_a_number_of_more_than_answered_is_not_told_of_the_share(text):
    assert proofread(text, [cell(43)], language="en") == ()


def test_a_number_of_those_who_answered_is():
    text = "20 companies report higher sales in 2009."
    assert [fault.kind for fault in proofread(text, [cell(43)], language="en")] == ["wrong_figure"]
