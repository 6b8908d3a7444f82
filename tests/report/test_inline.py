from hypothesis import given
from hypothesis import strategies as st

from klustermotor.report.inline import Run, paragraphs, runs


def test_emphasis_and_links_are_cut_out():
    assert list(runs("Ett *ord* och [en tabell](#t-1).")) == [
        Run("Ett "),
        Run("ord", emphasis=True),
        Run(" och "),
        Run("en tabell", anchor="t-1"),
        Run("."),
    ]


def test_a_star_that_multiplies_is_no_emphasis():
    assert list(runs("2 * 3 * 4 och a*b*c")) == [Run("2 * 3 * 4 och a*b*c")]


def test_a_link_out_of_the_document_is_text():
    assert list(runs("[ut](https://example.org)")) == [Run("[ut](https://example.org)")]


def test_paragraphs_are_parted_by_empty_lines():
    assert paragraphs("ett\ntvå\r\n\r\n  \ntre\n") == ("ett två", "tre")
    assert paragraphs("   ") == ()


@given(st.text(alphabet="a *[]()#\n-ö"))
def test_no_letter_is_lost_or_added(text):
    kept = "".join(run.text for run in runs(text))
    assert [c for c in kept if c in "aö"] == [c for c in _without_anchors(text) if c in "aö"]


def _without_anchors(text):
    from klustermotor.report.inline import _MARKUP

    return _MARKUP.sub(lambda m: m["emphasis"] or m["words"], text)
