"""What was answered: it knows its wave and nothing else.

No company, no person, no time. Its key is random and answers are written in shuffled order, so
that neither says who came first.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.surveys.models.wave import Wave


class Answer(models.Model):
    """The answers of one respondent in one wave, by column: ``{"motives.skills": "1"}``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="answers")
    respondent = models.CharField(max_length=100)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["wave", "respondent"], name="answer_once_per_wave")
        ]

    def __str__(self) -> str:
        return str(self.id)
