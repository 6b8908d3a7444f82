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
from klustermotor.evaluation.proofreading import Figures, figures_beside, proof_of
from klustermotor.evaluation.queries import is_round, periods_of
from klustermotor.evaluation.views.remarks import Refusal, shown_proof
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
    period = request.POST.get("period", "")
    if period not in periods_of(initiative) or "\0" in section:  # PostgreSQL takes no NUL
        return HttpResponseBadRequest()
    there = initiative.texts.filter(section=section, period=period)
    if section not in SECTIONS and not there.exists():
        return HttpResponseBadRequest()
    _may_write(request, initiative, section)
    return _save(request, initiative, section)


@require_POST
@requires("evaluation.view_round", lambda period: period)
def save_common(request: HttpRequest, period: str) -> HttpResponse:
    """Save one section of a round's common chapter."""
    section = request.POST.get("section", "")
    if section not in COMMON or request.POST.get("period") != period or not is_round(period):
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
    figures = figures_beside(initiative, saving.text.period, language)
    refusal = _act(request, saving.text, figures) if saving.refused is None else None
    if not request.htmx:
        if saving.refused is not None:
            say(request, _("Someone else has saved since. Your text is in the history."))
        elif refusal is not None:
            say(request, refusal.message)
        else:
            say(request, _("Saved."))
        return redirect(address_of(saving.text))
    proof = proof_of(saving.text, figures, typed=saving.refused)
    typed = saving.text.text if saving.refused is None else saving.refused
    context = {
        "text": saving.text,
        "refused": saving.refused,
        "name": section,
        "save_url": request.path,
        "language": language,
        "proof": shown_proof(proof, typed, figures, refusal),
    }
    return render(request, "evaluation/saved.html", context)


def _act(request: HttpRequest, text: SectionText, figures: Figures) -> Refusal | None:
    """Do what a button in the list of faults asks for; what was missing if it cannot be done.

    A fault that the text as it was sent no longer has is left alone.
    """
    asked = request.POST
    if "take_back" in asked:
        override = text.overrides.filter(fingerprint=asked["take_back"]).first()
        if override is not None:
            services.take_back_override(override, by=request.user)
    fingerprint = asked.get("use") or asked.get("keep") or ""
    remark = proof_of(text, figures).remark(fingerprint) if fingerprint else None
    if remark is None:
        return None
    if "use" in asked and remark.wording:
        services.use_wording(text, remark, by=request.user)
        return None
    reason = next(filter(None, asked.getlist(f"reason-{fingerprint}")), "")
    try:
        services.override_fault(text, remark, reason, by=request.user)
    except ValueError as error:
        return Refusal(fingerprint, str(error))
    return None


def _may_write(request: HttpRequest, initiative: Initiative, section: str) -> None:
    if section != "process-leader" and not request.user.has_perm("evaluation.write", initiative):
        raise PermissionDenied


def address_of(text: SectionText) -> str:
    """The page where the text is written."""
    if text.initiative is None:
        return reverse("round", kwargs={"period": text.period}) + f"#text-{text.section}"
    address = reverse("evaluation", kwargs={"slug": text.initiative.slug})
    query = urlencode({"wave": text.period, "section": text.section})
    return f"{address}?{query}#text-{text.section}"


def title_of(text: SectionText) -> str:
    """What the section is called."""
    return str({**SECTIONS, **COMMON}.get(text.section, text.section))


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
        return redirect(address_of(text))
    context = {
        "text": text,
        "initiative": text.initiative,
        "title": title_of(text),
        "back": address_of(text),
        "versions": text.history.select_related("history_user").all()[:200],
    }
    return render(request, "evaluation/history.html", context)
