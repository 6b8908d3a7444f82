"""Figures of others to compare with."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceSeries(models.Model):
    """A figure to compare with that someone else published; the item reads ``block.item``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("series"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    item = models.CharField(_("item"), max_length=120)
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("reference figure")
        verbose_name_plural = _("reference figures")
        ordering = ["name", "-year", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year", "item"], name="reference_figure_once_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.item}"
