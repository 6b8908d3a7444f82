"""Administration: the accounts, for administrators."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core import services
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import User
from klustermotor.core.toasts import say

COLUMNS = [
    Column(
        "name",
        gettext_lazy("Name"),
        str,
        sort="name",
        url=lambda user: reverse("user", args=[user.pk]),
    ),
    Column("email", gettext_lazy("E-mail"), lambda user: user.email, sort="email"),
    Column("administrator", gettext_lazy("Administrator"), lambda user: user.is_administrator),
    Column("active", gettext_lazy("Active"), lambda user: user.is_active),
    Column("last_login", gettext_lazy("Last login"), lambda user: user.last_login),
]


class UserForm(forms.ModelForm):
    """What an administrator decides about an account."""

    class Meta:
        model = User
        fields = ["name", "email", "language", "is_administrator", "is_active"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this e-mail address."))
        return email

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.instance.pk == self.by.pk:
            for field in ("is_administrator", "is_active"):
                if not values.get(field):
                    self.add_error(field, _("You cannot take this from yourself."))
        return values


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let administrators in only; others see why they may not."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("core.administer"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
def listing(request: HttpRequest) -> HttpResponse:
    """All accounts."""
    users = User.objects.all()
    order = order_of(request, COLUMNS, default="name")
    if file := exported(request, users, COLUMNS, order, "users"):
        return file
    page = list_page(request, users, COLUMNS, order)
    return render(request, "core/users/list.html", {"page": page})


@for_administrators
def edit(request: HttpRequest, user_id: int | None = None) -> HttpResponse:
    """Add an account, or change one."""
    account = get_object_or_404(User, pk=user_id) if user_id else User()
    form = UserForm(request.POST or None, instance=account, by=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_user(form.save(commit=False), by=request.user)
        say(request, _("Saved."))
        return redirect("users")
    return render(request, "core/users/edit.html", {"form": form, "account": account})
