"""What a contact corrects of the own company, and what others must accept first."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import Organisation, Person, ProfileProposal
from klustermotor.register.services.organisations import change_organisation
from klustermotor.register.services.provenance import as_told, correct

OWN_FIELDS = ("street", "postcode", "city", "phone", "email", "description")
"""What a contact changes at once."""
ASKED_FIELDS = tuple(ProfileProposal.Field.values)
"""What tells who the company is, or who vouches for it: staff must accept it."""
PERSON_FIELDS = ("name", "email", "phone", "language")


def correct_own(
    organisation: Organisation, values: Mapping[str, Any], *, by: User
) -> list[ProfileProposal]:
    """Correct what a contact may, told by hand; propose the rest. Returns what was proposed."""
    with acting(by, "organisation.corrected_by_contact"):
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        own = {name: values[name] for name in OWN_FIELDS if name in values}
        if correct(organisation, own, by=by):
            organisation.save()
        return [
            _propose(organisation, name, as_told(values[name]), by=by)
            for name in ASKED_FIELDS
            if name in values and as_told(getattr(organisation, name)) != as_told(values[name])
        ]


def _propose(organisation: Organisation, field: str, value: str, *, by: User) -> ProfileProposal:
    proposal, _created = ProfileProposal.objects.update_or_create(
        organisation=organisation,
        field=field,
        decided_at=None,
        defaults={"value": value, "by": by, "proposed_at": timezone.now()},
    )
    return proposal


def correct_own_person(person: Person, values: Mapping[str, Any], *, by: User) -> None:
    """Correct what is said of the contact themselves."""
    with acting(by, "person.corrected_by_contact"):
        person = Person.objects.select_for_update().get(pk=person.pk)
        if correct(person, {name: values[name] for name in PERSON_FIELDS if name in values}, by=by):
            person.save()


def accept_proposal(proposal: ProfileProposal, *, by: User) -> None:
    """Let the proposed value stand, as staff's correction; the old name still finds the company.

    Raises `ValidationError` when the value does not fit, such as a number that another has.
    """
    with acting(by, "organisation.proposal_accepted"):
        _decide(proposal, by=by, is_accepted=True)
        organisation = Organisation.objects.get(pk=proposal.organisation_id)
        setattr(organisation, proposal.field, proposal.value)
        others = {field.name for field in organisation._meta.fields} - {proposal.field}
        organisation.full_clean(exclude=others)
        change_organisation(organisation, {proposal.field: proposal.value}, by=by)


def refuse_proposal(proposal: ProfileProposal, *, by: User) -> None:
    """Keep the value as it is; the contact sees that it was refused."""
    with acting(by, "organisation.proposal_refused"):
        _decide(proposal, by=by, is_accepted=False)


def _decide(proposal: ProfileProposal, *, by: User, is_accepted: bool) -> None:
    waiting = ProfileProposal.objects.filter(pk=proposal.pk, decided_at=None)
    if not waiting.update(decided_at=timezone.now(), decided_by=by, is_accepted=is_accepted):
        raise ValidationError("decided")
