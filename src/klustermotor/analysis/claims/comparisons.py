"""Claims that set a figure beside another: what was expected, a target, others, a reference."""

from collections.abc import Iterable, Mapping, Sequence

from klustermotor.analysis.claims.claim import Claim, Measured, Reference, Target
from klustermotor.analysis.claims.draft import (
    draft,
    figures_of,
    items_shown,
    primary,
    scale_figures,
)
from klustermotor.analysis.claims.numbers import decimals_that_add_up
from klustermotor.analysis.claims.tables import Estimate, Tables
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Block, Column
from klustermotor.analysis.rounding import rounded

MOST_PAIRS = 2


def expected_delivered_claims(tables: Tables, block: Block, wave: str) -> list[Claim]:
    """What was expected (a motive) beside what came of it, as `delivers` pairs them.

    Told for the most common motive and for the one whose result differs most from it. Both
    definitions are stated, since scale, base and number of choices differ.
    """
    if block.type != "multiple":
        return []
    pairs = []
    for motive in items_shown(tables, block, wave):
        result = _result(tables, block, motive)
        if result is not None:
            pairs.append((motive, result))
    if not pairs:
        return []
    chosen = [max(pairs, key=lambda pair: pair[0].value)]
    shares = [pair for pair in pairs if pair[1].statistic == "share" and pair not in chosen]
    if shares:
        chosen.append(max(shares, key=lambda pair: abs(pair[1].value - pair[0].value)))
    return [_pair(tables, block, *pair) for pair in chosen[:MOST_PAIRS]]


def _result(tables: Tables, block: Block, motive: Estimate) -> Estimate | None:
    """The counterpart: the named share of its scale when there is one, else its own measure."""
    item = next(item for item in block.items if item.id == motive.item)
    block_id, _, item_id = (item.delivers or block.delivers or "").partition(".")
    if not block_id:
        return None
    result_block = tables.questionnaire.block(block_id)
    if result_block.type not in ("multiple", "yes_no", "scale"):
        return None
    scale = scale_of(Column(result_block, result_block.items[0]))
    named = (scale.shares[0].id, "share") if scale is not None and scale.shares else None
    measure = named or primary(result_block)
    if measure is None:
        return None
    key = (motive.wave, block_id, item_id or motive.item, *measure)
    return tables.estimates.get(key)


def _pair(tables: Tables, block: Block, motive: Estimate, result: Estimate) -> Claim:
    result_block = tables.questionnaire.block(result.block)
    figures = figures_of([motive, result]) | scale_figures(result_block)
    figures |= {"choices": len(block.items), "choices_result": len(result_block.items)}
    form = result_block.type if result_block.type in ("multiple", "yes_no") else "scale"
    return draft(
        tables,
        block,
        "expected_delivered",
        subjects={
            "block": (block.id, result_block.id),
            "item": (motive.item, result.item),
            "category": (result.category,) if result.category else (),
            "wave": (motive.wave,),
        },
        figures=figures,
        rows=[motive.cell, result.cell],
        form=form if result.statistic == "share" else "mean",
    )


def target_claims(tables: Tables, targets: Iterable[Target]) -> list[Claim]:
    """Each target beside what came of it in the last wave that shows the measure."""
    claims = []
    for target in targets:
        own = _own(tables, target.measure)
        if own is not None and target.initiative in ("", tables.initiative):
            block = tables.questionnaire.block(own.block)
            figures, options = _beside(own, target.value)
            met = rounded(own.value, 6) == rounded(target.value, 6)
            claims.append(
                draft(
                    tables,
                    block,
                    "target",
                    subjects=_named(own),
                    figures=figures,
                    rows=[own.cell],
                    certain=_differs(own, target.value),
                    form="met" if met else "",
                    reached="yes" if own.value >= target.value else "no",
                    also=options,
                )
            )
    return claims


def reference_claims(tables: Tables, series: Iterable[Reference]) -> list[Claim]:
    """Each reference figure beside the initiative's own, with its name, source and year."""
    claims = []
    for reference in series:
        own = _own(tables, reference.measure)
        if own is not None:
            figures, options = _beside(own, reference.value)
            claims.append(
                draft(
                    tables,
                    tables.questionnaire.block(own.block),
                    "reference",
                    subjects={**_named(own), "reference": (reference.name, reference.year)},
                    figures=figures,
                    rows=[own.cell],
                    certain=_differs(own, reference.value),
                    name=reference.name,
                    source=reference.source,
                    year=reference.year,
                    also=options,
                )
            )
    return claims


def round_claims(
    tables: Tables, block: Block, wave: str, others: Mapping[str, Tables]
) -> list[Claim]:
    """The block's highest figure beside the same figure of the round's other initiatives."""
    rows = items_shown(tables, block, wave, "now" if block.type == "gap" else "")
    if not rows or primary(block) is None:
        return []
    own = max(rows, key=lambda row: row.value)
    key = (wave, own.block, own.item, own.category, own.statistic)
    found = [
        other.estimates[key]
        for name, other in others.items()
        if name != tables.initiative and key in other.estimates
    ]
    if not found:
        return []
    values = [row.value for row in found]
    return [
        draft(
            tables,
            block,
            "round",
            subjects={**_named(own), "initiative": [row.initiative for row in found]},
            figures={
                "own": own.value,
                "n": own.n,
                "other_min": min(values),
                "other_max": max(values),
                "others_count": len(found),
            },
            rows=[own.cell, *(row.cell for row in found)],
            form="single" if len(found) == 1 else "",
            statistic=own.statistic,
        )
    ]


def _own(tables: Tables, measure: Measured) -> Estimate | None:
    """The measure in the last wave that shows it; a category left out is the block's own."""
    block = tables.questionnaire.block(measure.block)
    category, statistic = measure.category, str(measure.statistic)
    if not category and statistic == "share":
        category, statistic = primary(block) or ("", "share")
    for wave in reversed(tables.waves):
        row = tables.estimates.get((wave.wave, measure.block, measure.item, category, statistic))
        if row is not None:
            return row
    return None


def _named(own: Estimate) -> dict[str, Sequence[str]]:
    return {
        "item": (own.item,),
        "category": (own.category,) if own.category else (),
        "wave": (own.wave,),
    }


def _beside(own: Estimate, other: float) -> tuple[dict[str, float], dict[str, str]]:
    factor, fewest = (100, 0) if own.statistic == "share" else (1, 1)
    decimals = decimals_that_add_up(other * factor, own.value * factor, fewest, fewest + 1)
    figures = {
        "own": own.value,
        "n": own.n,
        "other": other,
        "difference": abs(own.value - other),
    }
    options = {
        "statistic": own.statistic,
        "certainty": "yes" if _differs(own, other) else "no",
    }
    options |= {"rounded": "yes"} if decimals is None else {"decimals": str(decimals)}
    return figures, options


def _differs(own: Estimate, other: float) -> bool:
    """Whether the fixed figure lies outside the interval of our own."""
    if own.ci_low is None or own.ci_high is None:
        return rounded(own.value, 6) != rounded(other, 6)
    return not own.ci_low <= other <= own.ci_high
