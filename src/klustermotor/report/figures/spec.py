"""What every chart has in common: its width, its type, its quiet axes."""

import textwrap
from collections.abc import Mapping, Sequence

from klustermotor.report.palette import INK, LINE, MUTED, SIGNAL

WIDTH = 480
ROW = 36
"""Height of one line of a chart. Labels stand above their marks, so that they are never cut and
the chart stays readable on a phone."""
LETTERS = 54

Spec = dict[str, object]

CONFIG: Mapping[str, object] = {
    "background": None,
    "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
    "font": "sans-serif",
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": 13},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelColor": MUTED,
        "labelFontSize": 12,
        "labelPadding": 6,
        "titleColor": MUTED,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "axisX": {"grid": True, "gridColor": LINE, "tickCount": 5},
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": 300,
        "symbolSize": 110,
        "offset": 6,
        "columnPadding": 18,
    },
    "header": {"labelColor": INK, "labelFontSize": 13, "title": None},
}

PERCENT_COMMA = "replace(format(datum.value * 100, '.0f'), '.', ',') + '\u00a0%'"
PERCENT_ENGLISH = "format(datum.value * 100, '.0f') + '%'"


def chart(rows: Sequence[Mapping[str, object]], layers: Sequence[object], **more: object) -> Spec:
    """A layered chart over rows of data, in the look of the house."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [dict(row) for row in rows]},
        "width": WIDTH,
        "layer": list(layers),
        "config": dict(CONFIG),
        **more,
    }


def lines(labels: Sequence[str]) -> Spec:
    """The y channel of a chart with one line per label, in this order."""
    return {
        "field": "label",
        "type": "nominal",
        "sort": list(labels),
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }


def row_height(labels: Sequence[str]) -> int:
    """Height of each line: room for the label above its mark, on two lines when one needs it."""
    return ROW + (16 if any("\n" in wrapped(label, LETTERS) for label in labels) else 0)


def wrapped(label: str, letters: int) -> str:
    """A label on one or two lines of about so many letters; a still longer one ends in "…"."""
    if len(label) <= letters:
        return label
    lines = textwrap.wrap(label, letters, max_lines=2, placeholder=" …")
    return "\n".join(lines)


def names(labels: Sequence[str], lift: float = 0) -> Spec:
    """The layer that writes each line's label above its mark, `lift` higher when it is tall."""
    return {
        "data": {"values": [{"label": one, "name": wrapped(one, LETTERS)} for one in labels]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "line-bottom",
            "lineBreak": "\n",
            "yOffset": {"expr": f"indexof(datum.name, '\\n') < 0 ? {-2 - lift:g} : {-18 - lift:g}"},
            "fontSize": 13,
        },
        "encoding": {"x": {"value": 0}, "text": {"field": "name"}},
    }


def earlier(offset: float, x: Spec) -> Spec:
    """The layer that marks the value of the wave before on each line, on the axis `x`."""
    return {
        "transform": [{"filter": "isValid(datum.before)"}],
        "mark": {
            "type": "point",
            "shape": "diamond",
            "yOffset": offset,
            "filled": True,
            "size": 70,
            "color": SIGNAL,
            "opacity": 1,
        },
        "encoding": {"x": {"field": "before", **x}},
    }


def key(marks: Sequence[tuple[str, str, str]]) -> Spec:
    """A key of (shape, colour, words) that draws each mark as it looks; it has no data itself."""
    words = [word for _shape, _colour, word in marks]
    shapes, colours = ([mark[place] for mark in marks] for place in (0, 1))
    channels: dict[str, object] = {
        name: {"field": "kind", "type": "nominal", "scale": {"domain": words, "range": shown}}
        for name, shown in (("shape", shapes), ("color", colours), ("stroke", colours))
    }
    return {
        "data": {"values": []},
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": channels,
    }


def percent_axis(language: str, **more: object) -> Spec:
    """An x axis from 0 to 100 per cent."""
    return {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {
            "title": None,
            "values": [0, 0.25, 0.5, 0.75, 1],
            "labelExpr": PERCENT_ENGLISH if language == "en" else PERCENT_COMMA,
            "labelFlush": True,
        },
        **more,
    }


def scale_axis(low: float, high: float, ends: tuple[str, str] | None = None) -> Spec:
    """An x axis over the codes of an ordinal scale, its ends named."""
    axis: Spec = {
        "title": None,
        "values": [low + step for step in range(int(high - low) + 1)],
        "format": "d",
        "labelFlush": True,
    }
    if ends:
        first, last = (end.replace("'", "\u2019") for end in ends)
        axis["labelExpr"] = (
            f"datum.value == {low:g} ? ['{low:g}', '{first}'] : "
            f"datum.value == {high:g} ? ['{high:g}', '{last}'] : format(datum.value, 'd')"
        )
        axis["labelOverlap"] = False
    return {
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": axis,
    }
