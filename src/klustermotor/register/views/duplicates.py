"""Likely duplicates: search for them, and answer each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.jobs import enqueue
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import say
from klustermotor.register.models import DuplicateProposal
from klustermotor.register.queries.merging import (
    latest_search,
    percent,
    proposal_of,
    proposals_for,
    waterfall,
)
from klustermotor.register.services.merging import forget_apart, tell_apart

PER_PAGE = 20
COLUMNS = [
    Column("one", gettext_lazy("One"), lambda row: row.left.name),
    Column("other", gettext_lazy("The other"), lambda row: row.right.name),
    Column(
        "probability",
        gettext_lazy("Probability"),
        lambda row: round(row.probability, 3),
        sort="probability",
        number=True,
    ),
    Column("found", gettext_lazy("Found"), lambda row: row.found_at, sort="found_at"),
]


@requires("register.change")
def listing(request: HttpRequest) -> HttpResponse:
    """The pairs that the last search found alike, the likeliest first."""
    rows = proposals_for(request.user)
    order = order_of(request, COLUMNS, default="-probability")
    if file := exported(request, rows, COLUMNS, order, "duplicates"):
        return file
    page = list_page(request, rows, COLUMNS, order, per_page=PER_PAGE)
    context = {
        "page": page,
        "pairs": [(row, waterfall(row), percent(row.probability)) for row in page.objects],
        "search": latest_search(request.user),
        "sorts": [
            ("-probability", _("Likeliest first")),
            ("probability", _("Least likely first")),
            ("-found", _("Newest first")),
        ],
        "sort": order.text,
    }
    return render(request, "register/duplicates.html", context)


@requires("register.change")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Start a search through the whole register."""
    job = enqueue("register.duplicates", {}, owner=request.user, title=_("Search for duplicates"))
    return redirect("job", job_id=job.pk)


@requires("register.change", proposal_of)
@require_POST
def apart(request: HttpRequest, proposal: DuplicateProposal) -> HttpResponse:
    """The two are not the same, and are not proposed again."""
    tell_apart(proposal.left, proposal.right, by=request.user)
    say(
        request,
        _("“%(one)s” and “%(other)s” are not proposed again.")
        % {"one": proposal.left, "other": proposal.right},
        undo=reverse("duplicate_reopen", kwargs={"proposal": proposal.pk}),
    )
    return redirect("duplicates")


@requires("register.change", proposal_of)
@require_POST
def reopen(request: HttpRequest, proposal: DuplicateProposal) -> HttpResponse:
    """Take the answer back."""
    forget_apart(proposal.left, proposal.right, by=request.user)
    say(request, _("The pair waits for an answer again."))
    return redirect("duplicates")
