"""People and the right by which they are kept."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.register.models import LegalBasis, Person
from klustermotor.register.queries.secrecy import visible_to


def without_basis(user: User, purpose: str = "") -> QuerySet[Person]:
    """People for whom no basis holds today: at all, or for one purpose."""
    holds = LegalBasis.objects.filter(
        person=OuterRef("pk"),
        withdrawn_on__isnull=True,
        given_on__lte=timezone.localdate(),
    )
    if purpose:
        holds = holds.filter(purpose=purpose)
    return visible_to(Person.objects.filter(~Exists(holds)), user)
