"""Variance of estimates under strata, clusters in several stages, and calibrated weights.

Taylor linearisation: the variance of a mean or total is that of the total of its influence
values, summed over primary units within strata, stage by stage (Särndal, Swensson & Wretman 1992,
4.3 and 5.5; as R's ``svyrecvar``). A stratum with a single unit counts with its squared distance
from the overall mean, which overstates its share (R: ``lonely.psu = "adjust"``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Stage:
    """One stage of sampling; arrays per row of the sample.

    `stratum` and `unit` are numbered from 0, units within strata and never shared between them.
    `size` is the number of units in the population of the row's stratum, NaN where unknown.
    """

    stratum: Ints
    unit: Ints
    size: Floats

    def sampled(self) -> Floats:
        """Units in the sample of each row's stratum."""
        first = np.unique(self.unit, return_index=True)[1]
        return np.bincount(self.stratum[first])[self.stratum].astype(np.float64)

    def fraction(self) -> Floats:
        """The sampling fraction of each row's stratum, 0 where its size is unknown."""
        return np.where(np.isnan(self.size), 0.0, self.sampled() / self.size)


@dataclass(frozen=True)
class Calibration:
    """Known totals that weights were fitted to, whose part of the variance is gone.

    `auxiliary` (rows, totals) under the weights `before` and `after` the fit; for raking one
    group number per margin and row instead, shape (rows, margins).
    """

    before: Floats
    after: Floats
    auxiliary: Floats | None = None
    margins: Ints | None = None

    def residuals(self, influence: Floats) -> Floats:
        """What of the influence values the known totals do not explain: shape unchanged."""
        if self.auxiliary is not None:
            scale = (self.after / np.sqrt(self.before))[:, None]
            basis, _ = np.linalg.qr(self.auxiliary * np.sqrt(self.before)[:, None])
            scaled = influence / scale
            return np.asarray((scaled - basis @ (basis.T @ scaled)) * scale)
        weight = self.after[:, None]
        for _ in range(10):
            for margin in self.margins.T if self.margins is not None else ():
                influence = influence - weight * _group_means(influence / weight, margin)
        return influence


@dataclass(frozen=True)
class Sample:
    """A sample as drawn and weighted: stages from the first, weights per row."""

    stages: tuple[Stage, ...]
    weights: Floats
    calibrations: tuple[Calibration, ...] = ()

    @property
    def population_known(self) -> bool:
        return not np.isnan(self.stages[0].size).any()

    @property
    def census(self) -> bool:
        return all(bool((stage.fraction() == 1).all()) for stage in self.stages)


@dataclass(frozen=True)
class Linearised:
    """Estimates of one cell, one element per measure; NaN where undefined.

    `known` marks what the weights were fitted to: it has spread, and no variance.
    """

    value: Floats
    variance: Floats
    df: Floats
    deff: Floats
    edge_n: Floats
    known: NDArray[np.bool_]


def mean(sample: Sample, x: Floats) -> Linearised:
    """Weighted means over the rows where ``x`` (rows, measures) is not NaN, as domains.

    Influence w(x−x̄)/Σw; df = units − strata that the domain touches; deff against simple random
    sampling of as many (without replacement when the population is known).
    """
    inside = ~np.isnan(x)
    weight = inside * sample.weights[:, None]
    total = _positive(weight.sum(axis=0))
    value = np.where(inside, x, 0).T @ sample.weights / total
    deviation = np.where(inside, x - value, 0.0)
    influence = influence_on_mean(sample, x)
    found = _but_rounding(variance(sample, influence), value)
    n, spread = inside.sum(axis=0), (weight * deviation**2).sum(axis=0) / total
    return Linearised(
        value,
        np.where(np.isnan(value), np.nan, found),
        degrees_of_freedom(sample, inside),
        _design_effect(found, spread, n, total),
        _edge_n(weight, total, sample.population_known, n),
        _known(sample, found, spread),
    )


def influence_on_mean(sample: Sample, x: Floats) -> Floats:
    """w(x−x̄)/Σw, 0 outside: shape of ``x``."""
    inside = ~np.isnan(x)
    weight = inside * sample.weights[:, None]
    size = _positive(weight.sum(axis=0))
    value = np.where(inside, x, 0).T @ sample.weights / size
    return np.asarray(weight * np.where(inside, x - value, 0.0) / size)


def influence_on_total(sample: Sample, x: Floats) -> Floats:
    """w·x, 0 outside: shape of ``x``."""
    return np.asarray(np.where(np.isnan(x), 0.0, x) * sample.weights[:, None])


def total(sample: Sample, x: Floats) -> Linearised:
    """Weighted totals over the rows where ``x`` (rows, measures) is not NaN."""
    inside = ~np.isnan(x)
    influence = influence_on_total(sample, x)
    weight = inside * sample.weights[:, None]
    size = _positive(weight.sum(axis=0))
    value = np.where(np.isnan(size), np.nan, influence.sum(axis=0))
    found = _but_rounding(variance(sample, influence), value)
    deviation = np.where(inside, x - value / size, 0.0)
    spread = (weight * deviation**2).sum(axis=0) / size
    n = inside.sum(axis=0)
    deff = _design_effect(found / size**2, spread, n, size)
    undefined = np.full(value.shape, np.nan)
    known = _known(sample, found / size**2, spread + (value / size) ** 2)
    return Linearised(value, found, degrees_of_freedom(sample, inside), deff, undefined, known)


def variance(sample: Sample, influence: Floats) -> Floats:
    """Variance of the totals of influence values (rows, measures): one per measure.

    Each stage adds (1−f)·n/(n−1)·Σ(unit totals − their mean)² per stratum, times the sampling
    fractions of the stages above it. Without population sizes only the first stage counts.
    """
    influence = _unexplained(sample, influence)
    result = np.zeros(influence.shape[1])
    above = np.ones(influence.shape[0])
    for stage in sample.stages:
        result += _stage_variance(stage, influence, above)
        above = above * stage.fraction()
    return result


@dataclass(frozen=True)
class Shared:
    """One stage of two samples, its strata and units numbered alike in both; arrays per row."""

    strata: tuple[Ints, Ints]
    units: tuple[Ints, Ints]


def covariance(
    samples: tuple[Sample, Sample], influences: tuple[Floats, Floats], shared: Sequence[Shared]
) -> Floats:
    """Covariance of two samples' totals of influence values, from the units they share.

    Per stage and stratum (n₁₂ − n₁n₂/N)·s₁₂, with s₁₂ the covariance of the n₁₂ shared units'
    totals, times the sampling fractions of the stages above (their geometric mean); so that a
    sample with itself has its `variance`. A single shared unit tells a covariance only where it
    is the stratum's whole sample in both.
    """
    x, y = (_unexplained(s, i) for s, i in zip(samples, influences, strict=True))
    result = np.zeros(x.shape[1])
    above = np.ones(len(x)), np.ones(len(y))
    for place, stage in enumerate(shared):
        first, second = (s.stages[place] for s in samples)
        result += _stage_covariance(stage, (x, y), (first.size, second.size), above)
        above = above[0] * first.fraction(), above[1] * second.fraction()
    return result


def _stage_covariance(
    stage: Shared,
    influences: tuple[Floats, Floats],
    sizes: tuple[Floats, Floats],
    above: tuple[Floats, Floats],
) -> Floats:
    units = int(max(u.max(initial=-1) for u in stage.units)) + 1
    strata = int(max(s.max(initial=-1) for s in stage.strata)) + 1
    stratum = np.zeros(units, np.int64)
    size = np.full(strata, np.nan)
    scale = np.ones(strata)
    present, totals = [], []
    for own_strata, own_units, influence, population, over in zip(
        stage.strata, stage.units, influences, sizes, above, strict=True
    ):
        stratum[own_units] = own_strata
        size[own_strata] = np.fmax(size[own_strata], population)
        scale[own_strata] *= np.sqrt(over)
        counted = np.zeros(units, bool)
        counted[own_units] = True
        present.append(counted)
        summed = np.zeros((units, influence.shape[1]))
        np.add.at(summed, own_units, influence)
        totals.append(summed)
    both = present[0] & present[1]
    n = [np.bincount(stratum[p], minlength=strata).astype(float) for p in (*present, both)]
    within = stratum[both]
    around = []
    for summed in totals:
        means = np.zeros((strata, summed.shape[1]))
        np.add.at(means, within, summed[both])
        means = np.where(n[2][:, None] > 1, means / np.maximum(n[2], 1)[:, None], 0.0)
        around.append(summed[both] - means[within])
    cross = np.zeros((strata, around[0].shape[1]))
    np.add.at(cross, within, around[0] * around[1])
    known = (n[2] > 1) | ((n[0] == 1) & (n[1] == 1))
    factor = n[2] - np.where(np.isnan(size), 0.0, n[0] * n[1] / size)
    spread = np.where(known, factor * scale / np.maximum(n[2] - 1, 1), 0.0)
    return np.asarray(spread @ cross)


def shared_degrees_of_freedom(stage: Shared, inside: tuple[Flags, Flags]) -> Floats:
    """Units that each measure has answers from in both samples, less their strata; at least 0."""
    units = int(max(u.max(initial=-1) for u in stage.units)) + 1
    strata = int(max(s.max(initial=-1) for s in stage.strata)) + 1
    stratum = np.zeros(units, np.int64)
    told = []
    for own_strata, own_units, own in zip(stage.strata, stage.units, inside, strict=True):
        stratum[own_units] = own_strata
        counted = np.zeros((units, own.shape[1]))
        np.add.at(counted, own_units, own.astype(float))
        told.append(counted > 0)
    both = told[0] & told[1]
    touched = np.zeros((strata, both.shape[1]))
    np.add.at(touched, stratum, both.astype(float))
    return np.asarray(both.sum(axis=0) - (touched > 0).sum(axis=0), dtype=np.float64)


def _unexplained(sample: Sample, influence: Floats) -> Floats:
    for calibration in sample.calibrations:
        influence = calibration.residuals(influence)
    return influence


def degrees_of_freedom(sample: Sample, inside: NDArray[np.bool_]) -> Floats:
    """First-stage units minus strata that each measure has answers in."""
    first = sample.stages[0]
    units = _group_sums(inside.astype(float), first.unit) > 0
    strata = _group_sums(inside.astype(float), first.stratum) > 0
    return np.asarray(units.sum(axis=0) - strata.sum(axis=0), dtype=np.float64)


def _stage_variance(stage: Stage, influence: Floats, above: Floats) -> Floats:
    _, first = np.unique(stage.unit, return_index=True)
    units = _group_sums(influence, stage.unit)
    stratum = stage.stratum[first]
    n = np.bincount(stratum).astype(np.float64)
    several = n > 1
    centre = np.where(several[:, None], _group_sums(units, stratum) / n[:, None], 0.0)
    squares = _group_sums((units - centre[stratum]) ** 2, stratum)
    head = np.unique(stratum, return_index=True)[1]
    scale = ((1 - stage.fraction()) * above)[first][head]
    spread = np.where(several, n / np.where(several, n - 1, 1), 1.0)
    return np.asarray((scale * spread) @ squares)


def _design_effect(found: Floats, spread: Floats, n: Ints, size: Floats) -> Floats:
    """As R's: the weights tell the population's size; with replacement when they do not."""
    several = np.where(n > 1, n, np.nan)
    unsampled = np.where(size > n * (1 + 1e-9), (size - n) / size, 1.0)
    by_chance = spread / (several - 1) * unsampled
    return np.asarray(found / _positive(by_chance))


def _but_rounding(found: Floats, value: Floats) -> Floats:
    """The variance, 0 where it is no more than what adding up floating numbers leaves."""
    return np.where(found <= 1e-20 * value**2, 0.0, found)


def _known(sample: Sample, found: Floats, spread: Floats) -> NDArray[np.bool_]:
    return np.asarray(bool(sample.calibrations) & (spread > 0) & (found < 1e-14 * spread))


def _edge_n(weight: Floats, total: Floats, population_known: bool, n: Ints) -> Floats:
    """Kish's effective n less one, over 1 − f: stands for p(1−p)/se² at p = 0 and 1."""
    effective = total**2 / _positive((weight**2).sum(axis=0))
    unsampled = 1 - n / total if population_known else np.ones(n.shape)
    return np.where(unsampled > 0, (effective - 1) / _positive(unsampled), np.inf)


def _group_sums(x: Floats, group: Ints) -> Floats:
    """Sums of rows (rows, measures) per group, groups in ascending order of their numbers."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    return np.asarray(np.add.reduceat(x[order], starts, axis=0))


def _group_means(x: Floats, group: Ints) -> Floats:
    """Each row's group mean: shape unchanged."""
    _, place, count = np.unique(group, return_inverse=True, return_counts=True)
    return np.asarray((_group_sums(x, group) / count[:, None])[place])


def _positive(x: Floats) -> Floats:
    return np.where(x > 0, x, np.nan)
