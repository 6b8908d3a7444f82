"""The colours of every chart, map and report: one accent, one signal, one series palette.

The series keep apart for readers with deuteranopia and protanopia (a test simulates both after
Machado, Oliveira and Fernandes 2009) and never carry meaning alone: shape or position does too.
"""

PAPER = "#ffffff"
SHADE = "#f4f6f5"
LINE = "#d3dad7"
MUTED = "#5a6864"
INK = "#16211e"
ACCENT = "#1d5c4d"
ACCENT_SOFT = "#a9c7bd"
SIGNAL = "#b4500f"

SERIES = ("#1d5c4d", "#e08e2c", "#3f6fd0", "#b39ddb", "#23205c", "#7cc9a8")
"""In order of use: spruce, amber, blue, lavender, navy, mint."""

NOW, WANTED = SERIES[0], SERIES[1]
EXPECTED, DELIVERED = SERIES[1], SERIES[0]

DARK = {
    PAPER: "#121816",
    SHADE: "#1b2320",
    LINE: "#3a4743",
    MUTED: "#a3b1ac",
    INK: "#e9efec",
    ACCENT: "#6fbfa6",
    ACCENT_SOFT: "#35564c",
    SIGNAL: "#f0a063",
    SERIES[1]: "#f0a94e",
    SERIES[2]: "#86a8f0",
    SERIES[3]: "#cdbcf0",
    SERIES[4]: "#7f7ae0",
    SERIES[5]: "#9adfc2",
}
"""What each colour becomes on a dark page."""
