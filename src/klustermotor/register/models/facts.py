"""What is known of an organisation year by year."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation
from klustermotor.register.models.provenance import Source


class YearlyFact(models.Model):
    """One figure of one year from one source, such as turnover or export share."""

    class Measure(models.TextChoices):
        EMPLOYEES = "employees", _("employees")
        TURNOVER = "turnover", _("turnover")
        VALUE_ADDED = "value_added", _("value added")
        EXPORT_SHARE = "export_share", _("export share")
        RESEARCH = "research", _("research and development")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="yearly_facts")
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("what it counts"), max_length=12, choices=Measure.choices)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12, blank=True, default="")
    """``persons``, ``SEK``, ``NOK``, ``percent``."""
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    as_of = models.DateField(_("as of"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("figure of a year")
        verbose_name_plural = _("figures of years")
        ordering = ["-year", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "measure", "source"], name="yearly_fact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.year}"
