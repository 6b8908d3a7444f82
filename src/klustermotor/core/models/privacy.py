"""Whose register it is, what people have asked of it, and what has gone out of it for good.

None of these tables names a person who has been erased: they hold keys alone.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History


class Controller(models.Model):
    """Who answers for personal data: a region, a municipality, an association, a company.

    A public body has to keep its official documents until it has decided to dispose of them; a
    private one has to erase. `is_default` is the one that answers where no other is named.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("public body")
        PRIVATE = "private", _("private body")

    class Country(models.TextChoices):
        SWEDEN = "SE", _("Sweden")
        NORWAY = "NO", _("Norway")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PUBLIC)
    country = models.CharField(
        _("country"), max_length=2, choices=Country.choices, default=Country.SWEDEN
    )
    number = models.CharField(_("organisation number"), max_length=20, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    address = models.CharField(_("address"), max_length=200, blank=True, default="")
    protection_officer = models.CharField(
        _("data protection officer"),
        max_length=200,
        blank=True,
        default="",
        help_text=_(
            "How the officer is reached: an address of the office rather than of a person."
        ),
    )
    is_default = models.BooleanField(_("answers where no other is named"), default=False)

    history = History()

    class Meta:
        verbose_name = _("controller")
        verbose_name_plural = _("controllers")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="controller_default_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether its documents are official ones, which must be kept."""
        return self.kind == self.Kind.PUBLIC


class DataRequest(models.Model):
    """What somebody has asked of their data, and when it has to be answered."""

    class Kind(models.TextChoices):
        EXTRACT = "extract", _("register extract")
        ERASURE = "erasure", _("erasure")
        RECTIFICATION = "rectification", _("rectification")
        RESTRICTION = "restriction", _("restriction")
        OBJECTION = "objection", _("objection")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what is asked for"), max_length=16, choices=Kind.choices)
    subject_model = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=40, blank=True, default="", db_index=True)
    """The key of the person or user; empty when nobody of that name was found."""
    reference = models.CharField(
        _("reference number"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("As in your own journal of cases. Names do not belong here."),
    )
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"), db_index=True)
    extension_reason = models.TextField(_("why it takes longer"), blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(
        _("what was answered"),
        blank=True,
        default="",
        help_text=_("And why, where it was refused. Names do not belong here."),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = History()

    class Meta:
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["received_on", "id"], name="data_request_received")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on}"


class Erasure(models.Model):
    """That somebody was erased: keys and counts, never a name. The file beside it says the same.

    `left` names the mentions that somebody looked at and left; `kept` counts what law kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_model = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=20, default="request")
    """``request`` or the kind of the retention rule that it rests on."""
    decision = models.CharField(_("decision"), max_length=300, blank=True, default="")
    erased = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    struck = models.JSONField(default=list)
    applied_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="erasure_latest"),
            models.Index(fields=["subject_model", "subject"], name="erasure_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_model} {self.subject}"


class RetentionRule(models.Model):
    """For how long one kind of rows is kept, and the decision to dispose of it after that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, unique=True)
    months = models.PositiveSmallIntegerField(_("kept for months"))
    is_active = models.BooleanField(
        _("apply every night"),
        default=False,
        help_text=_("Otherwise it is applied only when an administrator asks for it."),
    )
    decision_number = models.CharField(
        _("number of the disposal decision"), max_length=60, blank=True, default=""
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(
        _("decided by"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("The board or the office, such as the regional board."),
    )

    history = History()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_decided(self) -> bool:
        """Whether the decision that it rests on is named in full."""
        return bool(self.decision_number and self.decided_on and self.decided_by)


class Disposal(models.Model):
    """One time that a retention rule was applied, and how much went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    months = models.PositiveSmallIntegerField(_("kept for months"))
    decision = models.CharField(_("decision"), max_length=300)
    rows = models.PositiveIntegerField(_("rows"), default=0)

    class Meta:
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class ProcessingText(models.Model):
    """What a controller says of one of its activities, in one language, instead of our words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.CharField(max_length=40)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    purpose = models.TextField(_("purpose"), blank=True, default="")
    legal_basis = models.TextField(_("legal basis"), blank=True, default="")
    recipients = models.TextField(_("recipients"), blank=True, default="")
    transfers = models.TextField(_("transfers out of the EU and EEA"), blank=True, default="")
    retention = models.TextField(_("time limits for erasure"), blank=True, default="")
    security = models.TextField(_("security"), blank=True, default="")

    history = History()

    class Meta:
        verbose_name = _("text of the record of processing")
        verbose_name_plural = _("texts of the record of processing")
        ordering = ["activity", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"], name="processing_text_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.language}"
