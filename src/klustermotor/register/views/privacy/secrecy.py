"""Set a secrecy mark, and take it off."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, UUIDField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.privacy.sweep import model_named
from klustermotor.core.toasts import say
from klustermotor.register.forms.privacy import MarkForm
from klustermotor.register.models import SecrecyMark
from klustermotor.register.services.secrecy import lift_mark, mark_secret


def thing_of(model: str, row: UUID) -> Model:
    """Any row that has a key of its own; Http404 when there is none, or no such table."""
    found = model_named(model)
    if found is None or not isinstance(found._meta.pk, UUIDField):
        raise Http404
    return get_object_or_404(found._base_manager, pk=row)


@requires("register.mark_secret", thing_of)
def mark(request: HttpRequest, thing: Model) -> HttpResponse:
    """Set a mark on a row."""
    form = MarkForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            mark_secret(thing, **form.cleaned_data, by=request.user)
            say(request, _("The mark is set. Those without right no longer see it."))
            return redirect("secrecy_marks")
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "thing": thing, "kind": thing._meta.verbose_name}
    return render(request, "register/privacy/mark.html", context)


def mark_of(mark: UUID) -> SecrecyMark:
    """The mark of this key; Http404 when there is none."""
    return get_object_or_404(SecrecyMark, pk=mark)


@require_POST
@requires("register.mark_secret", mark_of)
def lift(request: HttpRequest, one: SecrecyMark) -> HttpResponse:
    """Take a mark off."""
    lift_mark(one, by=request.user)
    say(request, _("The mark is taken off."))
    return redirect("secrecy_marks")
