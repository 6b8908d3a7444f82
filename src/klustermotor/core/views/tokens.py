"""A user's keys to the API: those there are, making one, revoking one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.api.keys import make_token, revoke_token
from klustermotor.core.api.scopes import scopes
from klustermotor.core.models import ApiToken
from klustermotor.core.toasts import say

DAYS = [
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (365, gettext_lazy("a year")),
]


class TokenForm(forms.Form):
    """What a new key is for, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Such as the program that will use it."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May be used for"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"), choices=DAYS, coerce=int, initial=90
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted: Any = self.fields["scopes"]
        wanted.choices = [(name, label) for name, label in scopes().items()]


@never_cache
@requires("core.use")
def listing(request: HttpRequest) -> HttpResponse:
    """The user's keys; one that was just made is shown this once."""
    form = TokenForm(request.POST or None)
    shown: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        token, key = make_token(request.user, **form.cleaned_data)
        shown = {"made": token, "key": key}
        form = TokenForm()
    tokens = request.user.api_tokens.all()
    labels = scopes()
    for token in tokens:
        token.labels = [labels.get(name, name) for name in token.scopes]
    context = {"form": form, "tokens": tokens, **shown}
    return render(request, "core/account/tokens.html", context)


def token_of(token: str) -> ApiToken:
    """The key with this number; Http404 when there is none."""
    return get_object_or_404(ApiToken, pk=token)


@require_POST
@requires("core.revoke_token", token_of)
def revoke(request: HttpRequest, token: ApiToken) -> HttpResponse:
    """Let a key work no longer."""
    revoke_token(token, by=request.user)
    say(request, _("The key no longer works."))
    return redirect("tokens")
