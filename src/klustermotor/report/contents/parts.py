"""What sections are made of: text that people wrote, blocks with findings and chart, notices."""

import re
from collections.abc import Sequence

from klustermotor.analysis.claims.render import LANGUAGES
from klustermotor.analysis.questionnaire import Block
from klustermotor.report.contents.charts import block_figure
from klustermotor.report.contents.context import Context
from klustermotor.report.contents.findings import statements
from klustermotor.report.contents.lines import shape_of
from klustermotor.report.document import Content, ListOf, Notice, Section
from klustermotor.report.language import number

SHARED_KINDS = ("expected_delivered", "response_rate", "response_earlier", "item_response", "scope")
"""Claims about more than one block, which have their own places."""


def section(
    context: Context,
    section_id: str,
    title: str,
    content: Sequence[Content] = (),
    below: Sequence[Section] = (),
) -> Section | None:
    """A section with the text that people wrote for it; None when it would be empty."""
    whole = (*content, *context.texts.get(section_id, ()))
    if not whole and not below:
        return None
    return Section(context.anchor(section_id), title, whole, tuple(below))


def block_sections(context: Context, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """One section per block that was answered, in the questionnaire's order."""
    made = (block_section(context, block) for block in blocks)
    return tuple(one for one in made if one is not None)


def block_section(context: Context, block: Block) -> Section | None:
    """A block's findings, and its chart with its table; free answers as lists by theme."""
    content: tuple[Content, ...] = ()
    if shape_of(block) == "text":
        content = free_answers(context, block)
    elif context.waves_shown(block):
        claims = [c for c in context.claims(block=block.id) if c.kind not in SHARED_KINDS]
        content = (*statements(context, claims), block_figure(context, block))
    return section(context, f"block-{block.id}", context.title_of(block), content)


def free_answers(context: Context, block: Block) -> tuple[Content, ...]:
    """The latest wave's free answers, by theme, apart from anything that tells who wrote them."""
    _ = context.words.gettext
    answers = [
        answer
        for answer in context.evaluation.free_answers
        if (answer.initiative, answer.wave, answer.block)
        == (context.initiative, context.wave.wave, block.id)
    ]
    if not answers:
        return ()
    themes = list(dict.fromkeys(answer.theme for answer in answers))
    lists = [
        ListOf(
            tuple(
                _quoted(answer.text, context.language)
                for answer in answers
                if answer.theme == theme
            ),
            _theme(context, theme) if any(themes) else "",
        )
        for theme in themes
    ]
    said = _("Free answers, {wave}: {count}. They stand in the words of those who wrote them.")
    about = [said.format(wave=context.wave.wave, count=len(answers))]
    if any(themes):
        about.append(
            _("They were grouped by the words they share; a group's size measures nothing.")
        )
    origin = context.origin(block, (context.wave,))
    about += [f"{origin}."] if origin else []
    return Notice(" ".join(about)), *lists


def _quoted(text: str, language: str) -> str:
    """What someone else wrote, within the language's quotation marks; theirs within it single."""
    opening, closing = LANGUAGES[language].quotes
    return f"{opening}{_MARKS.sub('’', text.strip())}{closing}"


_MARKS = re.compile('["”“«»„]')


def _theme(context: Context, theme: str) -> str:
    _ = context.words.gettext
    return _("Theme: {theme}").format(theme=theme) if theme else _("Other answers")


def wave_notices(context: Context) -> tuple[Notice, ...]:
    """What must be known before any figure: low response, open wave, what is not observed."""
    _ = context.words.gettext
    wave, notices = context.wave, []
    if low := low_response(context):
        notices.append(Notice(" ".join(filter(None, (low, asked_of_all(context)))), "caution"))
    if wave.facts.preliminary:
        notices.append(
            Notice(
                _("The wave {wave} is still open; the figures are preliminary.").format(
                    wave=wave.wave
                ),
                "caution",
            )
        )
    notices += synthetic_notices(context)
    return tuple(notices)


def low_response(context: Context) -> str:
    """That the figures are about the respondents only; empty where enough have answered."""
    _ = context.words.gettext
    wave, rate = context.wave, context.wave.response_rate
    if rate is None:
        return _(
            "It is not known how many were asked in {wave}. The figures hold for those "
            "who answered."
        ).format(wave=wave.wave)
    if rate >= context.evaluation.options.response_floor:
        return ""
    return _(
        "{answered} of {invited} invited answered in {wave}. With so low a response the "
        "figures hold for those who answered, not for all companies in the initiative."
    ).format(answered=wave.answered, invited=wave.facts.invited, wave=wave.wave)


def asked_of_all(context: Context) -> str:
    """Out of how many those asked were chosen; empty where all or a random sample were asked."""
    _ = context.words.gettext
    facts = context.wave.facts
    if facts.selection != "chosen" or facts.population is None or facts.invited is None:
        return ""
    return _(
        "The survey is about {population} companies; {invited} of them were chosen and asked, "
        "neither all nor at random."
    ).format(population=number(facts.population, context.language), invited=facts.invited)


def synthetic_notices(context: Context) -> list[Notice]:
    """What in any of the waves is not observed, in the words it was recorded with."""
    said = dict.fromkeys(wave.facts.synthetic for wave in context.waves if wave.facts.synthetic)
    return [Notice(text, "caution") for text in said]
