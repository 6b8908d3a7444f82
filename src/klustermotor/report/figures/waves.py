"""Waves as small multiples: one line chart per item, each point with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.report.figures.spec import (
    CONFIG,
    PERCENT_COMMA,
    PERCENT_ENGLISH,
    WIDTH,
    Spec,
    wrapped,
)
from klustermotor.report.palette import ACCENT, INK, LINE


@dataclass(frozen=True)
class Point:
    """One item in one wave; the value is a share from 0 to 1."""

    label: str
    wave: str
    value: float
    low: float | None = None
    high: float | None = None
    text: str = ""


def small_multiples(points: Sequence[Point], language: str, columns: int = 2) -> Spec:
    """A panel per item, two beside each other, on one common scale."""
    labels = list(dict.fromkeys(wrapped(point.label, 30) for point in points))
    waves = list(dict.fromkeys(point.wave for point in points))
    width = (WIDTH - 70 - 24 * (columns - 1)) // columns
    x = {
        "field": "wave",
        "type": "ordinal",
        "sort": waves,
        "axis": {"title": None, "labelAngle": 0, "grid": False},
        "scale": {"padding": 0.5},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {
            "title": None,
            "values": [0, 0.5, 1],
            "grid": True,
            "gridColor": LINE,
            "labelExpr": PERCENT_ENGLISH if language == "en" else PERCENT_COMMA,
        },
    }
    layers: list[object] = [
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 5, "color": ACCENT, "opacity": 0.28},
            "encoding": {
                "x": x,
                "y": {"field": "low", "type": "quantitative"},
                "y2": {"field": "high"},
            },
        },
        {
            "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1.8},
            "encoding": {"x": x, "y": y},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "color": ACCENT, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "mark": {"type": "text", "baseline": "bottom", "dy": -5, "color": INK, "fontSize": 12},
            "encoding": {
                "x": x,
                "y": {"field": "top", "type": "quantitative"},
                "text": {"field": "text"},
            },
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {
            "values": [
                {
                    "label": wrapped(point.label, 30),
                    "wave": point.wave,
                    "value": point.value,
                    "low": point.low,
                    "high": point.high,
                    "text": point.text,
                    "top": point.value if point.high is None else point.high,
                }
                for point in points
            ]
        },
        "facet": {
            "field": "label",
            "type": "nominal",
            "sort": labels,
            "header": {
                "labelLimit": width + 30,
                "labelAnchor": "start",
                "labelExpr": "split(datum.label, '\\n')",
                "title": None,
            },
        },
        "columns": columns,
        "spacing": {"column": 24, "row": 18},
        "spec": {"width": width, "height": 84, "layer": layers},
        "config": dict(CONFIG),
    }
