"""What the worker does for the law while nobody looks on."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from klustermotor.core.models import Disposal, RetentionRule
from klustermotor.core.privacy import ledger
from klustermotor.core.privacy.controllers import NoControllerError
from klustermotor.core.privacy.retention import apply_rule, retention_kind

ONCE_IN = timedelta(hours=20)


def tidy() -> None:
    """Apply the rules that are set to be applied by themselves, each once a night.

    Also brings the file of erasures up to date with the table.
    """
    ledger.write_down(settings.HOME)
    since = timezone.now() - ONCE_IN
    for rule in RetentionRule.objects.filter(is_active=True):
        if not rule.is_decided or Disposal.objects.filter(kind=rule.kind, at__gt=since).exists():
            continue
        try:
            apply_rule(retention_kind(rule.kind), by=None)
        except (LookupError, NoControllerError):
            continue  # a kind of a room that is gone; or nobody to answer for it yet
