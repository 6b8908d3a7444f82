"""The overview: what a user meets after logging in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klustermotor.core.access import requires
from klustermotor.portal.overview import overview_of


@requires("portal.overview")
def overview(request: HttpRequest) -> HttpResponse:
    """Initiatives, latest waves, what needs attention, reports."""
    user = request.user
    context = {
        "overview": overview_of(user),
        "own_company": user.has_perm("register.own_profile"),
        "reads_register": user.has_perm("register.view"),
    }
    return render(request, "portal/overview.html", context)
