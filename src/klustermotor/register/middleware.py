"""What the register does around every request."""

import re
from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from klustermotor.core.toasts import fail
from klustermotor.register.rules import is_former_contact

Handler = Callable[[HttpRequest], HttpResponse]


def out_with_former_contacts(get_response: Handler) -> Handler:
    """Log out whoever was a company's contact and is none any more, whatever ended the role."""

    def handle(request: HttpRequest) -> HttpResponse:
        if is_former_contact(request.user):
            logout(request)
            fail(request, _("You are no longer a contact of a company, and were logged out."))
        return get_response(request)

    return handle


_OF_A_THING = re.compile(
    r"^(?P<place>/(companies|people)/)(?P<key>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?P<rest>/.*)?$"
)


def old_addresses(get_response: Handler) -> Handler:
    """Lead from the address of what was merged to what it is a part of now."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        found = _OF_A_THING.match(request.path)
        if found is None or not request.user.is_authenticated:
            return response
        from klustermotor.register.queries.merging import leads_to

        survivor = leads_to(UUID(found["key"]))
        if survivor is None:
            return response
        return HttpResponseRedirect(f"{found['place']}{survivor}")

    return handle
