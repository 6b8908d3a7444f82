"""The report's own words in Swedish, bokmål and English, and its numbers.

Messages are written in English and looked up in ``locale/<language>/LC_MESSAGES/report.po``.
The compiled catalogue is used when it is there and not older than its source; a checkout that
has not been compiled reads the source itself.
"""

import io
import math
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from klustermotor.analysis.rounding import rounded

LANGUAGES = ("sv", "nb", "en")
LOCALE = Path(__file__).parent / "locale"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
NONE = "\u2013"
"""What stands where a figure may not or cannot be shown."""


@cache
def translator(language: str) -> NullTranslations:
    """The report's messages in a language; `gettext` and `ngettext` are its methods.

    Raises ValueError for a language the report is not written in.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: the report is written in {', '.join(LANGUAGES)}")
    if language == "en":
        return NullTranslations()
    source = LOCALE / language / "LC_MESSAGES" / "report.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    return _compile(source)


def _compile(source: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)


def number(value: float | None, language: str, decimals: int = 0, *, sign: bool = False) -> str:
    """A number as the language writes it: ``12 345,6`` or ``12,345.6``; NONE for no number."""
    if value is None or math.isnan(value):
        return NONE
    exact = rounded(value, decimals)
    text = f"{abs(exact):,f}"
    if language != "en":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    if exact < 0:
        return MINUS + text
    return f"+{text}" if sign and exact > 0 else text


def percent(share: float | None, language: str, decimals: int = 0) -> str:
    """A share (0 to 1) as per cent: ``43 %`` in Swedish and Norwegian, ``43%`` in English."""
    text = number(None if share is None else share * 100, language, decimals)
    if text == NONE:
        return NONE
    return f"{text}%" if language == "en" else f"{text}{NO_BREAK}%"


def interval(low: float | None, high: float | None, language: str, *, share: bool) -> str:
    """An interval, such as ``26–63 %`` or ``3,1–3,9``; NONE when there is none."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return NONE
    if not share:
        return f"{number(low, language, 2)}\u2013{number(high, language, 2)}"
    return f"{number(low * 100, language)}\u2013{percent(high, language)}"
