"""The results page of the search box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klustermotor.core.access import requires
from klustermotor.core.search import search


@requires("core.use")
def results(request: HttpRequest) -> HttpResponse:
    """What is found for ``?q=``, grouped by kind."""
    text = request.GET.get("q", "").strip()[:200]
    groups = search(text, request.user)
    return render(request, "core/search.html", {"search_text": text, "groups": groups})
