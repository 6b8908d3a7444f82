"""Exact tests of a change in a share, for many rows at once.

Fisher (1934) for two independent groups, McNemar (1947) in its exact form for the same
respondents twice.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, gammaln, ndtr, ndtri

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_CELLS_AT_ONCE = 4_000_000
_TIE = 1 + 1e-7
"""Tables this much likelier than the observed one still count as no likelier (as R does)."""


def fisher(x_from: Counts, n_from: Counts, x_to: Counts, n_to: Counts) -> Floats:
    """Two-sided p of Fisher's exact test for x_from of n_from against x_to of n_to.

    Arrays of one length; p is the probability, all margins given, of the tables that are no
    likelier than the observed one. NaN where a group is empty.
    """
    distinct, where = _distinct(np.stack([x_from, n_from, x_to, n_to], axis=1))
    p = np.full(len(distinct), np.nan)
    support = np.minimum(distinct[:, 0] + distinct[:, 2], distinct[:, 1]) + 1
    order = np.argsort(support, kind="stable")
    start = 0
    while start < len(order):
        rows = order[start : start + 20_000]
        while len(rows) > 1 and len(rows) * int(support[rows[-1]]) > _CELLS_AT_ONCE:
            rows = rows[: len(rows) // 2]
        p[rows] = _fisher_block(distinct[rows])
        start += len(rows)
    return p[where]


def _distinct(tables: Counts) -> tuple[Counts, Counts]:
    """The tables that differ, and which of them each row is; told apart by one number each."""
    if len(tables) == 0:
        return tables, np.empty(0, np.int64)
    sizes = tables.max(axis=0) + 1
    if float(np.prod(sizes.astype(float))) >= 2**63:
        distinct, where = np.unique(tables, axis=0, return_inverse=True)
        return distinct, where.reshape(-1)
    number = np.ravel_multi_index(tuple(tables.T), tuple(sizes.tolist()))
    _, first, where = np.unique(number, return_index=True, return_inverse=True)
    return tables[first], where


def _fisher_block(tables: Counts) -> Floats:
    x_from, n_from, x_to, n_to = tables.T
    chosen = x_from + x_to
    width = int(np.minimum(chosen, n_from).max()) + 1
    cell = np.arange(width)[None, :]
    other = chosen[:, None] - cell
    possible = (cell <= n_from[:, None]) & (other >= 0) & (other <= n_to[:, None])
    logs = gammaln(np.arange(int((n_from + n_to).max()) + 2) + 1.0)

    def choose(n: Counts, k: Counts) -> Floats:
        k = np.clip(k, 0, n[:, None])
        result: Floats = logs[n][:, None] - logs[k] - logs[n[:, None] - k]
        return result

    log_p = choose(n_from, cell) + choose(n_to, other)
    log_p = np.where(possible, log_p, -np.inf)
    total = logs[n_from + n_to] - logs[chosen] - logs[n_from + n_to - chosen]
    likelihood = np.exp(log_p - total[:, None])
    observed = likelihood[np.arange(len(tables)), x_from]
    p: Floats = np.where(likelihood <= observed[:, None] * _TIE, likelihood, 0.0).sum(axis=1)
    empty = (n_from == 0) | (n_to == 0)
    return np.where(empty, np.nan, np.minimum(p, 1.0))


def mcnemar(up: Counts, down: Counts) -> Floats:
    """Two-sided exact p that as many moved up as down: 2·P(X ≤ min), X ~ Bin(up+down, ½)."""
    p = np.asarray(2 * bdtr(np.minimum(up, down), up + down, 0.5), dtype=np.float64)
    return np.minimum(p, 1.0)


def combine(parts: Sequence[tuple[Floats, Floats, Floats]]) -> Floats:
    """Independent two-sided tests as one, by Stouffer's z weighted with √size.

    Each part is (p, sign, size); z = Σ√size·sign·Φ⁻¹(1−p/2) / √Σsize. A part without size or p
    does not count.
    """
    z, weight = np.zeros_like(parts[0][0]), np.zeros_like(parts[0][0])
    for p, sign, size in parts:
        known = np.maximum(np.nan_to_num(p, nan=1.0), 1e-300)
        z = z - np.sqrt(size) * np.sign(sign) * ndtri(known / 2)
        weight = weight + size
    with np.errstate(divide="ignore", invalid="ignore"):
        combined: Floats = 2 * ndtr(-np.abs(z) / np.sqrt(weight))
    return combined
