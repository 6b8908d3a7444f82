"""Parts of a person's and an organisation's page: legal bases, secrecy marks, the way to rights."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from klustermotor.register.models import Organisation, Person
from klustermotor.register.queries.secrecy import marks_on


def person_panel(person: Person, request: HttpRequest) -> Mapping[str, Any]:
    """Marks for everybody who sees the page; bases for those who may change the person."""
    from klustermotor.register.forms.privacy import GrantForm

    may_change = request.user.has_perm("register.change", person)
    panel: dict[str, Any] = {
        "thing": person,
        "marks": marks_on(person),
        "bases_shown": may_change,
        "may_administer": request.user.has_perm("privacy.administer"),
    }
    if may_change:
        panel["bases"] = person.legal_bases.select_related("source", "text")
        panel["form"] = GrantForm(initial={"given_on": timezone.localdate()})
    return panel


def organisation_panel(organisation: Organisation, request: HttpRequest) -> Mapping[str, Any]:
    """Marks for everybody who sees the page; the way to set one for those who may."""
    return {
        "thing": organisation,
        "marks": marks_on(organisation),
        "may_administer": request.user.has_perm("privacy.administer"),
    }
