"""The evaluation of an initiative: one page per section of its report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klustermotor.core.access import requires
from klustermotor.core.models import User
from klustermotor.evaluation import queries
from klustermotor.evaluation.contents import Shown, content_file, shown
from klustermotor.evaluation.proofreading import figures_of
from klustermotor.evaluation.views.remarks import Box, boxes
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.queries import initiative_named
from klustermotor.initiatives.templatetags.figures import language
from klustermotor.report.document import Section
from klustermotor.report.html import style


@requires("evaluation.view", initiative_named)
def page(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """One section of what the report says, with the switches for wave and group."""
    periods = queries.periods_of(initiative)
    if not periods:
        return render(request, "evaluation/empty.html", {"initiative": initiative})
    period = request.GET.get("wave") or periods[-1]
    if period not in periods:
        return redirect("evaluation", slug=initiative.slug)
    try:
        view = shown(initiative, period, language(), request.GET.get("group", ""))
    except ValueError as error:
        return _refused(request, initiative, period, error)
    section = view.section(request.GET.get("section", ""))
    writes = sections_to_write(request.user, initiative, view)
    editing = section.id in writes and not view.group
    html = view.html(section, _base(initiative, period, view), with_prose=not editing)
    context = {
        "initiative": initiative,
        "periods": periods,
        "period": period,
        "view": view,
        "waiting": queries.waiting_in(initiative, period),
        "section": section,
        "tabs": view.tabs(writes),
        "html": mark_safe(html),
        "style": mark_safe(style()),
        "boxes": _boxes(initiative, period, section, view) if editing else [],
        "language": language(),
        "may_build": request.user.has_perm("evaluation.build", initiative),
    }
    return render(request, "evaluation/page.html", context)


def _boxes(initiative: Initiative, period: str, section: Section, view: Shown) -> list[Box]:
    """Where to write: the section itself, and those of its parts that have a text already."""
    texts = queries.texts_of(period, initiative, language())
    parts = {part.id: part.title for part in section.sections if part.id in texts}
    titles = {section.id: _("Your text in this section"), **parts}
    return boxes(titles, texts, figures_of(view.evaluated, language()).about(initiative))


def _refused(
    request: HttpRequest, initiative: Initiative, period: str, error: ValueError
) -> HttpResponse:
    """Why there is nothing to show: numbers that contradict each other."""
    context = {"initiative": initiative, "period": period, "reason": str(error)}
    return render(request, "evaluation/refused.html", context)


def sections_to_write(user: User, initiative: Initiative, view: Shown) -> list[str]:
    """The sections that this user may write in."""
    if user.has_perm("evaluation.write", initiative):
        return list(view.writable)
    if user.has_perm("evaluation.write_process_leader", initiative):
        return ["process-leader"]
    return []


def _base(initiative: Initiative, period: str, view: Shown) -> str:
    address = reverse("evaluation", kwargs={"slug": initiative.slug})
    group = {"group": view.group} if view.group else {}
    return f"{address}?{urlencode({'wave': period, **group})}"


@requires("evaluation.view", initiative_named)
def download(
    request: HttpRequest, initiative: Initiative, content: str, suffix: str
) -> HttpResponse:
    """A table or figure of the page as a file."""
    period = request.GET.get("wave", "")
    try:
        view = shown(initiative, period, language(), request.GET.get("group", ""))
    except ValueError as error:
        raise Http404 from error
    file = content_file(view, content, suffix)
    name = slugify(f"{initiative.slug}-{period}-{content}")
    disposition = f'attachment; filename="{name}.{suffix}"'
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": disposition},
    )
