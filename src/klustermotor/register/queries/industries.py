"""Reads of the classification of industries."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from klustermotor.core.models import User
from klustermotor.register.models import Industry, IndustryCrosswalk
from klustermotor.register.queries.choices import industry_ranges
from klustermotor.register.queries.listing import organisations_for

FOUND_AT_MOST = 50
COUNT_UP_TO = 10_000


def standards() -> list[str]:
    """The standards of which some industries are loaded."""
    loaded = set(Industry.objects.order_by().values_list("standard", flat=True).distinct())
    return [standard for standard in Industry.Standard.values if standard in loaded]


def sections_of(standard: str) -> QuerySet[Industry]:
    """The sections of a standard with their divisions at hand."""
    rows = Industry.objects.filter(standard=standard, parent__isnull=True)
    return rows.prefetch_related("parts").order_by("code")


def industry_of(industry: str) -> Industry:
    """The industry with this key, ``SNI2007:24``; Http404 when there is none."""
    return get_object_or_404(Industry.objects.select_related("parent__parent__parent"), pk=industry)


def above(industry: Industry) -> list[Industry]:
    """What it is a part of, from the section down."""
    found: list[Industry] = []
    parent = industry.parent
    while parent is not None and parent not in found:
        found.insert(0, parent)
        parent = parent.parent
    return found


def bridges_of(industry: Industry) -> Sequence[tuple[Industry, bool]]:
    """What it is in other versions of the standard, and whether only a part of it."""
    rows = IndustryCrosswalk.objects.filter(Q(old=industry) | Q(new=industry))
    return [
        (row.new if row.old_id == industry.pk else row.old, row.is_partial)
        for row in rows.select_related("old", "new").order_by("old", "new")
    ]


def count_in(industry: Industry, user: User) -> tuple[int, bool]:
    """How many organisations have it, or a part of it, as main industry; whether even more."""
    fits = Q()
    for first, end in industry_ranges(industry.pk):
        fits |= Q(main_industry__gte=first, main_industry__lt=end)
    rows = organisations_for(user).filter(fits, ended__isnull=True)
    count = rows.order_by()[: COUNT_UP_TO + 1].count()
    return min(count, COUNT_UP_TO), count > COUNT_UP_TO


def find(text: str, standard: str = "") -> list[Industry]:
    """Industries by the beginning of the code, or by words of the title in any language."""
    rows = Industry.objects.filter(standard=standard) if standard else Industry.objects.all()
    if text[:1].isdigit() or len(text) == 1:
        return list(rows.filter(code__istartswith=text).order_by("code")[:FOUND_AT_MOST])
    words = text.lower().split()
    found = [
        row
        for row in rows.order_by("standard", "code").iterator()
        if all(word in " ".join(row.titles.values()).lower() for word in words)
    ]
    return found[:FOUND_AT_MOST]
