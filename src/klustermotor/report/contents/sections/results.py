"""What taking part has led to, and what was expected of it."""

from klustermotor.analysis.questionnaire import Block
from klustermotor.report.contents.charts import chart_note
from klustermotor.report.contents.context import Context, Estimate
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.lines import Line, shape_of, share_as, share_lines
from klustermotor.report.contents.parts import block_sections, section
from klustermotor.report.contents.placing import blocks_at, expects
from klustermotor.report.contents.tables import Cell, count, figure, table
from klustermotor.report.document import Content, Figure, Section, Table, TableColumn
from klustermotor.report.figures.pairs import Pair, paired_dots
from klustermotor.report.figures.spec import percent_axis
from klustermotor.report.language import number, percent
from klustermotor.report.palette import DELIVERED, EXPECTED


def results(context: Context) -> Section | None:
    """Expected against delivered, then each block on results and effects."""
    _ = context.words.gettext
    below = [
        *block_sections(context, blocks_at(context.questionnaire, "results")),
        *(s for b in context.questionnaire.blocks if (s := expected_delivered(context, b))),
    ]
    return section(context, "results", _("Results and effects"), (), below)


def expected_delivered(context: Context, motives: Block) -> Section | None:
    """A block of motives beside the results that answer to them, as pairs of shares."""
    _ = context.words.gettext
    pairs = _pairs(context, motives)
    if not pairs:
        return None
    claims = context.claims(kinds=("expected_delivered",))
    content: list[Content] = [*statements(context, claims), _figure(context, motives, pairs)]
    title = _("Expected and delivered")
    return section(context, f"expected-{motives.id}", title, content)


_Paired = tuple[Line, Estimate, Block, Line, Estimate]


def _pairs(context: Context, motives: Block) -> list[_Paired]:
    """Motive and result of the latest wave, where both are shares that may be shown."""
    if not expects(motives) or shape_of(motives) != "items":
        return []
    found = []
    for item in motives.items:
        result = _counterpart(context, motives, item.id)
        line = next(one for one in share_lines(context, motives) if one.item == item.id)
        if result is None:
            continue
        expected = _share(context, motives, line)
        delivered = _share(context, *result)
        if expected and delivered:
            found.append((line, expected, *result, delivered))
    return sorted(found, key=lambda pair: -float(pair[1].value or 0))


def _counterpart(context: Context, motives: Block, item: str) -> tuple[Block, Line] | None:
    named = next(i.delivers for i in motives.items if i.id == item) or motives.delivers
    if named is None:
        return None
    block_id, _dot, item_id = named.partition(".")
    block = next((b for b in context.questionnaire.blocks if b.id == block_id), None)
    if block is None or shape_of(block) not in ("items", "means"):
        return None
    lines = share_lines(context, block)
    return next(((block, one) for one in lines if one.item == (item_id or item)), None)


def _share(context: Context, block: Block, line: Line) -> Estimate | None:
    found = context.estimate(context.wave.wave, block.id, line.item, line.category)
    return None if found is None or found.value is None else found


def _figure(context: Context, motives: Block, pairs: list[_Paired]) -> Figure:
    _ = context.words.gettext
    result_block = pairs[0][2]
    rows = [_row(context, pair) for pair in pairs]
    note = _("Expected: {expected}. Delivered: {delivered}.").format(
        expected=_named(context, motives), delivered=_named(context, result_block)
    )
    columns = [
        TableColumn(_("Motive")),
        *(TableColumn(t, "number") for t in (_("Expected"), "n", _("Delivered"), "n")),
        TableColumn(_("Difference"), "number"),
    ]
    points = _("Difference in percentage points.")
    sheet: Table = table(
        context.anchor("table-expected", motives.id),
        _("Motives and the results that answer to them, {wave}").format(wave=context.wave.wave),
        columns,
        rows,
        note=f"{note} {points} " + chart_note(context, result_block, (context.wave,)),
        source=context.source,
    )
    kinds = (_("Expected"), _("Delivered"))
    drawn = [
        Pair(a.label, float(e.value or 0), float(d.value or 0), row[5][0])
        for (a, e, _b, _r, d), row in zip(pairs, rows, strict=True)
    ]
    said = "; ".join(
        f"{pair.label}: {percent(pair.first, context.language)}, "
        f"{percent(pair.second, context.language)}"
        for pair in drawn
    )
    axis = percent_axis(context.language)
    return Figure(
        context.anchor("figure-expected", motives.id),
        _title(context, pairs),
        _("Paired dots of expected and delivered, {wave}: {figures}.").format(
            wave=context.wave.wave, figures=said
        ),
        paired_dots(drawn, axis, kinds=kinds, colours=(EXPECTED, DELIVERED)),
        sheet,
        note=note,
        source=context.source,
    )


def _title(context: Context, pairs: list[_Paired]) -> str:
    """The motive that the results fall farthest short of, or that no motive was left behind."""
    _ = context.words.gettext
    line, expected, _block, _line, delivered = min(
        pairs, key=lambda pair: float(pair[4].value or 0) - float(pair[1].value or 0)
    )
    share = {
        "item": line.label,
        "expected": percent(expected.value, context.language),
        "delivered": percent(delivered.value, context.language),
    }
    if float(delivered.value or 0) >= float(expected.value or 0):
        return _("Every result is named at least as often as the motive it answers to")
    return _(
        "Farthest behind its motive: {item}, {expected} expected and {delivered} delivered"
    ).format(**share)


def _named(context: Context, block: Block) -> str:
    measured = share_as(context, block)
    return f"{measured[:1].lower()}{measured[1:]} ({context.text(block.text, block.id)})"


def _row(context: Context, pair: _Paired) -> tuple[Cell, ...]:
    line, expected, _block, _line, delivered = pair
    points = (float(delivered.value or 0) - float(expected.value or 0)) * 100
    return (
        (line.label, None),
        figure(context, expected, "share"),
        count(context, expected.n),
        figure(context, delivered, "share"),
        count(context, delivered.n),
        (number(points, context.language, sign=True), points),
    )
