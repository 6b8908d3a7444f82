"""Places: municipalities with their county, midpoint and, once loaded, boundary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import Controller


class Municipality(models.Model):
    """A municipality; its key is country and official code, such as ``SE-2080`` or ``NO-3101``."""

    id = models.CharField(primary_key=True, max_length=12)
    country = models.CharField(_("country"), max_length=2)
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=80, db_index=True)
    county_code = models.CharField(_("county code"), max_length=8, blank=True, default="")
    county = models.CharField(_("county"), max_length=80, blank=True, default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)
    """A GeoJSON geometry in WGS 84."""
    controller = models.ForeignKey(
        Controller,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("controller"),
    )
    """Who answers for the personal data of what lies there; None: the default one."""

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="municipality_code_once")
        ]

    def __str__(self) -> str:
        return self.name
