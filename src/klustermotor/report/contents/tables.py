"""The tables of a report, compact: one per block, items as rows and waves as columns."""

from collections.abc import Iterable, Sequence

from klustermotor.analysis.evaluation import WaveSummary
from klustermotor.analysis.questionnaire import Block
from klustermotor.report.contents.context import Change, Context, Estimate
from klustermotor.report.contents.lines import (
    Line,
    lines_of,
    measured_as,
    named_share,
    shape_of,
    share_as,
    share_lines,
    summary_lines,
)
from klustermotor.report.document import Table, TableColumn
from klustermotor.report.language import NONE, interval, number, percent

UP, DOWN = "\u25b2", "\u25bc"
"""Marks of a certain change; other differences stand without a mark."""

Cell = tuple[str, float | None]


def block_table(context: Context, block: Block) -> Table:
    """A block's figures in every wave shown, n beside each, and the change since the last one.

    Means of a scale have the share that the scale names beside them, in a column of its own.
    """
    _ = context.words.gettext
    waves = context.waves_shown(block)
    columns = [TableColumn(_("Answer") if shape_of(block) == "distribution" else _("Item"))]
    both = _has_both(block)
    for wave in waves:
        titles = [wave.wave]
        if both:
            titles = [t.format(wave=wave.wave) for t in (_("Mean {wave}"), _("Share {wave}"))]
        columns += [TableColumn(title, "number") for title in (*titles, "n")]
    if len(waves) > 1:
        columns.append(
            TableColumn(
                _("Change {from_wave}–{to_wave}").format(
                    from_wave=waves[-2].wave, to_wave=waves[-1].wave
                ),
                "number",
            )
        )
    lines = (*sorted_lines(context, block), *summary_lines(context, block))
    rows = [_block_row(context, block, line, waves) for line in lines]
    return table(
        context.anchor("table", block.id),
        context.text(block.text, block.id),
        columns,
        rows,
        note=block_note(context, block, waves, rows),
        source=context.source,
    )


def _has_both(block: Block) -> bool:
    """Whether a block's table shows the mean and the named share of each item."""
    return shape_of(block) == "means" and named_share(block) is not None


def sorted_lines(context: Context, block: Block) -> tuple[Line, ...]:
    """Items by their latest figure, largest first; the codes of a scale in their own order."""
    lines = lines_of(context, block)
    waves = context.waves_shown(block)
    if shape_of(block) == "distribution" or not waves:
        return lines

    def latest(line: Line) -> float:
        found = context.estimate(waves[-1].wave, block.id, line.item, line.category, line.statistic)
        return -1.0 if found is None or found.value is None else found.value

    return tuple(sorted(lines, key=latest, reverse=True))


def _block_row(
    context: Context, block: Block, line: Line, waves: Sequence[WaveSummary]
) -> tuple[Cell, ...]:
    cells: list[Cell] = [(line.label, None)]
    beside = share_lines(context, block) if _has_both(block) else ()
    for wave in waves:
        found = context.estimate(wave.wave, block.id, line.item, line.category, line.statistic)
        cells.append(figure(context, found, line.statistic))
        for share in beside:
            if share.item == line.item:
                named = context.estimate(wave.wave, block.id, share.item, share.category)
                cells.append(figure(context, named, "share"))
        cells.append(count(context, found.n if found else None))
    if len(waves) > 1:
        pair = (waves[-2].wave, waves[-1].wave)
        change = context.change(pair, block.id, line.item, line.category, line.statistic)
        cells.append(change_cell(context, change, line.statistic))
    return tuple(cells)


def figure(context: Context, found: Estimate | None, statistic: str) -> Cell:
    """A share as per cent, a mean with one decimal; NONE where it may not be shown."""
    if found is None or found.value is None:
        return NONE, None
    if statistic == "share":
        return percent(found.value, context.language), found.value
    return number(found.value, context.language, 1), found.value


def count(context: Context, value: int | None) -> Cell:
    """A number of answers."""
    return number(value, context.language), None if value is None else float(value)


def change_cell(context: Context, change: Change | None, statistic: str) -> Cell:
    """A change in percentage points, or in steps of the scale; marked when it is certain."""
    if change is None:
        return NONE, None
    share = statistic == "share"
    value = change.value * 100 if share else change.value
    text = number(value, context.language, 0 if share else 1, sign=True)
    mark = (UP if change.value > 0 else DOWN) if change.certain and change.value else ""
    return f"{mark} {text}".strip(), value


def block_note(
    context: Context, block: Block, waves: Sequence[WaveSummary], rows: Iterable[Sequence[Cell]]
) -> str:
    """What the figures are, their base, and what the marks mean; only what the table needs."""
    _ = context.words.gettext
    cells = [text for row in rows for text, _value in row[1:]]
    parts = [measured_as(context, block) + "."]
    if _has_both(block):
        parts.append(share_as(context, block) + ".")
        parts.append(_scale_words(context, block))
    if block.scale is not None and block.scale.dont_know:
        parts.append(_("“Don't know” is left out of the base."))
    parts.append(_("n is the number who answered the question."))
    if len(waves) > 1:
        parts.append(_changes_in(context, block))
        parts.append(
            _("▲ and ▼ mark changes that are certain; all others are within what chance can give.")
        )
    if NONE in cells:
        parts.append(not_shown(context))
    parts += [answered_of_invited(context, waves), context.origin(block, waves)]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def _scale_words(context: Context, block: Block) -> str:
    ends = scale_ends(context, block)
    return f"{ends}." if ends else ""


def _changes_in(context: Context, block: Block) -> str:
    """What the column of changes holds."""
    _ = context.words.gettext
    if _has_both(block):
        return _("Changes are those of the mean, in steps of the scale.")
    if shape_of(block) == "means":
        return _("Changes in steps of the scale.") if block.scale else _("Changes of the mean.")
    if any(line.statistic == "mean" for line in summary_lines(context, block)):
        return _("Changes in percentage points; of the mean in steps of the scale.")
    return _("Changes in percentage points.")


def not_shown(context: Context) -> str:
    """Why a cell is empty."""
    _ = context.words.gettext
    return _(
        "– means not asked, or answered by fewer than {minimum} and therefore not shown."
    ).format(minimum=context.evaluation.options.minimum_cell)


def answered_of_invited(context: Context, waves: Sequence[WaveSummary]) -> str:
    """The four numbers of each wave in short: ``2009: 27 of 93 invited (population 700)``."""
    _ = context.words.gettext
    parts = []
    for wave in waves:
        said = _("{wave}: {answered} answered").format(wave=wave.wave, answered=wave.answered)
        if wave.facts.invited is not None:
            said = _("{wave}: {answered} of {invited} invited answered").format(
                wave=wave.wave, answered=wave.answered, invited=wave.facts.invited
            )
        if wave.facts.population is not None:
            said += " " + _("(population {population})").format(
                population=number(wave.facts.population, context.language)
            )
        parts.append(said)
    return "; ".join(parts)


def gap_table(context: Context, block: Block) -> Table:
    """Now, wanted and the gap between them in the latest wave, and the gap in the wave before."""
    _ = context.words.gettext
    waves = [w for w in context.waves_shown(block) if context.has_gaps(block, w.wave)]
    latest = waves[-1].wave if waves else context.wave.wave
    columns = [
        TableColumn(_("Item")),
        *(TableColumn(title, "number") for title in (_("Now"), _("Wanted"), _("Gap"))),
        TableColumn(
            _("Interval ({level})").format(
                level=percent(context.evaluation.options.level, context.language)
            ),
            "number",
        ),
        TableColumn("n", "number"),
    ]
    before = waves[-2].wave if len(waves) > 1 else None
    if before:
        columns += [
            TableColumn(_("Gap {wave}").format(wave=before), "number"),
            TableColumn("n", "number"),
        ]
    rows = [
        _gap_row(context, block, item, label, latest, before)
        for item, label in sorted_gaps(context, block, latest)
    ]
    parts = [
        _("Means of those who answered both now and wanted, {wave}.").format(wave=latest),
        scale_ends(context, block),
        _("n is the number of such pairs."),
        not_shown(context) if any(text == NONE for row in rows for text, _v in row) else "",
        answered_of_invited(context, waves[-2:]),
        context.origin(block, waves[-2:]),
    ]
    return table(
        context.anchor("table", block.id),
        context.text(block.text, block.id),
        columns,
        rows,
        note=" ".join(part if part.endswith(".") else f"{part}." for part in parts if part),
        source=context.source,
    )


def sorted_gaps(context: Context, block: Block, wave: str) -> list[tuple[str, str]]:
    """Item id and label, largest gap first; items without a figure last."""

    def size(item: str) -> float:
        found = context.gap(wave, block.id, item)
        return float("inf") if found is None else -found.gap

    items = [(item.id, context.label(item.text, item.id)) for item in block.items]
    return sorted(items, key=lambda pair: size(pair[0]))


def scale_ends(context: Context, block: Block) -> str:
    """The ends of a block's scale in words, such as ``1 = not at all, 5 = very much``."""
    if block.scale is None or block.scale.type != "ordinal":
        return ""
    codes = block.scale.substantive
    return ", ".join(
        f"{code} = {context.text(block.scale.codes[code], code)}" for code in (codes[0], codes[-1])
    )


def _gap_row(  # noqa: PLR0917
    context: Context, block: Block, item: str, label: str, wave: str, before: str | None
) -> tuple[Cell, ...]:
    found = context.gap(wave, block.id, item)
    cells: list[Cell] = [(label, None)]
    if found is None:
        cells += [(NONE, None)] * 5
    else:
        cells += [_mean(context, found.now), _mean(context, found.wanted)]
        cells += [
            _mean(context, found.gap, sign=True),
            (interval(found.low, found.high, context.language, share=False), None),
            count(context, found.n),
        ]
    if before:
        earlier = context.gap(before, block.id, item)
        cells.append((NONE, None) if earlier is None else _mean(context, earlier.gap, sign=True))
        cells.append((NONE, None) if earlier is None else count(context, earlier.n))
    return tuple(cells)


def _mean(context: Context, mean: float, *, sign: bool = False) -> Cell:
    return number(mean, context.language, 1, sign=sign), mean


def table(  # noqa: PLR0917
    table_id: str,
    title: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Cell]],
    note: str = "",
    source: str = "",
    head_columns: int = 1,
) -> Table:
    """A table from cells that hold both what is shown and the number behind it."""
    return Table(
        table_id,
        title,
        tuple(columns),
        tuple(tuple(text for text, _value in row) for row in rows),
        note,
        source,
        head_columns,
        tuple(tuple(value for _text, value in row) for row in rows),
    )
