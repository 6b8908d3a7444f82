"""How many gave each answer to each question: from the published figures, the rest invented.

What was published fixes the counts of some columns (`solved`); `margins.csv` holds our own counts
for the others, made to agree with whatever the text says about their order and direction.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from klustermotor.analysis.evaluation import Origin
from klustermotor.analysis.questionnaire import CHOSEN, NOT_CHOSEN, Block, Questionnaire
from klustermotor.portal.demonstration.published import HERE, Figure, Fit, best_fits

Counts = Mapping[str, int]
"""Answers per code; for a ticked item also how many of those who answered left it unticked."""
Margins = Mapping[str, Counts]
"""Counts per answer column of one initiative and wave."""
WaveKey = tuple[str, str]

INVENTED_ANSWERED: Mapping[WaveKey, int] = {("dalabit", "2008"): 18, ("dalabit", "2009"): 20}
"""Answers of waves for which no number was published; 20 holds the largest n that any of the
published percentages of 2009 fits (45 percent is 9 of 20, and fits no other n from 12 to 19)."""
SHARES = ("percent", "count")
LEFTOVER = "none"
"""The code that takes those who are in the published n but in none of the printed categories."""


def answered(figures: Iterable[Figure]) -> Mapping[WaveKey, int]:
    """How many answered each wave."""
    published = {(f.initiative, f.wave): int(f.value) for f in figures if f.item == "answered"}
    return {**published, **INVENTED_ANSWERED}


def read_margins(path: Path = HERE / "margins.csv") -> Mapping[WaveKey, Margins]:
    """Our own counts, by initiative and wave."""
    found: dict[WaveKey, dict[str, Counts]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pairs = (pair.split(":") for pair in row["counts"].split())
            found[row["initiative"], row["wave"]][row["column"]] = {
                code: int(count) for code, count in pairs
            }
    return found


def solved(
    figures: Iterable[Figure], questionnaire: Questionnaire, key: WaveKey, respondents: int
) -> Margins:
    """Counts that follow from the published shares of one initiative and wave.

    Covers yes-or-no, ticked and single-choice items; a share of a scale does not fix its counts.
    """
    by_block: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if (figure.initiative, figure.wave) == key and figure.unit in SHARES and "." in figure.item:
            by_block[figure.block].append(figure)
    found: dict[str, Counts] = {}
    for block_id, of_block in by_block.items():
        block = questionnaire.block(block_id)
        if block.type == "yes_no":
            fitted = _one_size_each(of_block, respondents)
            found |= {
                f.item: {"yes": fit.count, "no": fit.n - fit.count} for f, fit in fitted.items()
            }
        elif block.type == "multiple":
            fitted = _one_size_for_all(of_block, respondents)
            found |= {
                f.item: {CHOSEN: fit.count, NOT_CHOSEN: fit.n - fit.count}
                for f, fit in fitted.items()
            }
        elif block.type == "single":
            found[of_block[0].item] = _single_choice(block, of_block)
    return found


def margins(figures: Iterable[Figure], questionnaire: Questionnaire) -> Mapping[WaveKey, Margins]:
    """All counts, by initiative and wave. Raises ValueError when ours and the published overlap."""
    figures = tuple(figures)
    own = read_margins()
    found: dict[WaveKey, Margins] = {}
    for key, respondents in answered(figures).items():
        published = solved(figures, questionnaire, key, respondents)
        twice = published.keys() & own.get(key, {}).keys()
        if twice:
            raise ValueError(f"margins.csv, {' '.join(key)}: published already: {sorted(twice)}")
        found[key] = {**published, **own.get(key, {})}
    return found


def origins(
    figures: Iterable[Figure], questionnaire: Questionnaire, key: WaveKey
) -> Mapping[str, Origin]:
    """Where the answers of one wave come from, by ``block.item``; background is synthetic."""
    shares = {
        f.item
        for f in figures
        if (f.initiative, f.wave) == key and f.unit.startswith(SHARES) and "." in f.item
    }
    found: dict[str, Origin] = dict.fromkeys(("size", "industry", "municipality"), "synthetic")
    for block in questionnaire.blocks:
        if not block.asked_in(key[1]):
            continue
        fixed: Origin = "partly" if block.type == "scale" else "reconstructed"
        for item in block.items:
            name = f"{block.id}.{item.id}"
            found[name] = fixed if name in shares else "synthetic"
    return found


def sizes(figure: Figure, respondents: int) -> range:
    """The numbers of answers a figure can rest on: as stated, else any up to all respondents."""
    if figure.n_min is None or figure.n_max is None:
        return range(1, respondents + 1)
    return range(figure.n_min, figure.n_max + 1)


def _one_size_each(figures: list[Figure], respondents: int) -> dict[Figure, Fit]:
    """A fit per figure such that both ends of the block's stated range occur, if they can."""
    options = [best_fits(f.value, sizes(f, respondents)) for f in figures]
    ends = {f.n_min for f in figures} | {f.n_max for f in figures}

    def merit(chosen: Sequence[Fit]) -> tuple[int, int, tuple[int, ...]]:
        used = tuple(fit.n for fit in chosen)
        return len(ends & set(used)), sum(used), used

    combinations: list[tuple[Fit, ...]] = list(product(*options))
    return dict(zip(figures, max(combinations, key=merit), strict=True))


def _one_size_for_all(figures: list[Figure], respondents: int) -> dict[Figure, Fit]:
    """A fit per figure, all of the same size: who answers the question ticks or leaves each item.

    Of the sizes that fit as many figures as possible, the largest.
    """
    if figures[0].unit == "count":
        size = figures[0].n_max or respondents
        return {f: Fit(size, int(f.value), "half up") for f in figures}

    def chosen(n: int) -> dict[Figure, Fit]:
        return {f: best_fits(f.value, (n,))[0] for f in figures}

    def merit(n: int) -> tuple[int, int]:
        return sum(fit.rounding is not None for fit in chosen(n).values()), n

    return chosen(max(sizes(figures[0], respondents), key=merit))


def _single_choice(block: Block, figures: list[Figure]) -> Counts:
    """Counts per code that add up to the stated n.

    Those in n but in no printed category take the code ``none``. When the printed counts exceed
    n, the largest gives way: fewest figures change, and by the smallest part of themselves.
    """
    codes = block.scale.codes if block.scale else {}
    of_code = [f for f in figures if f.category in codes]
    size = of_code[0].n_max
    if size is None:
        raise ValueError(f"{of_code[0].item}: a single-choice table without n cannot be solved")
    if of_code[0].unit == "count":
        options: list[tuple[int, ...]] = [tuple(int(f.value) for f in of_code)]
    else:
        options = list(
            product(*({fit.count for fit in best_fits(f.value, (size,))} for f in of_code))
        )
    best = min(options, key=lambda counts: (abs(size - sum(counts)), counts))
    counts = dict(zip((f.category for f in of_code), best, strict=True))
    left = size - sum(best)
    if left > 0:
        counts[LEFTOVER] = counts.get(LEFTOVER, 0) + left
    elif left < 0:
        counts[max(counts, key=lambda code: counts[code])] += left
    return counts
