"""Follow-up by telephone: calls noted, and answers that came that way marked so."""

from django.db import transaction
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.surveys.fieldwork.declining import decline
from klustermotor.surveys.fieldwork.sealing import row_id
from klustermotor.surveys.models import Draft, InterviewerCall, Invitation


def has_begun(invitation: Invitation) -> bool:
    """Whether answers of their own lie under the invitation: an interviewer must not see them."""
    return invitation.has_answered or Draft.objects.filter(pk=row_id(invitation)).exists()


@transaction.atomic
def note(invitation: Invitation, outcome: str, *, by: User) -> InterviewerCall:
    """Note a call. Whoever answers on the telephone has that recorded with the answer."""
    call = InterviewerCall.objects.create(
        invitation=invitation, by=by, called_on=timezone.localdate(), outcome=outcome
    )
    if outcome == InterviewerCall.Outcome.DONE:
        Invitation.objects.filter(pk=invitation.pk).update(channel=Invitation.Channel.PHONE)
    elif outcome == InterviewerCall.Outcome.DECLINED:
        decline(invitation)
    return call
