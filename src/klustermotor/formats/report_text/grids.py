"""A table as it stands in a report, and the cells that its headings and rows make of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from klustermotor.analysis.claims.cells import Comparator, TableCell, Unit

WAVE = re.compile(r"(?<![\d.,/–-])((?:19|20)\d\d)(?![\d%]|[.,]\d)")
N = re.compile(r"\(?\bn\s*=\s*(\d+)(?:\s*[-–—]\s*(\d+))?\s*\)?", re.IGNORECASE)
CAPTION = re.compile(
    r"^\s*(?:\*\*|__)?(?P<kind>tabell|table|tab\.|diagram|figur|figure|fig\.|chart)\s+"
    r"(?P<number>[A-ZÅÄÖ]?\d+(?:[.:]\d+)*)\s*(?P<mark>[:.–—-]?)\s*(?:\*\*|__)?\s*(?P<title>.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Row:
    """One row of a table: its label, the text of each value column, and where the row stands."""

    label: str
    values: tuple[str, ...]
    place: int = 0


@dataclass(frozen=True)
class Grid:
    """A table as text. `heads` are the headings of the value columns, `corner` what stands over
    the row labels or over all columns.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    corner: str = ""


_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_VALUE = re.compile(
    r"^(?P<about>ca\.?|cirka|omkring|ungefär|omtrent|about|≈|~|<|>|≤|≥)?\s*"
    rf"(?P<number>[-−+]?(?:{_NUMBER}))\s*"
    r"(?P<unit>%|procentenheter|prosentpoeng|procent|percent|per cent|prosent)?$",
    re.IGNORECASE,
)
_ABOUT: Mapping[str, Comparator] = {"<": "<", "≤": "<", ">": ">", "≥": ">"}
_OF_N = re.compile(r"^(n|N|antal (?:svar|svarande|svar\w*)|antall svar\w*|(?:number of )?answers)$")
_NO_VALUE = re.compile(
    r"interval|konfidens|confidence|förändr|endring|change|differen|skillnad|±|95|p-v[äe]r|\bgap\b"
    r"|fel(?:marginal)?\b|margin",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|procent|prosent|per ?cent|andel|share", re.IGNORECASE)
_COUNT = re.compile(r"\bantal|\bantall|number of|\bcount", re.IGNORECASE)
_MEAN = re.compile(r"medel|snitt|mean|average|\bgrad av\b", re.IGNORECASE)
_BAND = re.compile(r"^\d+\s*[-–]\s*\d+\s*%?$")
_STEPS = re.compile(
    r"^(?:ja\b|nej\b|nei\b|yes\b|no\b|vet (?:ej|inte|ikke)|don.t know|inte alls|not at all"
    r"|ikke i det hele tatt"
    r"|i (?:mycket |svært |ganska )?(?:stor|liten|hög|låg|høy|lav)\w* (?:grad|utsträckning)"
    r"|(?:mycket|svært|ganska|very) (?:bra|god|dålig|dårlig|good|bad|stor|liten)|till viss del"
    r"|til en viss grad|to some extent|varken|verken|neither)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Head:
    """What a heading or a row label says: its wave, its n, and the rest of its words."""

    wave: str
    n: tuple[int, int] | None
    text: str


@dataclass(frozen=True)
class _Read:
    comparator: Comparator
    value: float
    unit: Unit | None


def cells_of(grid: Grid) -> Iterator[tuple[TableCell, int, int]]:
    """The cells of a table, each with its row and value column (counted from 0).

    Waves, n and units are taken from caption, headings and row labels. Columns of n, changes and
    intervals are no figures of their own; a column headed n gives the n of the figure to its left.
    Percentages of one single-choice question get the table's title as their base.
    """
    title = title_of(grid.caption)
    heads = [_head(text) for text in grid.heads]
    labels = [_head(row.label) for row in grid.rows]
    across = not any(h.wave for h in heads) and any(row.wave for row in labels) and len(heads) > 1
    read = _read(grid)
    single = _single_choice(read, heads, labels, across)
    for (r, c), found in read.items():
        head, label = heads[c], labels[r]
        unit = found.unit or _unit(grid, c, found.value)
        n = _n_beside(grid, r, c) or label.n or head.n or n_of(grid.caption)
        if across:
            item, category = title, head.text
        elif single:
            # A column that is no wave is a group of its own: another initiative, a size class.
            item, category = ", ".join(filter(None, (title, head.text))), label.text
        else:
            item, category = label.text, head.text
        cell = TableCell(
            initiative="",
            table=name_of(grid.caption),
            wave=head.wave or label.wave or _only_wave(grid.caption),
            item=item,
            category=category,
            comparator=found.comparator,
            value=found.value,
            unit=unit,
            n_min=n[0] if n else None,
            n_max=n[1] if n else None,
            base=item if single and unit == "percent" else "",
        )
        yield cell, r, c


def grid_of(table: Sequence[Sequence[str]], caption: str, places: Sequence[int]) -> Grid:
    """A grid out of rows of equally many texts, `places` saying where each row stands.

    Headings are the first row, and those below it that hold no figure but waves and n. Label
    columns are the first, and those after it that hold no figure at all.
    """
    width = max((len(row) for row in table), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in table]
    body = next((at for at, row in enumerate(rows) if _has_figures(row, at)), len(rows))
    labels = 1
    while labels < width and not any(_value(row[labels]) for row in rows[body:]):
        labels += 1
    heads = tuple(_stacked(row[c] for row in rows[:body]) for c in range(labels, width))
    return Grid(
        caption,
        heads,
        tuple(
            Row(_stacked(row[:labels]), tuple(row[labels:]), place)
            for row, place in zip(rows[body:], places[body:], strict=True)
        ),
        _stacked(text for row in rows[:body] for text in row[:labels]),
    )


def _has_figures(row: Sequence[str], at: int) -> bool:
    """Whether a row is one of figures; the first is when a figure in it says its unit."""
    figures = [f for text in row[1:] if not WAVE.fullmatch(text.strip()) and (f := _value(text))]
    return any(f.unit for f in figures) if at == 0 else bool(figures)


def _stacked(texts: Iterable[str]) -> str:
    """Texts of cells as one, each once: a merged cell gives its text to every column."""
    return " ".join(dict.fromkeys(plain for text in texts if (plain := _plain(text))))


def name_of(caption: str) -> str:
    """The table's short name: ``Tabell 30`` of its caption, or the whole caption without one."""
    found = CAPTION.match(caption)
    return f"{found['kind'].capitalize()} {found['number']}" if found else caption


def title_of(caption: str) -> str:
    """A caption without its number and its n."""
    found = CAPTION.match(caption)
    return _plain(N.sub("", found["title"] if found else caption)).strip(" .:()*_")


def n_of(text: str) -> tuple[int, int] | None:
    """The n or range of n that a text gives, ``(n=23-25)``; None without one or with several."""
    found = {_bounds(match) for match in N.finditer(text)}
    return found.pop() if len(found) == 1 else None


MISSING = ("-", "–", "—", ".", "..", "…")
"""What stands in a table where there is no figure."""


def _head(text: str) -> _Head:
    found = WAVE.search(text)
    rest = N.sub("", text)
    if found:
        rest = WAVE.sub("", rest, count=1)
    return _Head(found[1] if found else "", n_of(text), _plain(rest).strip(" ,:;()"))


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    low = int(match[1])
    return low, int(match[2] or low)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _only_wave(caption: str) -> str:
    found = set(WAVE.findall(caption))
    return found.pop() if len(found) == 1 else ""


def _read(grid: Grid) -> dict[tuple[int, int], _Read]:
    """Every figure by row and column, without those that are no figures of their own."""
    return {
        (r, c): found
        for c, head in enumerate(grid.heads)
        if not (_OF_N.match(_plain(head)) or _NO_VALUE.search(N.sub("", head)))
        for r, row in enumerate(grid.rows)
        if c < len(row.values) and (found := _value(row.values[c]))
    }


def _value(text: str) -> _Read | None:
    match = _VALUE.match(_plain(N.sub("", text)))
    if match is None:
        return None
    digits = re.sub(r"\s", "", match["number"]).replace(",", ".").replace("−", "-")
    about = (match["about"] or "").lower()
    comparator: Comparator = "=" if not about else _ABOUT.get(about, "≈")
    said = (match["unit"] or "").lower()
    unit: Unit | None = None
    if said:
        unit = "points" if said in ("procentenheter", "prosentpoeng") else "percent"
    return _Read(comparator, float(digits), unit)


def _unit(grid: Grid, column: int, value: float) -> Unit:
    """The unit of a figure that does not say it: of its heading, else of the table."""
    for text in (grid.heads[column], grid.corner, grid.caption):
        if _PERCENT.search(text) and 0 <= value <= 100:
            return "percent"
        if _COUNT.search(text) and value == int(value):
            return "count"
        if _MEAN.search(text):
            return "mean"
    return "other"


def _n_beside(grid: Grid, row: int, column: int) -> tuple[int, int] | None:
    """The n in the first column of n to the right, before the next column of figures."""
    for at in range(column + 1, len(grid.heads)):
        if _OF_N.match(_plain(grid.heads[at])):
            found = _value(grid.rows[row].values[at])
            return (int(found.value), int(found.value)) if found else None
        if not _NO_VALUE.search(grid.heads[at]):
            return None
    return None


def _single_choice(
    read: Mapping[tuple[int, int], _Read],
    heads: Sequence[_Head],
    labels: Sequence[_Head],
    across: bool,
) -> bool:
    """Whether the percentages of each wave are the shares of one single-choice question.

    They are when their labels part a whole (bands, yes and no, steps of a scale), or when those
    of most waves add up to 100.
    """
    sets: dict[int, list[float]] = {}
    for (r, c), found in read.items():
        if found.unit in ("percent", None):
            sets.setdefault(r if across else c, []).append(found.value)
    full = [values for values in sets.values() if len(values) > 1]
    if not full or any(sum(values) > 130 for values in full):
        return False
    words = [h.text for h in heads] if across else [label.text for label in labels]
    steps = sum(bool(_BAND.match(word) or _STEPS.match(word)) for word in words)
    if steps >= 2 and steps * 2 >= len(words):
        return True
    whole = sum(abs(sum(values) - 100) <= max(1.0, len(values) / 2) for values in full)
    return whole * 2 > len(full)
