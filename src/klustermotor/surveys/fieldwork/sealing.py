"""Answers sealed under a fieldwork's key, and the ids by which they are found again.

AES-256-GCM with a random nonce; what is sealed is bound to its row's id, so that a sealed answer
cannot be laid under another row. Padding to whole blocks of `BLOCK` bytes hides how much somebody
wrote.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from klustermotor.surveys.fieldwork.keys import fieldwork_key
from klustermotor.surveys.models import Invitation

BLOCK = 4096
_NONCE = 12


class SealBrokenError(Exception):
    """What was sealed has been changed, or lies under another row's id."""


def row_id(invitation: Invitation) -> str:
    """The id of the invitation's draft or sealed answer: a keyed hash that tells nothing."""
    key = fieldwork_key(invitation.fieldwork_id, "row")
    return hmac.new(key, invitation.pk.bytes, hashlib.sha256).hexdigest()


def sealed(fieldwork: UUID, row: str, payload: Mapping[str, Any]) -> bytes:
    """Seal `payload` (JSON) for the row with this id."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    padded = text + b" " * (-len(text) % BLOCK)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(fieldwork_key(fieldwork, "seal")).encrypt(nonce, padded, row.encode())


def opened(fieldwork: UUID, row: str, content: bytes) -> dict[str, Any]:
    """What was sealed for this row. Raises SealBrokenError, or KeyMissingError when it is gone."""
    content = bytes(content)
    cipher = AESGCM(fieldwork_key(fieldwork, "seal"))
    try:
        text = cipher.decrypt(content[:_NONCE], content[_NONCE:], row.encode())
    except InvalidTag:
        raise SealBrokenError(row[:8]) from None
    found: dict[str, Any] = json.loads(text)
    return found
