"""Who we know: a company, a university, a public body."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    number = models.CharField(_("organisation number"), max_length=20, blank=True, default="")

    history = History()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="organisation_number_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name
