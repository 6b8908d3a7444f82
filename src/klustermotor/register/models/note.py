"""What somebody wrote down of an organisation or a person, and what may not be told."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models.organisation import Organisation
from klustermotor.register.models.person import Person


class Note(models.Model):
    """A confidential note is seen by its writer, those it names, and nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="notes"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="notes")
    text = models.TextField(_("note"))
    is_confidential = models.BooleanField(_("confidential"), default=False)
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("may be read by")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    history = History()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="note_is_about_something",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SecrecyMark(models.Model):
    """What may not be told to outsiders: by which law, who decided it and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    model = models.CharField(max_length=60)
    """``register.organisation``, ``register.note``: any row can carry a mark."""
    row = models.UUIDField(db_index=True)
    legal_ground = models.CharField(_("legal ground"), max_length=200)
    decided_by = models.CharField(_("decided by"), max_length=150)
    decided_on = models.DateField(_("decided on"))
    until = models.DateField(_("until"), null=True, blank=True)
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("may be seen by"),
        help_text=_("Besides administrators."),
    )

    history = History()

    class Meta:
        verbose_name = _("secrecy mark")
        verbose_name_plural = _("secrecy marks")
        ordering = ["-decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "row", "legal_ground"], name="secrecy_mark_once"
            )
        ]

    def __str__(self) -> str:
        return self.legal_ground

    def clean(self) -> None:
        """Refuse a mark that ends before it was decided."""
        if self.until and self.decided_on and self.until < self.decided_on:
            raise ValidationError({"until": _("It would end before it was decided.")})
