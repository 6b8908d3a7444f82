"""What is kept of people who log in for a company, or ask to."""

from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.core.privacy import Action, Shredder, exempt, mentions_in, register_shredder
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.core.privacy.retention import RetentionKind, register_retention
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    Person,
    ProfileProposal,
)

CONTACTS = "contacts"


def declare_contacts() -> None:
    """Say all of it; called when the register is ready."""
    for model, of, path, personal in (
        (CompanyContact, User, "user", ("role", "way", "since")),
        (CompanyContact, Person, "role__person", ("user", "way", "since")),
        (
            ContactInvitation,
            Person,
            "role__person",
            ("email", "way", "invited_at", "expires_at", "accepted_at", "withdrawn_at"),
        ),
    ):
        identifies = ("email",) if "email" in personal else ()
        register_shredder(
            Shredder(model, of, path, CONTACTS, personal=personal, identifies=identifies)
        )
    for model, path, personal in (
        (CompanyContact, "let_in_by", ("since",)),
        (ContactInvitation, "invited_by", ("invited_at",)),
        (ContactRequest, "decided_by", ("decided_at", "is_confirmed")),
        (ProfileProposal, "by", ("field", "value", "proposed_at")),
        (ProfileProposal, "decided_by", ("decided_at", "is_accepted")),
    ):
        register_shredder(
            Shredder(
                model,
                User,
                path,
                CONTACTS,
                personal=personal,
                action=Action.UNLINK,
                reason=_("What was decided stays; it no longer says by whom."),
            )
        )
    mentions_in(ContactRequest, "name", "title", "email")
    mentions_in(ProfileProposal, "value")
    exempt(ContactRequest, "A code of a language.", "language")
    exempt(ProfileProposal, "The name of a column.", "field")
    register_activity(
        Activity(
            CONTACTS,
            _("Contacts who log in for their company"),
            _("To let companies see and correct what the register says of them."),
            _("Public interest (GDPR article 6.1 e)."),
            _("Those who keep the register of the company."),
            retention=("contact_requests",),
            order=40,
        )
    )
    register_retention(
        RetentionKind(
            "contact_requests",
            _("requests to be a contact"),
            _("Who asked to log in for a company, whether they were let in or not."),
            6,
            lambda cutoff: ContactRequest.objects.filter(asked_at__lt=cutoff),
        )
    )
