"""What people write about an evaluation, what is built from it, and what has been let out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.core.models import Job
from klustermotor.initiatives.models import Initiative
from klustermotor.surveys.models import Wave


class SectionText(models.Model):
    """What a person wrote in one section of one year's report, in one language.

    Without an initiative it belongs to the round's common chapter. `version` grows by one with
    each save; whoever saves says which version they had read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="texts"
    )
    period = models.CharField(_("wave"), max_length=20)
    section = models.CharField(_("section"), max_length=60)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    updated = models.DateTimeField(_("saved"), auto_now=True)

    history = History()

    class Meta:
        verbose_name = _("section text")
        verbose_name_plural = _("section texts")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "period", "section", "language"],
                name="section_text_once",
            ),
            models.UniqueConstraint(
                fields=["period", "section", "language"],
                condition=Q(initiative=None),
                name="common_text_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.period} {self.language}"


class ProofOverride(models.Model):
    """A fault that the proofreader found in a text and that its writer stands by, and why.

    It holds for as long as the same fault is found in the same sentence against the same figure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(SectionText, models.CASCADE, related_name="overrides")
    fingerprint = models.CharField(max_length=32)
    kind = models.CharField(_("kind of fault"), max_length=40)
    sentence = models.TextField(_("sentence"))
    message = models.TextField(_("fault"))
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(_("stated"), auto_now_add=True)

    history = History()

    class Meta:
        verbose_name = _("override of a fault")
        verbose_name_plural = _("overrides of faults")
        constraints = [
            models.UniqueConstraint(fields=["text", "fingerprint"], name="fault_overridden_once")
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.kind}"


class Snapshot(models.Model):
    """The answers that a wave is shown by, once it has been shown open or in a released report.

    The latest holds. `serial` counts the states that were shown, `token` names this one, `waiting`
    is how many answers stand outside, `compared_with` the state of the wave that they were counted
    in. `whole_only` when the groups of other answers were let out before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="snapshots")
    taken = models.DateTimeField(auto_now_add=True)
    answered = models.PositiveIntegerField()
    answers = models.BinaryField()
    serial = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=80, default="")
    waiting = models.PositiveIntegerField(default=0)
    compared_with = models.CharField(max_length=64, default="")
    whole_only = models.BooleanField(default=False)
    groups_released = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken", "id"]

    def __str__(self) -> str:
        return f"{self.wave} {self.taken:%Y-%m-%d}"


class Report(models.Model):
    """A report of an initiative's wave, or of a whole round when it has no initiative.

    `rests_on` names the answers that its figures were made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="reports"
    )
    period = models.CharField(_("wave"), max_length=20)
    languages = models.JSONField(_("languages"), default=list)
    formats = models.JSONField(_("formats"), default=list)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(_("ordered"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    rests_on = models.CharField(max_length=64, default="", editable=False)

    history = History(excluded_fields=["rests_on"])

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created", "-id"]
        indexes = [
            models.Index(fields=["initiative", "-created", "-id"], name="report_of_initiative"),
            models.Index(fields=["-created", "-id"], name="report_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative or _('Round')} {self.period}"
