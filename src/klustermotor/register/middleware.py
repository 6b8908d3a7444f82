"""What the register does around every request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
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
