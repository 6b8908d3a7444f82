"""Claims about where things stand in one wave: rankings, levels, shares, distributions."""

from collections.abc import Sequence

from klustermotor.analysis.claims.claim import Claim, Severity
from klustermotor.analysis.claims.draft import (
    draft,
    figures_of,
    items_shown,
    primary,
    scale_figures,
    some_hidden,
)
from klustermotor.analysis.claims.tables import Estimate, Tables
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Block, Column
from klustermotor.analysis.rounding import rounded

MOST_LEADING = 3
FOLLOWING = 2
FEWEST_FOR_LOWEST = 4
MOST_LISTED = 5


def level_claims(tables: Tables, block: Block, wave: str) -> list[Claim]:
    """What stands out in the block in this wave, most important first."""
    if block.type == "gap":
        return []
    if primary(block) is None:
        return _distributions(tables, block, wave)
    rows = items_shown(tables, block, wave)
    if len(block.items) == 1 or block.type == "number":
        return [claim for row in rows[:MOST_LEADING] for claim in _level(tables, block, row)]
    if len(rows) < 2:
        return []
    return _ranked(tables, block, rows)


def printed(row: Estimate) -> object:
    """The figure as a reader sees it: whole percent, or a mean with one decimal."""
    return rounded(row.value * 100) if row.statistic == "share" else rounded(row.value, 1)


def _severity(block: Block) -> Severity:
    return "key" if block.key else "normal"


def _ranked(tables: Tables, block: Block, rows: list[Estimate]) -> list[Claim]:
    ordered = sorted(rows, key=lambda row: -row.value)
    groups = _ties(ordered)
    if len(groups) == 1 or len(groups[0]) > MOST_LEADING or ordered[0].value == 0:
        return []
    following: list[Estimate] = []
    for group in groups[1:]:
        if len(following) + len(group) > FOLLOWING or group[0].value == 0:
            break
        following += group
    leading = groups[0]
    last = groups[-1] if len(ordered) >= FEWEST_FOR_LOWEST else []
    last = [row for row in last if row not in following]
    claims = [_ranking(tables, block, leading, following, last)]
    if block.type in ("multiple", "yes_no"):
        told = len(leading) + len(following)
        claims += _majority(tables, block, ordered[told:])
        claims += _lowest(tables, block, last)
    else:
        claims += _named_share(tables, block, ordered[0])
    return claims


def _ties(ordered: Sequence[Estimate]) -> list[list[Estimate]]:
    """Rows that read the same stand together, since no difference between them is seen."""
    groups: list[list[Estimate]] = []
    for row in ordered:
        if groups and printed(groups[-1][0]) == printed(row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _ranking(
    tables: Tables,
    block: Block,
    leading: list[Estimate],
    following: list[Estimate],
    last: list[Estimate],
) -> Claim:
    share = leading[0].statistic == "share"
    tail = last if len(last) == 1 and not share else []
    rows = [*leading, *following, *tail]
    tied = len(leading) > 1
    same = len({row.value for row in leading}) == 1
    return draft(
        tables,
        block,
        "ranking",
        subjects={"item": [row.item for row in rows], "wave": (leading[0].wave,)},
        figures=figures_of(rows) | ({} if share else scale_figures(block)),
        rows=[row.cell for row in rows],
        severity=_severity(block),
        form=("share" if share else "mean") + ("_tied" if tied else ""),
        words="yes" if share else "",
        leading=f"1-{len(leading)}",
        following=f"{len(leading) + 1}-{len(leading) + len(following)}" if following else "",
        last=str(len(rows)) if tail else "",
        equally=("exact" if same else "near") if tied else "",
        shown="partly" if some_hidden(tables, block, leading[0].wave) else "",
    )


def _majority(tables: Tables, block: Block, rest: Sequence[Estimate]) -> list[Claim]:
    rows = [row for row in rest if row.value > 0.5]
    if not 0 < len(rows) <= MOST_LISTED:
        return []
    return [
        draft(
            tables,
            block,
            "majority",
            subjects={"item": [row.item for row in rows], "wave": (rows[0].wave,)},
            figures=figures_of(rows),
            rows=[row.cell for row in rows],
            listed=f"1-{len(rows)}",
        )
    ]


def _lowest(tables: Tables, block: Block, last: Sequence[Estimate]) -> list[Claim]:
    nobody = [row for row in last if row.value == 0]
    rows = nobody if nobody else last
    if not rows or len(rows) > (MOST_LISTED if nobody else 1) or rows[0].value > 0.5:
        return []
    n = [row.n for row in rows]
    return [
        draft(
            tables,
            block,
            "lowest",
            subjects={"item": [row.item for row in rows], "wave": (rows[0].wave,)},
            figures=figures_of(rows) | ({"n_min": min(n), "n_max": max(n)} if nobody else {}),
            rows=[row.cell for row in rows],
            form="none" if nobody else "",
            listed=f"1-{len(rows)}",
            last="1",
            shown="partly" if some_hidden(tables, block, rows[0].wave) else "",
        )
    ]


def _level(tables: Tables, block: Block, row: Estimate) -> list[Claim]:
    if row.statistic == "share":
        return [_share(tables, block, row)]
    number = block.type == "number"
    level = draft(
        tables,
        block,
        "level",
        subjects={"item": (row.item,), "wave": (row.wave,)},
        figures=figures_of([row]) | scale_figures(block),
        rows=[row.cell],
        severity=_severity(block),
        form=("number_unit" if block.unit else "number") if number else "mean",
    )
    return [level, *_named_share(tables, block, row, most=2)]


def _share(tables: Tables, block: Block, row: Estimate, severity: Severity = "normal") -> Claim:
    return draft(
        tables,
        block,
        "share",
        subjects={"item": (row.item,), "category": (row.category,), "wave": (row.wave,)},
        figures=figures_of([row]),
        rows=[row.cell],
        severity=severity,
        words="yes",
    )


def _named_share(tables: Tables, block: Block, row: Estimate, most: int = 1) -> list[Claim]:
    """The shares that the questionnaire names on the item's scale, beside its mean."""
    scale = scale_of(Column(block, block.items[0]))
    named = scale.shares[:most] if scale is not None else ()
    keys = [(row.wave, block.id, row.item, share.id, "share") for share in named]
    return [_share(tables, block, tables.estimates[k]) for k in keys if k in tables.estimates]


def _distributions(tables: Tables, block: Block, wave: str) -> list[Claim]:
    scale = scale_of(Column(block, block.items[0])) if block.items else None
    if scale is None:
        return []
    claims = []
    for item in block.items[:MOST_LEADING]:
        keys = [(wave, block.id, item.id, code, "share") for code in scale.substantive]
        if not any(key in tables.hidden for key in keys):
            rows = [tables.estimates[key] for key in keys if key in tables.estimates]
            claims += _distribution(tables, block, rows)
            claims += _named_share(tables, block, rows[0]) if rows else []
    return claims


def _distribution(tables: Tables, block: Block, rows: Sequence[Estimate]) -> list[Claim]:
    groups = _ties(sorted(rows, key=lambda row: -row.value))
    if not groups or len(groups[0]) > MOST_LEADING or groups[0][0].value == 0:
        return []
    top, tied = groups[0], len(groups[0]) > 1
    second = groups[1] if not tied and len(groups) > 1 and len(groups[1]) == 1 else []
    second = [row for row in second if row.value > 0]
    nobody = [] if tied or top[0].value == 1 else [row for row in rows if row.value == 0]
    told = [*top, *second]
    subjects = {
        "item": (top[0].item,),
        "category": [row.category for row in told],
        "wave": (top[0].wave,),
    }
    if 0 < len(nobody) <= MOST_LISTED:
        subjects["category_none"] = [row.category for row in nobody]
    return [
        draft(
            tables,
            block,
            "distribution",
            subjects=subjects,
            figures=figures_of(told),
            rows=[row.cell for row in (*told, *nobody)],
            severity=_severity(block),
            form="tied" if tied else "",
            words="yes",
            leading=f"1-{len(top)}" if tied else "",
        )
    ]
