"""How the figures came about, how sure they are, and what may not be concluded from them."""

import math
import re
from typing import Any

import polars as pl

from klustermotor.analysis.evaluation import Options
from klustermotor.report.contents.context import Context
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.parts import section
from klustermotor.report.contents.sections.overrides import overrides
from klustermotor.report.contents.tables import Cell, count, not_shown, table
from klustermotor.report.document import Content, Section, Statement, Statements, Table, TableColumn
from klustermotor.report.language import NONE, percent


def method(context: Context) -> Section | None:
    """Frame and response, non-response, uncertainty, limits, disclosure, overrides."""
    _ = context.words.gettext
    below = (
        _frame(context),
        _nonresponse(context),
        section(context, "uncertainty", _("How sure the figures are"), (_uncertainty(context),)),
        section(context, "limits", _("What may not be concluded"), (_limits(context),)),
        section(
            context, "disclosure", _("Protection of those who answered"), (_disclosure(context),)
        ),
        overrides(context),
    )
    present = [one for one in below if one is not None]
    return section(context, "method", _("Method and reliability"), (), present)


def _said(*sentences: str, as_list: bool = False) -> Statements:
    return Statements(tuple(Statement(one) for one in sentences if one), as_list)


def _frame(context: Context) -> Section | None:
    _ = context.words.gettext
    facts = context.wave.facts
    about = {
        "census": _("All in the frame were asked."),
        "random": _("Those asked were drawn at random from the population."),
        "chosen": _(
            "Those asked were chosen, neither all nor at random. The figures can therefore not be "
            "carried over to the whole population."
        ),
    }[facts.selection]
    series = _("Waves compared: {waves}.").format(waves=", ".join(w.wave for w in context.waves))
    claims = context.claims(kinds=("item_response", "scope"))
    content: list[Content] = [
        _said(about, series if len(context.waves) > 1 else ""),
        *statements(context, claims),
    ]
    return section(context, "frame", _("Frame and response"), content)


def _nonresponse(context: Context) -> Section | None:
    _ = context.words.gettext
    sheet = nonresponse_table(context)
    if sheet is None:
        said = _(
            "There is no register of those asked to compare the respondents with. Whether those "
            "who did not answer differ from those who did is not known."
        )
        return section(context, "nonresponse", _("Non-response"), (_said(said),))
    said = _("The table sets those who answered beside those who were asked.")
    return section(context, "nonresponse", _("Non-response"), (_said(said), sheet))


def nonresponse_table(context: Context) -> Table | None:
    """Respondents against the frame in the latest wave; None when there is no frame."""
    _ = context.words.gettext
    frame = context.evaluation.nonresponse
    if frame.is_empty():
        return None
    own = frame.filter(
        (pl.col("initiative") == context.initiative) & (pl.col("wave") == context.wave.wave)
    )
    if not own["invited"].sum():
        return None
    rows: list[tuple[Cell, ...]] = []
    for row in _in_order(own):
        hidden = bool(row["suppressed"])
        shares = [(percent(row[k], context.language), row[k]) for k in _SHARES]
        rows.append(
            (
                (_by(context, row["stratum_column"]), None),
                (row["stratum"] or _("Not known"), None),
                count(context, row["invited"]),
                *([(NONE, None)] * 4 if hidden else [count(context, row["answered"]), *shares]),
            )
        )
    notes = (
        not_shown(context).rstrip(".") if any(row[3][0] == NONE for row in rows) else "",
        context.origin_of_columns(own["stratum_column"].unique(maintain_order=True).to_list()),
    )
    heads = (
        _("Invited"),
        _("Answered"),
        _("Response rate"),
        _("Share of those asked"),
        _("Share of those who answered"),
    )
    return table(
        context.anchor("table-nonresponse"),
        _("Respondents against the frame, {wave}").format(wave=context.wave.wave),
        (
            TableColumn(_("By")),
            TableColumn(_("Group")),
            *(TableColumn(head, "number") for head in heads),
        ),
        rows,
        note=" ".join(f"{note}." for note in notes if note),
        source=context.source,
        head_columns=2,
    )


def _in_order(own: pl.DataFrame) -> list[dict[str, Any]]:
    """Groups column by column, within each from the lowest number up, as sizes are read."""
    columns = own["stratum_column"].unique(maintain_order=True).to_list()

    def place(row: dict[str, Any]) -> tuple[int, float, str]:
        name = row["stratum"] or ""
        digits = re.match(r"\d+", name)
        first = float(digits[0]) if digits else math.inf
        return columns.index(row["stratum_column"]), first, name

    return sorted(own.iter_rows(named=True), key=place)


def _by(context: Context, column: str) -> str:
    """What a background column of the frame is called."""
    _ = context.words.gettext
    named = {"size": _("Size"), "industry": _("Industry"), "municipality": _("Municipality")}
    return named.get(column, column)


_SHARES = ("rate", "share_frame", "share_answered")


def _uncertainty(context: Context) -> Statements:
    _ = context.words.gettext
    options = context.evaluation.options
    level = percent(options.level, context.language)
    intervals = {
        "logit": _("Intervals of shares are computed on the logit scale ({level})."),
        "beta": _("Intervals of shares follow Korn and Graubard's beta method ({level})."),
        "wilson": _("Intervals of shares follow Wilson's method ({level})."),
        "t": _("Intervals follow the t distribution ({level})."),
    }[options.interval].format(level=level)
    known = context.wave.facts.about is not None
    rate = context.wave.response_rate
    bounded = rate is not None and rate < options.response_floor
    return _said(
        intervals,
        _("Sampling error is corrected for the share of the population that answered.")
        if known
        else _("No correction is made for a finite population, as its size is not known."),
        _("The intervals assume that those who did not answer are like those who did."),
        _(
            "The bounds in the full tables assume nothing of them: they are the least and the "
            "most that a figure could be, had all invited answered (Manski's bounds)."
        )
        if bounded
        else "",
        _("They hold for one figure at a time and are not adjusted for how many there are.")
        if len(context.waves) > 1
        else "",
        _(
            "A change is called certain when it stands after correction for all changes tested "
            "(Benjamini and Hochberg); the key items named in advance are one family, all others "
            "another."
        )
        if len(context.waves) > 1
        else "",
    )


def _limits(context: Context) -> Statements:
    _ = context.words.gettext
    rate = context.wave.response_rate
    floor = context.evaluation.options.response_floor
    return _said(
        _(
            "The figures say what those who answered report. They do not show what would have "
            "happened without the initiative, and are therefore no measure of its effect."
        ),
        _("Below {floor} response the figures hold for those who answered only.").format(
            floor=percent(floor, context.language)
        )
        if rate is None or rate < floor
        else "",
        _(
            "A difference that is not certain may be chance. It is neither a trend nor "
            "proof that nothing has changed."
        )
        if len(context.waves) > 1
        else "",
        _("The number who answered differs between questions; every figure stands with its own n."),
        as_list=True,
    )


def _disclosure(context: Context) -> Statements:
    _ = context.words.gettext
    options = context.evaluation.options
    return _said(
        _(
            "No figure is shown for a group in which fewer than {minimum} answered, nor any "
            "figure from which it could be worked out."
        ).format(minimum=options.minimum_cell),
        _("Free answers stand apart from everything that tells who wrote them."),
        *_overrides(context, options),
    )


def _overrides(context: Context, options: Options) -> list[str]:
    """What was chosen otherwise than the method's default."""
    _ = context.words.gettext
    default, said = Options(), []
    if options.minimum_cell != default.minimum_cell:
        said.append(
            _("The lowest number of answers was set to {chosen} (default {default}).").format(
                chosen=options.minimum_cell, default=default.minimum_cell
            )
        )
    if options.response_floor != default.response_floor:
        said.append(
            _("The lowest response was set to {chosen} (default {default}).").format(
                chosen=percent(options.response_floor, context.language),
                default=percent(default.response_floor, context.language),
            )
        )
    if options.level != default.level:
        said.append(
            _("The level of the intervals was set to {chosen} (default {default}).").format(
                chosen=percent(options.level, context.language),
                default=percent(default.level, context.language),
            )
        )
    if not options.design.simple:
        said.append(_("Figures are weighted or estimated by the sampling design."))
    return said
