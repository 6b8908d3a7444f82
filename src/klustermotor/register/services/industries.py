"""What organisations do: their industries in order, the first being the main one."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import OuterRef, Subquery

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Industry, Organisation, OrganisationIndustry
from klustermotor.register.services.done import Done


def set_industries(
    organisation: Organisation, industries: Sequence[Industry], *, by: User | None
) -> Done[Organisation]:
    """Give the organisation these industries in this order; what is not named is taken away."""
    with acting(by, "organisation.industries_changed") as act:
        wanted = {industry.pk: rank for rank, industry in enumerate(industries, start=1)}
        for row in organisation.industries.all():
            rank = wanted.pop(row.industry_id, None)
            if rank is None:
                row.delete()
            elif rank != row.rank:
                row.rank = rank
                row.save()
        for key, rank in wanted.items():
            OrganisationIndustry.objects.create(
                organisation=organisation, industry_id=key, rank=rank
            )
        keep_main_industries([organisation.pk])
        organisation.save(update_fields=["changed_at"])
    return Done(organisation, act.at)


def keep_main_industries(organisations: Collection[UUID]) -> None:
    """Bring the copies of these organisations' main industries up to date, after their rows."""
    first = OrganisationIndustry.objects.filter(organisation=OuterRef("pk")).order_by("rank", "id")
    Organisation.objects.filter(pk__in=organisations).update(
        main_industry=Subquery(first.values("industry")[:1])
    )
