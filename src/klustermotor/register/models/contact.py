"""People at companies who log in: how they come in, and what they propose."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation
from klustermotor.register.models.person import PersonRole


class Way(models.TextChoices):
    """How somebody became a contact."""

    INVITATION = "invitation", _("by invitation")
    DOMAIN = "domain", _("asked from the company's domain, and confirmed")


class CompanyContact(models.Model):
    """A user who sees and corrects the profile of an organisation while the role there lasts.

    The row goes with the role; a role whose last day has passed lets nobody in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts", verbose_name=_("user")
    )
    role = models.OneToOneField(
        PersonRole, models.CASCADE, related_name="contact", verbose_name=_("role")
    )
    way = models.CharField(_("how"), max_length=12, choices=Way.choices)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    let_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("let in by"),
    )

    history = History()

    class Meta:
        verbose_name = _("company contact")
        verbose_name_plural = _("company contacts")
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.role.organisation}"

    @property
    def organisation(self) -> Organisation:
        return self.role.organisation


class ContactInvitation(models.Model):
    """A mail with a signed link that opens once, until `expires_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.ForeignKey(PersonRole, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    way = models.CharField(_("how"), max_length=12, choices=Way.choices, default=Way.INVITATION)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation of a contact")
        verbose_name_plural = _("invitations of contacts")
        ordering = ["-invited_at", "id"]

    def __str__(self) -> str:
        return self.email

    @property
    def organisation(self) -> Organisation:
        return self.role.organisation

    @property
    def is_open(self) -> bool:
        """Whether the link still lets in."""
        over = self.accepted_at or self.withdrawn_at
        return over is None and self.expires_at > timezone.now()


class ContactRequest(models.Model):
    """Somebody with an address at the company's domain who asks to be its contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_requests")
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("role"), max_length=80, blank=True, default="")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5)
    asked_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True)
    """When the link in the mail to that address was opened."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("request to be a contact")
        verbose_name_plural = _("requests to be a contact")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(verified_at__isnull=False),
                name="contact_request_verified_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation}"


class ProfileProposal(models.Model):
    """A new value that a contact proposes for what they may not change themselves."""

    class Field(models.TextChoices):
        NAME = "name", _("name")
        NUMBER = "number", _("organisation number")
        WEBSITE = "website", _("web page")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="proposals")
    field = models.CharField(_("field"), max_length=8, choices=Field.choices)
    value = models.CharField(_("proposed"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_accepted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field"],
                condition=Q(decided_at__isnull=True),
                name="one_open_proposal_per_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_field_display()}"

    @property
    def now(self) -> str:
        """What the register says today."""
        return str(getattr(self.organisation, self.field))
