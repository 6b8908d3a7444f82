"""Samples as drawn and weighted: strata, clusters, weights, and known totals they are fitted to.

Raking, post-stratification and calibration are fitted by the package svy; the variance is our own
(`linearisation`), since svy estimates one item at a time.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.evaluation import Design, Margin, WaveFacts
from klustermotor.analysis.linearisation import Calibration, Floats, Ints, Sample, Shared, Stage


def sample(
    frame: pl.DataFrame,
    design: Design,
    facts: WaveFacts | None = None,
    invited: pl.DataFrame | None = None,
) -> Sample:
    """The sample that one wave of one initiative is, as R's ``svydesign`` would read it.

    Population sizes come from the `fpc` columns (one per stage: units in the population of the
    stratum); without them, from ``invited`` (one row per unit of the population) by stratum, or
    from what the wave is about. Weights not given are Π N/n over the stages, or 1.

    Raises ValueError when a column is missing or has gaps, a weight is not positive, a stratum
    has fewer units in the population than in the sample, or a known total cannot be met.
    """
    _check_columns(frame, design)
    stages = _stages(frame, design, facts, invited)
    _check_sizes(stages)
    if design.weights is not None:
        weights = _numbers(frame, design.weights)
        if (weights <= 0).any():
            row = int(np.argmax(weights <= 0))
            raise ValueError(
                f"column {design.weights!r}, answer {row + 1}: weight {weights[row]:g}; "
                "weights are positive"
            )
    else:
        weights = np.ones(frame.height)
        for stage in stages:
            if not np.isnan(stage.size).any():
                weights = weights * stage.size / stage.sampled()
    return calibrated(Sample(stages, weights), frame, design)


def calibrated(sample: Sample, frame: pl.DataFrame, design: Design) -> Sample:
    """The sample with weights fitted to the known totals of the design, in the order
    post-stratification, raking, calibration."""
    for margin in design.poststratify:
        sample = poststratify(sample, frame, margin)
    if design.rake:
        sample = rake(sample, frame, design.rake)
    if design.calibrate:
        sample = calibrate(sample, frame, design.calibrate)
    return sample


def poststratify(sample: Sample, frame: pl.DataFrame, margin: Margin) -> Sample:
    """Weights that add up to the known number in each post-stratum.

    Raises ValueError when an answer falls in no post-stratum or a post-stratum has no answers.
    """
    group, totals = _groups(frame, margin)
    weighted = _svy(sample.weights, group[:, None]).weighting.poststratify(
        controls={str(i): total for i, total in enumerate(totals)}, cells="m0", wgt_name="after"
    )
    after = weighted.data["after"].to_numpy()
    indicator = (group[:, None] == np.arange(len(totals))).astype(float)
    return _fitted(sample, Calibration(sample.weights, after, auxiliary=indicator))


def rake(sample: Sample, frame: pl.DataFrame, margins: Sequence[Margin]) -> Sample:
    """Weights that add up to the known numbers of every margin (iterative proportional fitting).

    Raises ValueError when margins disagree about the size of the population, an answer falls in
    no category, a category has no answers, or no weights can meet all margins.
    """
    grouped = [_groups(frame, margin) for margin in margins]
    sizes = [sum(totals) for _, totals in grouped]
    if max(sizes) - min(sizes) > 1e-6 * max(sizes):
        told = ", ".join(
            f"{'×'.join(m.columns)}: {s:g}" for m, s in zip(margins, sizes, strict=True)
        )
        raise ValueError(f"the margins add up to different populations ({told})")
    groups = np.column_stack([group for group, _ in grouped])
    try:
        weighted = _svy(sample.weights, groups).weighting.rake(
            controls={
                f"m{i}": {str(k): total for k, total in enumerate(totals)}
                for i, (_, totals) in enumerate(grouped)
            },
            wgt_name="after",
            tol=1e-10,
            max_iter=1000,
        )
    except Exception as error:
        raise ValueError(f"no weights meet all margins: {error}") from error
    after = weighted.data["after"].to_numpy()
    return _fitted(sample, Calibration(sample.weights, after, margins=groups))


def calibrate(sample: Sample, frame: pl.DataFrame, margins: Sequence[Margin]) -> Sample:
    """Weights nearest the old ones that meet every known total (GREG, linear distance).

    A margin is the number in each category of its columns, the sum of one numeric column
    (``totals`` of the empty tuple), or, without columns, the number in the population. Raises
    ValueError when the totals contradict each other or a weight becomes negative.
    """
    auxiliary, totals = _auxiliary(frame, margins)
    independent = _independent(auxiliary * np.sqrt(sample.weights)[:, None])
    after = np.asarray(
        _svy(sample.weights, np.zeros((frame.height, 1), np.int64)).weighting.calibrate_matrix(
            aux_vars=auxiliary[:, independent],
            controls=[totals[i] for i in independent],
            weights_only=True,
        )
    )
    missed = np.abs(auxiliary.T @ after - totals) > 1e-6 * np.maximum(np.abs(totals), 1)
    if missed.any():
        raise ValueError("the totals to calibrate to contradict each other")
    return _fitted(sample, Calibration(sample.weights, after, auxiliary=auxiliary[:, independent]))


def _fitted(sample: Sample, calibration: Calibration) -> Sample:
    return Sample(sample.stages, calibration.after, (*sample.calibrations, calibration))


def _svy(weights: Floats, groups: Ints):  # type: ignore[no-untyped-def]
    import svy  # here: the package takes as long to load as a small evaluation to run

    columns = {f"m{i}": groups[:, i].astype(str) for i in range(groups.shape[1])}
    return svy.Sample(pl.DataFrame({"w": weights, **columns}), svy.Design(wgt="w"))


def _groups(frame: pl.DataFrame, margin: Margin) -> tuple[Ints, list[float]]:
    """Each row's place among the categories of the margin, and the totals of those."""
    places = {category: i for i, category in enumerate(margin.totals)}
    name = " × ".join(margin.columns)
    rows = frame.select(pl.col(c).cast(pl.String) for c in margin.columns).rows()
    group = np.empty(len(rows), np.int64)
    for i, category in enumerate(rows):
        if category not in places:
            told = ", ".join("nothing" if c is None else c for c in category)
            raise ValueError(
                f"{name}, answer {i + 1}: {told} has no known total; known are "
                + "; ".join(", ".join(c) for c in places)
            )
        group[i] = places[category]
    for category, i in places.items():
        if not (group == i).any() and margin.totals[category] > 0:
            raise ValueError(
                f"{name}: no answers from {', '.join(category)}; join it with a category that has"
            )
    kept = sorted(set(group.tolist()))
    totals = list(margin.totals.values())
    return np.searchsorted(kept, group), [float(totals[i]) for i in kept]


def _auxiliary(frame: pl.DataFrame, margins: Sequence[Margin]) -> tuple[Floats, Floats]:
    columns: list[Floats] = []
    totals: list[float] = []
    for margin in margins:
        if not margin.columns:
            columns.append(np.ones(frame.height))
            totals += [float(total) for total in margin.totals.values()]
        elif set(margin.totals) <= {(), ("",)}:
            columns.append(_numbers(frame, margin.columns[0]))
            totals += [float(total) for total in margin.totals.values()]
        else:
            group, known = _groups(frame, margin)
            columns += list((group[:, None] == np.arange(len(known))).astype(float).T)
            totals += known
    return np.column_stack(columns), np.array(totals)


def _independent(x: Floats) -> list[int]:
    """The columns that are not combinations of those before them."""
    kept: list[int] = []
    for i in range(x.shape[1]):
        if np.linalg.matrix_rank(x[:, [*kept, i]]) > len(kept):
            kept.append(i)
    return kept


def _stages(
    frame: pl.DataFrame, design: Design, facts: WaveFacts | None, invited: pl.DataFrame | None
) -> tuple[Stage, ...]:
    strata = [design.strata] if design.strata else []
    stratum = _numbered(frame, strata)
    stages = []
    for i in range(max(len(design.clusters), 1)):
        unit = np.arange(frame.height)
        if design.clusters:
            unit = _numbered(frame, [*strata, *design.clusters[: i + 1]])
        if i < len(design.fpc):
            size = _numbers(frame, design.fpc[i])
        elif i == 0 and not design.clusters:
            size = _known_size(frame, design.strata, facts, invited)
        else:
            size = np.full(frame.height, np.nan)
        stages.append(Stage(stratum, unit, size))
        stratum = unit
    return tuple(stages)


def shared_stages(before: pl.DataFrame, after: pl.DataFrame, design: Design) -> tuple[Shared, ...]:
    """The stages of two samples of one design with strata and units numbered alike in both.

    Units are the clusters, or else the respondents. One who has moved to another stratum is two.
    """
    strata = [design.strata] if design.strata else []
    named = [[*strata, *design.clusters[: i + 1]] for i in range(len(design.clusters))]
    ends = len(before)
    columns = [*strata, *design.clusters, "respondent"]
    both = pl.concat([part.select(pl.col(columns).cast(pl.String)) for part in (before, after)])
    stages = []
    stratum = _numbered(both, strata)
    for columns in named or [[*strata, "respondent"]]:
        unit = _numbered(both, columns)
        stages.append(Shared((stratum[:ends], stratum[ends:]), (unit[:ends], unit[ends:])))
        stratum = unit
    return tuple(stages)


def _known_size(
    frame: pl.DataFrame,
    strata: str | None,
    facts: WaveFacts | None,
    invited: pl.DataFrame | None,
) -> Floats:
    """The population of each row's stratum, where everyone in it was asked; else NaN."""
    size = np.full(frame.height, np.nan)
    if strata is None:
        return size if facts is None or facts.about is None else np.full(len(size), facts.about)
    asked_all = facts is None or facts.selection != "random"
    if not asked_all or invited is None or strata not in invited.columns:
        return size
    counts = dict(invited.group_by(pl.col(strata).cast(pl.String)).len().rows())
    return np.array([counts.get(s, np.nan) for s in frame[strata].cast(pl.String)], dtype=float)


def _check_columns(frame: pl.DataFrame, design: Design) -> None:
    margins = (*design.rake, *design.poststratify, *design.calibrate)
    wanted = [
        *([design.strata] if design.strata else []),
        *design.clusters,
        *design.fpc,
        *([design.weights] if design.weights else []),
        *(c for margin in margins for c in margin.columns),
    ]
    for column in wanted:
        if column not in frame.columns:
            raise ValueError(f"column {column!r} is not in the answers: {', '.join(frame.columns)}")
        if frame[column].null_count():
            row = int(frame[column].is_null().arg_max() or 0)
            raise ValueError(
                f"column {column!r}, answer {row + 1}: no value; the design needs one for all"
            )


def _check_sizes(stages: Sequence[Stage]) -> None:
    for stage in stages:
        n = stage.sampled()
        over = n > stage.size
        if over.any():
            row = int(np.argmax(over))
            raise ValueError(
                f"answer {row + 1}: its stratum has {int(n[row])} units in the sample and "
                f"{stage.size[row]:g} in the population; give population counts in --fpc"
            )


def _numbered(frame: pl.DataFrame, columns: Sequence[str]) -> Ints:
    """Rows numbered by what they have in the columns together; all 0 without columns."""
    if not columns:
        return np.zeros(frame.height, np.int64)
    found = frame.select(pl.struct(columns).rank("dense").alias("rank"))
    return found["rank"].to_numpy().astype(np.int64) - 1


def _numbers(frame: pl.DataFrame, column: str) -> NDArray[np.float64]:
    as_numbers = frame[column].cast(pl.Float64, strict=False)
    if as_numbers.null_count():
        row = int(as_numbers.is_null().arg_max() or 0)
        raise ValueError(
            f"column {column!r}, answer {row + 1}: {frame[column][row]!r} is not a number"
        )
    return as_numbers.to_numpy()
