"""Industries in several versions of the standard, and the bridges between them."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation


class Industry(models.Model):
    """One code of one standard; `titles` is ``{"sv": …, "nb": …, "en": …}``."""

    class Standard(models.TextChoices):
        SNI2007 = "SNI2007", "SNI 2007"
        SNI2025 = "SNI2025", "SNI 2025"
        SN2007 = "SN2007", "SN 2007"
        SN2025 = "SN2025", "SN 2025"

    class Level(models.TextChoices):
        SECTION = "section", _("section")
        DIVISION = "division", _("division")
        GROUP = "group", _("group")
        CLASS = "class", _("class")
        SUBCLASS = "subclass", _("subclass")

    id = models.CharField(primary_key=True, max_length=24, editable=False)
    """``SNI2007:24.100``, so that loads need no look-up."""
    standard = models.CharField(_("standard"), max_length=8, choices=Standard.choices)
    code = models.CharField(_("code"), max_length=12)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    titles = models.JSONField(_("titles"), default=dict)

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["standard", "code"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="industry_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def title(self) -> str:
        """Its title in the language of the page, else in one that it has."""
        language = (get_language() or "sv")[:2]
        return self.titles.get(language) or next(iter(self.titles.values()), "")


class IndustryCrosswalk(models.Model):
    """A code of one version that became (a part of) a code of another: many to many."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    old = models.ForeignKey(Industry, models.CASCADE, related_name="became")
    new = models.ForeignKey(Industry, models.CASCADE, related_name="came_from")
    is_partial = models.BooleanField(_("only a part of it"), default=False)

    class Meta:
        verbose_name = _("bridge between industries")
        verbose_name_plural = _("bridges between industries")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="crosswalk_once")]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class OrganisationIndustry(models.Model):
    """What an organisation does; rank 1 is its main industry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="industries")
    industry = models.ForeignKey(Industry, models.PROTECT, related_name="organisations")
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)

    history = History()

    class Meta:
        verbose_name = _("industry of an organisation")
        verbose_name_plural = _("industries of organisations")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "industry"], name="organisation_industry_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.industry)
