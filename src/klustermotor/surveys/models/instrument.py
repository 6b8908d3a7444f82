"""Questionnaires; what was asked is never edited."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Instrument(models.Model):
    """A version of a questionnaire. What was asked is never edited: a change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.JSONField(_("title"), default=dict)
    yaml = models.TextField(_("questionnaire"))
    columns = models.JSONField(_("what its columns are called in files"), default=dict, blank=True)
    """``{"columns": {ours: theirs}, "keep": [theirs]}`` when it was made from a file."""

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="instrument_version_once")
        ]

    def __str__(self) -> str:
        language = (get_language() or "sv")[:2]
        return self.title.get(language) or next(iter(self.title.values()), self.slug)
