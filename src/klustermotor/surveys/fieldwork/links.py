"""Personal links: an invitation's id, its generation, and a keyed hash of both.

A leak of the database gives no link, since the key lies outside it; a reminder can repeat the
link, since nothing about it is stored. Earlier generations keep working until `valid_from` of
the invitation is raised.
"""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from klustermotor.surveys.fieldwork.keys import KeyMissingError, fieldwork_key
from klustermotor.surveys.models import Fieldwork, Invitation

MAC_BYTES = 18
_LENGTH = 16 + 2 + MAC_BYTES


def link_token(invitation: Invitation) -> str:
    """The secret part of the invitation's link: 48 letters that fit in a line of a mail."""
    body = invitation.pk.bytes + invitation.generation.to_bytes(2, "big")
    mac = _mac(invitation.fieldwork_id, body)
    return base64.urlsafe_b64encode(body + mac).decode()


def invitation_of(token: str) -> Invitation | None:
    """The invitation that the token opens; None for anything else, however it is wrong.

    A missing invitation costs as much as a wrong hash, so that timing tells nothing.
    """
    raw = _decoded(token)
    if raw is None:
        return None
    body, mac = raw[:18], raw[18:]
    invitation = (
        Invitation.objects.select_related("fieldwork").filter(pk=UUID(bytes=body[:16])).first()
    )
    try:
        expected = _mac(invitation.fieldwork_id, body) if invitation else bytes(MAC_BYTES)
    except KeyMissingError:
        return None
    right = hmac.compare_digest(mac, expected)
    if invitation is None or not right:
        return None
    generation = int.from_bytes(body[16:], "big")
    fits = invitation.valid_from <= generation <= invitation.generation
    return invitation if fits else None


def open_token(fieldwork: Fieldwork) -> str:
    """The secret part of a fieldwork's open link, the same for everybody."""
    mac = _mac(fieldwork.pk, b"open" + fieldwork.pk.bytes)
    return base64.urlsafe_b64encode(fieldwork.pk.bytes + b"\0\0" + mac).decode()


def fieldwork_of(token: str) -> Fieldwork | None:
    """The fieldwork whose open link this is, if it has one; None for anything else."""
    raw = _decoded(token)
    if raw is None:
        return None
    fieldwork = Fieldwork.objects.filter(pk=UUID(bytes=raw[:16]), open_link=True).first()
    try:
        right = fieldwork is not None and hmac.compare_digest(token, open_token(fieldwork))
    except KeyMissingError:
        return None
    return fieldwork if right else None


def _mac(fieldwork: UUID, body: bytes) -> bytes:
    return hmac.new(fieldwork_key(fieldwork, "link"), body, hashlib.sha256).digest()[:MAC_BYTES]


def _decoded(token: str) -> bytes | None:
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == _LENGTH else None
