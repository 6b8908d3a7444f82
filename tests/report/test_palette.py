from itertools import combinations

import numpy as np
import pytest

from klustermotor.report import palette

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_series_are_told_apart_by_readers_who_see_colours_differently(deficiency):
    seen = [lab(DEFICIENCIES[deficiency] @ linear(colour)) for colour in palette.SERIES]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 25


@pytest.mark.parametrize("name", ["INK", "MUTED", "ACCENT", "SIGNAL"])
def test_text_colours_are_readable_on_paper_and_shade_light_and_dark(name):
    colour = getattr(palette, name)
    for ground in (palette.PAPER, palette.SHADE):
        assert contrast(colour, ground) >= 4.5
        assert contrast(palette.DARK[colour], palette.DARK[ground]) >= 4.5


@pytest.mark.parametrize("place", range(2))
def test_the_two_colours_of_pairs_stand_out_from_paper(place):
    assert contrast((palette.NOW, palette.WANTED)[place], palette.PAPER) >= (3, 2.3)[place]
