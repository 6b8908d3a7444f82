"""Tables checked by themselves: what a printed table cannot be, whatever the text says."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.checks import grim
from klustermotor.analysis.claims.checks.messages import percent, say, shown
from klustermotor.analysis.claims.numbers import number


def table_faults(cells: Sequence[TableCell], language: str) -> tuple[Fault, ...]:
    """Impossible percentages, columns that do not add up, and counts beyond n."""
    return (
        *_percentages(cells, language),
        *_columns(cells, language),
        *_overfull(cells, language),
    )


def _fault(
    kind: str, severity: Severity, cell: TableCell, message: str, suggestion: str = ""
) -> Fault:
    return Fault(cell.table, kind, severity, cell, message, suggestion, 0, 0)


def _percentages(cells: Sequence[TableCell], language: str) -> Iterator[Fault]:
    """GRIM cell by cell, with the way of rounding that the rest of the tables have shown."""
    fits = {i: grim.rules_that_fit(c) for i, c in enumerate(cells) if grim.is_testable(c)}
    for i, rules in fits.items():
        cell = cells[i]
        if not rules:
            yield _impossible(cell, language)
            continue
        if "half_up" in rules or "half_even" in rules:
            continue
        counter = next((cells[j] for j in _refuters(cell, cells, fits)), None)
        if counter is None:
            message = say("only_cut", language, cell=shown(cell, language), n=_n(cell))
            yield _fault("impossible_percentage", "note", cell, message)
            continue
        message = say(
            "only_cut_refuted",
            language,
            cell=shown(cell, language),
            n=_n(cell),
            other=shown(counter, language),
        )
        severity: Severity = "error" if counter.table == cell.table else "warning"
        yield _fault("impossible_percentage", severity, cell, message, _nearby(cell, language))


def _refuters(
    cell: TableCell, cells: Sequence[TableCell], fits: dict[int, frozenset[grim.Rule]]
) -> Iterator[int]:
    """Cells of the same report that can only be rounded, never cut; the same table first."""
    rounded = [
        j
        for j, rules in fits.items()
        if rules and "cut" not in rules and cells[j].initiative == cell.initiative
    ]
    yield from sorted(rounded, key=lambda j: cells[j].table != cell.table)


def _impossible(cell: TableCell, language: str) -> Fault:
    message = say("impossible", language, cell=shown(cell, language), n=_n(cell))
    outside = grim.nearest_n(cell)
    if outside is not None:
        message += " " + say("nearest_n", language, n=outside)
    return _fault("impossible_percentage", "error", cell, message, _nearby(cell, language))


def _nearby(cell: TableCell, language: str) -> str:
    values = [percent(v, language, cell.decimals or 0) for v in grim.possible_nearby(cell)]
    return say("or", language).join(values)


def _n(cell: TableCell) -> str:
    return str(cell.n_min) if cell.n_min == cell.n_max else f"{cell.n_min}–{cell.n_max}"


Column = tuple[str, str, str, str]


def _by_base(cells: Sequence[TableCell], unit: str) -> Iterator[list[TableCell]]:
    columns: defaultdict[Column, list[TableCell]] = defaultdict(list)
    for cell in cells:
        if cell.base and cell.unit == unit and cell.comparator == "=":
            columns[cell.initiative, cell.table, cell.wave, cell.base].append(cell)
    yield from (column for column in columns.values() if len(column) > 1)


def _columns(cells: Sequence[TableCell], language: str) -> Iterator[Fault]:
    """Percentages of one total that cannot make 100, for any n of their range."""
    for column in _by_base(cells, "percent"):
        total = sum(cell.value for cell in column)
        if _can_make_a_whole(column, total):
            continue
        decimals = max(cell.decimals or 0 for cell in column)
        message = say(
            "column_sum",
            language,
            table=column[0].table,
            wave=column[0].wave,
            total=percent(total, language, decimals),
            parts=" + ".join(number(cell.value, language, decimals) for cell in column),
        )
        suggestion = say("column_missing" if total < 100 else "column_over", language)
        yield _fault("column_sum", "error", column[0], message, suggestion)


def _can_make_a_whole(column: Sequence[TableCell], total: float) -> bool:
    slack = sum(max(cell.slack, 1e-9) for cell in column)
    if abs(total - 100) > slack:
        return False
    if not all(map(grim.is_testable, column)):
        return True
    shared = range(
        max(grim.ns(c).start for c in column),
        min(grim.ns(c).stop for c in column),
    )
    if not shared:
        return True
    # A cell that is impossible by itself is told as such, and does not condemn its column.
    possible = [c for c in column if grim.rules_that_fit(c)]
    if len(possible) < len(column):
        return True
    return any(_adds_up(column, n, rule) for n in shared for rule in grim.RULES)


def _adds_up(column: Sequence[TableCell], n: int, rule: grim.Rule) -> bool:
    ranges = [grim.counts(c.value, c.decimals or 0, n, rule) for c in column]
    if not all(map(len, ranges)):
        return False
    return sum(r.start for r in ranges) <= n <= sum(r.stop - 1 for r in ranges)


def _overfull(cells: Sequence[TableCell], language: str) -> Iterator[Fault]:
    """Counts of a single-choice question that are more than those who answered it."""
    for column in _by_base(cells, "count"):
        n = max((c.n_max for c in column if c.n_max is not None), default=None)
        total = sum(c.value for c in column)
        if n is None or total <= n:
            continue
        message = say(
            "overfull",
            language,
            item=column[0].item or column[0].table,
            parts=" + ".join(number(c.value, language) for c in column),
            total=number(total, language),
            n=n,
        )
        yield _fault("counts_exceed_n", "error", column[0], message)
    for cell in cells:
        if cell.unit == "percent" and not 0 <= cell.value <= 100:
            message = say("not_a_share", language, cell=shown(cell, language))
            yield _fault("impossible_percentage", "error", cell, message)
