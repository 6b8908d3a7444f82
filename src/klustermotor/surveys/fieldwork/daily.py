"""What goes on by itself: settling, reminders on their day, closing, and destroying the link.

The worker calls `go_on` once in a while; each step may be repeated without doing anything twice.
"""

import logging

from django.db.models import Q
from django.utils import timezone

from klustermotor.surveys.fieldwork import letters
from klustermotor.surveys.fieldwork.collecting import settle_soon
from klustermotor.surveys.fieldwork.keys import KeyMissingError, has_fieldwork_key
from klustermotor.surveys.fieldwork.planning import close_fieldwork, destroy_link, due_reminder
from klustermotor.surveys.models import Fieldwork, Letter

logger = logging.getLogger("klustermotor.surveys")
State = Fieldwork.State


def go_on() -> None:
    """See to every fieldwork; one that fails keeps no other from its turn."""
    today = timezone.localdate()
    alive = Fieldwork.objects.filter(
        Q(state=State.OPEN) | Q(state=State.CLOSED, link_until__lte=today)
    )
    for fieldwork in alive:
        try:
            _see_to(fieldwork)
        except KeyMissingError:
            logger.error("the key of a fieldwork is missing", extra={"kind": str(fieldwork.pk)})
        except Exception:
            logger.exception("a fieldwork could not go on", extra={"kind": str(fieldwork.pk)})


def _see_to(fieldwork: Fieldwork) -> None:
    today = timezone.localdate()
    if fieldwork.state == State.CLOSED:
        if has_fieldwork_key(fieldwork.pk):
            destroy_link(fieldwork)
        return
    if fieldwork.closes_on and fieldwork.closes_on < today:
        close_fieldwork(fieldwork)
        return
    settle_soon(fieldwork)
    letters.recover(fieldwork)
    if number := due_reminder(fieldwork, today):
        letters.queue(fieldwork, Letter.Kind.REMINDER, number)
    if fieldwork.site:
        for _letter in letters.send_due(fieldwork, fieldwork.site):
            pass
