"""What the core itself keeps of people: users, how they log in, and their jobs."""

import shutil
from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from klustermotor.core.jobs.queue import forget
from klustermotor.core.models import (
    ApiToken,
    Controller,
    DataRequest,
    Disposal,
    Erasure,
    Job,
    ProcessingText,
    RetentionRule,
    SearchEntry,
    User,
)
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.core.privacy.retention import RetentionKind, register_retention
from klustermotor.core.privacy.shredders import (
    Action,
    Shredder,
    SubjectKind,
    exempt,
    mentions_in,
    register_shredder,
    register_subject,
)

ACCOUNTS, RIGHTS = "accounts", "rights"


def declare() -> None:
    """Say all of it; called when the core is ready."""
    _users()
    _law()
    _keys()
    _others()
    _activities()
    _retention()


def _keys() -> None:
    register_shredder(
        Shredder(
            ApiToken,
            of=User,
            path="user",
            activity=ACCOUNTS,
            personal=(
                *("name", "scopes", "beginning"),
                *("created_at", "expires_at", "last_used_at", "revoked_at"),
            ),
        )
    )
    mentions_in(ApiToken, "name")
    exempt(ApiToken, "A fingerprint of random bits.", "digest")


def _users() -> None:
    register_subject(
        SubjectKind(
            User,
            _("user"),
            lambda user: reverse("user", kwargs={"user": user.pk}),
            refusal=_refusal,
            before=_end_everything,
            closing=lambda user: {"is_active": False, "password": make_password(None)},
        )
    )
    register_shredder(
        Shredder(
            User,
            of=User,
            path="pk",
            activity=ACCOUNTS,
            personal=("name", "email", "language", "last_login", "date_joined"),
            identifies=("name", "email"),
            stays=("name", "language", "date_joined"),
        )
    )
    register_shredder(
        Shredder(
            EmailAddress,
            of=User,
            path="user",
            activity=ACCOUNTS,
            personal=("email", "verified"),
            identifies=("email",),
        )
    )
    register_shredder(
        Shredder(
            Authenticator,
            of=User,
            path="user",
            activity=ACCOUNTS,
            personal=("type", "created_at", "last_used_at"),
        )
    )
    register_shredder(
        Shredder(
            Job,
            of=User,
            path="owner",
            activity=ACCOUNTS,
            personal=("title", "kind", "created", "finished"),
        )
    )
    mentions_in(Job, "title", "arguments", "message", "result", "error", by_machine=True)
    exempt(Job, "Keys and names of the system's own.", "kind", "key", "worker", "task_id", "folder")
    exempt(Job, "The user's language.", "language")
    exempt(User, "A hash that names nobody; it goes with the account.", "password")
    exempt(Authenticator, "A secret that goes with the account.", "data")


def _refusal(user: User, by: User | None) -> str | Promise:
    if by is not None and by.pk == user.pk:
        return _("You cannot erase yourself: ask another administrator.")
    others = User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk)
    if user.is_administrator and not others.exists():
        return _("This is the only administrator: make another one first.")
    return ""


def _end_everything(user: User, home: Path) -> None:
    """Log the user out everywhere, and take the files of their jobs away."""
    from klustermotor.core.services import end_sessions

    end_sessions(user)
    for key in Job.objects.filter(owner=user).values_list("pk", flat=True):
        shutil.rmtree(home / "jobs" / str(key), ignore_errors=True)


def _law() -> None:
    for path, fields in (("handled_by", ("kind", "received_on", "handled_by")),):
        register_shredder(
            Shredder(
                DataRequest,
                of=User,
                path=path,
                activity=RIGHTS,
                personal=fields,
                action=Action.UNLINK,
                reason=_("The request stays as proof that it was answered."),
            )
        )
    for model in (Erasure, Disposal):
        register_shredder(
            Shredder(
                model,
                of=User,
                path="by",
                activity=RIGHTS,
                personal=("at", "by"),
                action=Action.UNLINK,
                reason=_("The log stays: it has to outlive everybody in it."),
            )
        )
    mentions_in(DataRequest, "reference", "extension_reason", "answer")
    mentions_in(RetentionRule, "decision_number", "decided_by", official=True)
    mentions_in(Controller, "name", "email", "address", "protection_officer")
    mentions_in(
        ProcessingText,
        *("purpose", "legal_basis", "recipients", "transfers", "retention", "security"),
    )
    keys = "Keys of rows and tables, counts, and the number of a decision."
    exempt(DataRequest, keys, "subject_model", "subject")
    exempt(
        Erasure,
        keys,
        *("subject_model", "subject", "reason", "decision", "erased", "kept", "left", "struck"),
    )
    exempt(
        Disposal, "Which rule, by which decision: a board's, not a person's.", "kind", "decision"
    )
    exempt(RetentionRule, "The name of a kind of rows.", "kind")
    exempt(ProcessingText, "The name of an activity of ours, and a language.", "activity")
    exempt(SearchEntry, "It follows the rows that it tells of, and goes with them.")
    exempt(Controller, "The number of a public or private body.", "number")


def _others() -> None:
    exempt(Session, "Signed and short-lived; a user's end with the account.")
    exempt(EmailConfirmation, "A key sent by mail; it goes with the address that it confirms.")
    exempt(DBTaskResult, "The queue: keys of jobs and traces of errors, kept for seven days.")
    for model in (ContentType, Permission, Group, Group.permissions.through):
        exempt(model, "Names of tables and rights, which the system sets itself.")
    if apps.is_installed("allauth.socialaccount"):
        _social_accounts()


def _social_accounts() -> None:
    from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken

    register_shredder(
        Shredder(
            SocialAccount,
            of=User,
            path="user",
            activity=ACCOUNTS,
            personal=("provider", "uid", "extra_data"),
        )
    )
    exempt(SocialApp, "The settings of the issuer through which users log in.")
    exempt(SocialToken, "A secret of the issuer; it goes with the account.")


def _activities() -> None:
    register_activity(
        Activity(
            ACCOUNTS,
            _("Accounts of those who log in"),
            _("To let those who work with the clusters in, and to know who changed what."),
            _("Public interest or legitimate interest (GDPR article 6.1 e or f)."),
            _("Administrators."),
            retention=("accounts", "jobs"),
            order=10,
        )
    )
    register_activity(
        Activity(
            RIGHTS,
            _("Requests about one's data"),
            _("To answer those who ask about their data, and to prove that it was done."),
            _("Legal duty (GDPR article 6.1 c)."),
            _("Administrators; the authority for data protection when it asks."),
            order=90,
        )
    )


def _retention() -> None:
    register_retention(
        RetentionKind(
            "jobs",
            _("jobs and their files"),
            _("Long work that is over: its result and the files that it wrote."),
            12,
            _jobs_before,
            dispose=_forget_job,
            line=lambda job: job.title,
        )
    )
    register_retention(
        RetentionKind(
            "extracts",
            _("register extracts"),
            _("Files with all that is kept of somebody, once they have been fetched."),
            1,
            _extracts_before,
            dispose=_forget_job,
            line=lambda job: f"{job.title} {job.finished:%Y-%m-%d}",
        )
    )
    register_retention(
        RetentionKind(
            "accounts",
            _("closed accounts"),
            _("Users whose account is closed and who have not logged in since."),
            24,
            _accounts_before,
            dispose=_erase_user,
        )
    )


_OVER = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)


def _jobs_before(cutoff: datetime) -> QuerySet[Job]:
    """Jobs that are over and that no row of any room still shows."""
    found = Job.objects.filter(state__in=_OVER, finished__lt=cutoff)
    for relation in Job._meta.related_objects:
        found = (
            found.filter(**{f"{relation.related_query_name()}__isnull": True})
            if (relation.related_name != "+")
            else found.exclude(
                pk__in=relation.related_model._base_manager.filter(
                    **{f"{relation.field.name}__isnull": False}
                ).values(relation.field.attname)
            )
        )
    return found


def _extracts_before(cutoff: datetime) -> QuerySet[Job]:
    return Job.objects.filter(kind="privacy.extract", state__in=_OVER, finished__lt=cutoff)


def _forget_job(job: Job, by: User | None, decision: str) -> None:
    forget(job)


def _accounts_before(cutoff: datetime) -> QuerySet[User]:
    from django.db.models.functions import Coalesce

    closed = User.objects.filter(is_active=False, is_administrator=False)
    seen = closed.annotate(seen=Coalesce("last_login", "date_joined")).filter(seen__lt=cutoff)
    return seen.exclude(email__endswith="@erased.invalid")


def _erase_user(user: User, by: User | None, decision: str) -> None:
    from klustermotor.core.privacy.erasure import erase
    from klustermotor.core.privacy.shredders import Subject

    erase(Subject.of(user), by=by, reason="accounts", decision=decision)
