"""Who could have answered; kept apart from what was answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.register.models import Organisation
from klustermotor.surveys.models.fieldwork import Invitation
from klustermotor.surveys.models.wave import Wave


class Frame(models.Model):
    """All who could have answered a wave; kept apart from what was answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.OneToOneField(Wave, models.CASCADE, related_name="frame")

    class Meta:
        verbose_name = _("frame")
        verbose_name_plural = _("frames")

    def __str__(self) -> str:
        return str(self.wave)


class FrameMember(models.Model):
    """A unit that could have answered, with what is known of all units for non-response."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frame = models.ForeignKey(Frame, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="members"
    )
    """One invitation may be about several waves, each with its own frame."""
    industry = models.CharField(_("industry"), max_length=80, blank=True, default="")
    size = models.CharField(_("size"), max_length=40, blank=True, default="")
    municipality = models.CharField(_("municipality"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("invited unit")
        verbose_name_plural = _("invited units")

    def __str__(self) -> str:
        return str(self.id)
