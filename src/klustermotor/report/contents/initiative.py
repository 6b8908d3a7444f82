"""The report of one initiative."""

from collections.abc import Mapping, Sequence

from klustermotor.analysis.evaluation import Evaluation
from klustermotor.report.contents.context import Context, Fact, Override
from klustermotor.report.contents.sections import SURVEYED, TOLD, sections
from klustermotor.report.contents.sections.appendix import detail_tables
from klustermotor.report.document import Document, Prose
from klustermotor.report.language import percent


def initiative_report(
    evaluation: Evaluation,
    *,
    initiative: str,
    language: str,
    title: str,
    name: str = "",
    subtitle: str = "",
    texts: Mapping[str, Sequence[Prose]] | None = None,
    facts: Sequence[Fact] = (),
    source: str = "",
    date: str = "",
    overrides: Sequence[Override] = (),
) -> Document:
    """The whole report of an initiative in one language.

    `initiative` is its key in the evaluation and `name` what it is called (the key when empty).
    `texts` holds what people wrote, by section id: ``background``, ``process-leader``,
    ``participation``, ``results``, ``development``, ``summary``, ``summary-growth`` and the other
    indicators, ``block-<id>`` for one question, ``method``; and ``observations`` and
    ``reflection``, which stand in place of the survey where there is none. `facts` are shown in
    the background section; `date` is YYYY-MM-DD; `overrides` are listed with the method. The latest
    wave is the report's wave, earlier
    ones are for comparison.
    """
    context = Context(
        evaluation,
        initiative,
        language,
        name or initiative,
        texts or {},
        facts,
        source,
        overrides=overrides,
    )
    surveyed = bool(context.waves)
    return Document(
        title,
        language,
        sections(context, SURVEYED if surveyed else TOLD),
        subtitle,
        cover_facts(context) if surveyed else (),
        date,
        (context.name, *(wave.wave for wave in context.waves[-1:])),
        detail_tables(context, context.waves[:-1]),
    )


def cover_facts(context: Context) -> tuple[tuple[str, str], ...]:
    """Initiative, wave and response, for the cover."""
    _ = context.words.gettext
    wave = context.wave
    answered = str(wave.answered)
    if wave.facts.invited is not None:
        answered = _("{answered} of {invited} invited ({rate})").format(
            answered=wave.answered,
            invited=wave.facts.invited,
            rate=percent(wave.response_rate, context.language),
        )
    facts = [(_("Initiative"), context.name), (_("Wave"), wave.wave), (_("Answered"), answered)]
    if len(context.waves) > 1:
        earlier = ", ".join(one.wave for one in context.waves[:-1])
        facts.append((_("Compared with"), earlier))
    return tuple(fact for fact in facts if fact[1])
