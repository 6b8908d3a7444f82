"""From Vega-Lite spec to SVG and PNG, in one JavaScript runtime that lives with the process.

The first conversion starts the runtime (about half a second), every later one takes some 30 ms,
and the same chart is drawn once only. Threads would not help: the runtime holds the interpreter.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache

import vl_convert

_NOISE = re.compile(r' (?:role|class|aria-[a-z]+|pointer-events)="[^"]*"')
_HIDDEN = re.compile(r'<path d="M0,0h0v0h0Z"/>|<path d=""/>')


def svg(spec: Mapping[str, object]) -> str:
    """The chart as SVG: no background, no scripts, and no roles of its own (the figure has them).

    Raises ValueError when the spec is not Vega-Lite.
    """
    return _svg(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    drawn: str = vl_convert.vegalite_to_svg(spec)
    return _HIDDEN.sub("", _NOISE.sub("", drawn))


def warm() -> None:
    """Start the runtime, so that the first chart of a page need not wait for it."""
    svg({"data": {"values": [{}]}, "mark": "point"})


def png(spec: Mapping[str, object], scale: float = 2.5) -> bytes:
    """The chart as a PNG picture on white, `scale` pixels per unit of the spec."""
    drawn: bytes = vl_convert.svg_to_png(_on_white(svg(spec)), scale=scale)
    return drawn


def size(drawn: str) -> tuple[float, float]:
    """Width and height of an SVG in its own units."""
    width, height = (
        re.search(rf'<svg[^>]* {side}="([\d.]+)"', drawn) for side in ("width", "height")
    )
    if width is None or height is None:
        raise ValueError("the SVG states no width and height")
    return float(width[1]), float(height[1])


def _on_white(drawn: str) -> str:
    at = drawn.index(">") + 1
    return f'{drawn[:at]}<rect width="100%" height="100%" fill="white"/>{drawn[at:]}'
