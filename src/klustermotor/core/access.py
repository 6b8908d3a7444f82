"""Every view says which rule it stands under; tests walk all addresses and look for it."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def requires(permission: str, find: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let in only those for whom the rule `permission` holds.

    `find` takes some of the address's values and returns what the rule is about (or raises
    Http404); the view then gets that as its second argument instead of those values. Visitors
    who are not logged in are sent to do so before anything is looked up.
    """
    taken = list(inspect.signature(find).parameters) if find else []

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **values: Any) -> HttpResponse:
            if not request.user.is_authenticated and getattr(request, "htmx", False):
                # Part of a page must not become the login page; the script keeps what was typed.
                return HttpResponse(status=401)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found = find(**{name: values.pop(name) for name in taken}) if find else None
            if not request.user.has_perm(permission, found):
                raise PermissionDenied
            return view(request, found, **values) if find else view(request, **values)

        checked.permission = permission
        return checked

    return decorate


def open_to_anyone(view: View) -> View:
    """Say that a page is public: no log-in, and what it shows depends on its address alone."""
    view.permission = "public"
    return view
