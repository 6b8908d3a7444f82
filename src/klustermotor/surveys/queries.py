"""Every read of questionnaires, waves and answers."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

import polars as pl
from django.db.models import Count, Max, Min, QuerySet

from klustermotor.analysis.claims.claim import Measured, Reference
from klustermotor.analysis.evaluation import Answers, WaveFacts
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.core.models import User
from klustermotor.formats.questionnaire import parse_questionnaire
from klustermotor.initiatives.models import Assignment
from klustermotor.initiatives.rules import initiatives_as
from klustermotor.surveys.models import (
    Answer,
    Fieldwork,
    FrameMember,
    Instrument,
    ReferenceSeries,
    Wave,
)

FRAME_COLUMNS = ("industry", "size", "municipality")


def questionnaire_of(instrument: Instrument) -> Questionnaire:
    """The questionnaire as values. A version is never edited, so it is read once."""
    return _parsed(instrument.pk, instrument.yaml, f"{instrument.slug}.yaml")


@lru_cache(maxsize=64)
def _parsed(_pk: UUID, yaml: str, name: str) -> Questionnaire:
    return parse_questionnaire(yaml, name)


def instruments() -> QuerySet[Instrument]:
    """Questionnaires with the number of waves that used them."""
    return Instrument.objects.annotate(n_waves=Count("waves")).defer("yaml")


def waves_with_answers(initiative_ids: Iterable[UUID] | None = None) -> QuerySet[Wave]:
    """Waves with their number of answers, latest first."""
    waves = Wave.objects.select_related("initiative", "instrument").defer("instrument__yaml")
    if initiative_ids is not None:
        waves = waves.filter(initiative__in=list(initiative_ids))
    return waves.annotate(n_answers=Count("answers")).order_by("-name", "initiative__name", "id")


def fieldworks_for(user: User) -> QuerySet[Fieldwork]:
    """Collections of answers that are wholly about initiatives this user looks into."""
    rows = Fieldwork.objects.annotate(n_invited=Count("invitations", distinct=True))
    if user.has_perm("core.administer"):
        return rows
    mine = initiatives_as(user, [Assignment.Role.EVALUATOR])
    others = Wave.objects.exclude(initiative__in=mine).filter(fieldwork__isnull=False)
    own = Wave.objects.filter(initiative__in=mine, fieldwork__isnull=False)
    return rows.filter(pk__in=own.values("fieldwork")).exclude(pk__in=others.values("fieldwork"))


def wave_facts(wave: Wave) -> WaveFacts:
    """The wave's numbers and labels as the method wants them; the initiative by its slug."""
    return WaveFacts(
        initiative=wave.initiative.slug,
        wave=wave.name,
        invited=wave.invited,
        population=wave.population,
        selection=wave.selection,
        preliminary=wave.preliminary,
        synthetic=wave.synthetic,
        origins=wave.origins,
    )


def answers_of(waves: Sequence[Wave], questionnaire: Questionnaire) -> Answers:
    """The answers of these waves as one table, ready for `analysis.evaluate`.

    Only an evaluation and the tests read this: no page shows what it returns.
    """
    frames = [answer_table(wave, questionnaire) for wave in waves]
    frame = pl.concat(frames, how="diagonal") if frames else _typed([], questionnaire)
    return Answers(questionnaire, frame, keyed=bool(waves) and all(w.keyed for w in waves))


def answer_table(
    wave: Wave, questionnaire: Questionnaire, *, with_keys: bool = False
) -> pl.DataFrame:
    """One wave's answers, one row per respondent, in the order of their random ids.

    The respondent's key is left out unless it may be followed between waves, or is asked for.
    """
    rows = Answer.objects.filter(wave=wave).order_by("id").values_list("respondent", "values")
    named = [
        {
            "initiative": wave.initiative.slug,
            "wave": wave.name,
            "respondent": respondent if wave.keyed or with_keys else None,
            **values,
        }
        for respondent, values in rows
    ]
    return _typed(named, questionnaire)


def _typed(rows: list[dict[str, object]], questionnaire: Questionnaire) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {
        name: pl.String() for name in ("initiative", "wave", "respondent")
    }
    for column in questionnaire.columns:
        schema[column.name] = pl.Float64() if column.block.type == "number" else pl.String()
    others = sorted({name for row in rows for name in row} - schema.keys())
    for name in others:
        values = [row[name] for row in rows if row.get(name) is not None]
        numeric = all(isinstance(value, int | float) for value in values)
        schema[name] = pl.Float64() if numeric else pl.String()
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=schema, strict=False
    )


def frame_of(waves: Sequence[Wave]) -> pl.DataFrame | None:
    """The invited units of these waves by their strata; None when no wave has a frame."""
    members = FrameMember.objects.filter(frame__wave__in=list(waves)).values_list(
        "frame__wave__initiative__slug", "frame__wave__name", *FRAME_COLUMNS
    )
    names = ("initiative", "wave", *FRAME_COLUMNS)
    rows = list(members)
    if not rows:
        return None
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")
    empty = [name for name in FRAME_COLUMNS if (frame[name] == "").all()]
    return frame.drop(empty)


def references() -> tuple[Reference, ...]:
    """Figures of others that findings may compare with.

    An item reads ``block.item`` for a mean, and ``block.item=category`` for a share (0–1).
    """
    found = []
    for row in ReferenceSeries.objects.order_by("name", "year", "item"):
        column, _equals, category = row.item.partition("=")
        block, _dot, item = column.partition(".")
        measure = Measured(block, item, category, "share" if category else "mean")
        found.append(Reference(measure, row.value, row.name, row.source, str(row.year)))
    return tuple(found)


def frame_size(wave: Wave) -> int:
    """How many invited units are known one by one."""
    return FrameMember.objects.filter(frame__wave=wave).count()


def reference_series() -> list[dict[str, object]]:
    """The series with their source, years and number of figures."""
    return list(
        ReferenceSeries.objects.values("name", "source")
        .annotate(n=Count("id"), first=Min("year"), last=Max("year"))
        .order_by("name")
    )
