"""Tables in raw text: a caption, headings of waves and n, and rows that end in figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.formats.report_text.grids import MISSING, WAVE, Grid, N, Row
from klustermotor.formats.report_text.lines import Line, joined

MOST_LABEL_LINES = 4
"""A row label in more lines than this is a paragraph."""

_TOKEN = re.compile(
    r"(?:(?:ca|cirka|omkring|<|>|≈|~)\s*)?[-−+]?\d{1,3}(?:[ \u00a0]\d{3})*(?:[.,]\d+)?"
    r"\s*(?:%|procent|percent|prosent)(?!\w)"
    r"|(?<![\w.,])[-−+]?\d+(?:[.,]\d+)?(?![\w%.,])|(?<!\S)[-–—.](?!\S)"
)
_BAND = re.compile(r"\d+\s*[-–]\s*\d+\s*%?|[<>≤≥]\s*\d+\s*%?|\d+\s*\+")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖÆØ]|[.!?:]\s*$")


@dataclass(frozen=True)
class Found:
    """A table and the place of the first line after it."""

    grid: Grid
    after: int


def raw_table(lines: Sequence[Line], at: int, caption: str) -> Found | None:
    """The table whose first line under the caption is at `at`; None when there is no table.

    Headings come first, up to the first row that ends in as many figures as there are columns.
    A label may be wrapped over several lines, and its figures may stand on a line of their own.
    """
    heads, corner, start = _headings(lines, at)
    rows: list[Row] = []
    pending: list[Line] = []
    after = place = start
    width = len(heads)
    while place < len(lines):
        line = lines[place]
        place += 1
        if line.blank:
            continue
        label, values = _figures(line.text, width)
        if values and _fits(pending, label) and not _goes_on(lines, place):
            width = width or len(values)
            text = joined([*(p.text for p in pending), label])
            rows.append(Row(text, values, (pending or [line])[0].number))
            pending, after = [], place
            continue
        pending.append(line)
        if not _may_be_label(pending):
            break
    if not rows:
        return None
    if not heads:
        heads, corner = _split_heads(corner, width)
    return Found(Grid(caption, heads, tuple(rows), corner), after)


def starts_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a line holds nothing but the waves that head the columns of a table."""
    text = lines[at].text
    return len(WAVE.findall(text)) > 1 and not re.sub(r"[\s()]", "", N.sub("", WAVE.sub("", text)))


def _headings(lines: Sequence[Line], at: int) -> tuple[tuple[str, ...], str, int]:
    """Headings of the value columns, words over them, and the first line that is no heading."""
    waves: list[str] = []
    counts: list[str] = []
    words: list[str] = []
    place = at
    while place < len(lines):
        text = lines[place].text
        if lines[place].blank:
            place += 1
            continue
        bare = re.sub(r"[\s()]", "", N.sub("", WAVE.sub("", text)))
        if not bare:
            waves += WAVE.findall(text)
            counts += [match[0] for match in N.finditer(text)]
        elif not waves and _is_heading(lines, place):
            words.append(text)
        else:
            break
        place += 1
    if not waves:
        heads, corner = _banded(words)
        return heads, corner, place
    if len(counts) == len(waves):
        heads = tuple(f"{wave} {count}" for wave, count in zip(waves, counts, strict=True))
    else:
        heads = tuple(f"{wave} {counts[0]}" if len(counts) == 1 else wave for wave in waves)
    return heads, joined(words), place


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of words stands over columns: no figure at its end, and no sentence."""
    text = lines[at].text
    if len(text.strip()) > 100 or _SENTENCE.search(text):
        return False
    if _BAND.search(text) and not _figures(_BAND.sub("", text), 0)[1]:
        return True
    if _figures(text, 0)[1]:
        return False
    below = next((line for line in lines[at + 1 :] if not line.blank), None)
    if below is None:
        return False
    label, values = _figures(_BAND.sub("", below.text), 0)
    wrapped = values and (not label.strip() or label.strip()[:1].islower())
    return not wrapped


def _banded(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The last line of bands as headings, with what stands above them."""
    for at in range(len(words) - 1, -1, -1):
        bands = [band.strip() for band in _BAND.findall(words[at])]
        if len(bands) > 1:
            return tuple(bands), joined([*words[:at], _BAND.sub("", words[at])]).strip()
    return (), "\n".join(words)


def _split_heads(words: str, width: int) -> tuple[tuple[str, ...], str]:
    """Headings out of a line of words: parted by tabs or wide gaps, else one word each."""
    lines = [line for line in words.split("\n") if line.strip()]
    for at in range(len(lines) - 1, -1, -1):
        for parts in (re.split(r"\t+|\s{2,}", lines[at].strip()), lines[at].split()):
            if len(parts) in (width, width + 1):
                over = joined([*lines[:at], *parts[: len(parts) - width]])
                return tuple(parts[-width:]), over
    return ("",) * width, joined(lines)


def _figures(text: str, width: int) -> tuple[str, tuple[str, ...]]:
    """A line's label and the figures at its end: `width` of them, or as many as there are."""
    plain = N.sub(lambda m: " " * len(m[0]), text)
    found = list(_TOKEN.finditer(plain))
    tail: list[re.Match[str]] = []
    end = len(plain.rstrip())
    for match in reversed(found):
        if plain[match.end() : end].strip() or (width and len(tail) == width):
            break
        tail.insert(0, match)
        end = match.start()
    if not tail or (width and len(tail) != width):
        return text, ()
    if all(match[0].strip() in MISSING for match in tail):
        return text, ()
    if not width and not any("%" in match[0] for match in tail) and len(tail) < 2:
        return text, ()
    return text[: tail[0].start()], tuple(match[0].strip() for match in tail)


def _goes_on(lines: Sequence[Line], after: int) -> bool:
    """Whether the next line goes on in small letters, as the lines of a paragraph do."""
    return after < len(lines) and lines[after].text.strip()[:1].islower()


def _fits(pending: Sequence[Line], label: str) -> bool:
    whole = joined([*(line.text for line in pending), label]).strip()
    return bool(whole) and not _SENTENCE.search(whole) and len(whole) <= 250


def _may_be_label(pending: Sequence[Line]) -> bool:
    whole = joined(line.text for line in pending)
    return len(pending) <= MOST_LABEL_LINES and not _SENTENCE.search(whole)
