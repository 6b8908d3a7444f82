"""Answers from a file: upload, look, apply, undo."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.jobs import JobError
from klustermotor.core.toasts import say
from klustermotor.formats.answers import KEYS
from klustermotor.formats.errors import InputError
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.surveys import loading, services
from klustermotor.surveys.forms import AnswerFileForm
from klustermotor.surveys.models import AnswerLoad, Wave
from klustermotor.surveys.queries import questionnaire_of
from klustermotor.surveys.views.waves import wave_of


@requires("surveys.load_answers", wave_of)
def upload(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is written."""
    form = AnswerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            load = loading.stage(wave, form.cleaned_data["file"], by=request.user)
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        else:
            return redirect("load", load=load.pk)
    return render(request, "surveys/upload.html", {"form": form, "wave": wave})


def load_of(load: str) -> AnswerLoad:
    """A file of answers; Http404 when there is none."""
    related = ("wave__initiative", "wave__instrument", "by", "job")
    return get_object_or_404(AnswerLoad.objects.select_related(*related), pk=load)


@requires("surveys.see_load", load_of)
def show(request: HttpRequest, load: AnswerLoad) -> HttpResponse:
    """What the file holds and what it would do; or, once applied, what it did."""
    working = load.job is not None and not load.job.is_over
    preview = load.preview or {}
    ours = [*KEYS[1:], *questionnaire_of(load.wave.instrument).by_name]
    context = {
        "load": load,
        "wave": load.wave,
        "job": load.job,
        "working": working,
        "preview": preview,
        "ours": ours,
        "is_latest": load == load.wave.loads.filter(state="applied").first(),
    }
    if request.htmx and working:
        return render(request, "surveys/working.html", context)
    response = render(request, "surveys/load.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@requires("surveys.see_load", load_of)
def choose(request: HttpRequest, load: AnswerLoad) -> HttpResponse:
    """Say what the file's columns are, and look again."""
    if load.state != AnswerLoad.State.STAGED:
        return redirect("load", load=load.pk)
    known = {*KEYS[1:], *questionnaire_of(load.wave.instrument).by_name}
    columns, keep = {}, []
    for place, column in enumerate((load.preview or {}).get("columns", [])):
        chosen = request.POST.get(f"as-{place}", "")
        if chosen == "keep":
            keep.append(column["name"])
        elif chosen in known:
            if chosen in columns:
                twice = {"name": chosen, "one": columns[chosen], "other": column["name"]}
                say(request, _("%(one)s and %(other)s cannot both be read as %(name)s.") % twice)
                return redirect("load", load=load.pk)
            columns[chosen] = column["name"]
    try:
        loading.choose(load, columns, keep, by=request.user)
    except ValidationError as error:
        say(request, " ".join(error.messages))
    return redirect("load", load=load.pk)


@require_POST
@requires("surveys.see_load", load_of)
def apply(request: HttpRequest, load: AnswerLoad) -> HttpResponse:
    """Write exactly what was shown, in one transaction."""
    if (load.preview or {}).get("faults") or load.state != AnswerLoad.State.STAGED:
        return redirect("load", load=load.pk)
    try:
        loading.apply(load, by=request.user)
    except ValidationError as error:
        say(request, " ".join(error.messages))
        return redirect("load", load=load.pk)
    except JobError as error:
        say(request, str(error))
        return redirect("load", load=load.pk)
    if load.state == AnswerLoad.State.APPLIED:
        undo = reverse("load_undo", kwargs={"load": load.pk})
        say(request, _("The answers are in."), undo=undo)
        return redirect("wave", wave=load.wave_id)
    return redirect("load", load=load.pk)


@require_POST
@requires("surveys.see_load", load_of)
def undo(request: HttpRequest, load: AnswerLoad) -> HttpResponse:
    """Put the answers back to what they were before the file."""
    try:
        services.undo_load(load)
    except ValidationError as error:
        say(request, " ".join(error.messages))
    else:
        say(request, _("The answers are what they were before the file."))
    return redirect("wave", wave=load.wave_id)


@require_POST
@requires("surveys.see_load", load_of)
def discard(request: HttpRequest, load: AnswerLoad) -> HttpResponse:
    """Forget a file that was not applied."""
    if load.state == AnswerLoad.State.STAGED:
        loading.discard(load)
        say(request, _("The file was put aside. Nothing was changed."))
    return redirect("wave", wave=load.wave_id)
