"""Questionnaires: the list, one to read, its file, a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.formats.errors import InputError
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.surveys import queries, services
from klustermotor.surveys.forms import BareFileForm, InstrumentFileForm
from klustermotor.surveys.models import Instrument
from klustermotor.surveys.reading import readable
from klustermotor.surveys.wizard import Proposed, propose_from


@requires("surveys.list")
def listing(request: HttpRequest) -> HttpResponse:
    """Every questionnaire, newest version first."""
    context = {"instruments": queries.instruments()}
    return render(request, "surveys/instruments.html", context)


def instrument_of(slug: str, version: int) -> Instrument:
    """One version of a questionnaire; Http404 when there is none."""
    return get_object_or_404(Instrument, slug=slug, version=version)


@requires("surveys.read_instrument", instrument_of)
def show(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """A questionnaire as a company would read it."""
    blocks = readable(queries.questionnaire_of(instrument), language())
    waves = instrument.waves.select_related("initiative").order_by("-name", "initiative__name")
    context = {"instrument": instrument, "blocks": blocks, "waves": waves}
    return render(request, "surveys/instrument.html", context)


@requires("surveys.read_instrument", instrument_of)
def download(request: HttpRequest, instrument: Instrument) -> HttpResponse:
    """The questionnaire's YAML as it was given."""
    name = f"{instrument.slug}-{instrument.version}.yaml"
    return HttpResponse(
        instrument.yaml,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires("surveys.add_instrument")
def create(request: HttpRequest) -> HttpResponse:
    """A new questionnaire, or a new version of one, from its YAML."""
    form = InstrumentFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = file.read(2 * 2**20).decode("utf-8-sig")
            instrument = services.save_instrument(text, file.name)
        except UnicodeDecodeError:
            form.add_error("file", _("This is not text in UTF-8. Save it as UTF-8 and try again."))
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        else:
            say(request, _("The questionnaire is ready to be used."))
            return redirect("instrument", slug=instrument.slug, version=instrument.version)
    return render(request, "surveys/instrument_new.html", {"form": form})


@requires("surveys.add_instrument")
def propose(request: HttpRequest) -> HttpResponse:
    """The column wizard: a bare file in, a proposed questionnaire to correct, then kept."""
    if "yaml" in request.POST:
        text = request.POST["yaml"].replace("\r\n", "\n")
        try:
            instrument = services.save_instrument(text)
        except InputError as error:
            faults = [fault.text(language()) for fault in error.faults]
            context = {"proposed": Proposed(text, (), ()), "faults": faults}
            return render(request, "surveys/propose.html", context, status=422)
        say(request, _("The questionnaire is ready to be used."))
        return redirect("instrument", slug=instrument.slug, version=instrument.version)
    form = BareFileForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            context["proposed"] = propose_from(data["file"], data["title"], language())
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
    return render(request, "surveys/propose.html", context)
