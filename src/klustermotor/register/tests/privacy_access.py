"""Who may visit the pages about people's rights."""

from collections.abc import Set

from klustermotor.core.models import Controller, DataRequest
from klustermotor.core.testing.access import ADMINISTRATOR, ANYONE, KEEPERS_OF_THIS, World
from klustermotor.register.models import (
    LegalBasis,
    Organisation,
    Person,
    SecrecyMark,
    Source,
)
from klustermotor.register.services.privacy import unsubscribe_token

PRIVACY: dict[str, Set[str]] = {
    "basis_grant": KEEPERS_OF_THIS,
    "basis_withdraw": KEEPERS_OF_THIS,
    "unsubscribe": ANYONE,
} | dict.fromkeys(
    (
        *("privacy", "data_requests", "data_request_new", "data_request", "data_request_extend"),
        *("erasures", "erasures_file", "retention", "retention_rule", "retention_apply"),
        *("processing", "processing_file", "processing_text", "controllers", "controller_new"),
        *("controller", "consent_texts", "consent_text", "without_basis"),
        *("secrecy_marks", "secrecy_mark", "secrecy_lift"),
        *("person_privacy", "person_extract", "person_erase"),
        *("user_privacy", "user_extract", "user_erase"),
        *("sole_trader_privacy", "sole_trader_extract", "sole_trader_erase"),
    ),
    ADMINISTRATOR,
)


def prepare_privacy(world: World, organisation: Organisation) -> None:
    """A person at the organisation, a sole trader, a request, a mark: what rights are about."""
    person = Person.objects.get(pk=world.arguments["person"])
    trader = Organisation.objects.create(name="Bo Ek", is_sole_trader=True)
    source = Source.objects.get_or_create(id="by_hand", defaults={"name": "By hand"})[0]
    basis = LegalBasis.objects.create(
        person=person, purpose="contact", basis="contract", source=source, given_on="2026-01-01"
    )
    mark = SecrecyMark.objects.create(
        model="register.organisation",
        row=trader.pk,
        legal_ground="OSL 30 kap. 23 §",
        decided_by="Regionen",
        decided_on="2026-01-01",
    )
    asked = DataRequest.objects.create(
        kind="extract", received_on="2026-01-01", due_on="2026-02-01"
    )
    world.arguments |= {
        "basis": basis.pk,
        "mark": mark.pk,
        "data_request": asked.pk,
        "controller": Controller.objects.create(name="Regionen", is_default=True).pk,
        "kind": "notes",
        "activity": "register",
        "purpose": "news",
        "suffix": "html",
        "token": unsubscribe_token(person),
    }
    world.of["secrecy_mark"] = {"model": "register.organisation", "row": organisation.pk}
    for name in ("sole_trader_privacy", "sole_trader_extract", "sole_trader_erase"):
        world.of[name] = {"organisation": trader.pk}
