"""Keys by which programs call the API in a user's name."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History


class ApiToken(models.Model):
    """A key with a name, what it may be used for, and a last day; the key itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("user"),
    )
    name = models.CharField(_("name"), max_length=80)
    scopes = models.JSONField(_("may be used for"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the key: it holds 256 random bits, so that nothing slower is needed."""
    beginning = models.CharField(max_length=12, editable=False)
    """What the key begins with, so that its holder knows it again."""
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    history = History(excluded_fields=["digest", "last_used_at"])

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """Whether it still lets in."""
        return self.revoked_at is None and self.expires_at > timezone.now()
