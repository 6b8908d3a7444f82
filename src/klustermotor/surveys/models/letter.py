"""Letters: each invitation and reminder that goes out by mail, once."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from klustermotor.surveys.models.fieldwork import Invitation


class Letter(models.Model):
    """One mail to one invited person.

    It is marked `SENDING` before the server is given it and `SENT` after the server has taken it.
    What a crash leaves in between is `UNCERTAIN`: it may have arrived, is listed, keeps its
    Message-ID, and is not sent again by itself.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        BOUNCED = "bounced", _("came back")
        UNCERTAIN = "uncertain", _("perhaps sent")
        DROPPED = "dropped", _("no longer needed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    worker = models.CharField(max_length=64, blank=True, default="")
    error = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["not_before", "id"]
        indexes = [models.Index(fields=["state", "not_before", "id"], name="letter_due")]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "kind", "number"], name="letter_once")
        ]

    def __str__(self) -> str:
        return self.message_id
