"""Waves: the list, one wave with its numbers and files, what is said of it."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.toasts import say
from klustermotor.formats.errors import InputError
from klustermotor.formats.totals import read_frame
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.queries import initiative_named, initiatives_for
from klustermotor.initiatives.templatetags.figures import language, percent
from klustermotor.surveys import queries, services
from klustermotor.surveys.forms import AnswerFileForm, FrameFileForm, WaveForm
from klustermotor.surveys.models import Wave
from klustermotor.surveys.uploads import on_disk

COLUMNS = [
    Column(
        "wave",
        gettext_lazy("Wave"),
        lambda wave: wave.name,
        sort="name",
        url=lambda wave: reverse("wave", kwargs={"wave": wave.pk}),
    ),
    Column(
        "initiative", gettext_lazy("Initiative"), lambda w: w.initiative.name, "initiative__name"
    ),
    Column("state", gettext_lazy("State"), lambda wave: wave.get_state_display()),
    Column("invited", gettext_lazy("Invited"), lambda wave: wave.invited, number=True),
    Column("answered", gettext_lazy("Answered"), lambda wave: wave.n_answers, number=True),
    Column(
        "rate",
        gettext_lazy("Response rate"),
        lambda wave: percent(wave.n_answers / wave.invited) if wave.invited else "–",
        number=True,
    ),
    Column("instrument", gettext_lazy("Questionnaire"), lambda wave: str(wave.instrument)),
]


@requires("surveys.list")
def listing(request: HttpRequest) -> HttpResponse:
    """The waves of the initiatives that the user looks into, latest first."""
    ids = initiatives_for(request.user).values_list("pk", flat=True)
    rows = queries.waves_with_answers(ids)
    order = order_of(request, COLUMNS, default="-wave")
    if file := exported(request, rows, COLUMNS, order, "waves"):
        return file
    page = list_page(request, rows, COLUMNS, order)
    return render(request, "surveys/waves.html", {"page": page})


def wave_of(wave: str) -> Wave:
    """A wave; Http404 when there is none."""
    return get_object_or_404(Wave.objects.select_related("initiative", "instrument"), pk=wave)


@requires("surveys.view_wave", wave_of)
def show(request: HttpRequest, wave: Wave) -> HttpResponse:
    """One wave: its numbers, how it was asked, and the files of answers."""
    answered = wave.answers.count()
    context = {
        "wave": wave,
        "initiative": wave.initiative,
        "answered": answered,
        "response_rate": answered / wave.invited if wave.invited else None,
        "n_frame": queries.frame_size(wave),
        "may_change": request.user.has_perm("surveys.change_wave", wave),
        "may_load": request.user.has_perm("surveys.load_answers", wave),
        "loads": wave.loads.select_related("by")[:20],
        "answer_form": AnswerFileForm(),
        "frame_form": FrameFileForm(prefix="frame"),
    }
    return render(request, "surveys/wave.html", context)


@requires("surveys.create_wave", initiative_named)
def create(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """A new wave of an initiative."""
    return _edit(request, Wave(initiative=initiative))


@requires("surveys.change_wave", wave_of)
def change(request: HttpRequest, wave: Wave) -> HttpResponse:
    """How a wave was asked, and what is known of it."""
    return _edit(request, wave)


def _edit(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = WaveForm(request.POST or None, instance=wave)
    if request.method == "POST" and form.is_valid():
        services.write_wave(form.save(commit=False), by=request.user)
        say(request, _("Saved."))
        return redirect("wave", wave=wave.pk)
    context = {"form": form, "wave": wave, "initiative": wave.initiative}
    return render(request, "surveys/wave_edit.html", context)


@require_POST
@requires("surveys.change_wave", wave_of)
def close(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Take no more answers."""
    services.close_wave(wave, by=request.user)
    undo = reverse("wave_open", kwargs={"wave": wave.pk})
    say(request, _("The wave is closed. Results are shown from all its answers."), undo=undo)
    return redirect("wave", wave=wave.pk)


@require_POST
@requires("surveys.change_wave", wave_of)
def reopen(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Take answers again."""
    services.open_wave(wave, by=request.user)
    undo = reverse("wave_close", kwargs={"wave": wave.pk})
    say(request, _("The wave is open."), undo=undo)
    return redirect("wave", wave=wave.pk)


@require_POST
@requires("surveys.change_wave", wave_of)
def load_frame(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Set who was invited, from a file."""
    form = FrameFileForm(request.POST, request.FILES, prefix="frame")
    if form.is_valid():
        try:
            count = _load_frame(wave, form.cleaned_data["file"])
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        else:
            say(request, _("%(count)s invited units were kept.") % {"count": count})
            return redirect("wave", wave=wave.pk)
    return render(request, "surveys/frame.html", {"form": form, "wave": wave}, status=422)


def _load_frame(wave: Wave, upload: UploadedFile) -> int:
    with on_disk(upload, "frame.csv") as path:
        frame = read_frame(path, wave.initiative.slug, wave.name)
    frame = frame.filter(
        (frame["wave"] == wave.name) & (frame["initiative"] == wave.initiative.slug)
    )
    rows = [{k: v or "" for k, v in row.items()} for row in frame.iter_rows(named=True)]
    services.save_frame(wave, rows)
    return len(rows)
