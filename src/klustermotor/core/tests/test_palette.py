import re
from pathlib import Path

import pytest

from klustermotor.report import palette

CSS = Path(__file__).parents[1] / "static" / "core" / "css" / "tokens.css"
NAMES = {
    "paper": palette.PAPER,
    "shade": palette.SHADE,
    "line": palette.LINE,
    "quiet": palette.MUTED,
    "ink": palette.INK,
    "accent": palette.ACCENT,
    "signal": palette.SIGNAL,
    **{f"series-{number}": colour for number, colour in enumerate(palette.SERIES, start=1)},
}


@pytest.mark.parametrize("name", NAMES)
def test_pages_and_reports_share_their_colours_in_light_and_dark(name):
    light, dark = CSS.read_text().split("@media")
    wanted = re.compile(rf"--{name}: (#[0-9a-f]{{6}});")
    assert wanted.search(light)[1] == NAMES[name]
    assert wanted.search(dark)[1] == palette.DARK[NAMES[name]]
