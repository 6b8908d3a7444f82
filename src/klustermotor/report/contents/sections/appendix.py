"""Every table in full for the report's wave; the workbook has the earlier waves too."""

from collections.abc import Sequence

from klustermotor.analysis.evaluation import WaveSummary
from klustermotor.report.contents.context import Context
from klustermotor.report.contents.detail import detail_table
from klustermotor.report.contents.parts import section
from klustermotor.report.document import Notice, Section, Table


def appendix(context: Context) -> Section | None:
    """One table per block of the latest wave."""
    _ = context.words.gettext
    tables = detail_tables(context, context.waves[-1:])
    if not tables:
        return None
    about = Notice(
        _(
            "Shares and means of the latest wave with their intervals. Earlier waves are in the "
            "workbook (XLSX) that comes with the report."
        )
        if len(context.waves) > 1
        else _("Shares and means with their intervals.")
    )
    return section(context, "appendix", _("Appendix: every table"), (about, *tables))


def detail_tables(context: Context, waves: Sequence[WaveSummary]) -> tuple[Table, ...]:
    """The full table of every block in each of these waves."""
    return tuple(
        made
        for wave in waves
        for block in context.questionnaire.blocks
        if (made := detail_table(context, block, wave)) is not None
    )
