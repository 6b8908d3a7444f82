"""Confidence intervals for many estimates at once: logit, beta, Wilson and t.

All functions take arrays that broadcast against each other and return ``(low, high)``; NaN where
the interval is not defined. Sources: Korn & Graubard (1998), Survey Methodology 24:193–201;
Wilson (1927) with effective n as in Dean & Pagano (2015); Lumley (2010), *Complex Surveys*, 2.3.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

from klustermotor.analysis.estimation import Estimate
from klustermotor.analysis.evaluation import Interval

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]


def t_quantile(df: Floats, level: float) -> Floats:
    """The two-sided Student t quantile for each number of degrees of freedom; NaN below 1.

    Looked up once per distinct value, since the quantile costs a root search.
    """
    distinct, where = np.unique(df, return_inverse=True)
    found = np.full(distinct.shape, np.nan)
    usable = distinct >= 1
    found[usable] = stdtrit(distinct[usable], 0.5 + level / 2)
    return found[where].reshape(np.shape(df))


def t_interval(value: Floats, se: Floats, df: Floats, level: float = 0.95) -> Pair:
    """value ± t(df)·se."""
    half = t_quantile(df, level) * se
    return value - half, value + half


def logit_interval(p: Floats, se: Floats, df: Floats, level: float = 0.95) -> Pair:
    """expit(logit p ± t(df)·se / (p(1−p))), as R's ``svyciprop(method="logit")``.

    NaN at p = 0 and p = 1, where the logit is not defined.
    """
    inside = (p > 0) & (p < 1)
    safe = np.where(inside, p, np.nan)
    centre = np.log(safe / (1 - safe))
    half = t_quantile(df, level) * se / (safe * (1 - safe))
    return 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))


def beta_interval(p: Floats, n_effective: Floats, level: float = 0.95) -> Pair:
    """Clopper–Pearson on the effective n (Korn & Graubard), exact limits at p = 0 and p = 1.

    ``n_effective`` is p(1−p)/se²·(t(n−1)/t(df))², see `effective_n`. Without any effective
    observation the interval is the whole of [0, 1]; with no end of them (a census) it is NaN.
    """
    tail = (1 - level) / 2
    p, n_effective = np.broadcast_arrays(p, n_effective)
    low, high = np.full(p.shape, np.nan), np.full(p.shape, np.nan)
    known = ~np.isnan(p) & np.isfinite(n_effective)
    n = np.where(known, np.maximum(n_effective, 0), 0.0)
    inside = known & (p > 0) & (p < 1) & (n > 0)
    yes, no = (n * p)[inside], (n * (1 - p))[inside]
    low[inside] = betaincinv(yes, no + 1, tail)
    high[inside] = betaincinv(yes + 1, no, 1 - tail)
    edge = known & ~inside
    with np.errstate(divide="ignore"):
        one_sided = 1 - tail ** (1 / n[edge])
    low[edge] = np.where(p[edge] == 1, 1 - one_sided, 0.0)
    high[edge] = np.where(p[edge] == 0, one_sided, 1.0)
    return low, high


def wilson_interval(p: Floats, n_effective: Floats, df: Floats, level: float = 0.95) -> Pair:
    """Wilson's score interval on the effective n with the t quantile of the design."""
    z2 = t_quantile(df, level) ** 2
    n = np.where(n_effective > 0, n_effective, np.nan)
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low, high = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    return np.where(p == 0, 0.0, low), np.where(p == 1, 1.0, high)


def effective_n(found: Estimate, n: Floats, level: float) -> Floats:
    """p(1−p)/se²·(t(n−1)/t(df))², with the limit of p(1−p)/se² where p is 0 or 1.

    Under simple random sampling that limit is (n−1)/(1−f).
    """
    p, se = found.value, found.se
    inside = (p > 0) & (p < 1) & (se > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.where(inside, p * (1 - p) / np.square(se), found.edge_n)
        if np.array_equal(n - 1, found.df, equal_nan=True):
            return raw
        adjusted = raw * np.square(t_quantile(n - 1, level) / t_quantile(found.df, level))
    return np.where(n > 1, adjusted, 0.0)


def share_interval(
    found: Estimate, n: Floats, method: Interval, level: float
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The interval by the chosen method, and where it is beta (stands in for logit at 0 and 1)."""
    p, se, df = found.value, found.se, found.df
    if method == "t":
        return *t_interval(p, se, df, level), np.zeros(p.shape, bool)
    if method == "beta":
        low, high = beta_interval(p, effective_n(found, n, level), level)
        return low, high, np.ones(p.shape, bool)
    if method == "wilson":
        low, high = wilson_interval(p, effective_n(found, n, level), df, level)
    else:
        low, high = logit_interval(p, se, df, level)
    edge = ((p == 0) | (p == 1)) & (np.isnan(low) | np.isnan(high))
    if edge.any():
        at_edge = found.where(edge)
        effective = effective_n(at_edge, n[edge], level)
        low[edge], high[edge] = beta_interval(at_edge.value, effective, level)
    return low, high, edge
