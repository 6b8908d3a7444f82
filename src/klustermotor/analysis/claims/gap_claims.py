"""Claims about the distance between how things are and how they are wanted."""

from klustermotor.analysis.claims.claim import Claim
from klustermotor.analysis.claims.draft import (
    draft,
    figures_of,
    items_shown,
    scale_figures,
    some_hidden,
)
from klustermotor.analysis.claims.numbers import decimals_that_add_up
from klustermotor.analysis.claims.tables import Gap, Tables
from klustermotor.analysis.questionnaire import Block
from klustermotor.analysis.rounding import rounded

MOST_TIED = 3


def gap_claims(tables: Tables, block: Block, wave: str) -> list[Claim]:
    """The largest gap of the wave, and the highest level now."""
    if block.type != "gap":
        return []
    return [*_largest(tables, block, wave), *_highest_now(tables, block, wave)]


def _largest(tables: Tables, block: Block, wave: str) -> list[Claim]:
    gaps = sorted(tables.gaps.get((wave, block.id), ()), key=lambda gap: -gap.gap)
    if len(gaps) < min(2, len(block.items)) or len(gaps) < len(block.items):
        return []
    first, *others = gaps
    if rounded(first.gap, 1) <= 0:
        return []
    tied = [gap for gap in gaps if rounded(gap.gap, 1) == rounded(first.gap, 1)]
    if len(tied) > 1:
        return _tied(tables, block, tied) if len(tied) <= MOST_TIED else []
    certain = first.ci_low is None or first.ci_low > 0
    decimals = decimals_that_add_up(first.now, first.wanted, 1, 2)
    subjects: dict[str, tuple[str, ...]] = {"item": (first.item,), "wave": (wave,)}
    figures = {
        "now": first.now,
        "wanted": first.wanted,
        "difference": first.wanted - first.now,
        "n_1": first.n,
        **scale_figures(block),
    }
    told = [first]
    if certain and others and rounded(others[0].gap, 1) > 0 and _alone(others):
        subjects["item"] = (first.item, others[0].item)
        figures["second_gap"] = others[0].gap
        told.append(others[0])
    rows = [gap.cell for gap in told]
    before = _largest_before(tables, block, wave)
    if certain and before is not None and before.item == first.item:
        subjects["wave_from"] = (before.wave,)
        rows += [gap.cell for gap in tables.gaps[(before.wave, block.id)]]
    return [
        draft(
            tables,
            block,
            "largest_gap",
            subjects=subjects,
            figures=figures,
            rows=rows,
            certain=certain,
            severity="key" if block.key else "normal",
            form="" if certain else "uncertain",
            decimals=str(decimals or 1),
            rounded="" if decimals else "yes",
        )
    ]


def _alone(gaps: list[Gap]) -> bool:
    return len(gaps) < 2 or rounded(gaps[0].gap, 1) > rounded(gaps[1].gap, 1)


def _tied(tables: Tables, block: Block, tied: list[Gap]) -> list[Claim]:
    return [
        draft(
            tables,
            block,
            "largest_gap",
            subjects={"item": [gap.item for gap in tied], "wave": (tied[0].wave,)},
            figures={"difference": tied[0].gap, "n_1": tied[0].n},
            rows=[gap.cell for gap in tied],
            severity="key" if block.key else "normal",
            form="tied",
            leading=f"1-{len(tied)}",
        )
    ]


def _largest_before(tables: Tables, block: Block, wave: str) -> Gap | None:
    """The one largest gap of the wave before; None when several are as large or some unknown."""
    earlier = [w.wave for w in tables.waves if (w.wave, block.id) in tables.gaps]
    position = earlier.index(wave)
    gaps = tables.gaps[(earlier[position - 1], block.id)] if position else ()
    ordered = sorted(gaps, key=lambda gap: -gap.gap)
    return ordered[0] if len(ordered) == len(block.items) and _alone(ordered) else None


def _highest_now(tables: Tables, block: Block, wave: str) -> list[Claim]:
    rows = sorted(items_shown(tables, block, wave, "now"), key=lambda row: -row.value)
    if len(rows) < 2 or some_hidden(tables, block, wave, "now"):
        return []
    if rounded(rows[0].value, 1) == rounded(rows[1].value, 1):
        return []
    return [
        draft(
            tables,
            block,
            "highest_now",
            subjects={"item": (rows[0].item.removesuffix(".now"),), "wave": (wave,)},
            figures=figures_of(rows[:1]) | scale_figures(block),
            rows=[rows[0].cell],
        )
    ]
