"""The report of a round: all initiatives of a year in one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klustermotor.analysis.evaluation import Evaluation
from klustermotor.report.contents.comparison import common, comparison
from klustermotor.report.contents.context import Context, Fact, Override
from klustermotor.report.contents.sections import SURVEYED, TOLD, sections
from klustermotor.report.contents.sections.appendix import appendix, detail_tables
from klustermotor.report.contents.sections.overrides import overrides as overrides_section
from klustermotor.report.document import Document, Prose, Section
from klustermotor.report.language import translator


@dataclass(frozen=True)
class Chapter:
    """One initiative of the round. `initiative` is its key in the evaluation, if it was surveyed;
    `texts`, `facts` and `overrides` as in `initiative_report`."""

    initiative: str
    name: str
    texts: Mapping[str, Sequence[Prose]] = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    overrides: Sequence[Override] = ()


def round_report(
    evaluation: Evaluation,
    *,
    chapters: Sequence[Chapter],
    language: str,
    title: str,
    subtitle: str = "",
    texts: Mapping[str, Sequence[Prose]] | None = None,
    source: str = "",
    date: str = "",
    overrides: Sequence[Override] = (),
) -> Document:
    """A common chapter, the comparison with intervals, and a chapter per initiative.

    An initiative without answers in the evaluation has its chapter too: background, its leader's
    picture, the evaluator's observations and reflection. `texts` are those of the common
    chapters: ``common`` and ``comparison``; their `overrides` are listed last. Full
    tables are in the workbook only.
    """
    _ = translator(language).gettext
    contexts = [
        Context(
            evaluation,
            chapter.initiative,
            language,
            chapter.name,
            chapter.texts,
            chapter.facts,
            source,
            f"i{place}-",
            chapter.overrides,
            {one.initiative: one.name for one in chapters},
        )
        for place, chapter in enumerate(chapters, 1)
    ]
    surveyed = [context for context in contexts if context.waves]
    whole = Context(
        evaluation, "", language, title, texts or {}, source=source, overrides=overrides
    )
    front = (common(whole, surveyed), comparison(whole, surveyed))
    last = overrides_section(whole)
    return Document(
        title,
        language,
        (
            *(one for one in front if one),
            *(_chapter(context) for context in contexts),
            *((last,) if last else ()),
        ),
        subtitle,
        ((_("Initiatives"), ", ".join(context.name for context in contexts)),),
        date,
        tuple(context.name for context in contexts),
        tuple(t for c in surveyed for t in detail_tables(c, c.waves)),
    )


def _chapter(context: Context) -> Section:
    """An initiative's chapter: what its own report has, but for the appendix."""
    builders = tuple(b for b in SURVEYED if b is not appendix) if context.waves else TOLD
    return Section(context.anchor("chapter"), context.name, (), sections(context, builders))
