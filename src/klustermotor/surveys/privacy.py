"""What the surveys keep that may name people. Answers know no person; free answers may name one."""

from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.core.privacy import Action, Shredder, exempt, mentions_in, register_shredder
from klustermotor.core.privacy.files import when_a_file_goes
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.register.models import Person
from klustermotor.surveys.models import (
    Answer,
    AnswerLoad,
    Draft,
    FieldDay,
    Fieldwork,
    Frame,
    FrameMember,
    Instrument,
    InterviewerCall,
    Invitation,
    Letter,
    ReferenceSeries,
    SealedAnswer,
    Wave,
)

SURVEYS = "surveys"


def declare() -> None:
    """Say all of it; called when the room is ready."""
    register_shredder(
        Shredder(
            AnswerLoad,
            of=User,
            path="by",
            activity=SURVEYS,
            personal=("file_name", "created_at", "by"),
            action=Action.UNLINK,
            reason=_("What was loaded stays; it no longer says by whom."),
        )
    )
    _fieldwork()
    mentions_in(Answer, "values", by_machine=True)
    mentions_in(AnswerLoad, "file_name", "before", "preview", "columns", by_machine=True)
    mentions_in(Wave, "synthetic")
    mentions_in(Instrument, "title", "yaml")
    exempt(Answer, "A random key that leads to nobody.", "respondent")
    exempt(AnswerLoad, "The random name of a file.", "stored_as")
    exempt(Instrument, "An address name, and names of columns.", "slug", "columns")
    exempt(Wave, "A year, and names of columns.", "name", "origins", "groupings")
    exempt(Frame, "Which wave it belongs to.")
    exempt(FrameMember, "A company, its industry, size and place.")
    exempt(ReferenceSeries, "Figures that others have published.")
    register_activity(
        Activity(
            SURVEYS,
            _("Surveys"),
            _("To learn from companies what the work has given. Answers are kept without names."),
            _("Public interest (GDPR article 6.1 e), or consent (6.1 a)."),
            _("Evaluators; others see only groups that are large enough."),
            order=40,
        )
    )
    when_a_file_goes(_forget_waiting)


def _fieldwork() -> None:
    """Who is asked. The row stays without its person, so that the response rate holds."""
    register_shredder(
        Shredder(
            Invitation,
            of=Person,
            path="person",
            activity=SURVEYS,
            personal=("name", "email", "language", "channel", "standing", "has_answered"),
            emptied=("name", "email"),
            identifies=("name", "email"),
            action=Action.BLANK,
            reason=_("That somebody was asked stays counted; whom no longer shows."),
            may_name_others=True,
        )
    )
    register_shredder(
        Shredder(
            InterviewerCall,
            of=User,
            path="by",
            activity=SURVEYS,
            personal=("called_on", "outcome"),
            action=Action.UNLINK,
            reason=_("The call stays; it no longer says by whom."),
        )
    )
    mentions_in(Fieldwork, "name", "texts", "sender_name", "reply_to")
    mentions_in(Letter, "error", by_machine=True)
    exempt(
        Fieldwork, "Codes of languages, days, our own address.", "languages", "reminders", "site"
    )
    sealed = "Sealed under a key outside the database; its id is a keyed hash that names nobody."
    exempt(Draft, sealed)
    exempt(SealedAnswer, sealed)
    exempt(FieldDay, "Counts of a day.")
    exempt(Letter, "Random names of a letter and a worker.", "message_id", "worker")


def _forget_waiting(path: str) -> None:
    """A file that waits to be loaded has gone: so does the row that waits for it."""
    folder, _slash, name = path.rpartition("/")
    if folder == "uploads/answers":
        AnswerLoad.objects.filter(stored_as=name, state=AnswerLoad.State.STAGED).delete()
