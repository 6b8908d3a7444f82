"""What may stand in each field of the form, and what a browser sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import CHOSEN, NOT_CHOSEN, Column
from klustermotor.surveys.answering.form import Asked, Values

LONGEST_TEXT = 4000
LARGEST_NUMBER = 1e15


@dataclass(frozen=True)
class PageRead:
    """What a page's fields held: answers, fields now empty, and what cannot be taken."""

    values: dict[str, str | float]
    emptied: tuple[str, ...]
    faults: Mapping[str, str]
    """By name of field: what is wrong and what would be right."""

    def over(self, before: Values) -> dict[str, str | float]:
        """The answers so far, with this page's in place of what it held before."""
        kept = {name: value for name, value in before.items() if name not in self.emptied}
        return {**kept, **self.values}


def read_page(questions: Sequence[Asked], sent: QueryDict) -> PageRead:
    """Read the fields of these questions; others that were sent are left alone."""
    values: dict[str, str | float] = {}
    emptied: list[str] = []
    faults: dict[str, str] = {}
    for asked in questions:
        if asked.block.type == "multiple":
            found = _ticked(asked, sent)
        else:
            found, wrong = _one_by_one(asked, sent)
            faults.update(wrong)
        values.update(found)
        emptied += [name for name in asked.fields if name not in found and name not in faults]
        missing = not any(name in found or name in faults for name in asked.fields)
        if asked.block.required and missing:
            faults[asked.fields[0]] = _("Please answer this question.")
    return PageRead(values, tuple(emptied), faults)


def _ticked(asked: Asked, sent: QueryDict) -> dict[str, str | float]:
    """Somebody who ticked one thing left the others unticked; who ticked none did not answer."""
    chosen = {name for name in asked.fields if sent.get(name)}
    if not chosen:
        return {}
    return {name: CHOSEN if name in chosen else NOT_CHOSEN for name in asked.fields}


def _one_by_one(asked: Asked, sent: QueryDict) -> tuple[dict[str, str | float], dict[str, str]]:
    values: dict[str, str | float] = {}
    faults: dict[str, str] = {}
    for column in asked.columns:
        name = asked.field(column)
        text = sent.get(name, "").strip()
        if not text:
            continue
        try:
            values[name] = _read(column, text)
        except ValueError as fault:
            faults[name] = str(fault)
    return values, faults


def _read(column: Column, text: str) -> str | float:
    """One answer as it is stored. Raises ValueError with what would be right."""
    if "\0" in text:
        raise ValueError(_("The text holds a character that cannot be kept."))
    if column.block.type == "text":
        if len(text) > LONGEST_TEXT:
            raise ValueError(
                _("The text is too long: at most %(n)s characters.") % {"n": LONGEST_TEXT}
            )
        return text
    if column.block.type == "number":
        return _number(text)
    scale = scale_of(column)
    if scale is None or text not in scale.codes:
        raise ValueError(_("Choose one of the answers."))
    return text


def _number(text: str) -> float:
    plain = "".join(text.split()).replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        raise ValueError(_("Write a number, such as 12 or 12,5.")) from None
    if not -LARGEST_NUMBER < number < LARGEST_NUMBER:
        raise ValueError(_("Write a number, such as 12 or 12,5."))
    return number
