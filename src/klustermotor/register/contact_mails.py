"""The mails by which somebody becomes a contact, in the language of who gets them."""

from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from klustermotor.register.contact_links import invitation_token, request_token
from klustermotor.register.models import ContactInvitation, ContactRequest


class MailNotSentError(Exception):
    """The mail server did not take the mail; nothing was written."""


@dataclass(frozen=True)
class Links:
    """How a token becomes a whole address: the views know the site's name."""

    invitation: Callable[[str], str]
    request: Callable[[str], str]


def send_invitation(invitation: ContactInvitation, links: Links) -> None:
    """The mail with the link that lets in."""
    _send(
        "invitation",
        invitation.email,
        invitation.role.person.language,
        {
            "invitation": invitation,
            "person": invitation.role.person,
            "organisation": invitation.organisation,
            "link": links.invitation(invitation_token(invitation)),
        },
    )


def send_verification(asked: ContactRequest, links: Links) -> None:
    """The mail that shows whether the address is the asker's."""
    _send(
        "verification",
        asked.email,
        asked.language,
        {
            "asked": asked,
            "organisation": asked.organisation,
            "link": links.request(request_token(asked)),
        },
    )


def _send(name: str, to: str, language: str, values: dict[str, object]) -> None:
    with translation.override(language or translation.get_language()):
        subject = render_to_string(f"register/contacts/mail/{name}_subject.txt", values)
        body = render_to_string(f"register/contacts/mail/{name}.txt", values)
    try:
        send_mail(" ".join(subject.split()), body, None, [to])
    except (SMTPException, OSError) as error:
        raise MailNotSentError(to) from error
