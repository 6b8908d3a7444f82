"""What each room keeps of people: said once, read by extract, erasure, retention and record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise


class Action(StrEnum):
    """What erasure does to a row that is somebody's."""

    DELETE = "delete"
    BLANK = "blank"
    """Its personal fields are emptied; the row stays."""
    UNLINK = "unlink"
    """The row stays and no longer says whose it is."""
    KEEP = "keep"
    """It stays as it is, for the reason that the shredder gives."""


@dataclass(frozen=True)
class SubjectKind:
    """Whom one may ask about: people of the register, users, sole traders.

    `page` gives the address of one of them. `refusal` says why one may not be erased, or nothing;
    `before` is called with a row that is about to go, and the home; `closing` gives the fields of
    one that law keeps but whose account or contact ends.
    """

    model: type[Model]
    label: str | Promise
    page: Callable[[Model], str]
    only: Mapping[str, object] = field(default_factory=dict)
    refusal: Callable[[Any, Any], str | Promise] = lambda row, by: ""
    before: Callable[[Any, Path], None] = lambda row, home: None
    closing: Callable[[Any], Mapping[str, object]] = lambda row: {}
    companions: Callable[[Any], Iterable["Subject"]] = lambda key: ()
    """Who goes along: rows merged into this one, the firm of a sole trader."""


@dataclass(frozen=True)
class Subject:
    """One person (or user, or sole trader), by key: the row itself may be gone."""

    model: type[Model]
    key: Any

    @classmethod
    def of(cls, row: Model) -> "Subject":
        return cls(type(row), row.pk)

    @classmethod
    def named(cls, label: str, key: str) -> "Subject":
        """The subject that the log or a job names. Raises ``LookupError`` for no kind of ours."""
        for model in _subjects:
            if model._meta.label_lower == label:
                return cls(model, model._meta.pk.to_python(key))
        raise LookupError(f"Nobody is kept as {label!r}.")

    def together(self) -> list["Subject"]:
        """This one and all who go along, and along with those; this one last."""
        found, waiting = [self], [self]
        while waiting:
            one = waiting.pop()
            fresh = [other for other in one.kind.companions(one.key) if other not in found]
            found += fresh
            waiting += fresh
        return found[::-1]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def kind(self) -> SubjectKind:
        return _subjects[self.model]

    def row(self) -> Model | None:
        """The row itself, while it is there."""
        return self.model._base_manager.filter(pk=self.key, **self.kind.only).first()


@dataclass(frozen=True)
class Shredder:
    """How somebody's rows of one model are found, told and erased.

    `path` leads from the row to the person (``person``, ``pk``, ``organisation__people__person``),
    `where` narrows it. `personal` fields go into the extract and are emptied by ``BLANK``
    (`emptied` names them where that is not all of them); `identifies` are those among them by
    whose values other texts are searched. `official` rows are documents that a public body keeps
    until it decides to dispose of them (`retention` names that rule), and then the root row keeps
    its `stays` fields. `controller` is the path to who answers for a row. `may_name_others` says
    that the identifying fields of other rows may name this person too, as a company that bears
    its founder's name.
    """

    model: type[Model]
    of: type[Model]
    path: str
    activity: str
    personal: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    identifies: tuple[str, ...] = ()
    action: Action = Action.DELETE
    reason: str | Promise = ""
    where: Mapping[str, object] = field(default_factory=dict)
    official: bool = False
    retention: str = ""
    controller: str = ""
    stays: tuple[str, ...] = ()
    may_name_others: bool = False
    told: bool = True

    @property
    def is_root(self) -> bool:
        """Whether its rows are the people themselves."""
        return self.model is self.of and self.path == "pk"

    @property
    def subject(self) -> SubjectKind:
        """Whose rows they are."""
        return _subjects[self.of]

    def rows(self, key: Any) -> QuerySet[Any]:
        """Somebody's rows of this model."""
        return (
            self.model._base_manager.filter(**{self.path: key}, **self.where)
            .order_by("pk")
            .distinct()
        )


@dataclass(frozen=True)
class FreeText:
    """Fields in which somebody may be named.

    `by_machine` texts are copies that the system made (a job's result, what a load remembers for
    its undo): they are struck without asking. What people wrote is shown for review first.
    """

    model: type[Model]
    fields: tuple[str, ...]
    by_machine: bool = False
    official: bool = False
    retention: str = ""
    controller: str = ""


_subjects: dict[type[Model], SubjectKind] = {}
_shredders: dict[tuple[type[Model], type[Model], str], Shredder] = {}
_texts: dict[type[Model], list[FreeText]] = {}
_exempt: dict[tuple[type[Model], str], str] = {}


def register_subject(kind: SubjectKind) -> None:
    """Add a kind of people that one may ask about."""
    _subjects[kind.model] = kind


def register_shredder(shredder: Shredder) -> None:
    """Add one; the same model, kind of people and path again replaces it."""
    _shredders[shredder.model, shredder.of, shredder.path] = shredder


def mentions_in(
    model: type[Model],
    *fields: str,
    by_machine: bool = False,
    official: bool = False,
    retention: str = "",
    controller: str = "",
) -> None:
    """Say that these fields may name people."""
    text = FreeText(model, fields, by_machine, official, retention, controller)
    kept = [one for one in _texts.get(model, []) if one.fields != fields]
    _texts[model] = [*kept, text]


def exempt(model: type[Model], reason: str, *fields: str) -> None:
    """Say why a model, or some fields of it, holds nothing about people."""
    if not reason.strip():
        raise ValueError(f"Say why {model._meta.label} is exempt.")
    for name in fields or ("*",):
        _exempt[model, name] = reason


def subject_kinds() -> list[SubjectKind]:
    """Every kind of people."""
    return list(_subjects.values())


def shredders_of(model: type[Model]) -> list[Shredder]:
    """The shredders of one kind of people: links first, the people themselves last."""
    found = [shredder for shredder in _shredders.values() if shredder.of is model]
    return sorted(found, key=lambda one: one.is_root)


def all_shredders() -> list[Shredder]:
    """Every shredder of every room."""
    return list(_shredders.values())


def free_text(model: type[Model], name: str) -> FreeText | None:
    """What was said of a field as free text."""
    return next((text for text in _texts.get(model, []) if name in text.fields), None)


def exemption(model: type[Model], name: str) -> str:
    """Why a field holds nothing about people, if somebody said so."""
    return _exempt.get((model, name)) or _exempt.get((model, "*")) or ""


def exemptions() -> Mapping[tuple[type[Model], str], str]:
    """Every exemption with its reason."""
    return dict(_exempt)


def history_of(model: type[Model]) -> type[Model] | None:
    """The table that keeps a model's earlier values."""
    manager = getattr(model, "history", None)
    return getattr(manager, "model", None)


def stored_models() -> Iterator[type[Model]]:
    """Every table there is, with its links between many and many."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model
