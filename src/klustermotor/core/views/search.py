"""The results page of the search box, and what it suggests while somebody writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klustermotor.core.access import requires
from klustermotor.core.search import search, searched

OF_ONE_KIND = 100
SUGGESTED_PER_KIND = 4
SUGGESTED = 8
LETTERS = 200


@requires("core.use")
def results(request: HttpRequest) -> HttpResponse:
    """What is found for ``?q=``, grouped by kind; with ``?kind=`` more of that one."""
    text = request.GET.get("q", "").strip()[:LETTERS]
    kinds = {one.kind: one.label for one in searched()}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    groups = search(text, request.user, **({"kind": kind, "limit": OF_ONE_KIND} if kind else {}))
    context = {"search_text": text, "groups": groups, "kind": kind, "shown": OF_ONE_KIND}
    return render(request, "core/search.html", context)


@requires("core.use")
def suggestions(request: HttpRequest) -> HttpResponse:
    """The best hits for what has been written so far, as options of the box."""
    text = request.GET.get("q", "").strip()[:LETTERS]
    groups, left = [], SUGGESTED
    for group in search(text, request.user, limit=SUGGESTED_PER_KIND):
        if left > 0:
            groups.append({"label": group.label, "hits": group.hits[:left]})
            left -= len(group.hits)
    context = {"search_text": text, "groups": groups, "count": SUGGESTED - max(left, 0)}
    return render(request, "core/frame/suggestions.html", context)
