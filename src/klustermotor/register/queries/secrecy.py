"""What may not be told: every list, page, search, export and call asks here.

    rows = visible_to(Organisation.objects.all(), user)

A mark hides the row that carries it, and what hangs on it: who does not see an organisation sees
none of its establishments, roles and notes. Rooms above say what hangs on what by `hides_with`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet, UUIDField
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    EstablishmentYear,
    FormerNumber,
    LegalBasis,
    Note,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    SecrecyMark,
    ValueChainPosition,
    YearlyFact,
)

Row = TypeVar("Row", bound=Model)

_above: dict[type[Model], dict[str, type[Model]]] = {}


def hides_with(model: type[Model], **above: type[Model]) -> None:
    """Say that rows of `model` are hidden with what they hang on: ``organisation=Organisation``.

    A longer path is written as in a filter: ``establishment__organisation=Organisation``.
    """
    _above.setdefault(model, {}).update(above)


for hanging in (
    Establishment,
    FormerNumber,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    ValueChainPosition,
    YearlyFact,
):
    hides_with(hanging, organisation=Organisation)
hides_with(EstablishmentYear, establishment=Establishment, establishment__organisation=Organisation)
hides_with(PersonRole, organisation=Organisation, person=Person)
hides_with(Note, organisation=Organisation, person=Person)
hides_with(LegalBasis, person=Person)


def standing_marks() -> QuerySet[SecrecyMark]:
    """Marks that hold today."""
    return SecrecyMark.objects.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))


def closed_to(user: User, model: type[Model]) -> QuerySet[SecrecyMark]:
    """The keys of the rows of `model` that a mark hides from this user."""
    marks = standing_marks().filter(model=model._meta.label_lower)
    if getattr(user, "pk", None) is not None:
        marks = marks.exclude(pk__in=marks.filter(readers=user.pk).values("pk"))
    return marks.values("row")


def visible_to(rows: QuerySet[Row], user: User) -> QuerySet[Row]:
    """Those of the rows that no secrecy mark hides from this user.

    Confidential notes are left out too, but for their writers and those they name.
    """
    if rows.model is Note:
        rows = rows.filter(pk__in=_notes_open_to(user)) if user.is_authenticated else rows.none()
    if user.is_authenticated and user.has_perm("register.see_secret"):
        return rows
    hidden = Q()
    if isinstance(rows.model._meta.pk, UUIDField):  # a mark names no other rows, as an industry
        hidden = Q(pk__in=closed_to(user, rows.model))
    for path, model in _above.get(rows.model, {}).items():
        beyond = Q(**{f"{path}__in": closed_to(user, model)})
        hidden |= beyond & Q(**{f"{path}__isnull": False})
    return rows.exclude(hidden) if hidden else rows


def _notes_open_to(user: User) -> QuerySet[Any]:
    return (
        Note.objects.filter(Q(is_confidential=False) | Q(by=user.pk) | Q(readers=user.pk))
        .values("pk")
        .distinct()
    )


def may_see(thing: Model, user: User) -> bool:
    """Whether no mark, on the row or on what it hangs on, hides it from this user."""
    return visible_to(type(thing)._default_manager.filter(pk=thing.pk), user).exists()


def marks_on(thing: Model) -> QuerySet[SecrecyMark]:
    """The marks that a row carries today, to be shown on it."""
    return standing_marks().filter(model=thing._meta.label_lower, row=thing.pk)


def marked_among(things: Iterable[Model]) -> dict[Any, list[SecrecyMark]]:
    """The marks that rows of one list carry, by key: one query for the whole page."""
    rows = list(things)
    if not rows:
        return {}
    found: dict[Any, list[SecrecyMark]] = {}
    marks = standing_marks().filter(
        model=rows[0]._meta.label_lower, row__in=[row.pk for row in rows]
    )
    for mark in marks:
        found.setdefault(mark.row, []).append(mark)
    return found


def withheld(model: type[Model], keys: Sequence[Any]) -> dict[Any, str]:
    """Which of these rows may not be told even to the person, and by which legal ground.

    A mark on the person protects them against others, and keeps nothing from themselves.
    """
    if model is Person or not isinstance(model._meta.pk, UUIDField):
        return {}
    marks = standing_marks().filter(model=model._meta.label_lower, row__in=list(keys))
    return {mark.row: mark.legal_ground for mark in marks}


def marked_names() -> dict[Any, str]:
    """What carries each mark, by the mark's key: one query per table that has marks."""
    by_model: dict[str, dict[Any, list[Any]]] = {}
    for key, label, row in SecrecyMark.objects.values_list("pk", "model", "row"):
        by_model.setdefault(label, {}).setdefault(row, []).append(key)
    found: dict[Any, str] = {}
    for label, marks in by_model.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            continue
        for row in model._base_manager.filter(pk__in=list(marks)):
            name = f"{model._meta.verbose_name}: {row}"[:80]
            found |= dict.fromkeys(marks[row.pk], name)
    return found
