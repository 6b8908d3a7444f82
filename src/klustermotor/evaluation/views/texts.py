"""Writing in a section: saved while it is typed, never losing what anybody typed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.evaluation import services
from klustermotor.evaluation.contents import TOLD, WRITABLE
from klustermotor.evaluation.models import SectionText
from klustermotor.evaluation.queries import periods_of
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.queries import initiative_named

SECTIONS = {**WRITABLE, **TOLD}
COMMON = {
    "common": gettext_lazy("What the initiatives have in common"),
    "comparison": gettext_lazy("The initiatives compared"),
}


@require_POST
@requires("evaluation.write_process_leader", initiative_named)
def save(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """Save one section of an initiative's text; answers with how it went."""
    section = request.POST.get("section", "")
    if section not in SECTIONS:
        return HttpResponseBadRequest()
    _may_write(request, initiative, section)
    if request.POST.get("period") not in periods_of(initiative):
        return HttpResponseBadRequest()
    return _save(request, initiative, section)


@require_POST
@requires("evaluation.view_round", lambda period: period)
def save_common(request: HttpRequest, period: str) -> HttpResponse:
    """Save one section of a round's common chapter."""
    section = request.POST.get("section", "")
    if section not in COMMON or request.POST.get("period") != period:
        return HttpResponseBadRequest()
    return _save(request, None, section)


def _save(request: HttpRequest, initiative: Initiative | None, section: str) -> HttpResponse:
    version = request.POST.get("version", "")
    language = request.POST.get("language", "")
    if not version.isdecimal() or language not in ("sv", "nb", "en"):
        return HttpResponseBadRequest()
    saving = services.save_text(
        initiative,
        request.POST["period"],
        section,
        language,
        request.POST.get("text", "").replace("\0", ""),
        by=request.user,
        base_version=int(version),
    )
    if not request.htmx:
        if saving.refused is None:
            say(request, _("Saved."))
        else:
            say(request, _("Someone else has saved since. Your text is in the history."))
        return redirect(_back(request, initiative, saving.text))
    context = {"text": saving.text, "refused": saving.refused, "section": section}
    return render(request, "evaluation/saved.html", context)


def _may_write(request: HttpRequest, initiative: Initiative, section: str) -> None:
    if section != "process-leader" and not request.user.has_perm("evaluation.write", initiative):
        raise PermissionDenied


def _back(request: HttpRequest, initiative: Initiative | None, text: SectionText) -> str:
    if initiative is None:
        return reverse("round", kwargs={"period": text.period}) + f"#text-{text.section}"
    address = reverse("evaluation", kwargs={"slug": initiative.slug})
    return f"{address}?{urlencode({'wave': text.period, 'section': text.section})}"


def text_of(text: str) -> SectionText:
    """What was written in a section; Http404 when there is none."""
    return get_object_or_404(SectionText.objects.select_related("initiative"), pk=text)


@requires("evaluation.write_text", text_of)
def history(request: HttpRequest, text: SectionText) -> HttpResponse:
    """What the section has said before; any of it can be put back."""
    if request.method == "POST":
        version = request.POST.get("version", "")
        if not version.isdecimal() or not text.history.filter(history_id=version).exists():
            raise Http404
        services.restore_text(text, int(version), by=request.user)
        say(request, _("The earlier text is back."))
        return redirect(_back(request, text.initiative, text))
    context = {
        "text": text,
        "initiative": text.initiative,
        "title": SECTIONS.get(text.section, text.section),
        "back": _back(request, text.initiative, text),
        "versions": text.history.select_related("history_user").all()[:200],
    }
    return render(request, "evaluation/history.html", context)
