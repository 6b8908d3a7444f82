"""Questionnaires: the list, one to read, its file, a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.formats.errors import InputError
from klustermotor.formats.questionnaire import write_questionnaire
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.surveys import queries, services
from klustermotor.surveys.carried import Carried, from_limesurvey
from klustermotor.surveys.forms import BareFileForm, InstrumentFileForm
from klustermotor.surveys.models import Instrument
from klustermotor.surveys.reading import readable
from klustermotor.surveys.wizard import corrections
from klustermotor.surveys.wizard.build import built
from klustermotor.surveys.wizard.draft import Draft, draft_from, packed, unpacked
from klustermotor.surveys.wizard.fields import drawn


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
    return _yaml(instrument.yaml, f"{instrument.slug}-{instrument.version}.yaml")


def _yaml(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires("surveys.add_instrument")
def create(request: HttpRequest) -> HttpResponse:
    """A new questionnaire, or a new version of one, from its YAML or from LimeSurvey."""
    form = InstrumentFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.name.lower().endswith(".lss"):
                carried = from_limesurvey(file)
            else:
                carried = Carried(file.read(2 * 2**20).decode("utf-8-sig"), ())
            instrument = services.save_instrument(carried.yaml, file.name)
        except UnicodeDecodeError:
            form.add_error("file", _("This is not text in UTF-8. Save it as UTF-8 and try again."))
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        else:
            if carried.not_carried:
                context = {"instrument": instrument, "rows": carried.rows()}
                return render(request, "surveys/not_carried.html", context)
            say(request, _("The questionnaire is ready to be used."))
            return redirect("instrument", slug=instrument.slug, version=instrument.version)
    return render(request, "surveys/instrument_new.html", {"form": form})


@requires("surveys.add_instrument")
def propose(request: HttpRequest) -> HttpResponse:
    """The column wizard: a bare file in, a proposed questionnaire to correct, then kept."""
    if "draft" in request.POST:
        return _correct(request)
    form = BareFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft = draft_from(data["file"], data["title"])
        except InputError as error:
            for fault in error.faults:
                form.add_error("file", fault.text(language()))
        else:
            return _draft_page(request, draft, {})
    return render(request, "surveys/propose.html", {"form": form})


def _correct(request: HttpRequest) -> HttpResponse:
    draft = unpacked(request.POST["draft"])
    if draft is None:
        say(request, _("The form is too old. Begin with the file again."))
        return redirect("instrument_propose")
    faults = corrections.corrected(draft, request.POST)
    wish = request.POST.get("do")
    if faults or wish not in ("keep", "download"):
        return _draft_page(request, draft, faults)
    made = built(draft)
    yaml = write_questionnaire(made.questionnaire)
    if wish == "download":
        return _yaml(yaml, f"{made.questionnaire.id}.yaml")
    try:
        instrument = services.save_instrument(yaml, columns=made.columns, keep=made.keep)
    except InputError as error:
        return _draft_page(request, draft, {"": " ".join(f.text(language()) for f in error.faults)})
    say(request, _("The questionnaire is ready to be used."))
    return redirect("instrument", slug=instrument.slug, version=instrument.version)


def _draft_page(request: HttpRequest, draft: Draft, faults: dict[str, str]) -> HttpResponse:
    context = {
        "draft": draft,
        "packed": packed(draft),
        "shown": drawn(draft, faults),
        "faults": faults,
        "doubts": draft.doubts_in(language()),
        "yaml": "" if faults else write_questionnaire(built(draft).questionnaire),
    }
    return render(request, "surveys/draft.html", context, status=422 if faults else 200)
