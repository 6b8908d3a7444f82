"""What people tell of an initiative: its background, its leader's and its evaluator's account."""

from string import ascii_lowercase

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.parts import section
from klustermotor.report.contents.tables import Cell, table
from klustermotor.report.document import Section, Table, TableColumn


def background(context: Context) -> Section | None:
    """How the initiative came about, and its facts in a table."""
    _ = context.words.gettext
    content = (facts_table(context),) if context.facts else ()
    return section(context, "background", _("Background"), content)


def facts_table(context: Context) -> Table:
    """The facts; a letter beside each leads to its source, which the note spells out once."""
    _ = context.words.gettext
    sources = list(dict.fromkeys(fact.source for fact in context.facts if fact.source))
    letter = dict(zip(sources, ascii_lowercase, strict=False))
    columns = [TableColumn(_("Fact")), TableColumn(_("As stated"))]
    if letter:
        columns.append(TableColumn(_("Source"), "number"))
    rows: list[list[Cell]] = []
    for fact in context.facts:
        cells: list[Cell] = [(fact.name, None), (fact.value, None)]
        rows.append([*cells, (letter.get(fact.source, ""), None)] if letter else cells)
    return table(
        context.anchor("table-facts"),
        _("The initiative in short"),
        columns,
        rows,
        note="; ".join(f"{mark}: {source}" for source, mark in letter.items()),
    )


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
