"""What the surveys keep that may name people. Answers know no person; free answers may name one."""

from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.core.privacy import Action, Shredder, exempt, mentions_in, register_shredder
from klustermotor.core.privacy.files import when_a_file_goes
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.surveys.models import (
    Answer,
    AnswerLoad,
    Frame,
    FrameMember,
    Instrument,
    ReferenceSeries,
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


def _forget_waiting(path: str) -> None:
    """A file that waits to be loaded has gone: so does the row that waits for it."""
    folder, _slash, name = path.rpartition("/")
    if folder == "uploads/answers":
        AnswerLoad.objects.filter(stored_as=name, state=AnswerLoad.State.STAGED).delete()
