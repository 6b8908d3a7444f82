"""Who we know: a company, a university, a public body, and how each stands among the others."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klustermotor.core.history import History

FILTERED = ("ended", "municipality", "kind", "size", "main_industry")


class Organisation(models.Model):
    """A legal unit (or a sole trader). Place and jobs hang on its establishments.

    ``number`` is the digits alone. A sole trader's number is personal data: `is_sole_trader` says
    so, and exports leave it out unless it is asked for.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        ACADEMIA = "academia", _("academia")
        PUBLIC = "public", _("public body")
        OTHER = "other", _("other")

    class Size(models.TextChoices):
        NONE = "0", _("no employees")
        MICRO = "1-9", _("1–9 employees")
        SMALL = "10-49", _("10–49 employees")
        MEDIUM = "50-249", _("50–249 employees")
        LARGE = "250-", _("250 employees or more")
        UNKNOWN = "", _("size unknown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    number = models.CharField(_("organisation number"), max_length=20, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, default="SE")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COMPANY)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True, default="")
    is_sole_trader = models.BooleanField(
        _("sole trader"),
        default=False,
        help_text=_("The number is then personal data and is left out of exports."),
    )
    municipality = models.ForeignKey(
        "register.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("municipality"),
    )
    street = models.CharField(_("street address"), max_length=160, blank=True, default="")
    postcode = models.CharField(_("postcode"), max_length=12, blank=True, default="")
    city = models.CharField(_("postal town"), max_length=80, blank=True, default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    size = models.CharField(
        _("size class"), max_length=8, choices=Size.choices, blank=True, default=""
    )
    website = models.URLField(_("web page"), blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    description = models.TextField(_("what it does"), blank=True, default="")
    main_industry = models.ForeignKey(
        "register.Industry",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("main industry"),
    )
    """A copy of its first `OrganisationIndustry`, so that a list of a million can be filtered:
    `services.industries` keeps it (`keep_main_industries` after a load)."""
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("parent company"),
    )
    started = models.DateField(_("registered on"), null=True, blank=True)
    ended = models.DateField(_("ended on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    history = History(excluded_fields=["created_at", "changed_at", "main_industry"])

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        indexes = [
            # The list's two orders, each with all that it filters by: no row is read in vain.
            models.Index(fields=["name", "id", *FILTERED], name="organisation_by_name"),
            models.Index(fields=["changed_at", "id", *FILTERED], name="organisation_by_change"),
            models.Index(fields=["municipality", "name", "id"], name="organisation_by_place"),
            models.Index(fields=["kind", "name", "id"], name="organisation_by_kind"),
            # Many numbers at once: no database sees that the unique index, which leaves out the
            # empty ones, answers an IN (…) of hundreds.
            models.Index(fields=["number"], name="organisation_by_number"),
            models.Index(fields=["size", "name", "id"], name="organisation_by_size"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="organisation_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90),
                name="organisation_latitude",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180),
                name="organisation_longitude",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that the users sort organisations by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("tag"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationTag(models.Model):
    """A tag that an organisation carries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="organisations")

    history = History()

    class Meta:
        verbose_name = _("tag of an organisation")
        verbose_name_plural = _("tags of organisations")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "tag"], name="organisation_tag_once")
        ]

    def __str__(self) -> str:
        return str(self.tag)


class ValueChainPosition(models.Model):
    """Where in the value chain of a cluster an organisation stands."""

    class Position(models.TextChoices):
        UPSTREAM = "upstream", _("upstream")
        MIDSTREAM = "midstream", _("midstream")
        DOWNSTREAM = "downstream", _("downstream")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="value_chain_positions"
    )
    cluster = models.CharField(_("cluster"), max_length=80)
    position = models.CharField(_("position"), max_length=10, choices=Position.choices)

    history = History()

    class Meta:
        verbose_name = _("position in a value chain")
        verbose_name_plural = _("positions in value chains")
        ordering = ["cluster"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cluster", "position"], name="value_chain_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_position_display()}"
