"""A file of register data on its way in: read, shown, applied at once, and possibly undone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klustermotor.core.models import Job
from klustermotor.register.models.provenance import Source


class Load(models.Model):
    """One file and what it does to the register.

    What a load creates gets ids that begin alike (`id_prefix`), so that undoing needs no list of a
    million rows; what it changes is kept in `LoadChange`. The file is kept until it is applied.
    """

    class State(models.TextChoices):
        STAGED = "staged", pgettext_lazy("load", "not applied yet")
        APPLIED = "applied", pgettext_lazy("load", "applied")
        UNDONE = "undone", pgettext_lazy("load", "undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what it holds"), max_length=40)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    stored_as = models.CharField(max_length=200, blank=True, default="")
    into = models.JSONField(default=dict, blank=True)
    """What holds for the whole file, such as ``{"year": "2024"}``."""
    scope = models.CharField(max_length=120, blank=True, default="")
    """The part of the source that this file holds all of; empty when it does not say so."""
    force = models.BooleanField(default=False)
    columns = models.JSONField(null=True, blank=True)
    """Place of a column → field, as a person chose; null as they were recognised."""
    take = models.JSONField(default=list, blank=True)
    """The rows whose values go before a person's correction, or ``["all"]``."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.STAGED)
    created_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    preview = models.JSONField(null=True, blank=True)
    """Columns as recognised, counts, what is wrong with the whole file, and notes on it."""
    stamp = models.CharField(max_length=200, blank=True, default="")
    """What the register was like when the file was looked at."""
    id_prefix = models.CharField(max_length=16, blank=True, default="")
    marks = models.JSONField(default=dict, blank=True)
    """Table of history → its last row when the load was done."""
    kept = models.JSONField(default=list, blank=True)
    """What undoing could not put back: ``[what, id, name, why]``."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("load")
        verbose_name_plural = _("loads")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["created_at", "id"], name="load_by_time")]

    def __str__(self) -> str:
        return self.file_name


class LoadRow(models.Model):
    """A row of a file as the preview shows it; of each fate only the first few thousand."""

    class Fate(models.TextChoices):
        REFUSED = "refused", pgettext_lazy("row of a file", "refused")
        HELD = "held", pgettext_lazy("row of a file", "held back")
        CHANGED = "changed", pgettext_lazy("row of a file", "changed")
        CREATED = "created", pgettext_lazy("row of a file", "new")
        ENDED = "ended", pgettext_lazy("row of a file", "ended")
        UNCHANGED = "unchanged", pgettext_lazy("row of a file", "unchanged")

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.CASCADE, related_name="rows", db_index=False)
    row = models.PositiveIntegerField()
    fate = models.CharField(max_length=10, choices=Fate.choices)
    subject = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True, default="")
    thing = models.UUIDField(null=True, blank=True, db_index=True)
    """The organisation, establishment or person that the row is about."""
    changes = models.JSONField(default=list, blank=True)
    """``[field, from, to]``"""
    held = models.JSONField(default=list, blank=True)
    """``[field, what stands, what the source tells]``"""
    said = models.JSONField(default=list, blank=True)
    """Faults and notes: ``{kind, row, column, value, details}``."""
    has_notes = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a load")
        verbose_name_plural = _("rows of loads")
        ordering = ["row", "id"]
        indexes = [
            models.Index(fields=["load", "row", "id"], name="load_row_by_row"),
            models.Index(fields=["load", "fate", "row", "id"], name="load_row_by_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.label}"


class LoadChange(models.Model):
    """What an applied load changed in one row, so that it can be put back."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.CASCADE, related_name="changes")
    subject = models.CharField(max_length=20)
    row = models.UUIDField(null=True, db_index=True)
    """The organisation, establishment or person; null for a code, which `code` names."""
    code = models.CharField(max_length=40, blank=True, default="")
    before = models.JSONField(null=True)
    """Field → value before; null when the load created the row."""
    after = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True, default="")
    told_before = models.JSONField(null=True)
    """What the source had told of the row before."""

    class Meta:
        verbose_name = _("change by a load")
        verbose_name_plural = _("changes by loads")

    def __str__(self) -> str:
        return f"{self.subject} {self.row or self.code}"
