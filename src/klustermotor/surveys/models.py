"""Questionnaires, waves, who was asked, and what was answered.

An answer knows its wave and nothing else: no company, no person, no time. Its key is random and
answers are written in shuffled order, so that neither says who came first.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.core.models import Job
from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import Organisation


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


class Wave(models.Model):
    """One round of asking. `name` is what reports and result files call it: 2009."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Selection(models.TextChoices):
        CENSUS = "census", _("all were asked")
        RANDOM = "random", _("random sample")
        CHOSEN = "chosen", _("chosen companies")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="waves", verbose_name=_("initiative")
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="waves", verbose_name=_("questionnaire")
    )
    name = models.CharField(_("name"), max_length=20)
    opened = models.DateField(_("opened"), null=True, blank=True)
    closed = models.DateField(_("closed"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.CLOSED)
    selection = models.CharField(
        _("who was asked"), max_length=8, choices=Selection.choices, default=Selection.CENSUS
    )
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    preliminary = models.BooleanField(_("preliminary"), default=False)
    synthetic = models.TextField(_("what is not observed"), blank=True, default="")
    origins = models.JSONField(_("where answers come from"), default=dict, blank=True)
    keyed = models.BooleanField(_("the key is the same company in every wave"), default=False)
    groupings = models.JSONField(_("groupings that may be shown"), default=list, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts loads and undos, so that a result can be kept until its answers change."""

    history = History()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["initiative", "name"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "name"], name="wave_once_per_initiative")
        ]
        indexes = [models.Index(fields=["-name", "id"], name="wave_latest")]

    def __str__(self) -> str:
        return f"{self.initiative} {self.name}"


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
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frame = models.ForeignKey(Frame, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    industry = models.CharField(_("industry"), max_length=80, blank=True, default="")
    size = models.CharField(_("size"), max_length=40, blank=True, default="")
    municipality = models.CharField(_("municipality"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("invited unit")
        verbose_name_plural = _("invited units")

    def __str__(self) -> str:
        return str(self.id)


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


class Answer(models.Model):
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


class ReferenceSeries(models.Model):
    """A figure to compare with that someone else published; the item reads ``block.item``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("series"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    item = models.CharField(_("item"), max_length=120)
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("reference figure")
        verbose_name_plural = _("reference figures")
        ordering = ["name", "-year", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year", "item"], name="reference_figure_once_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.item}"
