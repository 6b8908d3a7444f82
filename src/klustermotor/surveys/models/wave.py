"""Waves: one round of asking of one initiative."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.initiatives.models import Initiative
from klustermotor.surveys.models.fieldwork import Fieldwork
from klustermotor.surveys.models.instrument import Instrument


class Wave(models.Model):
    """One round of asking. `name` is what reports and result files call it: 2009."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Selection(models.TextChoices):
        CENSUS = "census", _("all were asked")
        RANDOM = "random", _("random sample")
        CHOSEN = "chosen", _("chosen companies")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="waves", verbose_name=_("initiative")
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="waves", verbose_name=_("questionnaire")
    )
    fieldwork = models.ForeignKey(
        Fieldwork,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="waves",
        verbose_name=_("collection of answers"),
    )
    """Absent where the answers come from files."""
    name = models.CharField(_("name"), max_length=20)
    opened = models.DateField(_("opened"), null=True, blank=True)
    closed = models.DateField(_("closed"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.CLOSED)
    selection = models.CharField(
        _("who was asked"), max_length=8, choices=Selection.choices, default=Selection.CENSUS
    )
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    preliminary = models.BooleanField(_("preliminary"), default=False)
    synthetic = models.TextField(_("what is not observed"), blank=True, default="")
    origins = models.JSONField(_("where answers come from"), default=dict, blank=True)
    keyed = models.BooleanField(_("the key is the same company in every wave"), default=False)
    groupings = models.JSONField(_("groupings that may be shown"), default=list, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts loads and undos, so that a result can be kept until its answers change."""

    history = History()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["initiative", "name"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "name"], name="wave_once_per_initiative")
        ]
        indexes = [models.Index(fields=["-name", "id"], name="wave_latest")]

    def __str__(self) -> str:
        return f"{self.initiative} {self.name}"
