"""Who may visit the addresses of the register; `core/testing/access.py` tells how this works."""

from collections.abc import Set
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.core.testing.access import (
    ADMINISTRATOR,
    KEEPERS,
    KEEPERS_OF_THIS,
    READERS,
    World,
)
from klustermotor.register.contact_links import invitation_token
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    DuplicateProposal,
    Establishment,
    FormerNumber,
    MunicipalDeveloper,
    Municipality,
    Note,
    Organisation,
    OrganisationName,
    Person,
    PersonRole,
    ProfileProposal,
    ValueChainPosition,
)
from klustermotor.register.services.figures import record_employees, record_fact
from klustermotor.register.services.merging import merge
from klustermotor.register.services.reference import load_industries
from klustermotor.register.services.tags import put_tag
from klustermotor.register.tests.loads import staged
from klustermotor.register.tests.privacy_access import PRIVACY, prepare_privacy

CONTACT = {"company_contact"}

MAY: dict[str, Set[str]] = {
    **PRIVACY,
    "companies": READERS,
    "duplicates": KEEPERS,
    "duplicates_search": KEEPERS,
    "duplicate_apart": KEEPERS,
    "duplicate_reopen": KEEPERS,
    "merges": KEEPERS,
    "merge": KEEPERS_OF_THIS,
    "merge_undo": KEEPERS_OF_THIS,
    "company_merge": KEEPERS_OF_THIS,
    "company_merge_with": KEEPERS_OF_THIS,
    "person_merge": KEEPERS_OF_THIS,
    "person_merge_with": KEEPERS_OF_THIS,
    "company_options": READERS,
    "company_create": KEEPERS_OF_THIS,
    **dict.fromkeys(
        (
            "register_loads",
            "register_load_kinds",
            "register_load_upload",
            "register_load",
            "register_load_columns",
            "register_load_take",
            "register_load_apply",
            "register_load_cancel",
            "register_load_undo",
            "register_load_discard",
            "register_load_refused",
        ),
        KEEPERS,
    ),
    "company": READERS,
    "company_history": READERS,
    "company_undo": KEEPERS_OF_THIS,
    "company_take_over": KEEPERS_OF_THIS,
    "company_change": KEEPERS_OF_THIS,
    "company_end": KEEPERS_OF_THIS,
    "company_reopen": KEEPERS_OF_THIS,
    "company_remove": KEEPERS_OF_THIS,
    "company_industries": KEEPERS_OF_THIS,
    "company_name_add": KEEPERS_OF_THIS,
    "company_name": KEEPERS_OF_THIS,
    "company_name_remove": KEEPERS_OF_THIS,
    "company_number_add": KEEPERS_OF_THIS,
    "company_number_remove": KEEPERS_OF_THIS,
    "company_tag_add": KEEPERS_OF_THIS,
    "company_tag_remove": KEEPERS_OF_THIS,
    "company_position_add": KEEPERS_OF_THIS,
    "company_position_remove": KEEPERS_OF_THIS,
    "company_fact_add": KEEPERS_OF_THIS,
    "company_fact_remove": KEEPERS_OF_THIS,
    "establishment_create": KEEPERS_OF_THIS,
    "establishment": KEEPERS_OF_THIS,
    "establishment_remove": KEEPERS_OF_THIS,
    "employees_add": KEEPERS_OF_THIS,
    "employees_remove": KEEPERS_OF_THIS,
    "company_person": KEEPERS_OF_THIS,
    "company_known_person": KEEPERS_OF_THIS,
    "company_note": KEEPERS_OF_THIS,
    "note": {"staff"},
    "note_remove": {"staff"},
    "people": READERS,
    "people_options": READERS,
    "person_create": KEEPERS,
    "person": READERS,
    "person_history": READERS,
    "person_undo": KEEPERS_OF_THIS,
    "person_change": KEEPERS_OF_THIS,
    "person_remove": KEEPERS_OF_THIS,
    "person_unsubscribe": KEEPERS_OF_THIS,
    "person_subscribe": KEEPERS_OF_THIS,
    "role_give": KEEPERS_OF_THIS,
    "role": KEEPERS_OF_THIS,
    "role_end": KEEPERS_OF_THIS,
    "role_remove": KEEPERS_OF_THIS,
    "person_note": KEEPERS_OF_THIS,
    "industries": READERS,
    "industry_options": READERS,
    "industry": READERS,
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
CALLS = {
    "GET /organisations": READERS,
    "POST /organisations": KEEPERS_OF_THIS,
    "GET /organisations/{organisation}": READERS,
    "PATCH /organisations/{organisation}": KEEPERS_OF_THIS,
    "GET /organisations/{organisation}/facts": READERS,
    "POST /organisations/{organisation}/facts": KEEPERS_OF_THIS,
    "GET /organisations/{organisation}/establishments": READERS,
    "POST /organisations/{organisation}/establishments": KEEPERS_OF_THIS,
    "GET /establishments/{establishment}": READERS,
    "PATCH /establishments/{establishment}": KEEPERS_OF_THIS,
    "GET /people": READERS,
    "GET /people/{person}": READERS,
    "PATCH /people/{person}": KEEPERS_OF_THIS,
    "POST /organisations/{organisation}/people": KEEPERS_OF_THIS,
    "POST /roles/{role}/end": KEEPERS_OF_THIS,
    "GET /municipalities": READERS,
    "GET /industries": READERS,
    "GET /industries/{industry}": READERS,
}
EXEMPT = {
    "contact_accept": "the signed link in a mail is the key, and opens once",
    "contact_ask": "anybody may ask to be let in; it shows nothing of the register",
    "contact_verify": "the signed link in a mail is the key",
}


def _prepare_loads(world: World) -> None:
    """A file that has been looked at, with a row that is refused."""
    load = staged("organisations", "Orgnr;Namn\n5560360793;Järn AB\n5560360794;Fel AB\n")
    world.of["register_load_upload"] = {"kind": "organisations"}
    parts = ("", "_columns", "_take", "_apply", "_cancel", "_undo", "_discard", "_refused")
    for part in parts:
        world.of[f"register_load{part}"] = {"load": load.pk}


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
    _prepare_loads(world)
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
    world.bodies = {
        "POST /organisations": {"name": "Ny AB", "municipality": "SE-2080"},
        "POST /organisations/{organisation}/facts": {
            "year": 2024,
            "measure": "employees",
            "value": "3",
        },
        "POST /organisations/{organisation}/people": {"name": "Ny Person"},
        "POST /roles/{role}/end": {"until": "2026-01-31"},
    }
    hanging = _hanging_on(organisation, world.users["staff"])
    world.of["company_fact_remove"] = {
        "organisation": organisation.pk,
        "fact": hanging.pop("company_fact"),
    }
    world.arguments |= hanging
    load_industries()
    world.arguments |= {"moment": 1, "told_value": 1, "industry": "SNI2007:24"}
    prepare_privacy(world, organisation)
    _prepare_merging(world, organisation)


def _prepare_merging(world: World, organisation: Organisation) -> None:
    """Two that are one, of each kind, and a pair that waits for an answer."""
    where = {"municipality": organisation.municipality}
    other, merged = (Organisation.objects.create(name=n, **where) for n in ("Stål AB", "Stålet"))
    kim = Person.objects.create(name="Kim  Berg")
    PersonRole.objects.create(person=kim, organisation=organisation, title="Styrelse")
    pair = sorted((organisation, other), key=lambda row: row.pk)
    proposal = DuplicateProposal.objects.create(
        left=pair[0], right=pair[1], probability=0.9, found_at=timezone.now()
    )
    record = merge(organisation, merged, [], by=world.users["staff"])
    for name in ("duplicate_apart", "duplicate_reopen"):
        world.of[name] = {"proposal": proposal.pk}
    world.arguments["merge"] = record.pk
    world.of["company_merge_with"] = {"organisation": organisation.pk, "other": other.pk}
    world.of["person_merge_with"] = {"person": world.arguments["person"], "other": kim.pk}


def _hanging_on(organisation: Organisation, staff: User) -> dict[str, Any]:
    """One of each thing that hangs on an organisation, by the name in the address."""
    person = Person.objects.create(name="Kim Berg")
    establishment = Establishment.objects.create(organisation=organisation, name="Verket")
    at = {"organisation": organisation}
    rows = {
        "person": person,
        "establishment": establishment,
        "role": PersonRole.objects.create(person=person, title="VD", **at),
        "name": OrganisationName.objects.create(name="Verket AB", **at),
        "number": FormerNumber.objects.create(number="5560360793", **at),
        "position": ValueChainPosition.objects.create(cluster="Stål", position="upstream", **at),
        "note": Note.objects.create(text="Ring dem.", by=staff, **at),
        "tag": put_tag(organisation, "Export", by=staff).row,
        "company_fact": record_fact(organisation, 2025, "employees", Decimal(12), by=staff).row,
        "employees": record_employees(establishment, 2025, Decimal(7), by=staff).row,
    }
    return {name: row.pk for name, row in rows.items()}
