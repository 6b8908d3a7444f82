"""People, what they are at which organisation, and by what right we keep them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation
from klustermotor.register.models.provenance import Source


class Person(models.Model):
    """Somebody at an organisation, or with an idea of a company to be."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=150, db_index=True)
    email = models.EmailField(_("e-mail"), blank=True, default="", db_index=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    language = models.CharField(_("language"), max_length=5, blank=True, default="")
    unsubscribed_at = models.DateTimeField(_("no more mail since"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    history = History(excluded_fields=["created_at", "changed_at"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name


class PersonRole(models.Model):
    """What a person is at an organisation, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    title = models.CharField(_("role"), max_length=80, blank=True, default="")
    email = models.EmailField(_("e-mail in this role"), blank=True, default="")
    phone = models.CharField(_("telephone in this role"), max_length=40, blank=True, default="")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = [F("until").desc(nulls_first=True), "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "title", "since"], name="person_role_once"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="person_role_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}".strip(", ")

    @property
    def is_current(self) -> bool:
        """Whether the person has the role today."""
        return self.until is None or self.until >= timezone.localdate()


class ConsentText(models.Model):
    """The exact words that somebody agreed to; a change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=80)
    language = models.CharField(_("language"), max_length=5)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("text of consent")
        verbose_name_plural = _("texts of consent")
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "version"], name="consent_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.language} {self.version}"


class LegalBasis(models.Model):
    """By what right a person's data is kept for one purpose, until it is withdrawn."""

    class Basis(models.TextChoices):
        PUBLIC_INTEREST = "public_interest", _("public interest")
        CONTRACT = "contract", _("contract")
        LEGITIMATE_INTEREST = "legitimate_interest", _("legitimate interest")
        LEGAL_DUTY = "legal_duty", _("legal duty")
        CONSENT = "consent", _("consent")

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("being in touch with the organisation")
        NEWS = "news", _("news and invitations")
        SURVEY = "survey", _("surveys")
        ACTIVITY = "activity", _("taking part in activities")
        FUNDING = "funding", _("accounts to funders")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="legal_bases")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    basis = models.CharField(_("legal basis"), max_length=20, choices=Basis.choices)
    text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, blank=True, related_name="given"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    given_on = models.DateField(_("from"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["purpose", "-given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "basis"],
                condition=Q(withdrawn_on__isnull=True),
                name="legal_basis_once",
            ),
            models.CheckConstraint(
                condition=~Q(basis="consent") | Q(text__isnull=False),
                name="consent_has_its_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.get_basis_display()}"
