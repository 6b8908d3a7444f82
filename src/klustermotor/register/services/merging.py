"""Organisations, and people, that are one: merge, undo, and pairs that are not the same."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klustermotor.core.history import acting
from klustermotor.core.merging import (
    CannotMergeError,
    CannotUndoMergeError,
    Step,
    made,
    move_all,
    move_back,
    obstacles,
    restore,
    set_aside,
    values_of,
)
from klustermotor.core.models import User
from klustermotor.register.models import (
    DuplicateProposal,
    FormerNumber,
    Merge,
    NotTheSame,
    Organisation,
    OrganisationName,
    Person,
    Source,
    SourcedValue,
)
from klustermotor.register.services.industries import keep_main_industries
from klustermotor.register.services.provenance import as_told, model_name, tell_by_hand

Thing = Organisation | Person

CHOSEN: Mapping[type[Any], tuple[str, ...]] = {
    Organisation: (
        "name", "number", "country", "kind", "legal_form", "is_sole_trader", "municipality",
        "street", "postcode", "city", "latitude", "longitude", "size", "website", "email", "phone",
        "description", "parent", "started", "ended",
    ),
    Person: ("name", "email", "phone", "language"),
}  # fmt: skip
"""The fields of which one of the two values is kept."""


def merge(survivor: Thing, merged: Thing, take: Collection[str], *, by: User) -> Merge:
    """Make `merged` a part of `survivor`: `take` names the fields whose value is the merged one's.

    All that hangs on the merged one moves; its name and number become another name and an earlier
    number. Raises :class:`CannotMergeError`.
    """
    model = type(survivor)
    if model is not type(merged) or survivor.pk == merged.pk:
        raise CannotMergeError(model._meta.verbose_name)
    with acting(by, f"{model_name(model)}.merged") as act:
        keys = sorted([survivor.pk, merged.pk])
        rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=keys)}
        if len(rows) != 2:
            raise CannotMergeError(model._meta.verbose_name)
        survivor, merged = rows[survivor.pk], rows[merged.pk]
        before = {"survivor": values_of(survivor), "merged": values_of(merged)}
        taken = [name for name in CHOSEN[model] if name in take and _differ(survivor, merged, name)]
        steps = _part_from_hands(survivor, merged, taken)
        steps += move_all(merged, survivor)
        key, survivor = merged.pk, model.objects.get(pk=survivor.pk)
        merged_values = {name: getattr(merged, name) for name in CHOSEN[model]}
        old = {name: getattr(survivor, name) for name in CHOSEN[model]}
        merged.delete()
        _take_over(survivor, merged_values, taken)
        if isinstance(survivor, Person):
            _stay_unsubscribed(survivor, merged)
        survivor.save()
        if isinstance(survivor, Organisation):
            steps += _remember_names(survivor, (old, merged_values))
            keep_main_industries([survivor.pk])
        tell_by_hand(survivor, taken, by=by)
        steps += [
            made(row)
            for row in SourcedValue.objects.filter(
                row=survivor.pk, source=Source.BY_HAND, field__in=taken
            )
        ]
        steps += _lead_on(key, survivor.pk)
        after = values_of(model.objects.get(pk=survivor.pk))
        changed = {
            name: value
            for name, value in after.items()
            if value != before["survivor"][name] and name not in ("changed_at", "main_industry_id")
        }
        return Merge.objects.create(
            model=model_name(model),
            survivor=survivor.pk,
            merged=key,
            merged_name=str(merged_values["name"]),
            at=act.at,
            by=by,
            before=before,
            changed=changed,
            steps=steps,
        )


def undo_merge(record: Merge, *, by: User) -> Thing:
    """Make two of them again, each as it was. Raises :class:`CannotUndoMergeError`."""
    model: Any = Organisation if record.model == "organisation" else Person
    with acting(by, f"{record.model}.merge_undone") as act:
        record = Merge.objects.select_for_update().get(pk=record.pk)
        if reasons := why_not(record):
            raise CannotUndoMergeError(reasons)
        survivor = model.objects.select_for_update().get(pk=record.survivor)
        columns = {f.attname: f for f in model._meta.concrete_fields}
        for name in record.changed:
            value = record.before["survivor"][name]
            if not columns[name].is_relation:
                value = columns[name].to_python(value)
            setattr(survivor, name, value)
        if record.changed:
            survivor.save()
        merged = restore(model, record.before["merged"])
        move_back(record.steps)
        if model is Organisation:
            keep_main_industries([survivor.pk, merged.pk])
        record.undone_at, record.undone_by = act.at, by
        record.save(update_fields=["undone_at", "undone_by"])
    return merged


def merge_at(survivor: UUID, at: datetime) -> Merge | None:
    """The merge that an act of a thing's history was, unless it has been undone."""
    return Merge.objects.filter(survivor=survivor, at=at, undone_at=None).first()


def why_not(record: Merge) -> list[str]:
    """Why a merge cannot be undone: what was changed since; nothing if it can."""
    if record.undone_at:
        return [_("It has been undone already.")]
    model: Any = Organisation if record.model == "organisation" else Person
    survivor = model.objects.filter(pk=record.survivor).first()
    if survivor is None:
        return [_("What it was merged into is gone.")]
    reasons = []
    later = Merge.objects.filter(survivor=record.survivor, at__gt=record.at, undone_at=None)
    if other := later.order_by("-at").first():
        reasons.append(
            _("“%(name)s” was merged into it later. Undo that merge first.")
            % {"name": other.merged_name}
        )
    now = values_of(survivor)
    for column in model._meta.concrete_fields:
        name = column.attname
        if name in record.changed and now[name] != record.changed[name]:
            reasons.append(
                _("“%(field)s” has been changed since. Change it back first.")
                % {"field": column.verbose_name}
            )
    number = record.before["merged"].get("number")
    if number and Organisation.objects.filter(number=number).exclude(pk=record.survivor).exists():
        reasons.append(_("Another company has its number now: %(number)s.") % {"number": number})
    for why, row, step in obstacles(record.steps):
        reasons.append(_step_in_words(why, row, step))
    return list(dict.fromkeys(reasons))


def _step_in_words(why: str, row: Any, step: Step) -> str:
    from django.apps import apps

    label = apps.get_model(step["model"])._meta.verbose_name
    if why == "gone":
        return _("A row that was moved has been removed since: %(what)s.") % {"what": label}
    return _("A row that was moved has been moved on since: %(what)s “%(row)s”.") % {
        "what": label,
        "row": row,
    }


def _differ(survivor: Thing, merged: Thing, name: str) -> bool:
    return as_told(getattr(survivor, name)) != as_told(getattr(merged, name))


def _take_over(survivor: Thing, values: Mapping[str, Any], taken: Collection[str]) -> None:
    for name in taken:
        setattr(survivor, name, values[name])
    if isinstance(survivor, Organisation) and survivor.parent_id == survivor.pk:
        survivor.parent = None


def _stay_unsubscribed(survivor: Person, merged: Any) -> None:
    """Who wants no mail under one of two addresses wants none."""
    moments = [m for m in (survivor.unsubscribed_at, merged.unsubscribed_at) if m]
    survivor.unsubscribed_at = min(moments, default=None)


def _part_from_hands(survivor: Thing, merged: Thing, taken: Collection[str]) -> list[Step]:
    """Set aside what people told by hand of values that are not kept."""
    told = SourcedValue.objects.filter(model=model_name(survivor), source=Source.BY_HAND)
    rows = [*told.filter(row=merged.pk), *told.filter(row=survivor.pk, field__in=taken)]
    return [set_aside(row) for row in rows]


def _remember_names(survivor: Organisation, both: tuple[Mapping[str, Any], ...]) -> list[Step]:
    """What is not kept of the two names and numbers becomes another name, an earlier number."""
    steps = []
    today = timezone.localdate()
    for values in both:
        name, number = values["name"], values["number"]
        if name != survivor.name and not survivor.other_names.filter(name=name).exists():
            row = OrganisationName(organisation=survivor, name=name, used_to=today)
            row.save()
            steps.append(made(row))
        if (
            number
            and number != survivor.number
            and not survivor.former_numbers.filter(number=number).exists()
        ):
            former = FormerNumber(organisation=survivor, number=number, used_to=today)
            former.save()
            steps.append(made(former))
    return steps


def _lead_on(key: UUID, survivor: UUID) -> list[Step]:
    """What was merged into the merged one leads to the survivor now."""
    steps: list[Step] = []
    for row in Merge.objects.filter(survivor=key, undone_at=None):
        row.survivor = survivor
        row.save(update_fields=["survivor"])
        steps.append(
            {
                "do": "moved",
                "model": "register.merge",
                "row": str(row.pk),
                "before": {"survivor": str(key)},
                "after": {"survivor": str(survivor)},
            }
        )
    return steps


def tell_apart(left: Organisation, right: Organisation, *, by: User) -> NotTheSame:
    """Remember that two organisations are two, so that no scan proposes them again."""
    first, second = sorted((left, right), key=lambda row: row.pk)
    with acting(by, "organisation.told_apart"):
        row = NotTheSame.objects.filter(left=first, right=second).first()
        if row is None:
            row = NotTheSame(left=first, right=second)
            row.save()
        _proposals_of(first, second).update(state=DuplicateProposal.State.APART)
    return row


def forget_apart(left: Organisation, right: Organisation, *, by: User) -> None:
    """Take back that two organisations are two."""
    with acting(by, "organisation.apart_undone"), transaction.atomic():
        for row in NotTheSame.objects.filter(left__in=(left, right), right__in=(left, right)):
            row.delete()
        _proposals_of(left, right).update(state=DuplicateProposal.State.OPEN)


def _proposals_of(left: Organisation, right: Organisation) -> Any:
    return DuplicateProposal.objects.filter(left__in=(left, right), right__in=(left, right))
