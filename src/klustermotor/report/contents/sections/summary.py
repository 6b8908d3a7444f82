"""The main findings once more, by growth indicator."""

from collections.abc import Mapping

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.parts import section, wave_notices
from klustermotor.report.document import Section

INDICATORS = ("growth", "skills", "research", "cooperation", "sustainability")
LEADING = (
    "ranking",
    "majority",
    "largest_gap",
    "change",
    "expected_delivered",
    "target",
    "round",
    "reference",
)
MOST = 5


def indicator_titles(context: Context) -> Mapping[str, str]:
    """What each growth indicator is called."""
    _ = context.words.gettext
    return {
        "growth": _("Concrete growth effects"),
        "skills": _("Skills supply"),
        "research": _("Research close to industry"),
        "cooperation": _("Development of cooperation"),
        "sustainability": _("Sustainability"),
    }


def summary(context: Context) -> Section | None:
    """Per indicator: its main findings, and what the evaluator makes of them."""
    _ = context.words.gettext
    below = []
    for indicator, title in indicator_titles(context).items():
        claims = [
            c
            for c in context.claims(indicator=indicator)
            if c.kind in LEADING or c.severity == "key"
        ]
        said = statements(context, claims, most=MOST, as_list=True)
        made = section(context, f"summary-{indicator}", title, said)
        if made is not None:
            below.append(made)
    if not below and not context.texts.get("summary"):
        return None
    return section(
        context, "summary", _("Summary by growth indicator"), wave_notices(context)[:1], below
    )
