"""Small pictures as inline SVG: a line of years, and a place within its municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, EDGE = 120, 28, 3
MAP_SIDE = 220
SIMPLE_ENOUGH = 0.002
"""How far an outline may stray, as a part of its width: below a point of the picture."""


def sparkline(points: Sequence[tuple[int, float]], label: str) -> SafeString:
    """A line through the values of years, its last point marked; nothing for fewer than two."""
    if len(points) < 2:
        return SafeString("")
    years = [year for year, _value in points]
    values = [value for _year, value in points]
    low, high = min(values), max(values)
    across = (WIDTH - 2 * EDGE) / (years[-1] - years[0])
    up = (HEIGHT - 2 * EDGE) / (high - low) if high > low else 0
    places = [
        (
            EDGE + (year - years[0]) * across,
            HEIGHT - EDGE - (value - low) * up if up else HEIGHT / 2,
        )
        for year, value in points
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return format_html(
        '<svg class="spark" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        label,
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        line,
        f"{places[-1][0]:.1f}",
        f"{places[-1][1]:.1f}",
    )


@dataclass(frozen=True)
class Frame:
    """How degrees become points of the picture: a degree of longitude is shorter in the north."""

    west: float
    north: float
    scale: float
    narrow: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (
            4 + (longitude - self.west) * self.narrow * self.scale,
            4 + (self.north - latitude) * self.scale,
        )


def place_map(
    boundary: dict[str, object] | None, latitude: float, longitude: float, label: str
) -> SafeString:
    """The outline of a municipality with a dot in it; nothing where there is no outline."""
    if not boundary:
        return SafeString("")
    from shapely import simplify
    from shapely.geometry import MultiPolygon, shape

    outline = shape(boundary)
    west, south, east, north = outline.bounds
    outline = simplify(outline, (east - west) * SIMPLE_ENOUGH)
    narrow = cos(radians((south + north) / 2))
    scale = (MAP_SIDE - 8) / max((east - west) * narrow, north - south)
    frame = Frame(west, north, scale, narrow)
    width = 8 + (east - west) * narrow * scale
    height = 8 + (north - south) * scale
    shapes = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
    paths = format_html_join(
        "",
        '<path d="{}"/>',
        ((_path(polygon.exterior.coords, frame),) for polygon in shapes),
    )
    x, y = frame.place(longitude, latitude)
    return format_html(
        '<svg class="place-map" role="img" aria-label="{}" width="{}" height="{}" '
        'viewBox="0 0 {} {}">{}<circle cx="{}" cy="{}" r="5"/></svg>',
        label,
        f"{width:.0f}",
        f"{height:.0f}",
        f"{width:.0f}",
        f"{height:.0f}",
        paths,
        f"{x:.1f}",
        f"{y:.1f}",
    )


def _path(coordinates: Sequence[tuple[float, ...]], frame: Frame) -> str:
    places = [frame.place(point[0], point[1]) for point in coordinates]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + "Z"
