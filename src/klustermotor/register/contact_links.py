"""The signed links in mails to contacts, and which e-mail domains vouch for a company."""

from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing

from klustermotor.register.models import ContactInvitation, ContactRequest, Organisation

INVITATION = "register.contact_invitation"
REQUEST = "register.contact_request"
REQUEST_SECONDS = 3 * 86_400

SHARED_DOMAINS = frozenset({
    "aol.com", "bahnhof.se", "bredband.net", "bredband2.com", "comhem.se", "dropbox.com",
    "eniro.se", "etsy.com", "facebook.com", "fastmail.com", "fb.com", "gmail.com", "gmx.com",
    "gmx.de", "gmx.net", "gmx.se", "google.com", "googlemail.com", "hey.com", "home.se",
    "hotmail.co.uk", "hotmail.com", "hotmail.no", "hotmail.se", "icloud.com", "instagram.com",
    "linkedin.com", "linktr.ee", "live.com", "live.no", "live.se", "mac.com", "mail.com",
    "mail.ru", "me.com", "medium.com", "msn.com", "netscape.net", "online.no", "outlook.com",
    "outlook.no", "outlook.se", "passagen.se", "pm.me", "proton.me", "protonmail.ch",
    "protonmail.com", "shopify.com", "spray.se", "squarespace.com", "swipnet.se", "tele2.se",
    "telenor.no", "telenor.se", "telia.com", "tiktok.com", "tuta.com", "tutanota.com",
    "twitter.com", "webnode.se", "weebly.com", "wix.com", "wordpress.com", "x.com",
    "yahoo.co.uk", "yahoo.com", "yahoo.no", "yahoo.se", "yandex.com", "yandex.ru",
    "ymail.com", "youtube.com", "zoho.com",
})  # fmt: skip
"""Where anybody gets an address or a page: such a domain says nothing of who one is."""


def is_shared(domain: str) -> bool:
    """Whether addresses at a domain, or at the one it is a part of, are given to anybody."""
    labels = domain.lower().split(".")
    return any(".".join(labels[place:]) in SHARED_DOMAINS for place in range(len(labels)))


def domain_of(email: str) -> str:
    """What follows the @, in small letters and as the network writes it (``xn--…``)."""
    return _ascii(email.rpartition("@")[2])


def website_domain(organisation: Organisation) -> str:
    """The domain of its web page without ``www.``; empty when it has none of its own."""
    try:
        host = urlsplit(organisation.website).hostname or ""
    except ValueError:
        return ""
    domain = _ascii(host.removeprefix("www."))
    return "" if "." not in domain or is_shared(domain) else domain


def vouches(email: str, organisation: Organisation) -> bool:
    """Whether the address is at the very domain of the organisation's web page."""
    domain = website_domain(organisation)
    return bool(domain) and domain_of(email) == domain


def _ascii(domain: str) -> str:
    try:
        return domain.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return ""


def invitation_token(invitation: ContactInvitation) -> str:
    """What the link in the mail ends with."""
    return signing.dumps(str(invitation.pk), salt=INVITATION)


def invitation_key(token: str) -> UUID | None:
    """Which invitation a link is for; None when the link is not ours."""
    return _read(token, INVITATION, None)


def request_token(asked: ContactRequest) -> str:
    """What the link in the mail to one who asks ends with."""
    return signing.dumps(str(asked.pk), salt=REQUEST)


def request_key(token: str) -> UUID | None:
    """Which request a link is for; None when it is not ours or is older than three days."""
    return _read(token, REQUEST, REQUEST_SECONDS)


def _read(token: str, salt: str, max_age: int | None) -> UUID | None:
    try:
        return UUID(signing.loads(token, salt=salt, max_age=max_age))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
