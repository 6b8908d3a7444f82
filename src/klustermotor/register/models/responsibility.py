"""For which municipality a user answers."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.place import Municipality


class MunicipalDeveloper(models.Model):
    """A user who reads the register, and keeps the organisations of one municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="municipalities",
        verbose_name=_("user"),
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="developers", verbose_name=_("municipality")
    )

    history = History()

    class Meta:
        verbose_name = _("municipal developer")
        verbose_name_plural = _("municipal developers")
        ordering = ["municipality__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "municipality"], name="developer_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.municipality}"
