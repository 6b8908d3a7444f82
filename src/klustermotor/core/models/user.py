"""A person who logs in."""

from typing import Any

import rules
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from klustermotor.core.history import History

gettext_noop("Norwegian")  # stands in the settings; Django has words for the other languages


class UserManager(BaseUserManager["User"]):
    """Makes users; an e-mail address is the same in any case of letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who logs in with ``email``; without a password, by code only."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator; ``klustermotor createsuperuser`` calls this."""
        return self.create_user(email, password, is_administrator=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Logs in by e-mail; what more they may do hangs on their assignments to initiatives."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_administrator = models.BooleanField(
        _("administrator"), default=False, help_text=_("May see and change everything.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Unset to close the account and keep its history.")
    )
    is_contact = models.BooleanField(
        _("company contact"),
        default=False,
        editable=False,
        help_text=_("Has been let in as a company's contact, and may have ended to be one."),
    )
    date_joined = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()
    # Neither secrets nor every log-in belong in the history.
    history = History(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Whether the rule registered under ``permission`` holds for ``obj``."""
        return self.is_active and rules.has_perm(permission, self, obj)
