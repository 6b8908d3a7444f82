"""Every read that an evaluation page, a report or a download needs."""

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import polars as pl
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import klustermotor
from klustermotor.analysis.evaluation import Answers, Evaluation, Options
from klustermotor.core.models import User
from klustermotor.core.search import Hit
from klustermotor.evaluation.cache import kept, key_of
from klustermotor.evaluation.models import Report, SectionText, Snapshot
from klustermotor.evaluation.releases import earlier_of, packed, releases_in, withheld
from klustermotor.evaluation.snapshots import snapshot_of
from klustermotor.initiatives.models import Assignment, Initiative
from klustermotor.initiatives.rules import INSIDE, initiatives_as
from klustermotor.surveys.models import Wave
from klustermotor.surveys.queries import (
    answer_table,
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
    waves: tuple[Wave, ...]
    source: str
    """Names the answers and the method alone; `key` also what has been let out of the waves."""

    @property
    def shows(self) -> str:
        """Names what can be seen of it. Its own release leaves that as it is."""
        return key_of(self.source, self.evaluation.estimates.write_csv())


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
    snapshots = {wave.pk: snapshot_of(wave) for wave in waves if wave.state == Wave.State.OPEN}
    current = [snapshot for snapshot in snapshots.values() if snapshot]
    earlier = earlier_of(waves, current)
    compared = references()
    source = key_of(
        _code(),
        compared,
        *(
            (str(w.pk), w.revision, str(w.instrument_id), wave_facts(w), w.keyed, w.groupings)
            for w in waves
        ),
        *(str(snapshot.pk) for snapshot in current),
    )
    key = key_of(source, *(str(pk) for pk in earlier))

    def make() -> Evaluation:
        # A second of SciPy, which only an evaluation that is not kept already needs.
        from klustermotor.analysis.evaluate import evaluate

        answers = _answers(waves, snapshots)
        with_answers = set(answers.frame.select("initiative", "wave").iter_rows())
        facts = [
            wave_facts(wave) for wave in waves if (wave.initiative.slug, wave.name) in with_answers
        ]
        options = Options(by=_groupings(waves, answers.frame))
        followed = answers.frame["respondent"] if answers.keyed else pl.lit(None, pl.String)
        shown = replace(answers, frame=answers.frame.with_columns(followed.alias("respondent")))
        found = evaluate(shown, facts, options, frame=frame_of(waves), reference=compared)
        found = replace(found, estimates=withheld(found, answers, earlier))
        for snapshot in current:
            if snapshot.cells is None:
                snapshot.cells = packed(releases_in(found.estimates, answers, options.by))
                snapshot.save(update_fields=["cells"])
        return found

    return Evaluated(key, kept("evaluation", key, make), tuple(waves), source)


def _answers(waves: Sequence[Wave], snapshots: Mapping[UUID, Snapshot | None]) -> Answers:
    """The answers that may be shown from, each with its key. Open waves by their snapshot."""
    newest = max(waves, key=lambda wave: (wave.name, wave.instrument.version))
    questionnaire = questionnaire_of(newest.instrument)
    tables = []
    for wave in waves:
        if wave.pk not in snapshots:
            tables.append(answer_table(wave, questionnaire, with_keys=True))
        elif snapshot := snapshots[wave.pk]:
            tables.append(pl.read_ipc(io.BytesIO(snapshot.answers)))
    tables = [table for table in tables if table.height]
    if not tables:
        raise NothingToEvaluateError
    frame = pl.concat(tables, how="diagonal_relaxed")
    return Answers(questionnaire, frame, keyed=all(wave.keyed for wave in waves))


def answers_shown(waves: Sequence[Wave]) -> Answers:
    """The answers behind what is shown of these waves now, each with its key."""
    open_waves = [wave for wave in waves if wave.state == Wave.State.OPEN]
    return _answers(waves, {wave.pk: snapshot_of(wave) for wave in open_waves})


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
    mine = initiatives_as(user, Role.values)
    evaluated = initiatives_as(user, [Role.EVALUATOR])
    released = Q(released_at__isnull=False)
    return reports.filter(
        Q(initiative__in=initiatives_as(user, INSIDE))
        | Q(initiative__in=initiatives_as(user, [Role.FUNDER])) & released
        | Q(initiative=None, period__in=[p for p, who in asked.items() if who & mine]) & released
        | Q(initiative=None, period__in=[p for p, who in asked.items() if who <= evaluated])
    )


def find(text: str, user: User, limit: int) -> list[Hit]:
    """Reports whose initiative or year holds every word, for the search box."""
    reports = reports_for(user)
    for word in text.split():
        named = Q(initiative__name__icontains=word) | Q(period__icontains=word)
        if word.casefold() in str(_("Round")).casefold():
            named |= Q(initiative=None)
        reports = reports.filter(named)
    return [
        Hit(
            str(report),
            reverse("report", kwargs={"report": report.pk}),
            timezone.localdate(report.created).isoformat(),
        )
        for report in reports[:limit]
    ]


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
