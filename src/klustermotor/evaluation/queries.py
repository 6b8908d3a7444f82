"""Every read that an evaluation page, a report or a download needs."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import polars as pl
from django.db.models import Count, Q, QuerySet

import klustermotor
from klustermotor.analysis.evaluation import Answers, Evaluation, Options
from klustermotor.core.models import User
from klustermotor.evaluation.cache import kept, key_of
from klustermotor.evaluation.models import Report, SectionText, Snapshot
from klustermotor.evaluation.rules import READS_ROUNDS
from klustermotor.evaluation.snapshots import NEW_ANSWERS, Standing, standing_of
from klustermotor.initiatives.models import Assignment, Initiative
from klustermotor.initiatives.rules import INSIDE, initiatives_as
from klustermotor.surveys.models import Wave
from klustermotor.surveys.queries import (
    frame_of,
    questionnaire_of,
    references,
    wave_facts,
)

Role = Assignment.Role


class NothingToEvaluateError(Exception):
    """There is no wave with answers to evaluate."""


@dataclass(frozen=True)
class Evaluated:
    """An evaluation, the waves it is of, and the key that names what it was made from."""

    key: str
    evaluation: Evaluation
    standings: tuple[Standing, ...]

    @property
    def rests_on(self) -> str:
        """Names the answers, whatever is made of them."""
        return key_of(*(standing.token for standing in self.standings))


@lru_cache(maxsize=1)
def _code() -> str:
    """Names the method as it is installed, so that what another version kept is not shown."""
    package = Path(klustermotor.__file__).parent
    digest = hashlib.sha256(klustermotor.__version__.encode())
    for floor in ("analysis", "report"):
        for path in sorted((package / floor).rglob("*.*")):
            # Compiled files come and go with whoever runs first.
            if path.suffix in (".pyc", ".mo"):
                continue
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def evaluation_of(initiative: Initiative, period: str) -> Evaluated:
    """The evaluation as of this wave: the wave and those before it with the same questionnaire.

    Raises NothingToEvaluateError when the initiative has no such wave, or nobody has answered it.
    """
    waves = list(
        Wave.objects.filter(initiative=initiative, name__lte=period)
        .select_related("instrument", "initiative")
        .order_by("name")
    )
    if not waves or waves[-1].name != period:
        raise NothingToEvaluateError
    slug = waves[-1].instrument.slug
    return _evaluated([wave for wave in waves if wave.instrument.slug == slug])


def evaluation_of_round(period: str) -> Evaluated:
    """The evaluation of every initiative that was asked the round's questionnaire.

    Raises NothingToEvaluateError when no initiative was asked in this round.
    """
    asked = list(Wave.objects.filter(name=period).select_related("instrument"))
    if not asked:
        raise NothingToEvaluateError
    slugs = [wave.instrument.slug for wave in asked]
    slug = max(sorted(set(slugs)), key=slugs.count)
    in_round = [wave.initiative_id for wave in asked if wave.instrument.slug == slug]
    waves = (
        Wave.objects.filter(initiative__in=in_round, instrument__slug=slug, name__lte=period)
        .select_related("instrument", "initiative")
        .order_by("initiative__slug", "name")
    )
    return _evaluated(list(waves))


def evaluated_for(initiative: Initiative | None, period: str) -> Evaluated | None:
    """The evaluation of an initiative's wave, or of a round; None when there is nothing to it."""
    try:
        return evaluation_of(initiative, period) if initiative else evaluation_of_round(period)
    except NothingToEvaluateError:
        return None


def periods_of(initiative: Initiative) -> list[str]:
    """The years that an initiative can be evaluated for, earliest first.

    Its own waves; without any, the rounds of the others and the years it has been written about.
    """
    own = list(initiative.waves.order_by("name").values_list("name", flat=True))
    if own:
        return own
    rounds = set(Wave.objects.values_list("name", flat=True))
    written = set(initiative.texts.values_list("period", flat=True))
    return sorted(rounds | written)


def _evaluated(waves: Sequence[Wave]) -> Evaluated:
    standings = tuple(filter(None, (standing_of(wave) for wave in waves)))
    compared = references()
    key = key_of(
        _code(),
        compared,
        *(
            (str(w.pk), w.revision, str(w.instrument_id), wave_facts(w), w.keyed, w.groupings)
            for w in waves
        ),
        *((s.token, s.whole_only, s.followed) for s in standings),
    )

    def make() -> Evaluation:
        # A second of SciPy, which only an evaluation that is not kept already needs.
        from klustermotor.analysis.evaluate import evaluate

        answers = _answers(waves, standings)
        with_answers = set(answers.frame.select("initiative", "wave").iter_rows())
        facts = [
            replace(wave_facts(wave), preliminary=wave.preliminary or wave.state == Wave.State.OPEN)
            for wave in waves
            if (wave.initiative.slug, wave.name) in with_answers
        ]
        options = Options(by=_groupings(waves, answers.frame), minimum_cell=NEW_ANSWERS)
        return evaluate(answers, facts, options, frame=frame_of(waves), reference=compared)

    return Evaluated(key, kept("evaluation", key, make), standings)


def _answers(waves: Sequence[Wave], standings: Sequence[Standing]) -> Answers:
    """The answers that count, with keys only where companies may be followed."""
    newest = max(waves, key=lambda wave: (wave.name, wave.instrument.version))
    questionnaire = questionnaire_of(newest.instrument)
    tables = [standing.answers(questionnaire) for standing in standings]
    tables = [table for table in tables if table.height]
    if not tables:
        raise NothingToEvaluateError
    frame = pl.concat(tables, how="diagonal_relaxed")
    keyed = all(standing.followed for standing in standings)
    if not keyed:
        frame = frame.with_columns(respondent=pl.lit(None, pl.String))
    whole_only = frozenset((s.wave.initiative.slug, s.wave.name) for s in standings if s.whole_only)
    return Answers(questionnaire, frame, keyed=keyed, ungrouped=whole_only)


def waiting_in(initiative: Initiative, period: str) -> int:
    """How many answers of a wave do not count yet, because the difference would give them away."""
    wave = Snapshot.objects.filter(wave__initiative=initiative, wave__name=period)
    return wave.values_list("waiting", flat=True).first() or 0


def _groupings(waves: Iterable[Wave], frame: pl.DataFrame) -> tuple[str, ...]:
    """The groupings that every wave allows, in the order of the first."""
    lists = [wave.groupings for wave in waves]
    return tuple(
        name
        for name in (lists[0] if lists else [])
        if name in frame.columns and all(name in other for other in lists)
    )


def texts_of(period: str, initiative: Initiative | None, language: str) -> dict[str, SectionText]:
    """What people wrote about one initiative's wave (or the round), by section."""
    texts = SectionText.objects.filter(
        initiative=initiative, period=period, language=language
    ).select_related("author")
    return {text.section: text for text in texts}


def reports_for(user: User) -> QuerySet[Report]:
    """The reports that this user may read, newest first."""
    reports = Report.objects.select_related("initiative", "job", "created_by")
    if user.has_perm("core.administer"):
        return reports
    asked: dict[str, set[UUID]] = {}
    for period, initiative in Wave.objects.values_list("name", "initiative_id"):
        asked.setdefault(period, set()).add(initiative)
    mine = initiatives_as(user, READS_ROUNDS)
    evaluated = initiatives_as(user, [Role.EVALUATOR])
    released = Q(released_at__isnull=False)
    return reports.filter(
        Q(initiative__in=initiatives_as(user, INSIDE))
        | Q(initiative__in=initiatives_as(user, [Role.FUNDER])) & released
        | Q(initiative=None, period__in=[p for p, who in asked.items() if who & mine]) & released
        | Q(initiative=None, period__in=[p for p, who in asked.items() if who <= evaluated])
    )


def is_round(period: str) -> bool:
    """Whether any initiative's companies were asked in it."""
    return Wave.objects.filter(name=period).exists()


def rounds_for(user: User) -> list[str]:
    """The rounds that this user may look into, latest first."""
    periods = Wave.objects.order_by("-name").values_list("name", flat=True).distinct()
    return [period for period in periods if user.has_perm("evaluation.view_round", period)]


@dataclass(frozen=True)
class RoundRow:
    """One initiative in a round: its wave, if its companies were asked."""

    initiative: Initiative
    wave: Wave | None
    answered: int
    report: Report | None

    @property
    def response_rate(self) -> float | None:
        invited = self.wave.invited if self.wave else None
        return self.answered / invited if invited else None


def round_rows(period: str) -> list[RoundRow]:
    """Every initiative of a round, those without a survey last."""
    waves = {
        wave.initiative_id: wave
        for wave in Wave.objects.filter(name=period).annotate(n_answers=Count("answers"))
    }
    reports: dict[UUID, Report] = {}
    for report in Report.objects.filter(period=period, initiative__isnull=False, job__state="done"):
        reports.setdefault(report.initiative_id, report)
    rows = []
    for initiative in initiatives_in_round(period):
        wave = waves.get(initiative.pk)
        answered = wave.n_answers if wave else 0
        rows.append(RoundRow(initiative, wave, answered, reports.get(initiative.pk)))
    return sorted(rows, key=lambda row: (row.wave is None, row.initiative.name))


def initiatives_in_round(period: str) -> QuerySet[Initiative]:
    """Initiatives that were asked in the round, or that somebody has written about in it."""
    asked = Wave.objects.filter(name=period).values("initiative")
    written = SectionText.objects.filter(period=period).exclude(text="").values("initiative")
    return Initiative.objects.filter(Q(pk__in=asked) | Q(pk__in=written)).distinct()
