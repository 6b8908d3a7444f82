"""Tables checked by themselves: what a printed table cannot be, whatever the text says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.checks import consistency, grim
from klustermotor.analysis.claims.checks.consistency import Shared
from klustermotor.analysis.claims.checks.messages import percent, say, shown
from klustermotor.analysis.claims.numbers import number

Rules = Mapping[TableCell, frozenset[grim.Rule]]
"""The ways of printing under which each testable cell is possible by itself."""

_ROUNDED: frozenset[grim.Rule] = frozenset({"half_up", "half_even"})
_CUT: frozenset[grim.Rule] = frozenset({"cut"})
_EXACT = 1e-9


def table_faults(cells: Sequence[TableCell], language: str) -> tuple[Fault, ...]:
    """Impossible percentages, columns that do not add up, counts beyond n, and figures that are
    possible one by one but not together."""
    rules = grim.rules_of([cell for cell in cells if grim.is_testable(cell)])
    return (
        *_percentages(rules, language),
        *_columns(cells, rules, language),
        *_overfull(cells, language),
        *_beside_counts(cells, rules, language),
        *_ways_of_rounding(rules, language),
        *_stated_ranges(rules, language),
    )


def _fault(
    kind: str, severity: Severity, cell: TableCell, message: str, suggestion: str = ""
) -> Fault:
    return Fault(cell.table, kind, severity, cell, message, suggestion, 0, 0)


def _percentages(rules: Rules, language: str) -> Iterator[Fault]:
    """GRIM cell by cell, with the way of rounding that the rest of the tables have shown."""
    columns = consistency.columns_of(rules)
    for cell, fitting in rules.items():
        if not fitting:
            place = cell.initiative, cell.table, cell.wave, grim.ns(cell)
            yield _impossible(cell, columns[place], language)
        elif not fitting & _ROUNDED:
            yield _only_cut(cell, rules, language)


def _only_cut(cell: TableCell, rules: Rules, language: str) -> Fault:
    """A percentage that must have been cut: wrong where another one has not been."""
    counter = next(_refuters(cell, rules), None)
    if counter is None:
        message = say("only_cut", language, cell=shown(cell, language), n=_n(cell))
        return _fault("impossible_percentage", "note", cell, message)
    message = say(
        "only_cut_refuted",
        language,
        cell=shown(cell, language),
        n=_n(cell),
        other=shown(counter, language),
    )
    severity: Severity = "error" if counter.table == cell.table else "warning"
    return _fault("impossible_percentage", severity, cell, message, _nearby(cell, language))


def _refuters(cell: TableCell, rules: Rules) -> Iterator[TableCell]:
    """Cells of the same report that can only be rounded, never cut; the same table first."""
    rounded = [
        other
        for other, fitting in rules.items()
        if fitting and "cut" not in fitting and other.initiative == cell.initiative
    ]
    yield from sorted(rounded, key=lambda other: other.table != cell.table)


def _impossible(cell: TableCell, column: Sequence[TableCell], language: str) -> Fault:
    message = say("impossible", language, cell=shown(cell, language), n=_n(cell))
    nearest = grim.nearest_n(cell)
    if nearest is not None:
        message += " " + say("nearest_n", language, n=nearest)
    common = consistency.common_n(column, grim.ns(cell)) if len(column) > 1 else None
    if common is not None:
        message += " " + say(
            "nearest_n_column", language, n=common, k=len(column), table=_place(cell)
        )
    return _fault("impossible_percentage", "error", cell, message, _nearby(cell, language))


def _nearby(cell: TableCell, language: str) -> str:
    values = [percent(v, language, cell.decimals or 0) for v in grim.possible_nearby(cell)]
    return say("or", language).join(values)


def _n(cell: TableCell) -> str:
    return _span(grim.ns(cell))


def _span(span: range) -> str:
    first, last = span.start, span.stop - 1
    return str(first) if first == last else f"{first}–{last}"


def _place(cell: TableCell) -> str:
    return ", ".join(filter(None, (cell.table, cell.wave)))


Column = tuple[str, str, str, str]


def _by_base(cells: Sequence[TableCell], unit: str) -> Iterator[list[TableCell]]:
    columns: defaultdict[Column, list[TableCell]] = defaultdict(list)
    for cell in cells:
        if cell.base and cell.unit == unit and cell.comparator == "=":
            columns[cell.initiative, cell.table, cell.wave, cell.base].append(cell)
    yield from (column for column in columns.values() if len(column) > 1)


def _columns(cells: Sequence[TableCell], rules: Rules, language: str) -> Iterator[Fault]:
    """Percentages of one total that cannot make 100, or not with whole counts for any n."""
    for column in _by_base(cells, "percent"):
        total = sum(cell.value for cell in column)
        shared = consistency.of_a_whole(column)
        # A cell that is impossible by itself is told as such, and does not condemn its column.
        together = shared.rules() if shared and all(rules[c] for c in shared.percents) else None
        if abs(total - 100) > sum(cell.slack for cell in column) + _EXACT:
            if together == _CUT:
                yield from _cut_together(column, rules, language)
            else:
                yield _off_the_whole(column, total, language)
        elif shared and together is not None and not together:
            yield _not_together(shared, language)
        elif together == _CUT and any(rules[c] & _ROUNDED for c in column):
            yield from _cut_together(column, rules, language)


def _off_the_whole(column: Sequence[TableCell], total: float, language: str) -> Fault:
    decimals = max(cell.decimals or 0 for cell in column)
    message = say(
        "column_sum",
        language,
        table=_place(column[0]),
        total=percent(total, language, decimals),
        parts=_parts(column, language),
    )
    suggestion = say("column_missing" if total < 100 else "column_over", language)
    # Of an unknown n, as many parts may have lost as much by being cut.
    cut = not all(map(grim.is_testable, column)) and 100 - 2 * sum(c.slack for c in column) < total
    severity: Severity = "warning" if cut and total < 100 else "error"
    return _fault("column_sum", severity, column[0], message, suggestion)


def _parts(column: Sequence[TableCell], language: str) -> str:
    decimals = max(cell.decimals or 0 for cell in column)
    return " + ".join(number(cell.value, language, decimals) for cell in column)


def _not_together(shared: Shared, language: str) -> Fault:
    """Possible one by one, but no n of the range gives whole counts that make it up."""
    first = shared.percents[0]
    message = say(
        "not_together",
        language,
        table=_place(first),
        parts=_parts(shared.percents, language),
        n=_span(shared.span),
    )
    nearest = shared.nearest_n()
    if nearest is not None:
        message += " " + say("nearest_n_all", language, n=nearest)
    suggestion = say("not_together_right", language)
    return _fault("inconsistent_table", "error", first, message, suggestion)


def _cut_together(column: Sequence[TableCell], rules: Rules, language: str) -> Iterator[Fault]:
    """Parts that make a whole only when all were cut: wrong where another figure was not.

    Silent where a part can only have been cut by itself, which is told of that part.
    """
    if any(rules[cell] == _CUT for cell in column):
        return
    first = column[0]
    counter = next(_refuters(first, rules), None)
    if counter is not None and counter.table != first.table:
        counter = None
    message = say(
        "cut_together" if counter is None else "cut_together_refuted",
        language,
        table=_place(first),
        parts=_parts(column, language),
        n=_n(first),
        other="" if counter is None else shown(counter, language),
    )
    if counter is None:
        yield _fault("inconsistent_table", "note", first, message)
        return
    suggestion = say("not_together_right", language)
    yield _fault("inconsistent_table", "error", first, message, suggestion)


def _beside_counts(cells: Sequence[TableCell], rules: Rules, language: str) -> Iterator[Fault]:
    """A share that is not the count beside it of any n of the range."""
    for pair in consistency.shares_beside_counts(cells):
        (share,), (count,) = pair.percents, pair.counts
        if count is None or not rules[share] or pair.rules():
            continue
        right = sorted({100 * count.value / n for n in (pair.span.start, pair.span.stop - 1)})
        decimals = share.decimals or 0
        told = list(dict.fromkeys(percent(v, language, decimals) for v in right))
        message = say(
            "beside_count",
            language,
            cell=shown(share, language),
            count=number(count.value, language),
            n=_span(pair.span),
            right=" – ".join(told),
        )
        nearest = pair.nearest_n()
        if nearest is not None:
            message += " " + say("nearest_n", language, n=nearest)
        yield _fault("inconsistent_table", "error", share, message, say("or", language).join(told))


def _by_table(rules: Rules) -> Iterator[list[TableCell]]:
    tables: defaultdict[tuple[str, str], list[TableCell]] = defaultdict(list)
    for cell in rules:
        tables[cell.initiative, cell.table].append(cell)
    yield from tables.values()


def _ways_of_rounding(rules: Rules, language: str) -> Iterator[Fault]:
    """Tables in which one half was rounded up and another to the even figure."""
    for table in _by_table(rules):
        up = next((c for c in table if _only(rules[c], "half_up", "half_even")), None)
        even = next((c for c in table if _only(rules[c], "half_even", "half_up")), None)
        if up is not None and even is not None:
            message = say(
                "two_roundings",
                language,
                table=up.table,
                up=shown(up, language),
                even=shown(even, language),
            )
            yield _fault("inconsistent_table", "note", even, message)


def _only(fitting: frozenset[grim.Rule], rule: grim.Rule, other: grim.Rule) -> bool:
    return rule in fitting and other not in fitting


def _stated_ranges(rules: Rules, language: str) -> Iterator[Fault]:
    """Ranges of n with an end that no figure can rest on, as the whole table is printed."""
    for table in _by_table(rules):
        shown_by_all = frozenset(grim.RULES).intersection(*(rules[cell] for cell in table))
        as_printed = shown_by_all or _ROUNDED
        for (_initiative, _table, _wave, span), column in consistency.columns_of(table).items():
            if not all(rules[cell] & as_printed for cell in column):
                continue
            unused = consistency.unused_ends(column, span, as_printed)
            if unused:
                message = say(
                    "unused_n",
                    language,
                    table=_place(column[0]),
                    n=_span(span),
                    k=len(column),
                    unused=say("or", language).join(map(str, unused)),
                )
                yield _fault("inconsistent_table", "note", column[0], message)


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
