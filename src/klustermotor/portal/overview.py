"""What the overview shows a user: their initiatives, waves, reports, and what waits for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.queries import reports_for
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.queries import initiatives_for, initiatives_seen_by
from klustermotor.surveys.models import AnswerLoad, Wave
from klustermotor.surveys.queries import waves_with_answers

SHOWN = 8
LOW_RESPONSE = 0.6


@dataclass(frozen=True)
class Attention:
    """Something that waits for the user, and where to see to it."""

    text: str
    url: str


@dataclass(frozen=True)
class LatestWave:
    """A wave with its share of answers, None when nobody knows how many were invited."""

    wave: Wave
    response_rate: float | None


@dataclass(frozen=True)
class Overview:
    """What the page shows, each part at most `SHOWN` long."""

    initiatives: Sequence[Initiative]
    waves: Sequence[LatestWave]
    attention: Sequence[Attention]
    reports: Sequence[Report]


def overview_of(user: User) -> Overview:
    """Everything on the page, in a number of queries that does not grow with the region."""
    initiatives = list(initiatives_seen_by(user).order_by("name")[:SHOWN])
    ids = initiatives_for(user).values_list("pk", flat=True)
    waves = [
        LatestWave(wave, wave.n_answers / wave.invited if wave.invited else None)
        for wave in waves_with_answers(ids)[:SHOWN]
    ]
    reports = list(reports_for(user)[:SHOWN])
    attention = [*_of_waves(user, waves), *_of_files(user), *_of_reports(user, reports)]
    return Overview(initiatives, waves, attention, reports)


def _of_waves(user: User, waves: Sequence[LatestWave]) -> Iterator[Attention]:
    latest = max((row.wave.name for row in waves), default="")
    for row in waves:
        wave, rate = row.wave, row.response_rate
        if not user.has_perm("surveys.change_wave", wave):
            continue
        url = reverse("wave", kwargs={"wave": wave.pk})
        if wave.invited is None:
            yield Attention(_("%(wave)s: say how many were invited") % {"wave": wave}, url)
        elif not wave.n_answers:
            yield Attention(_("%(wave)s: load the answers") % {"wave": wave}, url)
        elif rate is not None and rate < LOW_RESPONSE and wave.name == latest:
            yield Attention(
                _("%(wave)s: fewer than six in ten have answered; figures hold for them only")
                % {"wave": wave},
                url,
            )


def _of_files(user: User) -> Iterator[Attention]:
    staged = AnswerLoad.objects.filter(state=AnswerLoad.State.STAGED, by=user)
    for load in staged.select_related("wave__initiative")[:SHOWN]:
        yield Attention(
            _("The file %(file)s waits to be applied") % {"file": load.file_name},
            reverse("load", kwargs={"load": load.pk}),
        )


def _of_reports(user: User, reports: Sequence[Report]) -> Iterator[Attention]:
    for report in reports:
        if report.job and report.job.state == "failed" and report.created_by_id == user.pk:
            yield Attention(
                _("%(report)s: the report could not be built") % {"report": report},
                reverse("report", kwargs={"report": report.pk}),
            )
