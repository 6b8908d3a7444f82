"""What has been let out of a wave, kept so that the next thing let out gives nobody away."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import polars as pl
from django.db.models import Q

from klustermotor.analysis.disclosure import Release, release_of, withhold
from klustermotor.analysis.disclosure.releases import Figure
from klustermotor.analysis.evaluation import Answers, Evaluation
from klustermotor.evaluation.models import Report, Snapshot
from klustermotor.surveys.models import Wave


def packed(releases: Iterable[Release]) -> bytes:
    """Releases as bytes for the database."""
    plain = [
        {
            "initiative": release.initiative,
            "wave": release.wave,
            "respondents": {group: sorted(keys) for group, keys in release.respondents.items()},
            "shown": [[*cell, figure.value, figure.n] for cell, figure in release.shown.items()],
        }
        for release in releases
    ]
    return zlib.compress(json.dumps(plain).encode())


def unpacked(data: bytes) -> list[Release]:
    """The releases that `packed` made bytes of."""
    return [
        Release(
            initiative=one["initiative"],
            wave=one["wave"],
            respondents={group: frozenset(keys) for group, keys in one["respondents"].items()},
            shown={tuple(row[:-2]): Figure(row[-2], row[-1]) for row in one["shown"]},
        )
        for one in json.loads(zlib.decompress(bytes(data)))
    ]


def earlier_of(waves: Sequence[Wave], current: Iterable[Snapshot]) -> dict[UUID, bytes]:
    """What reports and earlier snapshots have let out of these waves, by their id."""
    initiatives = {wave.initiative_id for wave in waves}
    reports = Report.objects.filter(
        Q(initiative__in=initiatives) | Q(initiative=None), cells__isnull=False
    )
    snapshots = Snapshot.objects.filter(wave__in=list(waves), cells__isnull=False).exclude(
        pk__in=[snapshot.pk for snapshot in current]
    )
    return {
        pk: bytes(cells)
        for rows in (reports, snapshots)
        for pk, cells in rows.order_by("pk").values_list("pk", "cells")
    }


def releases_in(estimates: pl.DataFrame, answers: Answers, by: Sequence[str]) -> list[Release]:
    """What showing these estimates lets out, wave by wave; every answer has its key."""
    waves = answers.frame.select("initiative", "wave").unique(maintain_order=True)
    return [release_of(estimates, answers, by, i, w) for i, w in waves.iter_rows()]


def withheld(
    evaluation: Evaluation, answers: Answers, earlier: Mapping[UUID, bytes]
) -> pl.DataFrame:
    """The evaluation's estimates without what earlier releases make unsafe.

    Raises ReleaseRefusedError when too few have answered since.
    """
    options, estimates = evaluation.options, evaluation.estimates
    before = [release for data in earlier.values() for release in unpacked(data)]
    if not before:
        return estimates
    for release in releases_in(estimates, answers, options.by):
        estimates = withhold(estimates, release, before, options.minimum_cell)
    return estimates
