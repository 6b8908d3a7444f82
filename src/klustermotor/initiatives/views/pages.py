"""The list of initiatives, the page of one, and its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import say
from klustermotor.initiatives import queries, services
from klustermotor.initiatives.forms import FactForm, InitiativeForm
from klustermotor.initiatives.models import Initiative, InitiativeFact
from klustermotor.initiatives.panels import panels_of

COLUMNS = [
    Column(
        "name",
        gettext_lazy("Initiative"),
        lambda row: row.name,
        sort="name",
        url=lambda row: reverse("initiative", kwargs={"slug": row.slug}),
    ),
    Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), sort="kind"),
    Column("region", gettext_lazy("Region"), lambda row: row.region, sort="region"),
    Column("owner", gettext_lazy("Owner"), lambda row: row.owner, sort="owner"),
    Column("started", gettext_lazy("Started in"), lambda row: str(row.started or "")),
    Column("waves", gettext_lazy("Waves"), lambda row: row.n_waves, number=True),
    Column("latest", gettext_lazy("Latest wave"), lambda row: row.latest_wave or ""),
]


@requires("initiatives.list")
def listing(request: HttpRequest) -> HttpResponse:
    """The initiatives that the user may look into."""
    region, kind = request.GET.get("region", ""), request.GET.get("kind", "")
    rows = queries.listed(request.user)
    if region:
        rows = rows.filter(region=region)
    if kind:
        rows = rows.filter(kind=kind)
    order = order_of(request, COLUMNS, default="name")
    if file := exported(request, rows, COLUMNS, order, "initiatives"):
        return file
    context = {
        "page": list_page(request, rows, COLUMNS, order),
        "regions": queries.regions(request.user),
        "kinds": Initiative.Kind.choices,
        "region": region,
        "kind": kind,
        "may_create": request.user.has_perm("initiatives.create"),
    }
    return render(request, "initiatives/list.html", context)


@requires("initiatives.view", queries.initiative_named)
def show(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """One initiative: its figures and people, and what the rooms above know of it."""
    context = {
        "initiative": initiative,
        "facts": queries.facts_of(initiative),
        "people": queries.people_of(initiative),
        "panels": panels_of(initiative, request),
        "may_change": request.user.has_perm("initiatives.change", initiative),
        "may_assign": request.user.has_perm("initiatives.assign"),
        "may_evaluate": request.user.has_perm("evaluation.view", initiative),
    }
    return render(request, "initiatives/initiative.html", context)


@requires("initiatives.create")
def create(request: HttpRequest) -> HttpResponse:
    """A new initiative."""
    return _edit(request, None)


@requires("initiatives.change", queries.initiative_named)
def change(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """What is said about an initiative."""
    return _edit(request, initiative)


def _edit(request: HttpRequest, initiative: Initiative | None) -> HttpResponse:
    form = InitiativeForm(request.POST or None, instance=initiative)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        slug = fields.pop("slug")
        if initiative is not None:
            initiative.refresh_from_db()
            saved = services.change_initiative(initiative, by=request.user, slug=slug, **fields)
        else:
            saved = services.save_initiative(slug, by=request.user, **fields)
        say(request, _("Saved."))
        return redirect("initiative", slug=saved.slug)
    return render(request, "initiatives/edit.html", {"form": form, "initiative": initiative})


@requires("initiatives.change", queries.initiative_named)
def add_fact(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """A figure about one of its years."""
    form = FactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.record_fact(initiative, by=request.user, **form.cleaned_data)
        say(request, _("Saved."))
        return redirect("initiative", slug=initiative.slug)
    return render(request, "initiatives/fact.html", {"form": form, "initiative": initiative})


@require_POST
@requires("initiatives.change_fact", queries.fact_of)
def remove_fact(request: HttpRequest, fact: InitiativeFact) -> HttpResponse:
    """Take a figure away, with the way back."""
    slug = fact.initiative.slug
    removed = services.remove_fact(fact, by=request.user)
    undo = reverse("fact_restore", kwargs={"slug": slug, "version": removed})
    say(request, _("The figure was removed."), undo=undo)
    return redirect("initiative", slug=slug)


@require_POST
@requires("initiatives.change", queries.initiative_named)
def restore_fact(request: HttpRequest, initiative: Initiative, version: int) -> HttpResponse:
    """Put a removed figure back."""
    services.restore_fact(initiative, version, by=request.user)
    say(request, _("The figure is back."))
    return redirect("initiative", slug=initiative.slug)
