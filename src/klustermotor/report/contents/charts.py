"""The chart of a block: its form, its title, its words for those who do not see it."""

import re
from collections.abc import Mapping, Sequence

from klustermotor.analysis.evaluation import WaveSummary
from klustermotor.analysis.questionnaire import Block
from klustermotor.report.contents.context import Context, Estimate
from klustermotor.report.contents.findings import said
from klustermotor.report.contents.lines import Line, shape_of
from klustermotor.report.contents.tables import (
    answered_of_invited,
    block_table,
    figure,
    gap_table,
    scale_ends,
    sorted_gaps,
    sorted_lines,
)
from klustermotor.report.document import Figure, Table
from klustermotor.report.figures.means import Mean, mean_dots
from klustermotor.report.figures.pairs import Pair, paired_dots
from klustermotor.report.figures.shares import Share, share_bars
from klustermotor.report.figures.spec import Spec, scale_axis
from klustermotor.report.figures.waves import Point, small_multiples
from klustermotor.report.language import number, percent

MOST_PANELS = 6
TITLE_KINDS: Mapping[str, tuple[str, ...]] = {
    "gap": ("largest_gap",),
    "items": ("ranking", "share", "change"),
    "distribution": ("distribution", "share"),
    "means": ("ranking", "level", "change"),
}
"""By the shape of a block, the claims about what its chart shows, the most telling first."""


def block_figure(context: Context, block: Block) -> Figure | Table:
    """The block's chart with its table, or the table alone when nothing in it can be drawn."""
    if shape_of(block) == "gap":
        return gap_figure(context, block)
    table = block_table(context, block)
    waves = context.waves_shown(block)
    lines = sorted_lines(context, block)
    drawn = [(line, found) for line in lines if (found := _latest(context, block, line, waves))]
    if not drawn:
        return table
    spec, title = _spec(context, block, waves, drawn)
    return Figure(
        context.anchor("figure", block.id),
        title_from_findings(context, block, title),
        _alt(context, block, waves[-1].wave, drawn),
        spec,
        table,
        note=chart_note(context, block, waves),
        source=context.source,
    )


def _latest(
    context: Context, block: Block, line: Line, waves: Sequence[WaveSummary]
) -> Estimate | None:
    found = context.estimate(waves[-1].wave, block.id, line.item, line.category, line.statistic)
    return None if found is None or found.value is None else found


def _spec(
    context: Context,
    block: Block,
    waves: Sequence[WaveSummary],
    drawn: Sequence[tuple[Line, Estimate]],
) -> tuple[Spec, str]:
    """The chart that fits the block, and a title that says what it shows."""
    _ = context.words.gettext
    topic, wave = context.title_of(block), waves[-1].wave
    before = waves[-2].wave if len(waves) > 1 else ""
    level = percent(context.evaluation.options.level, context.language)
    legend = (wave, _("{level} interval").format(level=level), before)
    if shape_of(block) == "means":
        means = [
            Mean(
                line.label,
                float(found.value or 0),
                found.low,
                found.high,
                _value(context, before, block, line),
                _beside(context, found, "mean"),
            )
            for line, found in drawn
        ]
        axis = _mean_axis(context, block, means)
        return mean_dots(means, axis, legend=legend), f"{topic}, {wave}"
    if len(waves) > 2 and shape_of(block) == "items" and len(drawn) <= MOST_PANELS:
        return small_multiples(_points(context, block, waves, drawn), context.language), _(
            "{topic}, {from_wave}–{to_wave}"
        ).format(topic=topic, from_wave=waves[0].wave, to_wave=wave)
    bars = [
        Share(
            line.label,
            float(found.value or 0),
            found.low,
            found.high,
            _value(context, before, block, line),
            _beside(context, found, "share"),
        )
        for line, found in drawn
    ]
    return share_bars(bars, context.language, legend=legend), f"{topic}, {wave}"


def _value(context: Context, wave: str, block: Block, line: Line) -> float | None:
    found = context.estimate(wave, block.id, line.item, line.category, line.statistic)
    return found.value if found else None


def _beside(context: Context, found: Estimate, statistic: str) -> str:
    return f"{figure(context, found, statistic)[0]}  (n = {found.n})"


def _points(
    context: Context,
    block: Block,
    waves: Sequence[WaveSummary],
    drawn: Sequence[tuple[Line, Estimate]],
) -> list[Point]:
    return [
        Point(
            line.label,
            wave.wave,
            found.value,
            found.low,
            found.high,
            percent(found.value, context.language),
        )
        for line, _latest_figure in drawn
        for wave in waves
        if (found := context.estimate(wave.wave, block.id, line.item, line.category))
        and found.value is not None
    ]


def _mean_axis(context: Context, block: Block, means: Sequence[Mean]) -> Spec:
    """The scale with its ends named; for numbers from nought to the highest."""
    if block.scale is None:
        return scale_axis(0.0, max((mean.high or mean.value) for mean in means))
    return named_axis(context, block)


def named_axis(context: Context, block: Block) -> Spec:
    """The axis of a block's scale, its ends named."""
    assert block.scale is not None
    codes = block.scale.substantive
    ends = (context.text(block.scale.codes[codes[0]]), context.text(block.scale.codes[codes[-1]]))
    return scale_axis(float(codes[0]), float(codes[-1]), ends)


_COUNTS = re.compile(r" \((?:[^()]*\d (?:av|of) \d+|n\s=\s[\d–]+)\)")


def title_from_findings(context: Context, block: Block, otherwise: str) -> str:
    """The finding that the chart shows: the first sentence of the block's main claim.

    The counts in brackets are left to the chart, which has them at the end of each line.
    """
    shape = shape_of(block)
    kinds = TITLE_KINDS[shape]
    statistic = "mean" if shape == "means" else "share"
    claims = context.claims(block=block.id, kinds=kinds)
    for kind in kinds:
        for claim in claims:
            if claim.kind == kind and claim.options.get("statistic", statistic) == statistic:
                return _COUNTS.sub("", first_sentence(said(context, claim)))
    return otherwise


def first_sentence(text: str) -> str:
    """The first sentence, without its full stop.

    >>> first_sentence("Of 23, 43 per cent say so. The rest do not.")
    'Of 23, 43 per cent say so'
    """
    return re.split(r"(?<=[^\W\d_])[.](?=\s+[A-ZÅÄÖÆØ])|(?<=[\d)”»])[.](?=\s+[A-ZÅÄÖÆØ])", text)[
        0
    ].rstrip(". ")


def chart_note(context: Context, block: Block, waves: Sequence[WaveSummary]) -> str:
    """What stands under a chart: how many answered, and where the answers come from."""
    answered = answered_of_invited(context, waves[-1:])
    origin = context.origin(block, waves)
    return f"{answered}. {origin}." if origin else f"{answered}."


def _alt(context: Context, block: Block, wave: str, drawn: Sequence[tuple[Line, Estimate]]) -> str:
    _ = context.words.gettext
    listed = "; ".join(
        f"{line.label} {figure(context, found, line.statistic)[0]} (n = {found.n})"
        for line, found in drawn
    )
    return _("Chart of {topic}, {wave}: {figures}.").format(
        topic=context.title_of(block), wave=wave, figures=listed
    )


def gap_figure(context: Context, block: Block) -> Figure | Table:
    """Paired dots of now and wanted, largest gap first."""
    _ = context.words.gettext
    table = gap_table(context, block)
    waves = [w for w in context.waves_shown(block) if context.has_gaps(block, w.wave)]
    if not waves or block.scale is None:
        return table
    wave = waves[-1].wave
    pairs, described = [], []
    for item, label in sorted_gaps(context, block, wave):
        found = context.gap(wave, block.id, item)
        if found is None:
            continue
        shown = number(found.gap, context.language, 1, sign=True)
        pairs.append(Pair(label, found.now, found.wanted, f"{shown}  (n = {found.n})"))
        described.append(
            _("{item}: now {now}, wanted {wanted}, gap {gap}").format(
                item=label,
                now=number(found.now, context.language, 1),
                wanted=number(found.wanted, context.language, 1),
                gap=shown,
            )
        )
    return Figure(
        context.anchor("figure", block.id),
        title_from_findings(context, block, f"{context.title_of(block)}, {wave}"),
        _("Paired dots of now and wanted, {wave}; {scale}. {figures}.").format(
            wave=wave, scale=scale_ends(context, block), figures="; ".join(described)
        ),
        paired_dots(pairs, named_axis(context, block), kinds=(_("Now"), _("Wanted"))),
        table,
        note=chart_note(context, block, waves[-1:]),
        source=context.source,
    )
