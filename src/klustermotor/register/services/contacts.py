"""Who at a company may log in: inviting, asking, letting in, ending."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.core.services import end_sessions
from klustermotor.register.contact_links import vouches
from klustermotor.register.contact_mails import Links, send_invitation, send_verification
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    Organisation,
    PersonRole,
)
from klustermotor.register.models.contact import Way
from klustermotor.register.rules import held, is_former_contact
from klustermotor.register.services.people import create_person


class NotOpenError(Exception):
    """An invitation that was used, withdrawn or has expired, or a role that has ended."""


class NotBySelfError(Exception):
    """Whoever asks cannot also be the one who confirms."""


def invite(
    role: PersonRole, email: str, *, by: User, links: Links, way: str = Way.INVITATION
) -> ContactInvitation:
    """Send a link that makes its reader a contact; earlier ones for the role stop working."""
    with acting(by, "contact.invited"):
        _withdraw_all(role)
        invitation = ContactInvitation.objects.create(
            role=role,
            email=email.strip().lower(),
            way=way,
            invited_by=by,
            expires_at=timezone.now() + timedelta(days=settings.CONTACT_INVITATION_DAYS),
        )
        send_invitation(invitation, links)
    return invitation


def invite_new(
    organisation: Organisation,
    name: str,
    email: str,
    *,
    title: str,
    language: str,
    by: User,
    links: Links,
    way: str = Way.INVITATION,
) -> ContactInvitation:
    """Enter a person with a role at the organisation, and invite them."""
    email = email.strip().lower()
    with acting(by, "contact.invited"):
        role = organisation.people.filter(held(), person__email__iexact=email).first()
        if role is None:
            fields = {"name": name, "email": email, "language": language}
            held_as = {"title": title, "since": timezone.localdate()}
            person = create_person(fields, by=by, at=organisation, role=held_as).row
            role = person.roles.get(organisation=organisation)
        return invite(role, email, by=by, links=links, way=way)


def withdraw(invitation: ContactInvitation, *, by: User) -> None:
    """Let an invitation's link stop working."""
    with acting(by, "contact.invitation_withdrawn"):
        _withdraw_all(invitation.role)


def _withdraw_all(role: PersonRole) -> None:
    still = role.invitations.filter(accepted_at=None, withdrawn_at=None)
    still.update(withdrawn_at=timezone.now())


def accept_with_new_account(
    invitation: ContactInvitation, *, name: str, language: str, password: str = ""
) -> User:
    """Open an account for whoever holds the link; without a password they log in by code.

    Raises `NotOpenError` when the link does not let in any more, or the address has an account.
    """
    with acting(None, "contact.accepted"):
        _use(invitation)
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise NotOpenError
        user = User(email=invitation.email, name=name, language=language, is_contact=True)
        user.set_password(password or None)
        user.save()
        _let_in(user, invitation)
    return user


def accept(invitation: ContactInvitation, user: User) -> None:
    """Make a contact of the logged-in user whose address the invitation went to.

    Raises `NotOpenError` when the link does not let in any more, or went to somebody else.
    """
    with acting(user, "contact.accepted"):
        if user.email.lower() != invitation.email.lower():
            raise NotOpenError
        _use(invitation)
        if not user.is_contact:
            user.is_contact = True
            user.save(update_fields=["is_contact"])
        _let_in(user, invitation)


def _use(invitation: ContactInvitation) -> None:
    """Take the link's one use, even when two try at once."""
    now = timezone.now()
    used = ContactInvitation.objects.filter(
        held("role__"), pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    ).update(accepted_at=now)
    if not used:
        raise NotOpenError


def _let_in(user: User, invitation: ContactInvitation) -> None:
    if CompanyContact.objects.filter(role=invitation.role_id).exists():
        raise NotOpenError
    CompanyContact.objects.create(
        user=user, role=invitation.role, way=invitation.way, let_in_by=invitation.invited_by
    )


def ask(
    organisation: Organisation,
    *,
    name: str,
    email: str,
    title: str,
    language: str,
    links: Links,
) -> bool:
    """Send the mail that verifies the address of somebody who asks to be a contact.

    Returns whether the address is one that vouches for the organisation; nothing else is sent.
    The page that calls this must answer the same in both cases.
    """
    email = email.strip().lower()
    if not vouches(email, organisation):
        return False
    with acting(None, "contact.asked"):
        waiting = ContactRequest.objects.filter(
            organisation=organisation, email=email, decided_at=None
        )
        waiting.filter(verified_at=None).delete()
        if waiting.exists():
            return True
        asked = ContactRequest.objects.create(
            organisation=organisation, name=name, email=email, title=title, language=language
        )
        send_verification(asked, links)
    return True


def verify(asked: ContactRequest) -> None:
    """The link in the mail was opened: the address is the asker's."""
    if asked.verified_at is None:
        asked.verified_at = timezone.now()
        asked.save(update_fields=["verified_at"])


def confirm(asked: ContactRequest, *, by: User, links: Links) -> ContactInvitation:
    """Let a verified request become an invitation.

    Raises `NotBySelfError` for the one who asked, `NotOpenError` when it was decided already, is
    not verified, or the company's web page has moved to another domain since.
    """
    with acting(by, "contact.confirmed"):
        if by.email.lower() == asked.email.lower():
            raise NotBySelfError
        if not vouches(asked.email, asked.organisation):
            raise NotOpenError
        _decide(asked, by=by, is_confirmed=True)
        return invite_new(
            asked.organisation,
            asked.name,
            asked.email,
            title=asked.title,
            language=asked.language,
            by=by,
            links=links,
            way=Way.DOMAIN,
        )


def refuse(asked: ContactRequest, *, by: User) -> None:
    """Say no to a request; whoever asked gets no mail."""
    with acting(by, "contact.refused"):
        _decide(asked, by=by, is_confirmed=False)


def _decide(asked: ContactRequest, *, by: User, is_confirmed: bool) -> None:
    open_ones = ContactRequest.objects.filter(
        pk=asked.pk, decided_at=None, verified_at__isnull=False
    )
    decided = open_ones.update(decided_at=timezone.now(), decided_by=by, is_confirmed=is_confirmed)
    if not decided:
        raise NotOpenError


def end_contact(contact: CompanyContact, *, by: User) -> int:
    """Let a contact in no longer, while the role goes on; their sessions end at once.

    Returns the number of its last version, for `restore_contact`.
    """
    with acting(by, "contact.ended"):
        key, user = contact.pk, contact.user
        _withdraw_all(contact.role)
        contact.delete()
        version = CompanyContact.history.filter(id=key, history_type="-").latest().history_id
    if is_former_contact(User.objects.get(pk=user.pk)):
        end_sessions(user)
    return version


def restore_contact(organisation: Organisation, version: int, *, by: User) -> CompanyContact:
    """Let a contact in again. Raises Http404 when it was none of the organisation's."""
    record = get_object_or_404(CompanyContact.history, history_id=version, history_type="-")
    role = get_object_or_404(PersonRole, pk=record.role_id, organisation=organisation)
    with acting(by, "contact.restored"):
        if not CompanyContact.objects.filter(role=role).exists():
            record.instance.save(force_insert=True)
        return CompanyContact.objects.get(role=role)
