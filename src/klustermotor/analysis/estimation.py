"""Estimates from a small finite population: shares, means and totals with their uncertainty.

Simple random sampling has closed forms here, for all items, waves and groups at once. Strata,
clusters and weights go through `weighting`. Sources: Särndal, Swensson & Wretman (1992), ch. 3
and 10; Lumley (2010). Conventions (domains, degrees of freedom, design effect) are those of R's
survey package.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from klustermotor.analysis.tally import Moments

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """Estimates with what their intervals need; arrays of one shape, NaN where undefined.

    `edge_n` is p(1−p)/se² in the limit of p = 0 or 1; `census` marks estimates without any
    sampling error, because all they are about have answered or the weights are fitted to them.
    """

    value: Floats
    se: Floats
    df: Floats
    deff: Floats
    edge_n: Floats
    census: NDArray[np.bool_]

    def where(self, index: object) -> "Estimate":
        """The estimates that a NumPy index picks out."""
        return Estimate(*(getattr(self, field.name)[index] for field in fields(self)))


def sampling_fraction(sample: Floats, population: Floats) -> Floats:
    """n/N, 0 where the population is unknown (NaN). Raises ValueError when n > N."""
    fraction = np.where(np.isnan(population), 0.0, sample / population)
    if (fraction > 1).any():
        raise ValueError("more answers than the population they are drawn from")
    return fraction


def simple_mean(found: Moments, sample: Floats, population: Floats) -> Estimate:
    """Mean or share of a domain under simple random sampling without replacement.

    ``sample`` is how many of the sample are known to be in or out of the domain (the item base of
    the whole wave and those it was not asked of); for the whole wave it equals n, and

        se = √((1−n/N)·s²/n), which for a share is √((1−n/N)·p(1−p)/(n−1)).

    For a domain of n_d: se = √((1−n/N)·n/(n−1)·Σ(y−ȳ_d)²)/n_d, df = n_d − 1.
    """
    fraction = sampling_fraction(sample, population)
    census = (fraction == 1) & (found.n > 0)
    n = np.where(found.n > 0, found.n, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(sample > 1, sample / (sample - 1), np.nan)
        se = np.sqrt((1 - fraction) * spread * found.ss) / n
        df = found.n - 1
        se = np.where(census, 0.0, np.where(df > 0, se, np.nan))
        by_chance = (1 - fraction) * found.ss / (n * (n - 1))
        deff = np.where(by_chance > 0, se**2 / by_chance, np.nan)
        edge_n = np.where(census, np.inf, df / (1 - fraction))
    return Estimate(found.mean, se, df, deff, edge_n, census)


def simple_total(found: Moments, sample: Floats, population: Floats) -> Estimate:
    """Total of a domain, N/n·Σy, under simple random sampling.

    se = N·√((1−n/N)·s²_y/n), y being 0 outside the domain. NaN where N is unknown: the sum over
    those who happened to answer estimates nothing.
    """
    fraction = sampling_fraction(sample, population)
    census = (fraction == 1) & (found.n > 0)
    first = found.n * found.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        ss = found.ss + first**2 * (1 / found.n - 1 / sample)
        variance = population**2 * (1 - fraction) * ss / (sample * (sample - 1))
        value = population / sample * first
        se = np.where(census, 0.0, np.where(found.n > 1, np.sqrt(variance), np.nan))
    unit = np.where(np.isnan(se) | (se == 0), np.nan, 1.0)
    return Estimate(value, se, found.n - 1, unit, np.full_like(value, np.nan), census)
