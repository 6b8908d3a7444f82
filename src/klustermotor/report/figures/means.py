"""Means as dots with intervals, on the scale they were answered on."""

from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.report.figures.spec import (
    WIDTH,
    Spec,
    chart,
    earlier,
    key,
    lines,
    names,
    row_height,
)
from klustermotor.report.palette import ACCENT, INK, SIGNAL


@dataclass(frozen=True)
class Mean:
    """One dot; `text` is the figure as it is written at the end of the line."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    before: float | None = None
    text: str = ""


def mean_dots(means: Sequence[Mean], x: Spec, *, legend: tuple[str, str, str]) -> Spec:
    """Dots with their intervals, one line per mean; `x` is the axis (see `spec.scale_axis`).

    `legend` names the dot, the interval and the earlier wave.
    """
    labels = [mean.label for mean in means]
    rows = [
        {
            "label": mean.label,
            "value": mean.value,
            "low": mean.low,
            "high": mean.high,
            "before": mean.before,
            "text": mean.text,
        }
        for mean in means
    ]
    layers: list[object] = [
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "yOffset": 6, "strokeWidth": 2, "color": INK},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "size": 110,
                "yOffset": 6,
                "opacity": 1,
                "color": ACCENT,
            },
            "encoding": {"x": {"field": "value", **x}},
        },
    ]
    shapes = [("circle", ACCENT, legend[0])]
    if any(mean.low is not None for mean in means):
        shapes.append(("stroke", INK, legend[1]))
    if any(mean.before is not None for mean in means):
        shapes.append(("diamond", SIGNAL, legend[2]))
        layers.insert(1, earlier(6, x))
    layers += [
        names(labels),
        {
            "mark": {"type": "text", "align": "right", "baseline": "bottom", "yOffset": -3},
            "encoding": {"x": {"value": WIDTH}, "text": {"field": "text"}},
        },
    ]
    return chart(
        rows,
        [{"layer": layers, "encoding": {"y": lines(labels)}}, key(shapes)],
        height={"step": row_height(labels)},
    )
