"""Saying no: to one survey, or to all mail from us."""

from django.db import transaction

from klustermotor.register.services.privacy import unsubscribe
from klustermotor.surveys.models import Invitation, Letter


@transaction.atomic
def decline(invitation: Invitation, *, all_mail: bool = False) -> None:
    """Write no more to this person about this survey; with `all_mail` about nothing at all."""
    Invitation.objects.filter(pk=invitation.pk).update(standing=Invitation.Standing.DECLINED)
    Letter.objects.filter(invitation=invitation, state=Letter.State.QUEUED).update(
        state=Letter.State.DROPPED
    )
    if all_mail and invitation.person is not None:
        unsubscribe(invitation.person)
