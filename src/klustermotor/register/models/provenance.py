"""Where each value is from, so that a source never overwrites a person's newer correction."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

COMES_ALONG = {
    "Files of our own": _("Files of our own"),
    "Synthetic, demonstration": _("Synthetic, demonstration"),
}
"""Sources that nobody named: they are kept under their English names."""


class Source(models.Model):
    """A register, a file of somebody's, or people themselves (``by_hand``)."""

    BY_HAND = "by_hand"

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(_("source"), max_length=160)
    licence = models.CharField(_("licence"), max_length=120, blank=True, default="")
    url = models.URLField(_("web page"), blank=True, default="")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        """The name; those that come along are told in the language of the page."""
        return str(COMES_ALONG.get(self.name, self.name))


class SourcedValue(models.Model):
    """The latest value of one field of one row that a source has told, and when.

    A person's correction is the value of the source ``by_hand``. It stands against a source for
    as long as that source repeats the value it told before the correction; a new value of the
    source is shown beside it and does not replace it unasked.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    model = models.CharField(max_length=40)
    """``organisation``, ``establishment``, ``person``."""
    row = models.UUIDField()
    field = models.CharField(max_length=40)
    value = models.TextField(blank=True, default="")
    told_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    """Who corrected it, where the source is ``by_hand``."""

    class Meta:
        verbose_name = _("value from a source")
        verbose_name_plural = _("values from sources")
        constraints = [
            models.UniqueConstraint(fields=["row", "field", "source"], name="sourced_value_once"),
            models.CheckConstraint(condition=~Q(field=""), name="sourced_value_has_field"),
        ]

    def __str__(self) -> str:
        return f"{self.model}.{self.field} ({self.source_id})"


class SourceKey(models.Model):
    """What a source itself calls a row, so that it is found again when number and name change."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    model = models.CharField(max_length=40)
    row = models.UUIDField(db_index=True)
    scope = models.CharField(max_length=120, blank=True, default="")
    """The part of the source that the row came in with, such as a municipality."""
    told = models.JSONField(default=dict)
    """Field → value: all that the source told of the row last. One row for all fields, because a
    national register tells some twenty values of each of a million organisations."""
    fingerprint = models.CharField(max_length=16, blank=True, default="")
    """Of `told`, so that what is told again unchanged is seen at once."""
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("key in a source")
        verbose_name_plural = _("keys in sources")
        constraints = [
            models.UniqueConstraint(fields=["source", "model", "key"], name="source_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"
