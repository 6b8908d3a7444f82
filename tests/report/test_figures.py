import json
import re

import pytest

from klustermotor.report.figures.groups import Dot, grouped_dots
from klustermotor.report.figures.means import Mean, mean_dots
from klustermotor.report.figures.pairs import Pair, paired_dots
from klustermotor.report.figures.shares import Share, share_bars
from klustermotor.report.figures.spec import percent_axis, scale_axis, wrapped
from klustermotor.report.figures.svg import png, size, svg
from klustermotor.report.figures.waves import Point, small_multiples
from klustermotor.report.palette import NOW, WANTED

LONG = "Ökat FoU-samarbete med högskola, universitet eller industriforskningsinstitut"


def texts(drawn):
    return re.findall(r"<text[^>]*>([^<]+)</text>", drawn)


def spans(drawn):
    """The lines of labels that stand on more than one."""
    return re.findall(r"<tspan[^>]*>([^<]+)</tspan>", drawn)


def test_bars_show_label_figure_and_both_marks():
    bars = [Share("Försäljning", 0.5, 0.3, 0.7, 0.25, "50 % (n = 20)")]
    drawn = svg(share_bars(bars, "sv", legend=("2009", "95 %", "2008")))
    assert {"Försäljning", "50 % (n = 20)", "2009", "95 %", "2008", "25\u00a0%"} <= set(
        texts(drawn)
    )


def test_a_bar_is_as_long_as_its_share():
    drawn = svg(share_bars([Share("A", 0.5)], "sv", legend=("2009", "", "")))
    bar = re.search(r'd="M0,[\d.]+h([\d.]+)v11h', drawn)
    assert float(bar[1]) == pytest.approx(240)


def test_what_is_absent_is_not_in_the_key():
    drawn = svg(share_bars([Share("A", 0.5)], "sv", legend=("2009", "Intervall", "2008")))
    assert "Intervall" not in texts(drawn)
    assert "2008" not in texts(drawn)


def test_pairs_are_drawn_in_two_colours_with_the_distance():
    pairs = [Pair("A", 2.0, 4.0, "+2,0")]
    drawn = svg(paired_dots(pairs, scale_axis(1, 5, ("nej", "ja")), kinds=("Nu", "Sedan")))
    assert NOW in drawn
    assert WANTED in drawn
    assert {"A", "+2,0", "nej", "4", "ja"} <= {*texts(drawn), *spans(drawn)}


def test_small_multiples_have_one_panel_per_item():
    points = [
        Point(label, wave, 0.4, 0.2, 0.6, "40 %") for label in "AB" for wave in ("2008", "2009")
    ]
    drawn = svg(small_multiples(points, "sv"))
    assert [t for t in texts(drawn) if t in "AB"] == ["A", "B"]
    assert texts(drawn).count("40 %") == 4


MARKS = ("2009", "95 % konfidensintervall", "2008")


def test_a_key_names_only_the_marks_that_are_drawn():
    bare = svg(mean_dots([Mean("A", 3.2)], scale_axis(1, 5), legend=MARKS))
    full = svg(mean_dots([Mean("A", 3.2, 3.0, 3.5, 3.1)], scale_axis(1, 5), legend=MARKS))
    assert [mark for mark in MARKS if mark in texts(bare)] == ["2009"]
    assert [mark for mark in MARKS if mark in texts(full)] == list(MARKS)


def test_a_scale_begins_at_its_first_code_and_not_at_nought():
    spec = mean_dots([Mean("A", 3.2, 3.0, 3.5, 2.9)], scale_axis(1, 5), legend=MARKS)
    assert "0" not in texts(svg(spec))
    domains = re.findall(r'"domain": (\[[^]]*\])', json.dumps(spec["layer"][0]))
    assert set(domains) == {"[1, 5]"}


def test_means_stand_on_their_scale():
    assert "4" in texts(svg(mean_dots([Mean("A", 3.2, 3.0, 3.5)], scale_axis(1, 5), legend=MARKS)))


def test_more_groups_than_colours_are_refused():
    dots = [Dot("A", str(group), 0.5) for group in range(7)]
    with pytest.raises(ValueError, match="7 groups"):
        grouped_dots(dots, percent_axis("sv"))


def test_a_long_label_is_set_on_two_lines_and_not_cut():
    drawn = svg(share_bars([Share(LONG, 0.5)], "sv", legend=("2009", "", "")))
    assert LONG in " ".join(re.findall(r">([^<>]+)</t(?:span|ext)>", drawn))
    assert wrapped("x" * 30 + " " + "y" * 30 + " " + "z" * 30, 40).endswith("…")


def test_markup_in_a_label_is_drawn_as_text():
    drawn = svg(share_bars([Share('<b onload="x">', 0.5)], "sv", legend=("2009", "", "")))
    assert "<b " not in drawn
    assert "&lt;b onload=" in drawn


def test_a_drawing_has_a_size_and_can_be_a_picture():
    spec = mean_dots([Mean("A", 3.2)], scale_axis(1, 5), legend=MARKS)
    width, height = size(svg(spec))
    assert 480 <= width <= 500
    assert 50 < height < 120
    assert png(spec).startswith(b"\x89PNG")
