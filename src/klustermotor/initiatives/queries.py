"""Every read of initiatives."""

from django.db.models import Count, Max, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from klustermotor.core.models import User
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact
from klustermotor.initiatives.rules import INSIDE, SEES, initiatives_as


def initiatives_for(user: User) -> QuerySet[Initiative]:
    """The initiatives that this user works in: their waves, answers and reports."""
    if user.has_perm("core.administer"):
        return Initiative.objects.all()
    return Initiative.objects.filter(pk__in=initiatives_as(user, INSIDE))


def initiatives_seen_by(user: User) -> QuerySet[Initiative]:
    """The initiatives whose page this user may open: a panel member sees no more of it."""
    if user.has_perm("core.administer"):
        return Initiative.objects.all()
    return Initiative.objects.filter(pk__in=initiatives_as(user, SEES))


def initiative_named(slug: str) -> Initiative:
    """The initiative with this address name; Http404 when there is none."""
    return get_object_or_404(Initiative, slug=slug)


def listed(user: User) -> QuerySet[Initiative]:
    """Initiatives with what the list shows: latest wave, number of people."""
    return initiatives_seen_by(user).annotate(
        latest_wave=Max("waves__name"), n_waves=Count("waves", distinct=True)
    )


def regions(user: User) -> list[str]:
    """The regions to filter by."""
    named = initiatives_seen_by(user).exclude(region="").order_by("region")
    return list(named.values_list("region", flat=True).distinct())


def facts_of(initiative: Initiative) -> QuerySet[InitiativeFact]:
    """The figures of its years, latest first."""
    return initiative.facts.all()


def people_of(initiative: Initiative) -> list[Assignment]:
    """Who works with it, in the order of the roles."""
    order = list(Assignment.Role.values)
    rows = initiative.assignments.select_related("user").order_by("user__name")
    return sorted(rows, key=lambda row: order.index(row.role))


def fact_of(slug: str, fact: str) -> InitiativeFact:
    """One figure of this initiative; Http404 when there is none."""
    found = InitiativeFact.objects.filter(pk=fact, initiative__slug=slug)
    row = found.select_related("initiative").first()
    if row is None:
        raise Http404
    return row
