"""Two that are one: choose the other, choose what is kept, merge, undo."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.merging import CannotMergeError, CannotUndoMergeError, preview
from klustermotor.core.toasts import fail, say
from klustermotor.register.models import Merge, Organisation, Person
from klustermotor.register.queries import merging as queries
from klustermotor.register.queries.organisation import organisation_of
from klustermotor.register.queries.people import person_of
from klustermotor.register.services.merging import merge, undo_merge, why_not
from klustermotor.register.views.shared import Thing, address_of

COLUMNS = [
    Column(
        "name",
        gettext_lazy("Merged"),
        lambda row: row.merged_name,
        url=lambda row: reverse("merge", kwargs={"merge": row.pk}),
    ),
    Column("at", gettext_lazy("When"), lambda row: row.at, sort="at"),
    Column("by", gettext_lazy("By"), lambda row: row.by or ""),
    Column("undone", gettext_lazy("Undone"), lambda row: row.undone_at),
]


@requires("register.change", organisation_of)
def choose_company(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Which other organisation is the same as this one?"""
    likely = queries.proposed_with(company, request.user)
    return _choose(request, company, [(row, queries.percent(p)) for row, p in likely])


@requires("register.change", person_of)
def choose_person(request: HttpRequest, person: Person) -> HttpResponse:
    """Which other person is the same as this one?"""
    return _choose(request, person, [])


def _choose(request: HttpRequest, thing: Thing, likely: list[tuple[Any, int]]) -> HttpResponse:
    text = request.GET.get("text", "").strip().replace("\0", "")
    found = queries.others_like(thing, text, request.user) if len(text) > 1 else []
    context = {
        **_about(thing),
        "likely": [(row, percent, _merge_url(thing, row)) for row, percent in likely],
        "found": [(row, _merge_url(thing, row)) for row in found],
        "text": text,
    }
    return render(request, "register/merge_choose.html", context)


@requires("register.change", organisation_of)
def merge_companies(request: HttpRequest, company: Organisation, other: UUID) -> HttpResponse:
    """Two organisations side by side."""
    return _side_by_side(request, company, other)


@requires("register.change", person_of)
def merge_people(request: HttpRequest, person: Person, other: UUID) -> HttpResponse:
    """Two people side by side."""
    return _side_by_side(request, person, other)


def _side_by_side(request: HttpRequest, thing: Thing, other: UUID) -> HttpResponse:
    kept, gone = queries.two_of(type(thing), thing.pk, other, request.user)
    if not request.user.has_perm("register.change", gone):
        raise PermissionDenied
    choices = queries.choices(kept, gone)
    if request.method == "POST":
        taken = [one.name for one in choices if request.POST.get(one.name) == "other"]
        try:
            record = merge(kept, gone, taken, by=request.user)
        except CannotMergeError as error:
            fail(request, _cannot(error))
        else:
            say(
                request,
                _("“%(name)s” is a part of this one now.") % {"name": record.merged_name},
                undo=reverse("merge_undo", kwargs={"merge": record.pk}),
            )
            return redirect(address_of(kept))
    context = {
        **_about(kept),
        "kept": kept,
        "other": gone,
        "other_url": address_of(gone),
        "turned": _merge_url(gone, kept),
        "differing": [one for one in choices if one.differ],
        "same": [one for one in choices if not one.differ],
        "moving": preview(gone, kept),
    }
    return render(request, "register/merge.html", context)


@requires("register.change")
def merges(request: HttpRequest) -> HttpResponse:
    """What has been merged, newest first."""
    rows = queries.merges()
    order = order_of(request, COLUMNS, default="-at")
    if file := exported(request, rows, COLUMNS, order, "merges"):
        return file
    page = list_page(request, rows, COLUMNS, order)
    return render(request, "register/merges.html", {"page": page})


@requires("register.change", queries.merge_of)
def show(request: HttpRequest, record: Merge) -> HttpResponse:
    """One merge: what moved, and the way back or why there is none."""
    thing = getattr(record, record.model)
    context = {
        **_about(thing),
        "record": record,
        "moved": queries.moved_in_words(record),
        "reasons": [] if record.undone_at else why_not(record),
    }
    return render(request, "register/merge_record.html", context)


@requires("register.change", queries.merge_of)
@require_POST
def undo(request: HttpRequest, record: Merge) -> HttpResponse:
    """Make two of them again."""
    try:
        thing = undo_merge(record, by=request.user)
    except CannotUndoMergeError as error:
        fail(request, _("The merge cannot be undone. %(why)s") % {"why": " ".join(error.reasons)})
        return redirect("merge", merge=record.pk)
    say(request, _("The merge is undone. “%(name)s” is back.") % {"name": thing})
    return redirect(address_of(thing))


def _about(thing: Thing) -> dict[str, Any]:
    return {
        "thing": thing,
        "thing_url": address_of(thing),
        "is_person": isinstance(thing, Person),
    }


def _merge_url(kept: Thing, other: Thing) -> str:
    if isinstance(kept, Organisation):
        return reverse("company_merge_with", kwargs={"organisation": kept.pk, "other": other.pk})
    return reverse("person_merge_with", kwargs={"person": kept.pk, "other": other.pk})


def _cannot(error: CannotMergeError) -> str:
    return _(
        "They cannot be merged: both have the same %(what)s, and other things hang on both of "
        "them. Remove one of the two first."
    ) % {"what": error.what}
