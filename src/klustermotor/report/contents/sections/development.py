"""What companies need: cooperation now and wanted, where to cooperate more, in their own words."""

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.parts import block_sections, section
from klustermotor.report.contents.placing import blocks_at
from klustermotor.report.document import Section


def development(context: Context) -> Section | None:
    """The gaps first, then what is asked around them."""
    blocks = blocks_at(context.questionnaire, "development")
    ordered = sorted(
        blocks, key=lambda block: (block.indicator != "cooperation", block.type == "text")
    )
    title = context.words.gettext("Needs of development")
    return section(context, "development", title, (), block_sections(context, ordered))
