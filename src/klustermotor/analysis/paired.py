"""Two waves side by side: the sums that a test of their difference is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from klustermotor.analysis import linearisation
from klustermotor.analysis.linearisation import (
    Sample,
    Shared,
    covariance,
    influence_on_mean,
    influence_on_total,
    shared_degrees_of_freedom,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WaveSums:
    """n, mean and Σ(y−ȳ)² per measure; arrays of shape (measures,). `population` is N, NaN
    where unknown; `respondents` how many answered the wave. Under a design other than simple
    random sampling `mean` is the weighted estimate and `variance` and `df` are its own; NaN
    otherwise."""

    n: Floats
    mean: Floats
    ss: Floats
    population: Floats
    respondents: int
    variance: Floats
    df: Floats


@dataclass(frozen=True)
class PairSums:
    """Two waves, and those who answered the item in both; arrays of shape (rows,).

    Under a design `covariance` is its own, and `df_both` the degrees of freedom that the waves
    have in common. `n_both` is NaN where nothing tells who answered twice. `cross` is
    Σ(y₁−ȳ₁)(y₂−ȳ₂) over those in both, `up` and `down` how many of them gave a higher or lower
    value the second time. `left` and `joined` are how many answered only the first or only the
    second wave, whatever the item.
    """

    n_from: Floats
    n_to: Floats
    mean_from: Floats
    mean_to: Floats
    ss_from: Floats
    ss_to: Floats
    population_from: Floats
    population_to: Floats
    n_both: Floats
    stayers_from: Floats
    stayers_to: Floats
    cross: Floats
    up: Floats
    down: Floats
    left: Floats
    joined: Floats
    variance_from: Floats
    variance_to: Floats
    df_from: Floats
    df_to: Floats
    covariance: Floats
    df_both: Floats

    @property
    def designed(self) -> NDArray[np.bool_]:
        """Where variances come from the design rather than from the closed forms."""
        known: NDArray[np.bool_] = ~np.isnan(self.variance_from + self.variance_to)
        return known

    def take(self, rows: NDArray[np.bool_]) -> "PairSums":
        return PairSums(*(getattr(self, f.name)[rows] for f in fields(self)))


def stack(pairs: Sequence[PairSums]) -> PairSums:
    """All rows of several pairs, one after the other."""
    return PairSums(
        *(np.concatenate([getattr(p, f.name) for p in pairs]) for f in fields(PairSums))
    )


def wave_sums(values: Floats, population: float) -> WaveSums:
    """Sums of a wave; ``values`` has shape (respondents, measures), NaN outside the base."""
    n, mean, ss = _moments(values)
    unknown = np.full(len(n), np.nan)
    return WaveSums(n, mean, ss, np.full(len(n), population), len(values), unknown, unknown)


def designed_sums(values: Floats, totals: NDArray[np.bool_], sample: Sample) -> WaveSums:
    """The same for a wave drawn and weighted as ``sample``; ``totals`` says which are totals."""
    simple = wave_sums(values, np.nan)
    estimated = [(~totals, linearisation.mean), (totals, linearisation.total)]
    value, variance, df = (np.empty(len(totals)) for _ in range(3))
    for of, estimate in estimated:
        found = estimate(sample, values[:, of])
        value[of], variance[of], df[of] = found.value, found.variance, found.df
    population = simple.n if sample.census else simple.population
    return WaveSums(simple.n, value, simple.ss, population, len(values), variance, df)


def shared_variance(
    samples: tuple[Sample, Sample],
    values: tuple[Floats, Floats],
    totals: NDArray[np.bool_],
    shared: Sequence[Shared],
) -> tuple[Floats, Floats]:
    """Covariance of two waves' estimates, and degrees of freedom in common: per measure."""
    influences = tuple(
        np.where(totals, influence_on_total(sample, x), influence_on_mean(sample, x))
        for sample, x in zip(samples, values, strict=True)
    )
    inside = ~np.isnan(values[0]), ~np.isnan(values[1])
    return (
        covariance(samples, (influences[0], influences[1]), shared),
        shared_degrees_of_freedom(shared[0], inside),
    )


def pair_sums(
    first: WaveSums,
    second: WaveSums,
    both: tuple[Floats, Floats] | None,
    designed: tuple[Floats, Floats] | None = None,
) -> PairSums:
    """Sums of two waves; ``both`` holds the values of those who are in both waves, row by row,
    or None when the waves have no key in common; ``designed`` is `shared_variance`."""
    unknown = np.full(len(first.n), np.nan)
    if both is None:
        overlap: Iterable[Floats] = (unknown,) * 8
    else:
        gone = (np.full_like(unknown, wave.respondents - len(both[0])) for wave in (first, second))
        overlap = (*_overlap(*both), *gone)
    parts = [first.n, second.n, first.mean, second.mean, first.ss, second.ss]
    parts += [first.population, second.population, *overlap]
    parts += [first.variance, second.variance, first.df, second.df]
    parts += designed or (unknown, unknown)
    return PairSums(*parts)


def _overlap(first: Floats, second: Floats) -> tuple[Floats, ...]:
    answered = ~np.isnan(first + second)
    n = answered.sum(axis=0).astype(float)
    a, b = np.where(answered, first, 0.0), np.where(answered, second, 0.0)
    (mean_a, away_a), (mean_b, away_b) = _centred(a, answered, n), _centred(b, answered, n)
    moved = ((b > a).sum(axis=0).astype(float), (b < a).sum(axis=0).astype(float))
    return n, mean_a, mean_b, _products(away_a, away_b), *moved


def _moments(values: Floats) -> tuple[Floats, Floats, Floats]:
    answered = ~np.isnan(values)
    n = answered.sum(axis=0).astype(float)
    mean, away = _centred(np.where(answered, values, 0.0), answered, n)
    return n, mean, _products(away, away)


def _centred(values: Floats, answered: NDArray[np.bool_], n: Floats) -> tuple[Floats, Floats]:
    """Means of values that are 0 where not answered, and deviations from them, 0 there too."""
    mean = values.sum(axis=0) / np.maximum(n, 1)
    return np.where(n > 0, mean, np.nan), (values - mean) * answered


def _products(x: Floats, y: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->j", x, y))
