"""Paired dots with the distance drawn: now and wanted, expected and delivered."""

from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.report.figures.spec import WIDTH, Spec, chart, lines, names, row_height
from klustermotor.report.palette import MUTED, NOW, WANTED


@dataclass(frozen=True)
class Pair:
    """Two values of one line, and the distance as it is written."""

    label: str
    first: float
    second: float
    text: str = ""


def paired_dots(
    pairs: Sequence[Pair],
    x: Spec,
    *,
    kinds: tuple[str, str],
    colours: tuple[str, str] = (NOW, WANTED),
) -> Spec:
    """Two dots per line and the distance between them, in the order given.

    `x` is the axis (see `spec.scale_axis`, `spec.percent_axis`); `kinds` names the two dots.
    """
    rows = [
        {"label": pair.label, "first": pair.first, "second": pair.second, "text": pair.text}
        for pair in pairs
    ]
    labels = [pair.label for pair in pairs]
    quantity: Spec = {"field": "first", **x}
    fold = [{"calculate": f"'{_quoted(kinds[0])}'", "as": "kind"}]
    fold_second = [{"calculate": f"'{_quoted(kinds[1])}'", "as": "kind"}]
    shown: Spec = {
        "shape": {
            "field": "kind",
            "scale": {"domain": list(kinds), "range": ["circle", "diamond"]},
        },
        "color": {"field": "kind", "scale": {"domain": list(kinds), "range": list(colours)}},
    }
    dot: Spec = {"type": "point", "filled": True, "size": 120, "opacity": 1, "yOffset": 6}
    rule: Spec = {"type": "rule", "strokeWidth": 3, "color": MUTED, "opacity": 0.45, "yOffset": 6}
    second: Spec = {"field": "second", **x}
    layers: list[object] = [
        {"mark": rule, "encoding": {"x": quantity, "x2": {"field": "second"}}},
        {"transform": fold, "mark": dot, "encoding": shown | {"x": quantity}},
        {"transform": fold_second, "mark": dot, "encoding": shown | {"x": second}},
        names(labels),
        {
            "mark": {"type": "text", "align": "right", "baseline": "bottom", "yOffset": -3},
            "encoding": {"x": {"value": WIDTH}, "text": {"field": "text"}},
        },
    ]
    return chart(
        rows,
        [{"layer": layers, "encoding": {"y": lines(labels)}}],
        height={"step": row_height(labels)},
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
