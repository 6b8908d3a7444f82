"""Who answered, who takes part, and why."""

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.parts import block_sections, low_response, section, wave_notices
from klustermotor.report.contents.placing import blocks_at
from klustermotor.report.contents.tables import Cell, count, table
from klustermotor.report.document import Content, Figure, Section, Table, TableColumn
from klustermotor.report.figures.shares import Share, filled_bars
from klustermotor.report.language import percent


def participation(context: Context) -> Section | None:
    """The response of every wave, and the blocks on background and motives."""
    _ = context.words.gettext
    kinds = ["response_rate", "response_earlier"]
    if not low_response(context):
        kinds.append("scope")
    said = statements(context, context.claims(kinds=kinds))
    content: list[Content] = [*wave_notices(context), *said]
    content.append(response_figure(context))
    below = block_sections(context, blocks_at(context.questionnaire, "participation"))
    return section(context, "participation", _("Participation and motives"), content, below)


def response_table(context: Context) -> Table:
    """Population, invited, answered and response rate of every wave."""
    _ = context.words.gettext
    heads = (_("Population"), _("Invited"), _("Answered"), _("Response rate"))
    rows: list[tuple[Cell, ...]] = [
        (
            (wave.wave, None),
            count(context, wave.facts.population),
            count(context, wave.facts.invited),
            count(context, wave.answered),
            (percent(wave.response_rate, context.language), wave.response_rate),
        )
        for wave in context.waves
    ]
    return table(
        context.anchor("table-response"),
        _("Response in every wave"),
        (TableColumn(_("Wave")), *(TableColumn(head, "number") for head in heads)),
        rows,
        note=_population_note(context),
        source=context.source,
    )


def response_figure(context: Context) -> Figure | Table:
    """Response rates as bars; the table alone when nobody counted the invited."""
    _ = context.words.gettext
    known = [wave for wave in context.waves if wave.response_rate is not None]
    if not known:
        return response_table(context)
    bars = [
        Share(
            wave.wave,
            wave.response_rate or 0.0,
            text=_("{rate}  ({answered} of {invited})").format(
                rate=percent(wave.response_rate, context.language),
                answered=wave.answered,
                invited=wave.facts.invited,
            ),
        )
        for wave in known
    ]
    last = known[-1]
    title = _("{answered} of {invited} answered in {wave}: {rate}").format(
        answered=last.answered,
        invited=last.facts.invited,
        wave=last.wave,
        rate=percent(last.response_rate, context.language),
    )
    said = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Figure(
        context.anchor("figure-response"),
        title,
        _("Bars of the response rate in each wave: {figures}.").format(figures=said),
        filled_bars(bars, context.language, legend=(_("Answered"), _("Invited"))),
        response_table(context),
        source=context.source,
    )


def _population_note(context: Context) -> str:
    """What the population is, and what an empty cell of it says."""
    _ = context.words.gettext
    parts = [_("Population: the companies that the survey is about, asked or not.")]
    if _unknown(context):
        parts.append(_("– means that the number is not known."))
    return " ".join(parts)


def _unknown(context: Context) -> bool:
    return any(None in (w.facts.population, w.facts.invited) for w in context.waves)
