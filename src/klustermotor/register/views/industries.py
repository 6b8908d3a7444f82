"""Browse the classification of industries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klustermotor.core.access import requires
from klustermotor.register.models import Industry
from klustermotor.register.queries import industries


@requires("register.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The sections and divisions of a standard, or the industries that fit a text."""
    loaded = industries.standards()
    standard = request.GET.get("standard", "")
    if standard not in loaded:
        standard = loaded[0] if loaded else ""
    text = request.GET.get("text", "").replace("\0", "").strip()[:100]
    context = {
        "standards": [(value, dict(Industry.Standard.choices)[value]) for value in loaded],
        "standard": standard,
        "text": text,
        "found": industries.find(text, standard) if text else [],
        "sections": industries.sections_of(standard) if standard and not text else [],
    }
    return render(request, "register/industries.html", context)


@requires("register.view", industries.industry_of)
def show(request: HttpRequest, industry: Industry) -> HttpResponse:
    """An industry: its parts, what it is in other versions, and the organisations in it."""
    count, more = industries.count_in(industry, request.user)
    context = {
        "industry": industry,
        "above": industries.above(industry),
        "parts": industry.parts.order_by("code"),
        "bridges": industries.bridges_of(industry),
        "count": count,
        "more": more,
    }
    return render(request, "register/industry.html", context)


@requires("register.view")
def options(request: HttpRequest) -> HttpResponse:
    """Industries whose code or title fits what is typed, for a field that offers them."""
    text = request.GET.get(request.GET.get("field", ""), "").replace("\0", "").strip()[:100]
    found = industries.find(text)[:12] if text else []
    offers = [(row.pk, f"{row.get_standard_display()} {row}") for row in found]
    return render(request, "register/forms/offers.html", {"offers": offers})
