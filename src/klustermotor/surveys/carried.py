"""A questionnaire from LimeSurvey, and in words what of it could not be carried over."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klustermotor.formats.limesurvey import NotCarried, read_survey
from klustermotor.formats.questionnaire import write_questionnaire
from klustermotor.surveys.uploads import on_disk

WHY: dict[str, Promise] = {
    "type": _("Left out: there is no such type of question here."),
    "answers": _("Left out: it has fewer than two answers to choose from."),
    "condition": _("Its condition was left out. Everybody is asked."),
    "comments": _("Comments beside its answers were left out."),
    "other": _("What is written under “other” was left out."),
    "scales": _("Left out: its two scales have different answers."),
    "codes": _("Left out: the codes of its answers are no numbers."),
    "no_mean": _("The codes of its answers are no numbers, so it has shares but no mean."),
    "gap": _("Its first scale was read as now, its second as wanted."),
}


@dataclass(frozen=True)
class Carried:
    """The questionnaire as YAML, and what did not come along."""

    yaml: str
    not_carried: tuple[NotCarried, ...]

    def rows(self) -> list[tuple[NotCarried, Promise]]:
        """Each thing that did not come along, and why."""
        return [(one, WHY[one.why]) for one in self.not_carried]


def from_limesurvey(file: UploadedFile) -> Carried:
    """Read an uploaded .lss file. Raises InputError."""
    with on_disk(file, "survey.lss") as path:
        survey = read_survey(path)
    return Carried(write_questionnaire(survey.questionnaire), survey.not_carried)
