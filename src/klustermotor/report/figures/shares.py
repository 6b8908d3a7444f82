"""Bars with intervals: shares of one wave, with the wave before as a mark."""

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
    percent_axis,
    row_height,
)
from klustermotor.report.palette import ACCENT, ACCENT_SOFT, INK, SIGNAL


@dataclass(frozen=True)
class Share:
    """One bar. Shares run from 0 to 1; `text` is the figure as it is written beside the bar."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    before: float | None = None
    text: str = ""


def filled_bars(shares: Sequence[Share], language: str, *, legend: tuple[str, str]) -> Spec:
    """Bars that fill a whole, such as those who answered of all invited. `legend` names both."""
    labels = [share.label for share in shares]
    whole = {
        "mark": {"type": "bar", "height": 11, "yOffset": 5, "color": ACCENT_SOFT, "opacity": 1},
        "encoding": {"x": {"datum": 0}, "x2": {"datum": 1}},
    }
    drawn = [whole, _bar(language), names(labels), _figures()]
    marks = [("square", ACCENT, legend[0]), ("square", ACCENT_SOFT, legend[1])]
    return chart(
        _rows(shares),
        [{"layer": drawn, "encoding": {"y": lines(labels)}}, key(marks)],
        height={"step": row_height(labels)},
    )


def share_bars(shares: Sequence[Share], language: str, *, legend: tuple[str, str, str]) -> Spec:
    """Bars with their intervals. `legend` names the bar, the interval and the earlier wave."""
    labels = [share.label for share in shares]
    y = lines(labels)
    drawn: list[object] = [_bar(language)]
    kinds = [("square", ACCENT, legend[0])]
    if any(share.low is not None for share in shares):
        kinds.append(("stroke", INK, legend[1]))
        drawn.append(
            {
                "transform": [{"filter": "isValid(datum.low)"}],
                "mark": {"type": "rule", "yOffset": 5, "strokeWidth": 1.6, "color": INK},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative"},
                    "x2": {"field": "high"},
                },
            }
        )
    if any(share.before is not None for share in shares):
        kinds.append(("diamond", SIGNAL, legend[2]))
        drawn.append(earlier(5, percent_axis(language)))
    drawn += [names(labels), _figures()]
    return chart(
        _rows(shares),
        [{"layer": drawn, "encoding": {"y": y}}, key(kinds)],
        height={"step": row_height(labels)},
    )


def _rows(shares: Sequence[Share]) -> list[dict[str, object]]:
    return [
        {
            "label": share.label,
            "value": share.value,
            "low": share.low,
            "high": share.high,
            "before": share.before,
            "text": share.text,
        }
        for share in shares
    ]


def _bar(language: str) -> Spec:
    return {
        "mark": {"type": "bar", "height": 11, "yOffset": 5, "color": ACCENT, "opacity": 0.85},
        "encoding": {"x": percent_axis(language, field="value")},
    }


def _figures() -> Spec:
    return {
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "yOffset": -3},
        "encoding": {"x": {"value": WIDTH}, "text": {"field": "text"}},
    }
