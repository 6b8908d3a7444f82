"""Two rows that are one: what hangs on the one is moved to the other, and can be moved back.

A room says in ``AppConfig.ready`` what of its own hangs on organisations or people:

    hangs(Hanging(CompanyVisit, Organisation, "organisation", _("visits")))

A test walks every foreign key of every app and fails for one that nobody has declared. A row that
the other has already (the same tag, a figure of the same year and source) cannot be moved; it is
set aside in the record of the merge, and comes back when the merge is undone.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.functional import Promise

from klustermotor.core.history import bulk_create

Step = dict[str, Any]
Settle = Callable[[Any, Any], Mapping[str, object] | None]


def _as_is(row: Any, survivor: Any) -> Mapping[str, object] | None:
    return {}


@dataclass(frozen=True)
class Hanging:
    """Rows of `model` hang on rows of `on` by `by`: a foreign key, or a plain column with its key.

    `where` picks the rows that are meant when one table hangs on several. `settle` gives further
    fields that change when a row moves to the survivor, or None when it would say nothing there
    any more (a company would be its own parent). `order` is the place in what is shown.
    """

    model: type[models.Model]
    on: type[models.Model]
    by: str
    label: str | Promise
    where: Mapping[str, object] = field(default_factory=dict)
    settle: Settle = _as_is
    order: int = 100
    hidden: bool = False
    """Housekeeping that is moved without being told of."""

    def rows(self, thing: models.Model) -> models.QuerySet[Any]:
        """The rows that hang on `thing`."""
        return self.model._base_manager.filter(**{self.column: thing.pk}, **self.where).order_by(
            "pk"
        )

    @property
    def column(self) -> str:
        """The attribute that holds the key."""
        return self.model._meta.get_field(self.by).attname  # type: ignore[union-attr]


@dataclass(frozen=True)
class Moving:
    """How many rows of one kind would move, and how many the survivor has already."""

    label: str | Promise
    moved: int
    aside: int


class CannotMergeError(Exception):
    """Two rows cannot be made one; ``what`` stands in the way, on both."""

    def __init__(self, what: str | Promise) -> None:
        super().__init__(str(what))
        self.what = what


class CannotUndoMergeError(Exception):
    """What was changed since the merge, so that it cannot be undone; one sentence per reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


_hanging: dict[tuple[type[models.Model], str, type[models.Model]], Hanging] = {}


def hangs(hanging: Hanging) -> None:
    """Declare what hangs on what; the same again replaces it."""
    _hanging[hanging.model, hanging.by, hanging.on] = hanging


def hanging_on(model: type[models.Model]) -> list[Hanging]:
    """All that is declared to hang on rows of `model`, in order."""
    found = [one for one in _hanging.values() if one.on is model]
    return sorted(found, key=lambda one: (one.order, one.model._meta.label_lower, one.by))


def undeclared(model: type[models.Model]) -> list[str]:
    """The foreign keys to `model`, over all apps, that no room has declared."""
    declared = {(one.model, one.by) for one in hanging_on(model)}
    return sorted(
        f"{one._meta.label}.{key.name}"
        for one in apps.get_models(include_auto_created=True)
        if not hasattr(one, "instance_type")  # a history's rows tell of what was
        for key in one._meta.get_fields()
        if isinstance(key, models.ForeignKey | models.ManyToManyField)
        and key.related_model is model
        and (one, key.name) not in declared
        and not isinstance(key, models.ManyToManyField)
    )


def preview(merged: models.Model, survivor: models.Model) -> list[Moving]:
    """What a merge would move, by kind; nothing is changed. Raises `CannotMergeError`."""
    told = []
    for one in hanging_on(type(merged)):
        fates = [_fate(one, row, survivor) for row in one.rows(merged)]
        if fates and not one.hidden:
            aside = sum(fate is None for fate in fates)
            told.append(Moving(one.label, len(fates) - aside, aside))
    return told


def move_all(merged: models.Model, survivor: models.Model) -> list[Step]:
    """Move all that hangs on `merged` to `survivor`; returns the steps, which `move_back` takes.

    Raises `CannotMergeError`. Call it in a transaction.
    """
    steps: list[Step] = []
    for one in hanging_on(type(merged)):
        for row in list(one.rows(merged)):
            changes = _fate(one, row, survivor)
            steps.append(set_aside(row) if changes is None else _moved(row, changes))
    _nothing_left(merged)
    return steps


def move_back(steps: Sequence[Step]) -> None:
    """Undo `move_all`, last step first; `obstacles` says beforehand whether it can be."""
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        if step["do"] == "moved":
            row = model._base_manager.get(pk=step["row"])
            _set(row, step["before"])
        elif step["do"] == "aside":
            restore(model, step["values"], step["many"])
        else:
            for row in model._base_manager.filter(pk=step["row"]):
                row.delete()


def obstacles(steps: Sequence[Step]) -> Iterator[tuple[str, models.Model | None, Step]]:
    """Why steps cannot be undone: ``gone`` or ``moved`` rows, with the row and the step."""
    for step in steps:
        if step["do"] != "moved":
            continue
        model = apps.get_model(step["model"])
        row = model._base_manager.filter(pk=step["row"]).first()
        if row is None:
            yield "gone", None, step
        elif any(_plain(getattr(row, name)) != value for name, value in step["after"].items()):
            yield "moved", row, step


def set_aside(row: models.Model) -> Step:
    """Take a row away and keep all of it in the step. Raises `CannotMergeError`."""
    if _carries(row):
        raise CannotMergeError(row._meta.verbose_name)
    step = {
        "do": "aside",
        "model": row._meta.label_lower,
        "row": _plain(row.pk),
        "values": values_of(row),
        "many": _many(row),
    }
    row.delete()
    return step


def made(row: models.Model) -> Step:
    """The step of a row that the merge itself has made."""
    return {"do": "made", "model": row._meta.label_lower, "row": _plain(row.pk)}


def values_of(row: models.Model) -> dict[str, Any]:
    """All columns of a row, as they stand in JSON."""
    return {f.attname: _plain(f.value_from_object(row)) for f in row._meta.concrete_fields}


def restore(
    model: type[models.Model],
    values: Mapping[str, Any],
    many: Mapping[str, Sequence[Any]] | None = None,
) -> Any:
    """Bring a row back exactly as `values_of` kept it, with the times at which it was made."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    read = {
        name: fields[name].to_python(value)
        if not isinstance(fields[name], models.ForeignKey)
        else value
        for name, value in values.items()
        if name in fields
    }
    row = model(**read)
    if hasattr(model, "history"):
        bulk_create([row], model)
    else:
        model._base_manager.bulk_create([row])
    stamped = {
        name: read[name]
        for name, f in fields.items()
        if name in read and (getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False))
    }
    if stamped:
        model._base_manager.filter(pk=row.pk).update(**stamped)
    for name, keys in (many or {}).items():
        getattr(row, name).set(keys)
    return model._base_manager.get(pk=row.pk)


def _fate(one: Hanging, row: Any, survivor: models.Model) -> Mapping[str, object] | None:
    """What changes when the row moves; None when the survivor has it already."""
    further = one.settle(row, survivor)
    if further is None:
        return None
    changes = {one.column: survivor.pk, **further}
    return None if _is_taken(row, changes) else changes


def _is_taken(row: models.Model, changes: Mapping[str, object]) -> bool:
    """Whether a row with these values is there already, by any constraint or unique column."""
    model = type(row)
    for columns, condition in _unique(model):
        names = {model._meta.get_field(name).attname for name in columns}  # type: ignore[union-attr]
        if not names & set(changes):
            continue
        others = model._base_manager.exclude(pk=row.pk)
        if condition is not None:
            if not model._base_manager.filter(pk=row.pk).filter(condition).exists():
                continue
            others = others.filter(condition)
        for name in names:
            value = changes.get(name, getattr(row, name))
            empty = {f"{name}__isnull": True}
            others = others.filter(**(empty if value is None else {name: value}))
        if others.exists():
            return True
    return False


def _unique(model: type[models.Model]) -> Iterator[tuple[Sequence[str], models.Q | None]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield constraint.fields, constraint.condition
    for together in model._meta.unique_together:
        yield together, None
    for column in model._meta.concrete_fields:
        if column.unique and not column.primary_key:
            yield (column.name,), None


def _moved(row: models.Model, changes: Mapping[str, object]) -> Step:
    step = {
        "do": "moved",
        "model": row._meta.label_lower,
        "row": _plain(row.pk),
        "before": {name: _plain(getattr(row, name)) for name in changes},
        "after": {name: _plain(value) for name, value in changes.items()},
    }
    _set(row, changes)
    return step


def _set(row: models.Model, values: Mapping[str, object]) -> None:
    names = []
    for column in row._meta.concrete_fields:
        if column.attname in values:
            setattr(row, column.attname, values[column.attname])
            names.append(column.name)
    row.save(update_fields=names)


def _carries(row: models.Model) -> bool:
    """Whether other rows would go with it."""
    collector = Collector(using="default", origin=row)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError):
        return True
    many = {f.remote_field.through for f in row._meta.many_to_many}
    found = [model for model, rows in collector.data.items() if model not in many and rows]
    found += [q.model for q in collector.fast_deletes if q.model not in many and q.exists()]
    return any(model is not type(row) for model in found)


def _nothing_left(merged: models.Model) -> None:
    """Refuse rather than lose what nobody has declared. Raises `CannotMergeError`."""
    if _carries(merged):
        raise CannotMergeError(merged._meta.verbose_name)


def _many(row: models.Model) -> dict[str, list[Any]]:
    return {
        f.name: [_plain(key) for key in getattr(row, f.name).values_list("pk", flat=True)]
        for f in row._meta.many_to_many
    }


def _plain(value: object) -> Any:
    """A value as JSON has it, moments to the microsecond."""
    if hasattr(value, "isoformat"):
        return value.isoformat()  # Django's encoder would cut the microseconds
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
