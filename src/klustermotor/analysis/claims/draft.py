"""How a claim is put together from indexed rows, the same way for every statement type."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from klustermotor.analysis.claims.claim import Cell, Claim, Severity
from klustermotor.analysis.claims.tables import Estimate, Tables
from klustermotor.analysis.measures import TICKED, YES_NO, scale_of
from klustermotor.analysis.questionnaire import CHOSEN, Block, Column


def draft(
    tables: Tables,
    block: Block | None,
    kind: str,
    *,
    subjects: Mapping[str, Sequence[str]],
    figures: Mapping[str, float],
    rows: Iterable[Cell],
    certain: bool | None = None,
    severity: Severity = "normal",
    also: Mapping[str, str] = MappingProxyType({}),
    **options: str,
) -> Claim:
    """A claim with an id that stays the same when the same finding is made again."""
    shown = {name: value for name, value in {**also, **options}.items() if value}
    about = [tables.initiative, block.id if block else "survey", kind, shown.get("form", "")]
    about += [subject for role in subjects for subject in subjects[role]]
    return Claim(
        id=re.sub(r"[^\w.]+", "-", "-".join(filter(None, about)).lower()),
        kind=kind,
        initiative=tables.initiative,
        indicator=block.indicator if block else "background",
        block=block.id if block else "",
        subjects={role: tuple(ids) for role, ids in subjects.items()},
        figures=dict(figures),
        bound_to=tuple(rows),
        certain=certain,
        severity=severity,
        options=shown,
    )


def primary(block: Block) -> tuple[str, str] | None:
    """Category and statistic that tell a block's items apart; None where no one measure does."""
    if block.type == "text" or not block.items:
        return None
    scale = scale_of(Column(block, block.items[0]))
    if scale is YES_NO:
        return ("yes", "share")
    if scale is TICKED:
        return (CHOSEN, "share")
    if block.type == "single" or (scale is not None and scale.type == "nominal"):
        return None
    return ("", "mean")


def items_shown(tables: Tables, block: Block, wave: str, aspect: str = "") -> list[Estimate]:
    """The primary measure of each item that is shown in the wave, in the block's order."""
    measure = primary(block)
    if measure is None:
        return []
    suffix = f".{aspect}" if aspect else ""
    keys = [(wave, block.id, item.id + suffix, *measure) for item in block.items]
    return [tables.estimates[key] for key in keys if key in tables.estimates]


def some_hidden(tables: Tables, block: Block, wave: str, aspect: str = "") -> bool:
    """Whether disclosure control withheld the primary measure of an item of the block."""
    measure = primary(block)
    suffix = f".{aspect}" if aspect else ""
    return measure is not None and any(
        (wave, block.id, item.id + suffix, *measure) in tables.hidden for item in block.items
    )


def figures_of(rows: Sequence[Estimate]) -> dict[str, float]:
    """Share (with its count where it has one) or mean, and n, of each row, counted from 1."""
    figures: dict[str, float] = {}
    for i, row in enumerate(rows, start=1):
        figures[f"{row.statistic}_{i}"] = row.value
        figures[f"n_{i}"] = row.n
        if row.count is not None:
            figures[f"count_{i}"] = row.count
    return figures


def scale_figures(block: Block) -> dict[str, float]:
    """The ends of the block's scale, when they are numbers."""
    scale = scale_of(Column(block, block.items[0]))
    if scale is None:
        return {}
    try:
        codes = [float(code) for code in scale.substantive]
    except ValueError:
        return {}
    return {"scale_low": min(codes), "scale_high": max(codes)}
