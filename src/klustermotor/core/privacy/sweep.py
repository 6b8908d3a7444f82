"""Find every text in the database that names somebody, wherever a room keeps it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from klustermotor.core.privacy.shredders import (
    FreeText,
    all_shredders,
    free_text,
    history_of,
    stored_models,
)
from klustermotor.core.privacy.terms import Term, names_somebody

UNREAD = {
    "sessions.session",
    "contenttypes.contenttype",
    "auth.permission",
    "core.searchentry",
}
"""Signed or fixed: they name nobody by word. A user's sessions end with the account. The search
index follows the rows that it tells of."""
CONDITIONS = 400
"""SQLite takes an expression that is a thousand deep."""
UNREAD_FIELDS = {("core.user", "password")}


@dataclass(frozen=True)
class Sealed:
    """A binary field that holds words: how to read them, and how to write them struck."""

    words: Callable[[bytes], Iterable[str]]
    strike: Callable[[bytes, Callable[[str], str]], bytes]


_sealed: dict[tuple[type[Model], str], Sealed] = {}


def register_sealed(model: type[Model], field: str, sealed: Sealed) -> None:
    """Say how the words of a binary field are reached; the same field again replaces it."""
    _sealed[model, field] = sealed


def sealed_field(model: type[Model], field: str) -> Sealed | None:
    """How the words of a binary field are reached."""
    return _sealed.get((model, field))


@dataclass(frozen=True)
class Mention:
    """One field of one row that names somebody."""

    model: str
    key: str
    field: str
    sure: bool
    by_machine: bool

    @property
    def place(self) -> str:
        """How the log and the form name it."""
        return f"{self.model}/{self.key}/{self.field}"


def text_fields(model: type[Model]) -> list[models.Field]:
    """The fields of a model that can hold words."""
    label = model._meta.label_lower
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not (field.choices or field.primary_key)
        and (label, field.name) not in UNREAD_FIELDS
    ]


def histories() -> dict[type[Model], type[Model]]:
    """Which table of earlier values belongs to which model."""
    return {
        history: model for model in stored_models() if (history := history_of(model)) is not None
    }


def sweep(
    terms: Sequence[Term], progress: Callable[[int, int, str], None] = lambda *told: None
) -> Iterator[Mention]:
    """Yield what names somebody by these terms, except other people's own rows.

    A namesake's name stays theirs: the identifying fields of people and users are not read.
    """
    if not terms:
        return
    others = _identities()
    earlier = histories()
    tables = [model for model in stored_models() if model._meta.label_lower not in UNREAD]
    for number, model in enumerate(tables):
        progress(number, len(tables), str(model._meta.verbose_name))
        told = earlier.get(model, model)
        fields = [field for field in text_fields(model) if (told, field.name) not in others]
        if fields:
            yield from dict.fromkeys(_in_table(model, told, fields, terms))
        for (holder, name), sealed in _sealed.items():
            if holder is model:
                yield from _in_sealed(model, name, sealed, terms)


def _identities() -> set[tuple[type[Model], str]]:
    return {
        (shredder.model, name)
        for shredder in all_shredders()
        if not shredder.may_name_others
        for name in shredder.identifies
    }


def _in_table(
    model: type[Model], told: type[Model], fields: list[models.Field], terms: Sequence[Term]
) -> Iterator[Mention]:
    """Look in as many fields at once as the database takes conditions."""
    per_field = max(len(_spellings(terms, in_json)) for in_json in (False, True))
    at_once = max(CONDITIONS // per_field, 1)
    for start in range(0, len(fields), at_once):
        for first in range(0, len(terms), CONDITIONS // 8):
            some = terms[first : first + CONDITIONS // 8]
            yield from _in_fields(model, told, fields[start : start + at_once], some, terms)


def _in_fields(
    model: type[Model],
    told: type[Model],
    fields: list[models.Field],
    some: Sequence[Term],
    terms: Sequence[Term],
) -> Iterator[Mention]:
    rows = model._base_manager.all()
    wanted = Q()
    for field in fields:
        name = field.name
        if isinstance(field, models.JSONField):
            name = f"{field.name}_as_text"
            rows = rows.annotate(**{name: Cast(field.name, TextField())})
        for spelling in _spellings(some, isinstance(field, models.JSONField)):
            wanted |= Q(**{f"{name}__icontains": spelling})
    names = [field.name for field in fields]
    found = rows.filter(wanted).order_by("pk").values_list("pk", *names)
    for key, *values in found.iterator(chunk_size=500):
        for name, value in zip(names, values, strict=True):
            term = names_somebody(value, terms) if value else None
            if term is not None:
                said = free_text(told, name)
                by_machine = bool(said and said.by_machine)
                yield Mention(model._meta.label_lower, str(key), name, term.sure, by_machine)


def _in_sealed(
    model: type[Model], name: str, sealed: Sealed, terms: Sequence[Term]
) -> Iterator[Mention]:
    for key, content in model._base_manager.values_list("pk", name).iterator(chunk_size=10):
        found = (names_somebody(text, terms) for text in sealed.words(bytes(content)))
        term = next((term for term in found if term is not None), None)
        if term is not None:
            yield Mention(model._meta.label_lower, str(key), name, term.sure, True)


def _spellings(terms: Iterable[Term], in_json: bool) -> set[str]:
    """SQLite folds only a–z and keeps JSON with escapes; so both are spelt out."""
    found = {spelling for term in terms for spelling in term.spellings()}
    if in_json and connection.vendor == "sqlite":
        found |= {json.dumps(spelling)[1:-1] for spelling in found}
    return found


def model_named(label: str) -> type[Model] | None:
    """The table that a mention names; None when this version has none of the name."""
    return next((model for model in stored_models() if model._meta.label_lower == label), None)


def said_of(mention: Mention) -> FreeText | None:
    """What the room said of the field that a mention stands in."""
    model = model_named(mention.model)
    if model is None:
        return None
    return free_text(histories().get(model, model), mention.field)


def value_of(mention: Mention) -> Any:
    """What stands in the field now; None when the row is gone."""
    model = model_named(mention.model)
    if model is None:
        return None
    rows = model._base_manager.filter(pk=mention.key)
    value = rows.values_list(mention.field, flat=True).first()
    sealed = sealed_field(model, mention.field)
    return "\n".join(sealed.words(bytes(value))) if sealed and value is not None else value
