"""Claims about change between waves: certain changes, and what no change can be shown for."""

from collections.abc import Sequence
from dataclasses import dataclass

from klustermotor.analysis.claims.claim import Claim
from klustermotor.analysis.claims.draft import draft, primary
from klustermotor.analysis.claims.numbers import decimals_that_add_up
from klustermotor.analysis.claims.tables import Change, Estimate, Tables
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Block, Column

MOST_CHANGES = 3
_SAME = 1e-6


@dataclass(frozen=True)
class _Moved:
    """A change with the two figures it lies between."""

    row: Change
    before: Estimate
    after: Estimate

    @property
    def size(self) -> float:
        return abs(self.after.value - self.before.value)

    @property
    def certain(self) -> bool:
        return self.row.certain and self.size > _SAME


def change_claims(tables: Tables, block: Block, wave: str) -> list[Claim]:
    """Changes up to this wave, since the wave before and since the first one.

    Certain changes are told one by one. The others are told once, as no certain change, with
    the largest difference seen; they are never called an increase, a decrease or a trend.
    """
    since = [w.wave for w in tables.waves]
    pairs: dict[str, list[_Moved]] = {}
    for moved in _moved(tables, block, wave):
        pairs.setdefault(moved.row.wave_from, []).append(moved)
    waves = [w for w in since if w in pairs]
    if not waves:
        return []
    previous, first = pairs[waves[-1]], pairs[waves[0]] if len(waves) > 1 else []
    certain = _largest_first([m for m in previous if m.certain])
    told = {m.row.item for m in certain}
    earlier = _largest_first([m for m in first if m.certain and m.row.item not in told])
    claims = [_change(tables, block, m) for m in (*certain, *earlier)[:MOST_CHANGES]]
    rest = [m for m in previous if not m.certain]
    if rest:
        claims.append(_no_certain_change(tables, block, rest, some_are=bool(certain)))
    if not certain and len(first) > 1 and not any(m.certain for m in first):
        claims.append(_nor_earlier(tables, block, first))
    return claims


def _largest_first(moved: list[_Moved]) -> list[_Moved]:
    return sorted(moved, key=lambda m: -m.size)


def _moved(tables: Tables, block: Block, wave: str) -> list[_Moved]:
    """The changes of the block's items up to a wave, one measure for each item."""
    found = []
    for item in block.items:
        item_id = f"{item.id}.now" if block.type == "gap" else item.id
        by_wave: dict[str, list[_Moved]] = {}
        for measure in _measures(tables, block, item_id, wave):
            for row in tables.changes.get((block.id, item_id, *measure), ()):
                keys = [(w, block.id, item_id, *measure) for w in (row.wave_from, wave)]
                if row.wave_to == wave and all(key in tables.estimates for key in keys):
                    before, after = (tables.estimates[key] for key in keys)
                    if abs(after.value - before.value - row.change) < _SAME:
                        by_wave.setdefault(row.wave_from, []).append(_Moved(row, before, after))
        found += [max(rows, key=lambda m: (m.certain, m.size)) for rows in by_wave.values()]
    return found


def _measures(tables: Tables, block: Block, item: str, wave: str) -> list[tuple[str, str]]:
    """What a change of the item is told by.

    Its one measure; or, for a question that is told by its distribution, the most common answer
    and the share that the questionnaire names.
    """
    measure = primary(block)
    scale = scale_of(Column(block, block.items[0]))
    if measure is not None or scale is None:
        return [measure] if measure else []
    shares = [
        (tables.estimates[key].value, code)
        for code in scale.substantive
        if (key := (wave, block.id, item, code, "share")) in tables.estimates
    ]
    named = [(share.id, "share") for share in scale.shares[:1]]
    return [(max(shares)[1], "share"), *named] if shares else named


def _figures(moved: _Moved) -> tuple[dict[str, float], dict[str, str]]:
    """The figures of a change, and the options that make its printed numbers add up."""
    share = moved.row.statistic == "share"
    factor, fewest = (100, 0) if share else (1, 1)
    before, after = moved.before.value, moved.after.value
    decimals = decimals_that_add_up(before * factor, after * factor, fewest, fewest + 1)
    figures: dict[str, float] = {
        "from": before,
        "to": after,
        "n_from": moved.row.n_from,
        "n_to": moved.row.n_to,
    }
    if moved.size > _SAME:
        figures |= {"difference": moved.size, "respondents": moved.size * moved.row.n_to}
    options = {"statistic": moved.row.statistic}
    options |= {"rounded": "yes"} if decimals is None else {"decimals": str(decimals)}
    return figures, options


def _subjects(moved: _Moved) -> dict[str, Sequence[str]]:
    row = moved.row
    return {
        "item": (row.item,),
        "category": (row.category,) if row.category else (),
        "wave_from": (row.wave_from,),
        "wave_to": (row.wave_to,),
    }


def _change(tables: Tables, block: Block, moved: _Moved) -> Claim:
    figures, options = _figures(moved)
    share = moved.row.statistic == "share"
    up = moved.after.value > moved.before.value
    form = "number" if block.type == "number" else "share" if share else "mean"
    if share and not moved.row.tested:
        form = "census"
    return draft(
        tables,
        block,
        "change",
        subjects=_subjects(moved),
        figures=figures,
        rows=[moved.row.cell, moved.before.cell, moved.after.cell],
        certain=True,
        severity="key" if block.key else "normal",
        form=form,
        direction="up" if up else "down",
        side="up" if up else "down",
        also=options,
    )


def _no_certain_change(tables: Tables, block: Block, moved: list[_Moved], some_are: bool) -> Claim:
    largest = max(moved, key=lambda m: m.size)
    if len(moved) > 1 and (some_are or largest.size <= _SAME):
        return _summed_up(tables, block, moved, "others" if some_are else "none")
    figures, options = _figures(largest)
    share = largest.row.statistic == "share"
    smallest = largest.row.smallest
    if share and smallest is not None and smallest > largest.size:
        figures["smallest_change"] = smallest
    form = "one" if len(moved) == 1 else "several"
    told = [largest] if len(moved) == 1 else moved
    rows = [largest.row.cell, largest.before.cell, largest.after.cell]
    return draft(
        tables,
        block,
        "no_certain_change",
        subjects=_subjects(largest),
        figures=figures,
        rows=[*rows, *(m.row.cell for m in told if m is not largest)],
        certain=False,
        form=form if share else f"{form}_mean",
        also=options,
    )


def _nor_earlier(tables: Tables, block: Block, moved: list[_Moved]) -> Claim:
    return _summed_up(tables, block, moved, "earlier")


def _summed_up(tables: Tables, block: Block, moved: list[_Moved], form: str) -> Claim:
    row = moved[0].row
    n_from, n_to = [m.row.n_from for m in moved], [m.row.n_to for m in moved]
    return draft(
        tables,
        block,
        "no_certain_change",
        subjects={"wave_from": (row.wave_from,), "wave_to": (row.wave_to,)},
        figures={
            "items_count": len(moved),
            "n_from_min": min(n_from),
            "n_from_max": max(n_from),
            "n_to_min": min(n_to),
            "n_to_max": max(n_to),
        },
        rows=[m.row.cell for m in moved],
        certain=False,
        form=form,
    )
