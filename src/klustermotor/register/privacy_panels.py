"""Parts of a person's and an organisation's page: noting a basis, the way to rights and secrecy."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from klustermotor.register.models import Organisation, Person


def person_panel(person: Person, request: HttpRequest) -> Mapping[str, Any] | None:
    """A basis to note for those who may change the person; rights for administrators."""
    from klustermotor.register.forms.privacy import GrantForm

    panel: dict[str, Any] = {
        "thing": person,
        "may_administer": request.user.has_perm("privacy.administer"),
    }
    if request.user.has_perm("register.change", person):
        panel["form"] = GrantForm(initial={"given_on": timezone.localdate()})
    return panel


def organisation_panel(
    organisation: Organisation, request: HttpRequest
) -> Mapping[str, Any] | None:
    """The way to set a mark, and to a sole trader's rights, for administrators."""
    may_administer = request.user.has_perm("privacy.administer")
    return {"thing": organisation, "may_administer": True} if may_administer else None
