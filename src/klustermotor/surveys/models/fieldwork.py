"""Collecting answers: who is invited, and answers on their way, sealed until they are settled.

What this file keeps apart, and why:

- An invitation knows the person; an `Answer` knows only its wave. Nothing in the database joins
  them. In confidential mode they can be joined with a key that lies outside the database and its
  backups, and that is destroyed on a promised date (`Draft`). In anonymous mode nothing joins them,
  not even with the key, once they are settled (`SealedAnswer`).
- Submitted answers are settled, that is moved to `Answer`. In confidential mode that is done at
  once. In anonymous mode it is done in shuffled batches of at least `LEAST_BATCH`; as many are held
  back for the last batch, when the fieldwork closes. The marks of who took part are set in that
  same batch, so that a dump, two backups in a row, the order of rows or transaction ids tell a
  batch at most.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History
from klustermotor.register.models import Organisation, Person

LEAST_BATCH = 5


class Fieldwork(models.Model):
    """One collection of answers for one wave, or for the waves of several initiatives at once."""

    class Mode(models.TextChoices):
        CONFIDENTIAL = "confidential", _("confidential")
        ANONYMOUS = "anonymous", _("anonymous")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Several(models.TextChoices):
        """Which answers count when several persons answer for one company."""

        FIRST = "first", _("the first to finish")
        LATEST = "latest", _("the latest to finish")
        FULLEST = "fullest", _("who answered most questions")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    mode = models.CharField(
        _("what is promised"), max_length=12, choices=Mode.choices, default=Mode.CONFIDENTIAL
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    languages = models.JSONField(_("languages"), default=list)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    reminders = models.JSONField(_("reminders"), default=list, blank=True)
    """Days after the opening on which those who have not answered are reminded: ``[7, 14]``."""
    quarantine_days = models.PositiveSmallIntegerField(
        _("days of rest between surveys"),
        default=0,
        help_text=_("Who got a survey of ours so recently is not invited."),
    )
    several = models.CharField(
        _("when several answer for one company"),
        max_length=8,
        choices=Several.choices,
        default=Several.LATEST,
    )
    open_link = models.BooleanField(
        _("open link"), default=False, help_text=_("Anyone with the link may answer, once.")
    )
    target = models.PositiveIntegerField(_("answers aimed at"), null=True, blank=True)
    link_until = models.DateField(
        _("the link between person and answers is destroyed on"), null=True, blank=True
    )
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    """``{"subject": {"sv": …}, "invitation": …, "reminder": …, "welcome": …, "thanks": …}``"""
    sender_name = models.CharField(_("sender"), max_length=120, blank=True, default="")
    reply_to = models.EmailField(_("replies go to"), blank=True, default="")
    site = models.CharField(max_length=200, blank=True, default="", editable=False)
    """Where links in letters lead: the address at which the evaluator opened it."""
    created_at = models.DateTimeField(auto_now_add=True)

    history = History(excluded_fields=["created_at"])

    class Meta:
        verbose_name = _("collection of answers")
        verbose_name_plural = _("collections of answers")
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(opens_on__lte=F("closes_on")),
                name="fieldwork_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def spoken(self, wanted: str) -> str:
        """The language that is wanted, if it is offered; else the first that is."""
        offered = self.languages or [settings.LANGUAGE_CODE]
        return wanted if wanted in offered else offered[0]

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody, with whatever key, can say whose answers are whose."""
        return self.mode == self.Mode.ANONYMOUS


class Invitation(models.Model):
    """Somebody who is asked to answer, for an organisation or for themselves.

    `has_answered` is the mark of taking part; it bears no time. Neither invitations nor answers
    have a history.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        PAPER = "paper", _("paper link")
        PHONE = "phone", _("telephone")
        OPEN = "open", _("open link")

    class Standing(models.TextChoices):
        READY = "ready", _("not invited yet")
        INVITED = "invited", _("invited")
        BOUNCED = "bounced", _("the mail came back")
        DECLINED = "declined", _("does not want to answer")
        RESTING = "resting", _("rests between surveys")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fieldwork = models.ForeignKey(Fieldwork, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    language = models.CharField(_("language"), max_length=5, default="sv")
    channel = models.CharField(
        _("how"), max_length=5, choices=Channel.choices, default=Channel.MAIL
    )
    standing = models.CharField(
        _("standing"), max_length=8, choices=Standing.choices, default=Standing.READY
    )
    generation = models.PositiveSmallIntegerField(default=1)
    """Raised to make a new link; earlier links keep working unless `valid_from` is raised too."""
    valid_from = models.PositiveSmallIntegerField(default=1)
    has_answered = models.BooleanField(_("has answered"), default=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["fieldwork", "standing", "id"], name="invitation_standing"),
            models.Index(fields=["email"], name="invitation_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fieldwork", "email", "organisation"],
                condition=~Q(email=""),
                name="invitation_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("generation")), name="invitation_has_a_link"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Draft(models.Model):
    """Answers of one respondent in confidential mode, sealed under the fieldwork's key.

    Its id is a keyed hash of the invitation: with the key the respondent's own answers are found
    again (on another device, for a copy, beside their group's); without it nobody can tell whose
    they are. What is sealed holds the times too. On `Fieldwork.link_until` drafts and key go.
    """

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    fieldwork = models.ForeignKey(Fieldwork, models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    is_submitted = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("sealed draft")
        verbose_name_plural = _("sealed drafts")
        indexes = [
            models.Index(fields=["fieldwork", "is_submitted", "is_settled"], name="draft_to_settle")
        ]

    def __str__(self) -> str:
        return self.id[:8]


class SealedAnswer(models.Model):
    """A submitted answer in anonymous mode, until its batch is settled; then the row is gone.

    Its id is a keyed hash of the invitation, so that a second submit is the same row; what is
    sealed is padded, so that its length tells nothing.
    """

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    fieldwork = models.ForeignKey(Fieldwork, models.CASCADE, related_name="sealed_answers")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("sealed answer")
        verbose_name_plural = _("sealed answers")

    def __str__(self) -> str:
        return self.id[:8]


class FieldDay(models.Model):
    """How many finished on a day: a count, nobody's mark."""

    id = models.BigAutoField(primary_key=True)
    fieldwork = models.ForeignKey(Fieldwork, models.CASCADE, related_name="days")
    day = models.DateField()
    finished = models.PositiveIntegerField(default=0)
    seconds = models.JSONField(default=list, blank=True)
    """How long they took, rounded to half minutes and sorted."""

    class Meta:
        verbose_name = _("day in the field")
        verbose_name_plural = _("days in the field")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["fieldwork", "day"], name="field_day_once")]

    def __str__(self) -> str:
        return str(self.day)


class PageCount(models.Model):
    """How many came to a page of the questionnaire: where people leave is seen from this."""

    id = models.BigAutoField(primary_key=True)
    fieldwork = models.ForeignKey(Fieldwork, models.CASCADE, related_name="page_counts")
    page = models.PositiveSmallIntegerField()
    reached = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("page reached")
        verbose_name_plural = _("pages reached")
        ordering = ["page"]
        constraints = [
            models.UniqueConstraint(fields=["fieldwork", "page"], name="page_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.reached}"


class InterviewerCall(models.Model):
    """A follow-up by telephone: when, by whom, what came of it – never what was answered."""

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", _("no answer")
        LATER = "later", _("call again")
        DONE = "done", _("answered on the telephone")
        DECLINED = "declined", _("does not want to answer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    called_on = models.DateField()
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome.choices)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-called_on", "id"]

    def __str__(self) -> str:
        return str(self.called_on)
