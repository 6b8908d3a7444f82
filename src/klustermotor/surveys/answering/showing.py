"""The form as a page shows it: each question with its fields, their options and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Column, in_language
from klustermotor.surveys.answering.form import Asked, Form, Values

YES_NO = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
ASPECTS = {"now": gettext_lazy("Now"), "wanted": gettext_lazy("Wanted")}


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: str
    chosen: bool
    is_dont_know: bool = False


@dataclass(frozen=True)
class Field:
    """One answer column: what it is called, how it is answered, and what is wrong with it."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    fault: str = ""

    @property
    def id(self) -> str:
        """Its id in the page; a dot and a slash are awkward in selectors."""
        return "f-" + self.name.replace(".", "-").replace("/", "--")


@dataclass(frozen=True)
class Row:
    """An item of a question: one field, or two where now and wanted are asked."""

    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the page shows it; `kind` chooses the template's part."""

    text: str
    kind: str
    initiative: str
    rows: tuple[Row, ...]
    scale: tuple[Option, ...]
    required: bool
    unit: str = ""
    number: int = 0

    @property
    def is_single(self) -> bool:
        """Whether the question is the only line, so that its item need not be named."""
        return len(self.rows) == 1

    @property
    def faults(self) -> list[Field]:
        return [field for row in self.rows for field in row.fields if field.fault]


def shown(
    questions: Sequence[Asked],
    values: Values,
    language: str,
    *,
    faults: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
) -> list[ShownQuestion]:
    """The questions of a page in one language, with what was answered or just sent."""
    return [_question(asked, values, language, faults or {}, sent) for asked in questions]


def _question(
    asked: Asked,
    values: Values,
    language: str,
    faults: Mapping[str, str],
    sent: Mapping[str, str] | None,
) -> ShownQuestion:
    rows: dict[str, list[Field]] = {}
    for column in asked.columns:
        name = asked.field(column)
        value = sent.get(name, "") if sent is not None else written(values.get(name), language)
        field = _field(asked, column, value, faults.get(name, ""), language)
        rows.setdefault(column.item.id, []).append(field)
    labels = {column.item.id: in_language(column.item.text, language) for column in asked.columns}
    scale = rows[asked.columns[0].item.id][0].options
    return ShownQuestion(
        text=in_language(asked.block.text, language) or asked.block.id,
        kind=asked.block.type,
        initiative=asked.initiative,
        rows=tuple(Row(_capital(labels[item]), tuple(fields)) for item, fields in rows.items()),
        scale=scale,
        required=asked.block.required,
        unit=asked.block.unit,
    )


def _field(asked: Asked, column: Column, value: str, fault: str, language: str) -> Field:
    name = asked.field(column)
    label = (
        str(ASPECTS[column.aspect]) if column.aspect else in_language(column.item.text, language)
    )
    return Field(name, label, value, _options(column, value, language), fault)


def _options(column: Column, value: str, language: str) -> tuple[Option, ...]:
    if column.block.type in ("multiple", "text", "number"):
        return ()
    if column.block.type == "yes_no" and column.block.scale is None:
        return tuple(Option(code, str(text), code == value) for code, text in YES_NO.items())
    scale = scale_of(column)
    if scale is None:
        return ()
    named = [
        Option(
            code,
            _capital(in_language(text, language) or code),
            code == value,
            code in scale.dont_know,
        )
        for code, text in scale.codes.items()
    ]
    return tuple(sorted(named, key=lambda option: option.is_dont_know))


def written(value: str | float | None, language: str) -> str:
    """An answer as a field holds it: a decimal comma where people write one."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.10g}"
        return text if language == "en" else text.replace(".", ",")
    return str(value)


@dataclass(frozen=True)
class Told:
    """One of one's own answers in words."""

    question: str
    item: str
    answer: str


def in_words(form: Form, values: Values, language: str) -> list[Told]:
    """A respondent's own answers in words, for the copy that they may ask for."""
    told = []
    for name, (asked, column) in form.by_field.items():
        if name not in values:
            continue
        question = in_language(asked.block.text, language)
        item = _capital(in_language(column.item.text, language))
        if column.aspect:
            item = f"{item}, {str(ASPECTS[column.aspect]).lower()}"
        told.append(Told(question, item, _answer_in_words(column, values[name], language)))
    return told


def _answer_in_words(column: Column, value: str | float, language: str) -> str:
    if column.block.type == "multiple":
        return _("ticked") if value == "1" else _("not ticked")
    if column.block.type == "yes_no" and column.block.scale is None:
        return str(YES_NO.get(str(value), value))
    scale = scale_of(column)
    if scale is not None and str(value) in scale.codes:
        return _capital(in_language(scale.codes[str(value)], language) or str(value))
    text = written(value, language)
    return f"{text} {column.block.unit}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
