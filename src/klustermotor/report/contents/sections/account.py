"""What people tell of an initiative: its background, its leader's and its evaluator's account."""

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.parts import section
from klustermotor.report.contents.tables import table
from klustermotor.report.document import Content, Section, TableColumn


def background(context: Context) -> Section | None:
    """How the initiative came about, and its facts in a table."""
    _ = context.words.gettext
    content: list[Content] = []
    if context.facts:
        content.append(
            table(
                context.anchor("table-facts"),
                _("The initiative in short"),
                (TableColumn(_("Fact")), TableColumn(_("As stated"))),
                [((name, None), (value, None)) for name, value in context.facts],
                source=context.source,
            )
        )
    return section(context, "background", _("Background"), content)


def process_leader(context: Context) -> Section | None:
    """The initiative's development as its process leader sees it."""
    title = context.words.gettext("The process leader's picture")
    return section(context, "process-leader", title)


def observations(context: Context) -> Section | None:
    """What the evaluator has seen; the place of the survey where there is none."""
    return section(context, "observations", context.words.gettext("The evaluator's observations"))


def reflection(context: Context) -> Section | None:
    """What the evaluator makes of it."""
    return section(context, "reflection", context.words.gettext("Reflection"))
