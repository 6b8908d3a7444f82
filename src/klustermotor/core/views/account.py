"""A user's own settings."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from klustermotor.core.access import requires
from klustermotor.core.models import User
from klustermotor.core.services import save_user
from klustermotor.core.toasts import say


class SettingsForm(forms.ModelForm):
    """What users change about themselves."""

    class Meta:
        model = User
        fields = ["name", "language"]


@requires("core.use")
def my_settings(request: HttpRequest) -> HttpResponse:
    """Name and language, and the way to password and second factor."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        save_user(form.save(commit=False), by=request.user)
        translation.activate(form.instance.language)
        say(request, _("Saved."))
        return redirect("my_settings")
    return render(request, "core/account/settings.html", {"form": form})
