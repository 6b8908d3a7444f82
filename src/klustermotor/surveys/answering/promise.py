"""What is promised on the first page, in plain words, from what the fieldwork really does."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klustermotor.surveys.models import Fieldwork, Wave


@dataclass(frozen=True)
class Promise:
    """A heading, and one plain sentence a point."""

    heading: str
    points: tuple[str, ...]


def promise_of(fieldwork: Fieldwork, waves: list[Wave], least: int) -> Promise:
    """The promise of this fieldwork; `least` is the smallest group that results are shown for."""
    if fieldwork.is_anonymous:
        return Promise(
            _("Your answers are anonymous"),
            (
                _("Nobody can find out what you answered, not even those who run the survey."),
                _("Until you send them, your answers are kept in this browser only."),
                _("Once sent, they are mixed with those of at least four others."),
                _("They cannot be changed, shown or taken back after that."),
                _("We know that you have answered, so that you are not reminded."),
                _shown_from(least),
            ),
        )
    points = [
        _("Only the evaluator can see answers, without names. Your company, process leaders and "
          "funders never see what you answered."),
        _("You can go on later, on another device too, with the same link."),
    ]  # fmt: skip
    if fieldwork.link_until:
        points.append(
            _("The link between you and your answers is kept encrypted and destroyed on %(date)s.")
            % {"date": date_format(fieldwork.link_until, "Y-m-d")}
        )
    else:
        points.append(_("The link between you and your answers is kept encrypted."))
    if any(wave.keyed for wave in waves):
        points.append(
            _("Your company's answers are compared with those of other years under a code that "
              "only the evaluator holds.")
        )  # fmt: skip
    points.append(_shown_from(least))
    return Promise(_("Your answers are confidential"), tuple(points))


def _shown_from(least: int) -> str:
    return _("Results are shown for groups of at least %(n)s answers.") % {"n": least}
