"""Figures and quantity words against the cells they must come from."""

from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.checks import meant
from klustermotor.analysis.claims.checks.messages import figure, percent, say, shown
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import agrees
from klustermotor.analysis.claims.reading.binding import Bound, bindings
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.quantity import Quantity
from klustermotor.analysis.claims.reading.statement import Statement


def value_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Quantities that no cell they can be about allows."""
    read = list(bindings(statement))
    told = {b.quantity: cell for b in read if (cell := _rightly_told(b, tables)) is not None}
    for bound in read:
        quantity = bound.quantity
        if meant.is_relative(quantity, statement) or meant.is_of_label(quantity, statement, tables):
            continue
        others = frozenset(
            cell for q, cell in told.items() if meant.is_another(q, quantity, statement)
        )
        found = _verdict(bound, statement, tables, others)
        if found is not None:
            yield found


def _rightly_told(bound: Bound, tables: Tables) -> TableCell | None:
    """The one cell that a figure tells rightly."""
    cells = [c for c in _cells(bound, tables) if agrees(bound.quantity, c)]
    return cells[0] if len(cells) == 1 and bound.quantity.kind != "n" else None


def _verdict(
    bound: Bound, statement: Statement, tables: Tables, told: frozenset[TableCell]
) -> Fault | None:
    quantity = bound.quantity
    if meant.is_base(quantity, statement) or meant.is_equivalence(quantity, statement):
        return None
    cells = _cells(bound, tables)
    judged = [(cell, agrees(quantity, cell)) for cell in cells]
    judged = [(cell, verdict) for cell, verdict in judged if verdict is not None]
    if quantity.kind == "bare" and any(cell.unit == "mean" for cell, _ in judged):
        judged = [(cell, verdict) for cell, verdict in judged if cell.unit == "mean"]
    if not judged:
        return None
    if quantity.role == "between":
        if meant.is_per_question(statement) or meant.is_within_pair(
            quantity, statement, [c for c, _ in judged]
        ):
            return None
    elif any(verdict for _, verdict in judged) or not meant.is_meant(bound, statement, judged):
        return None
    if (
        all(cell in told for cell, _ in judged)
        or all(meant.counts_no_one_in(cell, quantity, statement) for cell, _ in judged)
        or meant.is_of_others(bound, statement, tables)
        or meant.is_sum(bound, statement, tables)
        or meant.stands_elsewhere(bound, judged, tables)
    ):
        return None
    return _wrong(bound, statement, tables, [cell for cell, _ in judged])


def _cells(bound: Bound, tables: Tables) -> list[TableCell]:
    """The cells of the topics in the waves; those without a wave, and the last ones, where no
    topic has any in them."""
    rows = [row for row in map(tables.figures.row, bound.topics) if row]
    inside = [row[w] for row in rows for w in bound.waves if w in row]
    undated = [row[""] for row in rows if "" in row]
    if inside or undated or bound.time.named:
        return inside + undated
    return [list(row.values())[-1] for row in rows]


def _wrong(
    bound: Bound, statement: Statement, tables: Tables, cells: list[TableCell]
) -> Fault | None:
    quantity, language = bound.quantity, statement.lexicon.code
    cell = cells[0]
    topic = Topic(cell.initiative, cell.table, cell.item, cell.category)
    name = tables.name(topic)
    others = [
        other
        for t in bound.topics
        for wave, other in tables.figures.row(t).items()
        if wave not in bound.waves and other not in cells and agrees(quantity, other)
    ]
    right = _right(quantity, cell, language)
    span = (quantity.start, quantity.end)
    if quantity.kind == "n":
        message = say(
            "wrong_n",
            language,
            words=quantity.text,
            cell=shown(cell, language, name),
            n=f"{cell.n_min}" if cell.n_min == cell.n_max else f"{cell.n_min}–{cell.n_max}",
        )
        return fault(statement, "wrong_figure", "error", cell, message, "", span)
    if others and bound.time.since and any(w.relative for w in statement.waves):
        key, kind = "reference_wave", "reference_wave"
    elif others and quantity.kind != "word":
        key, kind = "stale", "stale_figure"
    elif others:
        key, kind = "stale_word", "quantity_word"
    elif quantity.kind == "word":
        key, kind = "quantity_word", "quantity_word"
    else:
        key, kind = "wrong_figure", "wrong_figure"
    message = say(
        key, language, words=quantity.text, cell=shown(cell, language, name),
        other=shown(others[0], language, name) if others else "",
    )  # fmt: skip
    severity: Severity = "warning" if key in ("stale", "stale_word", "reference_wave") else "error"
    return fault(statement, kind, severity, cell, message, right, span)


def _right(quantity: Quantity, cell: TableCell, language: str) -> str:
    """The cell's figure, with as many decimals as the writer gave when the cell is computed."""
    if cell.unit == "percent" and cell.decimals is None:
        return percent(cell.value, language, quantity.decimals)
    return figure(cell, language)
