"""Keys: making, finding, revoking them; and the check that every call begins with."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from klustermotor.core.api.problems import Problem
from klustermotor.core.history import acting
from klustermotor.core.middleware import client_address
from klustermotor.core.models import ApiToken, User
from klustermotor.core.throttle import seconds_to_wait

MARK = "km_"
USED_EVERY = timedelta(minutes=1)
WRONG_KEYS_A_MINUTE = 30
MINUTE = 60


def make_token(user: User, name: str, scopes: Sequence[str], days: int) -> tuple[ApiToken, str]:
    """Make a key for a user; the key itself is returned this once and never kept."""
    key = MARK + secrets.token_urlsafe(32)
    with acting(user, "token.made"):
        token = ApiToken.objects.create(
            user=user,
            name=name,
            scopes=sorted(scopes),
            digest=_digest(key),
            beginning=key[:8],
            expires_at=timezone.now() + timedelta(days=days),
        )
    return token, key


def revoke_token(token: ApiToken, *, by: User) -> None:
    """Let a key work no longer."""
    if token.revoked_at is None:
        with acting(by, "token.revoked"):
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])


def token_for(key: str) -> ApiToken | None:
    """The key's row when it works and its user may log in."""
    if not key.startswith(MARK):
        return None
    found = ApiToken.objects.select_related("user").filter(digest=_digest(key)).first()
    if found is None or not found.works or not found.user.is_active:
        return None
    return found


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _note_use(token: ApiToken) -> None:
    """Remember when a key was last used, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class Bearer(HttpBearer):
    """Lets a call in by its key alone: no session, so no other site's page can call in its name."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Find the key, count the call, and let the key's user be the request's."""
        found = token_for(token)
        if found is None:
            wait = seconds_to_wait(
                "api_wrong", client_address(request), WRONG_KEYS_A_MINUTE, MINUTE
            )
        else:
            limit = settings.API_CALLS_PER_MINUTE
            wait = seconds_to_wait("api", str(found.pk), limit, MINUTE)
        if wait:
            detail = f"Too many calls. Wait {wait} seconds."
            raise Problem(429, detail, headers={"Retry-After": str(wait)})
        if found is not None:
            _note_use(found)
            request.user = found.user
        return found
