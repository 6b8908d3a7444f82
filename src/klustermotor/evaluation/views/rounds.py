"""A round: all initiatives of one year, and the chapter they have in common."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from klustermotor.core.access import requires
from klustermotor.evaluation import queries
from klustermotor.evaluation.proofreading import figures_beside
from klustermotor.evaluation.views.remarks import boxes
from klustermotor.evaluation.views.texts import COMMON
from klustermotor.initiatives.templatetags.figures import language


def round_named(period: str) -> str:
    """A year in which somebody was asked; Http404 when there is none."""
    if not queries.is_round(period):
        raise Http404
    return period


@requires("evaluation.view_round", round_named)
def show(request: HttpRequest, period: str) -> HttpResponse:
    """The round's initiatives with response and report, and the common texts."""
    texts = queries.texts_of(period, None, language())
    context = {
        "period": period,
        "rows": queries.round_rows(period),
        "boxes": boxes(COMMON, texts, figures_beside(None, period, language())),
        "language": language(),
        "reports": queries.reports_for(request.user).filter(initiative=None, period=period)[:5],
    }
    return render(request, "evaluation/round.html", context)
