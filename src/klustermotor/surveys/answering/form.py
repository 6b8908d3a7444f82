"""The questionnaires of a fieldwork as one form of pages.

A company that is asked for several initiatives answers what is about the company once, and what
is about the initiative once for each. The name of a field is its answer column, with the
initiative before it where there are several: ``triple-steelix/motives.skills``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from klustermotor.analysis.conditions import Condition, holds, parse_condition
from klustermotor.analysis.questionnaire import Block, Column, in_language
from klustermotor.surveys.models import Fieldwork, Wave
from klustermotor.surveys.queries import questionnaire_of

Values = Mapping[str, str | float]
"""What was answered, by name of field; a field that was not answered is absent."""

ITEMS_ON_A_PAGE = 12
SECONDS_PER_ITEM = {"text": 30.0, "number": 12.0, "gap": 9.0}
SECONDS_PER_OTHER_ITEM, SECONDS_PER_QUESTION = 5.0, 4.0


@dataclass(frozen=True)
class Asked:
    """One question as it stands in the form: a block, for one initiative or for the company."""

    block: Block
    prefix: str
    waves: tuple[UUID, ...]
    columns: tuple[Column, ...]
    condition: Condition | None
    initiative: str = ""
    """Shown above the question where a company is asked for several initiatives."""

    def field(self, column: Column) -> str:
        """The name of the column's field in the form."""
        return f"{self.prefix}{column.name}"

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.field(column) for column in self.columns)

    def is_asked(self, values: Values) -> bool:
        """Whether its condition on earlier answers holds."""
        if self.condition is None:
            return True
        own = {name.removeprefix(self.prefix): value for name, value in values.items()}
        return holds(self.condition, own)


@dataclass(frozen=True)
class Page:
    """Questions that are shown together."""

    number: int
    questions: tuple[Asked, ...]

    def asked(self, values: Values) -> tuple[Asked, ...]:
        """The questions to show, given what was answered so far."""
        return tuple(question for question in self.questions if question.is_asked(values))


@dataclass(frozen=True)
class Form:
    """All pages, in order, numbered from 1."""

    pages: tuple[Page, ...]

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Asked, Column]]:
        return {
            asked.field(column): (asked, column)
            for page in self.pages
            for asked in page.questions
            for column in asked.columns
        }

    def next_page(self, number: int, values: Values, step: int = 1) -> int | None:
        """The next page (or with ``step=-1`` the one before) that has something to ask."""
        at = number + step
        while 1 <= at <= len(self.pages):
            if self.pages[at - 1].asked(values):
                return at
            at += step
        return None

    def kept(self, values: Values) -> dict[str, str | float]:
        """The answers to questions that are asked after all: a changed mind drops the others."""
        kept: dict[str, str | float] = {}
        for page in self.pages:
            for asked in page.questions:
                if asked.is_asked(kept):
                    kept.update({name: values[name] for name in asked.fields if name in values})
        return kept

    def minutes(self) -> int:
        """How long it takes, in whole minutes and never none."""
        seconds = sum(
            SECONDS_PER_QUESTION
            + len(asked.columns) * SECONDS_PER_ITEM.get(asked.block.type, SECONDS_PER_OTHER_ITEM)
            for page in self.pages
            for asked in page.questions
        )
        return max(1, round(seconds / 60))

    def answers_of(self, wave: UUID, values: Values) -> dict[str, str | float]:
        """One wave's part of the answers, by answer column."""
        return {
            column.name: values[name]
            for name, (asked, column) in self.by_field.items()
            if wave in asked.waves and name in values
        }


def form_of(fieldwork: Fieldwork, waves: Sequence[UUID] | None = None) -> Form:
    """The form of a fieldwork, for those of its waves that somebody is invited to."""
    chosen = [wave for wave in waves_of(fieldwork) if waves is None or wave.pk in waves]
    key = tuple((wave.pk, wave.instrument_id, wave.name) for wave in chosen)
    return _form(key)


def waves_of(fieldwork: Fieldwork) -> list[Wave]:
    """Its waves, by initiative."""
    rows = Wave.objects.filter(fieldwork=fieldwork).select_related("initiative", "instrument")
    return list(rows.order_by("initiative__name", "id"))


def title_of(fieldwork: Fieldwork, language: str) -> str:
    """What is asked, as those who answer read it: the title of the (first) questionnaire."""
    waves = waves_of(fieldwork)
    return in_language(waves[0].instrument.title, language) if waves else fieldwork.name


@lru_cache(maxsize=128)
def _form(key: tuple[tuple[UUID, UUID, str], ...]) -> Form:
    """Made once for the same waves and versions; a version of a questionnaire is never edited."""
    rows = Wave.objects.filter(pk__in=[wave for wave, _instrument, _name in key])
    found = {wave.pk: wave for wave in rows.select_related("initiative", "instrument")}
    return Form(tuple(_pages(list(_asked([found[wave] for wave, *_rest in key])))))


def _asked(waves: Sequence[Wave]) -> Iterator[Asked]:
    """What is about the company comes first, once; then each initiative with its own."""
    several = len(waves) > 1
    shared: dict[tuple[UUID, str], list[Wave]] = {}
    if several:
        for wave in waves:
            for block in questionnaire_of(wave.instrument).blocks:
                if block.about == "company" and block.asked_in(wave.name):
                    shared.setdefault((wave.instrument_id, block.id), []).append(wave)
    for (_instrument, block_id), asking in shared.items():
        block = questionnaire_of(asking[0].instrument).block(block_id)
        yield from _question(block, "", asking, "")
    for wave in waves:
        for block in questionnaire_of(wave.instrument).blocks:
            if not (several and block.about == "company"):
                prefix = f"{wave.initiative.slug}/" if several else ""
                yield from _question(block, prefix, [wave], str(wave.initiative) * several)


def _question(block: Block, prefix: str, waves: Sequence[Wave], initiative: str) -> Iterator[Asked]:
    instrument = questionnaire_of(waves[0].instrument)
    columns = tuple(
        column
        for column in instrument.columns
        if column.block is block and column.asked_in(waves[0].name)
    )
    if columns:
        condition = parse_condition(block.ask_if) if block.ask_if else None
        yield Asked(block, prefix, tuple(w.pk for w in waves), columns, condition, initiative)


def _pages(questions: Sequence[Asked]) -> Iterator[Page]:
    """Short questions share a page; one that depends on an earlier answer begins a new one."""
    number, page, items = 1, list[Asked](), 0
    for question in questions:
        size = len(question.columns)
        other = bool(page) and page[-1].initiative != question.initiative
        if page and (items + size > ITEMS_ON_A_PAGE or question.condition is not None or other):
            yield Page(number, tuple(page))
            number, page, items = number + 1, [], 0
        page.append(question)
        items += size
    if page:
        yield Page(number, tuple(page))
