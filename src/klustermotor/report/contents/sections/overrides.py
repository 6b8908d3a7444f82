"""Sentences that their writers stand by although the figures speak against them, and why."""

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.parts import section
from klustermotor.report.contents.tables import table
from klustermotor.report.document import Section, Statement, Statements, TableColumn


def overrides(context: Context) -> Section | None:
    """Each sentence with the fault found in it, the reason stated for keeping it, and by whom."""
    if not context.overrides:
        return None
    _ = context.words.gettext
    said = _(
        "Every text was held against the tables before the report was built. These sentences "
        "stand although a fault was found; those who wrote them have stated why."
    )
    sheet = table(
        context.anchor("table-overrides"),
        _("Sentences kept although a fault was found"),
        tuple(TableColumn(head) for head in (_("Sentence"), _("Fault"), _("Reason"), _("Who"))),
        [
            ((one.sentence, None), (one.fault, None), (one.reason, None), (one.who, None))
            for one in context.overrides
        ],
    )
    content = (Statements((Statement(said),)), sheet)
    return section(context, "overrides", _("Sentences kept against the figures"), content)
