"""Collections of answers: planned, opened, followed, closed, and their link destroyed."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import fail, say
from klustermotor.initiatives.queries import initiatives_for
from klustermotor.surveys.fieldwork import keys, planning
from klustermotor.surveys.fieldwork.forms import FieldworkForm, PlanForm, TextsForm
from klustermotor.surveys.fieldwork.links import open_token
from klustermotor.surveys.fieldwork.progress import progress_of
from klustermotor.surveys.models import Fieldwork
from klustermotor.surveys.queries import fieldworks_for

COLUMNS = [
    Column(
        "name",
        gettext_lazy("Collection"),
        lambda row: row.name,
        sort="name",
        url=lambda row: f"/surveys/collections/{row.pk}",
    ),
    Column("state", gettext_lazy("State"), lambda row: row.get_state_display()),
    Column("mode", gettext_lazy("Promised"), lambda row: row.get_mode_display()),
    Column("opens", gettext_lazy("Opens"), lambda row: row.opens_on),
    Column("closes", gettext_lazy("Closes"), lambda row: row.closes_on),
    Column("invited", gettext_lazy("Invited"), lambda row: row.n_invited, number=True),
    Column("created", gettext_lazy("Planned"), lambda row: row.created_at, sort="created_at"),
]


def fieldwork_of(fieldwork: str) -> Fieldwork:
    """A fieldwork; Http404 when there is none."""
    return get_object_or_404(Fieldwork, pk=fieldwork)


@requires("surveys.plan_fieldwork")
def listing(request: HttpRequest) -> HttpResponse:
    """The collections of the initiatives that the user evaluates, latest first."""
    rows = fieldworks_for(request.user)
    order = order_of(request, COLUMNS, default="-created")
    if file := exported(request, rows, COLUMNS, order, "collections"):
        return file
    page = list_page(request, rows, COLUMNS, order)
    return render(request, "surveys/fieldwork/list.html", {"page": page})


@requires("surveys.plan_fieldwork")
def plan(request: HttpRequest) -> HttpResponse:
    """A new collection of answers."""
    form = PlanForm(request.POST or None, initiatives=initiatives_for(request.user))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        initiatives, instrument = values.pop("initiatives"), values.pop("instrument")
        keyed, name = values.pop("panel"), values.pop("name")
        try:
            made = planning.plan(
                name, list(initiatives), instrument, by=request.user, keyed=keyed, **values
            )
        except ValidationError as fault:
            form.add_error("name", fault)
        else:
            say(request, _("Planned. Say whom to ask next."))
            return redirect("fieldwork", fieldwork=made.pk)
    return render(request, "surveys/fieldwork/edit.html", {"form": form})


@requires("surveys.run_fieldwork", fieldwork_of)
def show(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """How it is going, and what to do next."""
    waves = list(fieldwork.waves.select_related("initiative", "instrument"))
    context = {
        "fieldwork": fieldwork,
        "waves": waves,
        "progress": progress_of(fieldwork),
        "faults": planning.why_not_open(fieldwork) if fieldwork.state == "planned" else [],
        "has_key": keys.has_fieldwork_key(fieldwork.pk),
        "open_address": _open_address(request, fieldwork),
        "panels": [
            {"initiative": wave.initiative, "here": keys.has_panel_key(wave.initiative_id)}
            for wave in waves
            if wave.keyed
        ],
    }
    return render(request, "surveys/fieldwork/page.html", context)


def _open_address(request: HttpRequest, fieldwork: Fieldwork) -> str:
    if not (fieldwork.open_link and keys.has_fieldwork_key(fieldwork.pk)):
        return ""
    return request.build_absolute_uri(reverse("answer_open", args=[open_token(fieldwork)]))


@requires("surveys.run_fieldwork", fieldwork_of)
def change(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """How it is done; what was promised stays promised."""
    form = FieldworkForm(request.POST or None, instance=fieldwork)
    if request.method == "POST" and form.is_valid():
        before = fieldwork_of(str(fieldwork.pk))
        try:
            planning.change(before, by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            say(request, _("Saved."))
            return redirect("fieldwork", fieldwork=fieldwork.pk)
    return render(request, "surveys/fieldwork/edit.html", {"form": form, "fieldwork": fieldwork})


@requires("surveys.run_fieldwork", fieldwork_of)
def texts(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """What the letters and the first and last page say."""
    form = TextsForm(request.POST or None, fieldwork=fieldwork)
    if request.method == "POST" and form.is_valid():
        planning.change(fieldwork, by=request.user, texts=form.texts())
        say(request, _("Saved."))
        return redirect("letters", fieldwork=fieldwork.pk)
    return render(request, "surveys/fieldwork/texts.html", {"form": form, "fieldwork": fieldwork})


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def open_it(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Let answers in."""
    try:
        planning.open_fieldwork(fieldwork, site=request.build_absolute_uri("/"), by=request.user)
    except ValidationError as fault:
        fail(request, " ".join(fault.messages))
    else:
        say(request, _("It is open. Send the invitations next."))
    return redirect("fieldwork", fieldwork=fieldwork.pk)


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def close_it(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Take no more answers."""
    planning.close_fieldwork(fieldwork, by=request.user)
    say(request, _("It is closed. Results are shown from all its answers."))
    return redirect("fieldwork", fieldwork=fieldwork.pk)


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def forget(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Destroy the link between people and answers for good; its name must be typed."""
    if request.POST.get("name", "").strip() != fieldwork.name:
        fail(request, _("Type the name exactly to destroy the link."))
        return redirect("fieldwork", fieldwork=fieldwork.pk)
    try:
        planning.destroy_link(fieldwork, by=request.user)
    except ValidationError as fault:
        fail(request, " ".join(fault.messages))
    else:
        say(request, _("The link is destroyed. Nobody can tell any more whose answers are whose."))
    return redirect("fieldwork", fieldwork=fieldwork.pk)


@require_POST
@requires("surveys.run_fieldwork", fieldwork_of)
def panel_key(request: HttpRequest, fieldwork: Fieldwork) -> HttpResponse:
    """Take a panel's key away as a file, or bring it back."""
    waves = fieldwork.waves.filter(keyed=True).select_related("initiative")
    slug = request.POST.get("initiative", "")
    wave = next((wave for wave in waves if wave.initiative.slug == slug), None)
    if wave is None:
        raise Http404
    text = request.POST.get("key", "")
    try:
        if text:
            keys.bring_panel_key(wave.initiative_id, text)
            say(request, _("The key is back."))
            return redirect("fieldwork", fieldwork=fieldwork.pk)
        taken = keys.take_panel_key(wave.initiative_id)
    except (ValueError, keys.KeyMissingError) as fault:
        fail(request, str(fault) or _("There is no key here."))
        return redirect("fieldwork", fieldwork=fieldwork.pk)
    response = HttpResponse(f"{taken}\n", content_type="text/plain; charset=utf-8")
    name = f"panel-key-{wave.initiative.slug}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
