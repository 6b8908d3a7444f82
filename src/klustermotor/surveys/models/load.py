"""Files of answers on their way in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import Job
from klustermotor.surveys.models.wave import Wave


class AnswerLoad(models.Model):
    """A file of answers on its way in: shown, then applied at once, then possibly undone.

    The file is kept only until it is applied. `before` holds what undo puts back: the earlier
    values of each answer that the file changed, null for those it created.
    """

    class State(models.TextChoices):
        STAGED = "staged", _("not applied yet")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="loads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, blank=True, default="")
    columns = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STAGED)
    n_created = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_unchanged = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict, blank=True)
    preview = models.JSONField(null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.file_name
