"""Tables in full: a block's whole distribution, its intervals and all its numbers, in one wave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from klustermotor.analysis.evaluation import WaveSummary
from klustermotor.analysis.measures import Measure, measures_of
from klustermotor.analysis.questionnaire import Block, Column
from klustermotor.report.contents.context import Context, Estimate
from klustermotor.report.contents.tables import Cell, count, figure, not_shown, table
from klustermotor.report.document import Table, TableColumn
from klustermotor.report.language import NONE, interval, percent


@dataclass(frozen=True)
class _Part:
    """One column of figures: a heading, and the cell that an item has under it."""

    title: str
    cell: Callable[[Column], Cell]


def detail_table(context: Context, block: Block, wave: WaveSummary) -> Table | None:
    """One row per item; None when the block was not answered in the wave.

    Columns: the share of each code, each named share and the mean with their intervals, the
    answers to the item, and "don't know". The wave's own numbers stand in the note.
    """
    _ = context.words.gettext
    columns = [column for column in context.questionnaire.columns if column.block.id == block.id]
    if block.type == "text" or not context.answered(block, wave.wave):
        return None
    if len(columns) == 1:
        return _single(context, columns[0], wave)
    shown = [
        _part(context, wave.wave, measure, place)
        for measure in _measures(columns[0])
        for place in (_places(context, wave) if _main(measure) else (0,))
        if not (place == 2 and measure.statistic == "mean" and len(columns) > 1)
    ]
    shown += _counts(context, wave.wave, _measures(columns[0])[0])
    rows = [
        ((_item(context, column), None), *(part.cell(column) for part in shown))
        for column in columns
        if column.asked_in(wave.wave)
    ]
    title = f"{context.text(block.text, block.id)} ({wave.wave})"
    heads = [TableColumn(_("Item")), *(TableColumn(part.title, "number") for part in shown)]
    note = _note(context, block, wave, rows)
    anchor = context.anchor("detail", block.id, wave.wave)
    return table(anchor, title, heads, rows, note=note, source=context.source)


def _single(context: Context, column: Column, wave: WaveSummary) -> Table:
    """A block of one item: one row per answer, named share and mean."""
    _ = context.words.gettext
    block = column.block
    measures, places = _measures(column), _places(context, wave)
    titles = [_part(context, wave.wave, measures[0], place).title for place in places[1:]]
    heads = [TableColumn(_("Answer")), TableColumn(_("Value"), "number")]
    heads += [TableColumn(title, "number") for title in titles]
    counts = _counts(context, wave.wave, measures[0])
    rows = []
    for measure in measures:
        shown = [_part(context, wave.wave, measure, place) for place in places]
        cells = [part.cell(column) for part in (*shown, *counts)]
        rows.append(((_answer(context, measure), None), *cells))
    return table(
        context.anchor("detail", block.id, wave.wave),
        f"{context.text(block.text, block.id)} ({wave.wave})",
        [*heads, *(TableColumn(part.title, "number") for part in counts)],
        rows,
        note=_note(context, block, wave, rows),
        source=context.source,
    )


def _answer(context: Context, measure: Measure) -> str:
    """A code with its text, where the heading of a column has room for the code only."""
    scale = measure.column.block.scale
    if scale is not None and scale.type == "ordinal" and measure.category in scale.codes:
        return f"{measure.category} = {context.text(scale.codes[measure.category])}"
    return _measure(context, measure)


def wave_numbers(context: Context, wave: WaveSummary) -> str:
    """Population, invited and answered of a wave, as far as they are known."""
    _ = context.words.gettext
    known = (
        (_("Population"), wave.facts.population),
        (_("invited"), wave.facts.invited),
        (_("answered"), wave.answered),
    )
    parts = [f"{name} {count(context, value)[0]}" for name, value in known if value is not None]
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _measures(column: Column) -> list[Measure]:
    """The codes in order, then the named shares, then the mean."""
    found = [m for m in measures_of(column) if m.base == "answered"]
    if column.block.type == "yes_no":
        found = [m for m in found if m.category == "yes"]
    return sorted(found, key=lambda m: (m.statistic == "mean", len(m.codes) > 1))


def _main(measure: Measure) -> bool:
    """Whether the figure stands with its interval even where there is little room."""
    named = len(measure.codes) > 1 or measure.column.block.scale is None
    return measure.statistic == "mean" or named


def _places(context: Context, wave: WaveSummary) -> tuple[int, ...]:
    """Value and interval; at low response also the bounds that full response could have given."""
    rate = wave.response_rate
    known_low = rate is not None and rate < context.evaluation.options.response_floor
    return (0, 1, 2) if known_low else (0, 1)


def _part(context: Context, wave: str, measure: Measure, place: int) -> _Part:
    """The figure's column (place 0), or the column of its interval (1) or its bounds (2)."""
    _ = context.words.gettext

    def found(column: Column) -> Estimate | None:
        return context.estimate(
            wave, column.block.id, column.item_key, measure.category, measure.statistic
        )

    def value(column: Column) -> Cell:
        return figure(context, found(column), measure.statistic)

    def bounds(column: Column) -> Cell:
        cell = found(column)
        if cell is None:
            return NONE, None
        share = measure.statistic == "share"
        low, high = (cell.low, cell.high) if place == 1 else (cell.bound_low, cell.bound_high)
        return interval(low, high, context.language, share=share), None

    if place == 2:
        return _Part(_("Bounds"), bounds)

    if place:
        level = percent(context.evaluation.options.level, context.language)
        return _Part(_("Interval ({level})").format(level=level), bounds)
    return _Part(_measure(context, measure), value)


def _counts(context: Context, wave: str, measure: Measure) -> list[_Part]:
    _ = context.words.gettext

    def found(column: Column) -> Estimate | None:
        return context.estimate(
            wave, column.block.id, column.item_key, measure.category, measure.statistic
        )

    def answers(column: Column) -> Cell:
        cell = found(column)
        return count(context, cell.n if cell else None)

    def dont_know(column: Column) -> Cell:
        cell = found(column)
        return count(context, cell.dont_know if cell else None)

    parts = [_Part("n", answers)]
    scale = measure.column.block.scale
    if scale is not None and scale.dont_know:
        parts.append(_Part(_("Don't know"), dont_know))
    return parts


def _item(context: Context, column: Column) -> str:
    _ = context.words.gettext
    name = context.label(column.item.text, column.item.id)
    sides = {"now": _("now"), "wanted": _("wanted")}
    return f"{name}, {sides[column.aspect]}" if column.aspect else name


def _measure(context: Context, measure: Measure) -> str:
    """What heads the column of a measure: a code, the name of a share, or the mean."""
    _ = context.words.gettext
    block = measure.column.block
    if measure.statistic == "mean":
        return _("Mean")
    if measure.statistic == "total":
        return _("Total")
    if block.scale is None:
        return _("Yes") if block.type == "yes_no" else _("Chose it")
    for named in block.scale.shares:
        if named.id == measure.category:
            return context.label(named.text, named.id)
    if block.scale.type == "ordinal":
        return measure.category
    return context.label(block.scale.codes[measure.category], measure.category)


def _note(context: Context, block: Block, wave: WaveSummary, rows: Sequence[Sequence[Cell]]) -> str:
    _ = context.words.gettext
    parts = []
    if block.scale is not None and block.scale.type == "ordinal" and len(block.items) > 1:
        codes = block.scale.substantive
        named = (f"{code} = {context.text(block.scale.codes[code], code)}" for code in codes)
        parts.append(", ".join(named) + ".")
    if block.scale is not None and block.scale.dont_know:
        parts.append(_("“Don't know” is left out of the base."))
    parts.append(wave_numbers(context, wave))
    if any(row[1][0] == NONE for row in rows):
        parts.append(not_shown(context))
    if 2 in _places(context, wave):
        parts.append(_("Bounds: the least and most it could be, had all invited answered."))
    origin = context.origin(block, (wave,))
    return " ".join([*parts, f"{origin}."] if origin else parts)
