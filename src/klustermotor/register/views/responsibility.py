"""Which users answer for which municipalities: buttons on the administrator's page of a user."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.register.forms.responsibility import DeveloperForm
from klustermotor.register.models import MunicipalDeveloper
from klustermotor.register.services import responsibility


@require_POST
@requires("core.administer")
def make(request: HttpRequest) -> HttpResponse:
    """Give a user a municipality."""
    form = DeveloperForm(request.POST)
    if not form.is_valid():
        return render(request, "register/developer.html", {"form": form}, status=422)
    made = responsibility.make_developer(
        form.cleaned_data["user"], form.cleaned_data["municipality"], by=request.user
    )
    undo = reverse("developer_end", kwargs={"developer": made.pk})
    say(request, _("The municipality was given."), undo=undo)
    return redirect("user", user=made.user_id)


def developer_of(developer: str) -> MunicipalDeveloper:
    """The responsibility with this key; Http404 when there is none."""
    return get_object_or_404(MunicipalDeveloper.objects.select_related("user"), pk=developer)


@require_POST
@requires("core.administer", developer_of)
def end(request: HttpRequest, developer: MunicipalDeveloper) -> HttpResponse:
    """Take a municipality away, with the way back."""
    user = developer.user_id
    removed = responsibility.end_developer(developer, by=request.user)
    undo = reverse("developer_restore", kwargs={"version": removed})
    say(request, _("The municipality was taken away."), undo=undo)
    return redirect("user", user=user)


@require_POST
@requires("core.administer")
def restore(request: HttpRequest, version: int) -> HttpResponse:
    """Give a municipality back that was taken away."""
    restored = responsibility.restore_developer(version, by=request.user)
    say(request, _("The municipality was given."))
    return redirect("user", user=restored.user_id)
