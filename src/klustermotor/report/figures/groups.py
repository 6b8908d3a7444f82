"""Initiatives beside each other: dots with intervals, one colour and shape per initiative."""

from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.report.figures.spec import Spec, chart, lines, names, row_height
from klustermotor.report.palette import SERIES

SHAPES = ("circle", "diamond", "square", "triangle-up", "cross", "triangle-down")
STEP = 11
"""Distance between the groups of one line."""


@dataclass(frozen=True)
class Dot:
    """The figure of one group on one line."""

    label: str
    group: str
    value: float
    low: float | None = None
    high: float | None = None


def grouped_dots(dots: Sequence[Dot], x: Spec) -> Spec:
    """One line per label, within it one dot per group, in the order the groups first appear.

    `x` is the axis (see `spec.percent_axis`, `spec.scale_axis`). ValueError for more groups than
    there are colours.
    """
    groups = list(dict.fromkeys(dot.group for dot in dots))
    if len(groups) > len(SERIES):
        raise ValueError(f"{len(groups)} groups: a chart tells {len(SERIES)} apart")
    labels = list(dict.fromkeys(dot.label for dot in dots))
    rows = [
        {"label": d.label, "group": d.group, "value": d.value, "low": d.low, "high": d.high}
        for d in dots
    ]
    colour: Spec = {
        "field": "group",
        "type": "nominal",
        "scale": {"domain": groups, "range": list(SERIES[: len(groups)])},
        "legend": {"symbolOpacity": 1},
    }
    shape: Spec = {**colour, "scale": {"domain": groups, "range": list(SHAPES[: len(groups)])}}
    height = row_height(labels) + STEP * (len(groups) - 1)
    half = STEP * (len(groups) - 1) / 2
    layers: list[object] = []
    for place, group in enumerate(groups):
        mine = {"filter": {"field": "group", "equal": group}}
        offset = 6 + STEP * place - half
        layers += [
            {
                "transform": [mine, {"filter": "isValid(datum.low)"}],
                "mark": {"type": "rule", "yOffset": offset, "strokeWidth": 2, "opacity": 0.55},
                "encoding": {
                    "x": {"field": "low", **x},
                    "x2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "transform": [mine],
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 80,
                    "opacity": 1,
                    "yOffset": offset,
                },
                "encoding": {"x": {"field": "value", **x}, "color": colour, "shape": shape},
            },
        ]
    layers.append(names(labels, lift=half))
    return chart(
        rows, [{"layer": layers, "encoding": {"y": lines(labels)}}], height={"step": height}
    )
