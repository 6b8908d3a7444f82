"""Whom the register itself lets in, in the demonstration: for a municipality, and for a company."""

from collections.abc import Mapping

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import (
    CompanyContact,
    MunicipalDeveloper,
    Municipality,
    PersonRole,
)
from klustermotor.register.models.contact import Way
from klustermotor.register.services.responsibility import make_developer

MUNICIPALITY = "SE-2085"


def load(users: Mapping[str, User]) -> None:
    """Give each its place, once; a place that was taken away stays so."""
    by = users["administrator"]
    developer = users["municipal_developer"]
    if not MunicipalDeveloper.history.filter(user=developer).exists():
        make_developer(developer, Municipality.objects.get(pk=MUNICIPALITY), by=by)
    contact = users["company_contact"]
    role = PersonRole.objects.filter(
        organisation__municipality=MUNICIPALITY, organisation__kind="company", contact=None
    ).order_by("organisation__name", "pk").first()  # fmt: skip
    if role is None or CompanyContact.history.filter(user=contact).exists():
        return
    with acting(by, "contact.accepted"):
        contact.is_contact = True
        contact.save(update_fields=["is_contact"])
        CompanyContact.objects.create(user=contact, role=role, way=Way.INVITATION, let_in_by=by)
