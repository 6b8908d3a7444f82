"""What an organisation was called and numbered before, and who it is not."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation


class OrganisationName(models.Model):
    """Another name than the one in use: an earlier one with its dates, or one it trades under."""

    class Kind(models.TextChoices):
        FORMER = "former", _("earlier name")
        TRADE = "trade", _("trades as")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=200, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FORMER)
    used_from = models.DateField(_("from"), null=True, blank=True)
    used_to = models.DateField(_("to"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["-used_to", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "kind"], name="other_name_once"
            ),
            models.CheckConstraint(
                condition=Q(used_from__isnull=True)
                | Q(used_to__isnull=True)
                | Q(used_from__lte=F("used_to")),
                name="other_name_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerNumber(models.Model):
    """A number that an organisation had before; it still finds the organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_numbers")
    number = models.CharField(_("organisation number"), max_length=20, db_index=True)
    used_to = models.DateField(_("to"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("earlier number")
        verbose_name_plural = _("earlier numbers")
        ordering = ["-used_to", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="former_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class NotTheSame(models.Model):
    """Two organisations that somebody has looked at and found to be two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    left = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    right = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    history = History()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="not_the_same_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="not_the_same_as_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.left} ≠ {self.right}"
