"""An initiative, the facts its years are told by, and the people who work with it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.core.models import Controller

YEAR = [MinValueValidator(1900), MaxValueValidator(2100)]


class Translated(models.Model):
    """A row whose texts may also be kept in other languages than the one they were written in."""

    translations = models.JSONField(default=dict, blank=True, editable=False)
    """``{"nb": {"label": …}}``; what is missing is shown as it was written."""

    class Meta:
        abstract = True

    def said(self, field: str) -> str:
        """The text of `field` in the language of the page, else as it was written."""
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        return self.translations.get(language, {}).get(field) or getattr(self, field)


class Initiative(Translated):
    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("cluster initiative")
        NETWORK = "network", _("business network")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CLUSTER)
    region = models.CharField(_("region"), max_length=80, blank=True, default="", db_index=True)
    owner = models.CharField(_("owner"), max_length=160, blank=True, default="")
    started = models.PositiveSmallIntegerField(
        _("started in"), null=True, blank=True, validators=YEAR
    )
    purpose = models.TextField(_("purpose"), blank=True, default="")
    web = models.URLField(_("web page"), blank=True, default="")
    controller = models.ForeignKey(
        Controller,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("controller of personal data"),
    )

    history = History()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="initiative_name"),
            models.Index(fields=["started", "id"], name="initiative_started"),
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """What a user is to an initiative; one user may be several things to it."""

    class Role(models.TextChoices):
        PROCESS_LEADER = "process_leader", _("process leader")
        STAFF = "staff", _("staff")
        EVALUATOR = "evaluator", _("evaluator")
        FUNDER = "funder", _("funder")
        PANEL_MEMBER = "panel_member", _("panel member")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="assignments",
        verbose_name=_("user"),
    )
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="assignments", verbose_name=_("initiative")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    history = History()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "initiative", "role"], name="assignment_once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.initiative}"


class InitiativeFact(Translated):
    """A figure about one year of an initiative, with its source: 550 company visits in 2009."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="facts", verbose_name=_("initiative")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR)
    label = models.CharField(_("what it counts"), max_length=160)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="")
    source = models.CharField(_("source"), max_length=200)

    history = History()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["-year", "label", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "year", "label"], name="fact_once_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"
