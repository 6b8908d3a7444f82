"""What the register's pages have in common: saying what was done with a way back, and forms."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from klustermotor.core.toasts import say
from klustermotor.register.models import Organisation, Person
from klustermotor.register.queries.changes import moment_key, moment_of
from klustermotor.register.services.undoing import CannotUndoError, undo_act

Thing = Organisation | Person


def address_of(thing: Thing) -> str:
    """The page of an organisation or a person."""
    if isinstance(thing, Organisation):
        return reverse("company", kwargs={"organisation": thing.pk})
    return reverse("person", kwargs={"person": thing.pk})


def say_done(request: HttpRequest, thing: Thing, text: str, at: datetime) -> None:
    """Say on the next page what was done, with the button that takes it back."""
    name, word = (
        ("company_undo", "organisation")
        if isinstance(thing, Organisation)
        else ("person_undo", "person")
    )
    undo = reverse(name, kwargs={word: thing.pk, "moment": moment_key(at)})
    say(request, text, undo=undo)


def edit_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    thing: Thing | None = None,
    lead: str = "",
    button: str = "",
    **more: Any,
) -> HttpResponse:
    """A form on a page of its own, under what it belongs to; 422 for one that must be mended."""
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "button": button or _("Save"),
        "thing": thing,
        "thing_url": address_of(thing) if thing else "",
        "is_person": isinstance(thing, Person),
        **more,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "register/edit.html", context, status=status)


def moment_in(moment: int) -> datetime:
    """The moment that an address names; Http404 for none."""
    try:
        return moment_of(moment)
    except OverflowError as error:
        raise Http404 from error


def take_back(
    request: HttpRequest, model: type[Thing], key: Any, moment: int, *, page: str, listing: str
) -> HttpResponse:
    """Take back what one did oneself; to the list when the thing itself is gone by it."""
    try:
        there = undo_act(model, key, moment_in(moment), by=request.user).row is not None
        say(request, _("Taken back."))
    except CannotUndoError as error:
        say(request, _why_not_undone(error))
        there = model.objects.filter(pk=key).exists()
    return redirect(page, key) if there else redirect(listing)


def _why_not_undone(error: CannotUndoError) -> str:
    """Why a change was not taken back, and what to do."""
    return {
        "other": _("This was another's change. Only they can take it back."),
        "changed": _("Something was changed since. Take back the later change first."),
    }.get(error.reason, _("There is nothing to take back."))
