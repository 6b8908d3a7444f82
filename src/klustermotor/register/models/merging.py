"""Organisations and people that were found to be one: proposals, and what was merged."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klustermotor.register.models.organisation import Organisation


class DuplicateProposal(models.Model):
    """A pair that the last scan of the register found alike, with what speaks for and against."""

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        APART = "apart", _("not the same")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    left = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    right = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    probability = models.FloatField(_("probability"))
    bars = models.JSONField(default=list)
    """``[comparison, level, bits]`` each, as `analysis.linkage.evidence_of` tells them."""
    names = models.JSONField(default=list)
    """The two names that were compared."""
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-probability", "id"]
        indexes = [
            models.Index(fields=["state", "-probability", "id"], name="duplicate_by_probability")
        ]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="duplicate_proposal_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="duplicate_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.left} = {self.right}?"

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        return self.left, self.right


class Merge(models.Model):
    """One row that became a part of another: where its address leads now, and the way back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    model = models.CharField(max_length=20)
    """``organisation`` or ``person``."""
    survivor = models.UUIDField(db_index=True)
    merged = models.UUIDField(db_index=True)
    merged_name = models.CharField(_("name"), max_length=200)
    at = models.DateTimeField(_("merged at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    """The columns of both as they were: ``merged`` and ``survivor``."""
    changed = models.JSONField(default=dict)
    """The columns of the survivor that the merge set, as it left them."""
    steps = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="merge_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_once"
            )
        ]

    def __str__(self) -> str:
        return self.merged_name
