"""Every call says which rule it stands under and which scope its key must hold."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

Call = Callable[..., Any]


def call(
    permission: str, scope: str, find: Callable[..., Any] | None = None
) -> Callable[[Call], Call]:
    """Let in only a key with `scope`, and only where `permission` holds for its user.

    `find(user, …)` takes some of the address's values and returns what the rule is about, or
    raises Http404 for what the user does not see; the call then gets that as its second argument
    instead of those values. An empty `scope` is for what every key may ask.
    """
    taken = list(inspect.signature(find).parameters.values())[1:] if find else []

    def decorate(view: Call) -> Call:
        @wraps(view)
        def checked(request: HttpRequest, **values: Any) -> Any:
            if scope and scope not in request.auth.scopes:  # type: ignore[attr-defined]
                raise PermissionDenied(f"The key lacks the scope {scope}.")
            about = {one.name: values.pop(one.name) for one in taken}
            found = find(request.user, **about) if find else None
            if not request.user.has_perm(permission, found):
                raise PermissionDenied("The key's user may not do this.")
            return view(request, found, **values) if find else view(request, **values)

        asked = list(inspect.signature(view).parameters.values())
        rest = asked[2:] if find else asked[1:]
        checked.__signature__ = inspect.Signature([asked[0], *taken, *rest])  # type: ignore[attr-defined]
        checked.permission, checked.scope = permission, scope  # type: ignore[attr-defined]
        return checked

    return decorate
