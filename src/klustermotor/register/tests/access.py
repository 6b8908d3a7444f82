"""Who may visit the addresses of the register; `core/testing/access.py` tells how this works."""

from datetime import timedelta

from django.utils import timezone

from klustermotor.core.testing.access import ADMINISTRATOR, KEEPERS_OF_THIS, World
from klustermotor.register.contact_links import invitation_token
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    MunicipalDeveloper,
    Municipality,
    Organisation,
    Person,
    PersonRole,
    ProfileProposal,
)

CONTACT = {"company_contact"}

MAY = {
    "contacts": KEEPERS_OF_THIS,
    "contact_invite": KEEPERS_OF_THIS,
    "contact_restore": KEEPERS_OF_THIS,
    "contact_end": KEEPERS_OF_THIS,
    "contact_invitation_withdraw": KEEPERS_OF_THIS,
    "contact_invitation_send_again": KEEPERS_OF_THIS,
    "contact_confirm": KEEPERS_OF_THIS,
    "contact_refuse": KEEPERS_OF_THIS,
    "proposal_accept": KEEPERS_OF_THIS,
    "proposal_refuse": KEEPERS_OF_THIS,
    "my_company": CONTACT,
    "own_company": CONTACT,
    "developer_make": ADMINISTRATOR,
    "developer_end": ADMINISTRATOR,
    "developer_restore": ADMINISTRATOR,
}
EXEMPT = {
    "contact_accept": "the signed link in a mail is the key, and opens once",
    "contact_ask": "anybody may ask to be let in; it shows nothing of the register",
    "contact_verify": "the signed link in a mail is the key",
}


def prepare(world: World) -> None:
    """One organisation in the municipality that the developer answers for, with its contact."""
    place = Municipality.objects.get_or_create(
        pk="SE-2080", defaults={"country": "SE", "code": "2080", "name": "Falun"}
    )[0]
    developer = MunicipalDeveloper.objects.create(
        user=world.users["municipal_developer"], municipality=place
    )
    organisation = Organisation.objects.create(
        name="Stålverket AB", municipality=place, website="https://stalverket.example"
    )
    role, other = (
        PersonRole.objects.create(
            person=Person.objects.create(name=name), organisation=organisation
        )
        for name in ("Kim Kontakt", "Alex Annan")
    )
    user = world.users["company_contact"]
    user.is_contact = True
    user.save()
    contact = CompanyContact.objects.create(user=user, role=role, way="invitation")
    invitation = ContactInvitation.objects.create(
        role=other, email="alex@example.org", expires_at=timezone.now() + timedelta(days=1)
    )
    asked = ContactRequest.objects.create(
        organisation=organisation,
        name="Bo",
        email="bo@stalverket.example",
        language="sv",
        verified_at=timezone.now(),
    )
    proposal = ProfileProposal.objects.create(organisation=organisation, field="name", value="Stål")
    world.things["organisation"] = organisation
    world.things["invitation_token"] = invitation_token(invitation)
    world.arguments |= {
        "organisation": organisation.pk,
        "contact": contact.pk,
        "invitation": invitation.pk,
        "asked": asked.pk,
        "proposal": proposal.pk,
        "developer": developer.pk,
    }
    world.of |= {
        "contact_restore": {"organisation": organisation.pk, "version": 1},
        "developer_restore": {"version": 1},
    }
