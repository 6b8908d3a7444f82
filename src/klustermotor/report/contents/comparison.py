"""The common chapters of a round: the response everywhere, and initiatives beside each other."""

from collections.abc import Sequence

from klustermotor.analysis.questionnaire import Block
from klustermotor.report.contents.context import Context, Estimate, Gap
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.lines import Line, lines_of, measured_as, shape_of
from klustermotor.report.contents.parts import section, wave_notices
from klustermotor.report.contents.tables import (
    Cell,
    answered_of_invited,
    count,
    figure,
    not_shown,
    scale_ends,
    table,
)
from klustermotor.report.document import (
    Content,
    Figure,
    Notice,
    Section,
    Statements,
    Table,
    TableColumn,
)
from klustermotor.report.figures.groups import Dot, grouped_dots
from klustermotor.report.figures.shares import Share, filled_bars
from klustermotor.report.figures.spec import percent_axis, scale_axis
from klustermotor.report.language import NONE, interval, percent
from klustermotor.report.palette import SERIES

MOST_COLUMNS = 3
_Found = tuple[str, Context, Estimate]


def common(round_: Context, surveyed: Sequence[Context]) -> Section | None:
    """What holds for the whole round: the response of every initiative, and its main findings."""
    _ = round_.words.gettext
    content: list[Content] = []
    for context in surveyed:
        content += [_by_name(context, notice) for notice in wave_notices(context)]
    if surveyed:
        content.append(_response(round_, surveyed))
    below = [
        made
        for context in surveyed
        if (made := section(context, "findings", context.name, _key_findings(context)))
    ]
    return section(round_, "common", _("The round as a whole"), content, below)


def comparison(round_: Context, surveyed: Sequence[Context]) -> Section | None:
    """Every block that at least two initiatives answered, with intervals."""
    _ = round_.words.gettext
    if len(surveyed) < 2:
        return None
    made = (_block(round_, block, surveyed) for block in surveyed[0].questionnaire.blocks)
    below = [one for one in made if one is not None]
    said = [
        _(
            "Initiatives differ in companies, trade and response. Intervals that overlap are no "
            "proof of likeness, and a difference is no measure of which initiative is better."
        ),
        _("The intervals hold what chance can give, not what follows from who chose to answer."),
    ]
    unknown = ", ".join(c.name for c in surveyed if c.wave.facts.invited is None)
    if unknown:
        said.append(
            _("How many were asked is not known for {initiatives}.").format(initiatives=unknown)
        )
    about = Notice(" ".join(said))
    return section(round_, "comparison", _("Initiatives beside each other"), (about,), below)


def _by_name(context: Context, notice: Notice) -> Notice:
    return Notice(f"{context.name}: {notice.text}", notice.kind)


def _key_findings(context: Context) -> tuple[Statements, ...]:
    claims = [c for c in context.claims() if c.kind == "round" or c.severity == "key"]
    return statements(context, claims, most=4, as_list=True)


def _response(round_: Context, surveyed: Sequence[Context]) -> Figure:
    _ = round_.words.gettext
    heads = (_("Population"), _("Invited"), _("Answered"), _("Response rate"))
    rows: list[tuple[Cell, ...]] = [
        (
            (context.name, None),
            (context.wave.wave, None),
            count(context, context.wave.facts.population),
            count(context, context.wave.facts.invited),
            count(context, context.wave.answered),
            (percent(context.wave.response_rate, context.language), context.wave.response_rate),
        )
        for context in surveyed
    ]
    columns = (
        TableColumn(_("Initiative")),
        TableColumn(_("Wave")),
        *(TableColumn(head, "number") for head in heads),
    )
    title = _("Response of every initiative")
    sheet = table(
        round_.anchor("table-response"), title, columns, rows, source=round_.source, head_columns=1
    )
    bars = [
        Share(f"{c.name} {c.wave.wave}", c.wave.response_rate, text=_beside(c))
        for c in surveyed
        if c.wave.response_rate is not None
    ]
    said = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Figure(
        round_.anchor("figure-response"),
        title,
        _("Bars of the response rate of each initiative: {figures}.").format(figures=said),
        filled_bars(bars, round_.language, legend=(_("Answered"), _("Invited"))),
        sheet,
        source=round_.source,
    )


def _beside(context: Context) -> str:
    _ = context.words.gettext
    return _("{rate}  ({answered} of {invited})").format(
        rate=percent(context.wave.response_rate, context.language),
        answered=context.wave.answered,
        invited=context.wave.facts.invited,
    )


def _block(round_: Context, block: Block, surveyed: Sequence[Context]) -> Section | None:
    if shape_of(block) == "text":
        return None
    found = _figures(block, surveyed)
    if len({context.initiative for _label, context, _estimate in found}) < 2:
        return None
    content = (_figure(round_, block, found),)
    return section(round_, f"compare-{block.id}", round_.title_of(block), content)


def _figures(block: Block, surveyed: Sequence[Context]) -> list[_Found]:
    """The latest figure of each initiative on each line; gaps as their mean."""
    found: list[_Found] = []
    if shape_of(block) == "gap":
        for item in block.items:
            for context in surveyed:
                row = context.gap(context.wave.wave, block.id, item.id)
                if row is not None:
                    found.append((context.label(item.text, item.id), context, _gap(row)))
        return found
    for line in lines_of(surveyed[0], block):
        found += [
            (line.label, context, estimate)
            for context in surveyed
            if (estimate := _latest(context, block, line)) is not None
        ]
    return found


def _latest(context: Context, block: Block, line: Line) -> Estimate | None:
    return context.estimate(context.wave.wave, block.id, line.item, line.category, line.statistic)


def _gap(row: Gap) -> Estimate:
    return Estimate(row.gap, row.low, row.high, row.n, None, suppressed=False)


def _figure(round_: Context, block: Block, found: Sequence[_Found]) -> Figure | Table:
    _ = round_.words.gettext
    share = shape_of(block) in ("items", "distribution")
    sheet = _table(round_, block, found, share=share)
    dots = [
        Dot(label, context.name, e.value, e.low, e.high)
        for label, context, e in found
        if e.value is not None
    ]
    if not dots or len({dot.group for dot in dots}) > len(SERIES):
        return sheet
    axis = percent_axis(round_.language) if share else _axis(block, dots)
    said = "; ".join(
        f"{label}, {context.name}: {figure(context, e, 'share' if share else 'mean')[0]}"
        for label, context, e in found
    )
    return Figure(
        round_.anchor("figure", block.id),
        _title(round_, block, found, share=share),
        _("Dots with intervals for each initiative: {figures}.").format(figures=said),
        grouped_dots(dots, axis),
        sheet,
        note=_about(round_, block, found),
        source=round_.source,
    )


def _axis(block: Block, dots: Sequence[Dot]) -> dict[str, object]:
    if shape_of(block) != "gap" and block.scale is not None:
        codes = block.scale.substantive
        return scale_axis(float(codes[0]), float(codes[-1]))
    low = min([0.0, *(d.value if d.low is None else d.low for d in dots)])
    high = max([1.0, *(d.value if d.high is None else d.high for d in dots)])
    return {
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": True},
        "axis": {"title": None},
    }


def _title(round_: Context, block: Block, found: Sequence[_Found], *, share: bool) -> str:
    """The line on which two initiatives' intervals lie farthest apart, or that none do."""
    _ = round_.words.gettext
    apart = [
        (float(high.low) - float(low.high), label, (one, low), (other, high))
        for label, one, low in found
        for same, other, high in found
        if label == same and low.high is not None and high.low is not None and high.low > low.high
    ]
    if not apart:
        return _("{topic}: all intervals overlap").format(topic=round_.title_of(block))
    _distance, label, low, high = max(apart, key=lambda one: one[0])
    kind = "share" if share else "mean"
    said = [f"{context.name} {figure(context, e, kind)[0]}" for context, e in (high, low)]
    return _("{item}: {high} and {low}, with intervals apart").format(
        item=label, high=said[0], low=said[1]
    )


def _table(round_: Context, block: Block, found: Sequence[_Found], *, share: bool) -> Table:
    """Initiatives as columns while there is room for them, else as rows."""
    names = list(dict.fromkeys(context.name for _label, context, _e in found))
    heads, rows, head_columns = (
        _as_columns(round_, block, found, names, share=share)
        if len(names) <= MOST_COLUMNS
        else _as_rows(round_, block, found, share=share)
    )
    empty = any(text == NONE for row in rows for text, _value in row)
    note = " ".join(
        part for part in (_about(round_, block, found), not_shown(round_) if empty else "") if part
    )
    title = round_.text(block.text, block.id)
    anchor = round_.anchor("table", block.id)
    return table(anchor, title, heads, rows, note, round_.source, head_columns)


_Layout = tuple[list[TableColumn], list[tuple[Cell, ...]], int]


def _as_columns(
    round_: Context, block: Block, found: Sequence[_Found], names: Sequence[str], *, share: bool
) -> _Layout:
    heads = [TableColumn(round_.words.gettext("Item"))]
    for name in names:
        heads += [
            TableColumn(name, "number"),
            TableColumn(_interval_head(round_), "number"),
            TableColumn("n", "number"),
        ]
    cells = {(label, context.name): _cells(context, e, share=share) for label, context, e in found}
    missing: tuple[Cell, ...] = ((NONE, None),) * 3
    rows: list[tuple[Cell, ...]] = [
        ((label, None), *(cell for name in names for cell in cells.get((label, name), missing)))
        for label in dict.fromkeys(label for label, _context, _e in found)
    ]
    return heads, rows, 1


def _as_rows(round_: Context, block: Block, found: Sequence[_Found], *, share: bool) -> _Layout:
    _ = round_.words.gettext
    heads = [
        TableColumn(_("Item")),
        TableColumn(_("Initiative")),
        TableColumn(_("Gap") if shape_of(block) == "gap" else _("Value"), "number"),
        TableColumn(_interval_head(round_), "number"),
        TableColumn("n", "number"),
    ]
    rows: list[tuple[Cell, ...]] = [
        ((label, None), (context.name, None), *_cells(context, e, share=share))
        for label, context, e in found
    ]
    return heads, rows, 2


def _cells(context: Context, found: Estimate, *, share: bool) -> tuple[Cell, Cell, Cell]:
    """Value, interval and n of one initiative."""
    shown = interval(found.low, found.high, context.language, share=share)
    value = figure(context, found, "share" if share else "mean")
    return value, (shown, None), count(context, found.n)


def _interval_head(round_: Context) -> str:
    level = percent(round_.evaluation.options.level, round_.language)
    return round_.words.gettext("Interval ({level})").format(level=level)


def _about(round_: Context, block: Block, found: Sequence[_Found]) -> str:
    """What is measured, and each initiative's numbers."""
    _ = round_.words.gettext
    measured = _("Mean gap between wanted and now") if block.type == "gap" else ""
    parts = [f"{measured or measured_as(round_, block)}."]
    ends = scale_ends(round_, block) if shape_of(block) in ("gap", "means") else ""
    parts += [f"{ends}."] if ends else []
    contexts = {context.initiative: context for _label, context, _e in found}.values()
    for context in contexts:
        parts.append(f"{context.name} {answered_of_invited(context, (context.wave,))}.")
        origin = context.origin(block, (context.wave,))
        parts += [f"{context.name}: {origin}."] if origin else []
    return " ".join(parts)
