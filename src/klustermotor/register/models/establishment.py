"""Establishments: where a company is and where its jobs are."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.classification import Industry
from klustermotor.register.models.organisation import Organisation
from klustermotor.register.models.place import Municipality
from klustermotor.register.models.provenance import Source


class Establishment(models.Model):
    """A unit at an address: `number` is its CFAR number in Sweden, its own number in Norway."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="establishments",
        verbose_name=_("organisation"),
    )
    number = models.CharField(_("establishment number"), max_length=20, blank=True, default="")
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    street = models.CharField(_("street address"), max_length=160, blank=True, default="")
    postcode = models.CharField(_("postcode"), max_length=12, blank=True, default="")
    city = models.CharField(_("postal town"), max_length=80, blank=True, default="")
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("municipality"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    industry = models.ForeignKey(
        Industry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("industry"),
    )
    opened = models.DateField(_("opened on"), null=True, blank=True)
    closed = models.DateField(_("closed on"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["number"], name="establishment_by_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="establishment_number_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.street or self.number


class EstablishmentYear(models.Model):
    """How many worked at an establishment in a year, and where that is known from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    employees = models.DecimalField(_("employees"), max_digits=10, decimal_places=2)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    as_of = models.DateField(_("as of"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("employees of an establishment")
        verbose_name_plural = _("employees of establishments")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "year", "source"], name="establishment_year_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.employees}"

    @property
    def organisation(self) -> Organisation:
        """Whose it is; rules ask."""
        return self.establishment.organisation
