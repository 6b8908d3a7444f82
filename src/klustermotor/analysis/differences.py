"""What two waves' sums say of the difference between them: its size, test, interval and makers.

The formulas are those stated in `waves`.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from klustermotor.analysis import exact
from klustermotor.analysis.evaluation import Options
from klustermotor.analysis.paired import PairSums

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EXACT_BELOW = 0.1
"""Exact tests decide when n/N is lower than this in both waves."""


def differences(
    s: PairSums, statistic: NDArray[np.object_], main: Flags, options: Options
) -> dict[str, Floats]:
    """Per row: the change, its test and interval, and who made it; NaN where there is none.

    ``statistic`` names each row's "share", "mean" or "total", ``main`` is true where a share is
    the one by which its item's stayers, joiners and leavers are told apart. Keys are columns of the
    changes, and ``_se`` and ``_df`` from which the smallest certain change follows.
    """
    share = statistic == "share"
    designed = s.designed
    total = (statistic == "total") & ~designed
    pairing = _pairing(s, main, options.minimum_cell)
    n_both = np.where(pairing, s.n_both, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale_from = np.where(total, s.population_from, 1.0)
        scale_to = np.where(total, s.population_to, 1.0)
        fraction_from, fraction_to = (
            _fraction(s.n_from, s.population_from),
            _fraction(s.n_to, s.population_to),
        )
        spread_from = scale_from * np.sqrt(s.ss_from / (s.n_from - 1))
        spread_to = scale_to * np.sqrt(s.ss_to / (s.n_to - 1))
        v_from = np.where(fraction_from == 1, 0.0, (1 - fraction_from) * spread_from**2 / s.n_from)
        v_to = np.where(fraction_to == 1, 0.0, (1 - fraction_to) * spread_to**2 / s.n_to)
        v_from = np.where(designed, s.variance_from, v_from)
        v_to = np.where(designed, s.variance_to, v_to)
        limit = spread_from * spread_to
        cross = scale_from * scale_to * s.cross / (s.n_both - 1)
        simple_cov = _shared(n_both, s) * np.clip(cross, -limit, limit)
        cov = np.where(pairing, np.where(designed, s.covariance, simple_cov), 0.0)
        change = scale_to * s.mean_to - scale_from * s.mean_from
        census = (fraction_from == 1) & (fraction_to == 1)
        variance = np.where(census, 0.0, np.maximum(v_from + v_to - 2 * cov, 0.0))
        se = np.where(variance < 1e-24, 0.0, np.sqrt(variance))
        df = np.where(
            designed,
            s.df_from + s.df_to - np.where(pairing, s.df_both, 0.0),
            _degrees_of_freedom(s, n_both, v_from, v_to),
        )
        p_t = _t_p(change, se, df)
    check, kind = _exact_p(s, share & ~census & ~designed, n_both, pairing)
    small = (fraction_from < EXACT_BELOW) & (fraction_to < EXACT_BELOW)
    no_spread = (se == 0) & (np.abs(change) > 1e-12)
    exactly = ~np.isnan(check) & (small | no_spread)
    p = np.where(census, np.nan, np.where(exactly, check, p_t))
    test = np.where(census, "census", np.where(exactly, kind, "t"))
    half = stdtrit(df, (1 + options.level) / 2) * se
    half = np.where(census | no_spread, np.nan, half)
    bound = np.where(share, 1.0, np.inf)
    approximate = ~pairing & ~census & (np.isnan(s.n_both) | (s.n_both > 0))
    low, high = _overlap_range(s, change, v_from + v_to, _most_alike(s, share, limit), df)
    overlapping = np.where((n_both == s.n_from) & (n_both == s.n_to), "paired", "overlapping")
    return {
        "change": change,
        "ci_low": np.maximum(change - half, -bound),
        "ci_high": np.minimum(change + half, bound),
        "n_from": s.n_from,
        "n_to": s.n_to,
        "n_both": np.where(pairing | (s.n_both == 0), s.n_both, np.nan),
        "design": np.where(pairing, overlapping, "independent"),
        "p": p,
        "test": test,
        "respondents": np.where(share, change * s.n_to, np.nan),
        "check_p": check,
        "approximate": approximate,
        "p_overlap_low": np.where(approximate & ~designed, low, np.nan),
        "p_overlap_high": np.where(approximate & ~designed, high, np.nan),
        "_se": np.where(se == 0, _planning_se(s, share, census, fraction_from, fraction_to), se),
        "_df": df,
        **_movements(s, total, pairing),
    }


def _pairing(s: PairSums, main: Flags, k: int) -> Flags:
    """Where the two answers of those in both waves may be used.

    Everywhere when the same companies answered both waves, and at least k the item in both; those
    who skipped it are no known group. Otherwise those who stayed, joined or left are groups of
    their own, and what a pairing shows, with the waves' own figures, gives away how each answered.
    So it is used for the ``main`` share only, where each of them is none or safe as a subgroup; and
    not with weights, which stand between a share and the number who gave it.
    """
    everyone = (s.left == 0) & (s.joined == 0)
    apart = main & ~s.designed
    for n, mean in (
        (s.n_both, s.stayers_from),
        (s.n_both, s.stayers_to),
        _rest((s.n_to, s.mean_to), (s.n_both, s.stayers_to)),
        _rest((s.n_from, s.mean_from), (s.n_both, s.stayers_from)),
    ):
        with np.errstate(invalid="ignore"):
            apart &= (n == 0) | ((n * mean > k - 0.5) & (n - n * mean > k - 0.5))
    usable: Flags = (s.n_both >= k) & (everyone | apart)
    return usable


def _fraction(n: Floats, population: Floats) -> Floats:
    """n/N; 0 when N is unknown, 1 at most."""
    return np.minimum(np.where(np.isnan(population), 0.0, n / population), 1.0)


def _shared(n_both: Floats, s: PairSums) -> Floats:
    """n₁₂/(n₁n₂) − 1/N, by which the covariance of two answers becomes that of two means."""
    largest = np.fmax(s.population_from, s.population_to)
    shared: Floats = n_both / (s.n_from * s.n_to) - np.where(np.isnan(largest), 0.0, 1 / largest)
    return shared


def _degrees_of_freedom(s: PairSums, n_both: Floats, v_from: Floats, v_to: Floats) -> Floats:
    """Between n₁₂ − 1 (all in both) and Welch's (none), by the share who were in one wave only."""
    df_from, df_to = s.n_from - 1, s.n_to - 1
    parts = _over(v_from**2, df_from) + _over(v_to**2, df_to)
    welch = np.where(parts > 0, (v_from + v_to) ** 2 / parts, df_from + df_to)
    once = s.n_from + s.n_to - 2 * n_both
    df: Floats = (n_both - 1) + (welch - n_both + 1) * once / (s.n_from + s.n_to)
    return df


def _over(numerator: Floats, denominator: Floats) -> Floats:
    result: Floats = np.where(numerator == 0, 0.0, numerator / denominator)
    return result


def _t_p(change: Floats, se: Floats, df: Floats) -> Floats:
    same = np.abs(change) <= 1e-12
    p: Floats = np.where(
        se > 0, 2 * stdtr(df, -np.abs(change) / se), np.where(same & (se == 0), 1.0, np.nan)
    )
    return p


def _exact_p(
    s: PairSums, tested: Flags, n_both: Floats, pairing: Flags
) -> tuple[Floats, NDArray[np.str_]]:
    """Fisher for independent waves, McNemar for paired ones, both combined for an overlap."""
    p = np.full(len(tested), np.nan)
    kind = np.full(len(tested), "", dtype="<U8")

    def counts(n: Floats, mean: Floats, rows: Flags) -> NDArray[np.int64]:
        return np.rint(n[rows] * np.nan_to_num(mean[rows])).astype(np.int64)

    def whole(n: Floats, rows: Flags) -> NDArray[np.int64]:
        return np.rint(n[rows]).astype(np.int64)

    alone = tested & ~pairing
    p[alone] = exact.fisher(
        counts(s.n_from, s.mean_from, alone),
        whole(s.n_from, alone),
        counts(s.n_to, s.mean_to, alone),
        whole(s.n_to, alone),
    )
    kind[alone] = "fisher"
    twice = tested & pairing
    of_stayers = exact.mcnemar(whole(s.up, twice), whole(s.down, twice))
    left, joined = s.n_from - n_both, s.n_to - n_both
    x_left = counts(s.n_from, s.mean_from, twice) - counts(s.n_both, s.stayers_from, twice)
    x_joined = counts(s.n_to, s.mean_to, twice) - counts(s.n_both, s.stayers_to, twice)
    left, joined = left[twice], joined[twice]
    of_others = exact.fisher(x_left, left.astype(int), x_joined, joined.astype(int))
    with np.errstate(divide="ignore", invalid="ignore"):
        direction = np.nan_to_num(x_joined / joined - x_left / left)
        size = np.nan_to_num(2 * left * joined / (left + joined))
    combined = exact.combine(
        [(of_stayers, (s.up - s.down)[twice], s.n_both[twice]), (of_others, direction, size)]
    )
    paired = (left == 0) & (joined == 0)
    p[twice] = np.where(paired, of_stayers, combined)
    kind[twice] = np.where(paired, "mcnemar", "combined")
    return p, kind


def _overlap_range(
    s: PairSums, change: Floats, variance: Floats, alike: Floats, df: Floats
) -> tuple[Floats, Floats]:
    """Lowest and highest p over every overlap that n₁, n₂ and N allow.

    ``variance`` is V₁ + V₂, ``alike`` the largest covariance that a respondent's two answers can
    have; they are taken as anything from unrelated to that.
    """
    largest = np.fmax(s.population_from, s.population_to)
    with np.errstate(divide="ignore", invalid="ignore"):
        fewest = np.maximum(0.0, s.n_from + s.n_to - np.where(np.isnan(largest), np.inf, largest))
        low_cov = np.minimum(_shared(fewest, s), 0.0) * alike
        high_cov = np.maximum(_shared(np.minimum(s.n_from, s.n_to), s), 0.0) * alike
        p_low, p_high = (
            _t_p(change, np.sqrt(np.maximum(variance - 2 * cov, 0.0)), df)
            for cov in (high_cov, low_cov)
        )
    return p_low, p_high


def _most_alike(s: PairSums, share: Flags, limit: Floats) -> Floats:
    """The largest covariance: min(p₁, p₂) − p₁p₂ for shares (Fréchet), s₁s₂ otherwise."""
    most = np.minimum(s.mean_from, s.mean_to) - s.mean_from * s.mean_to
    with np.errstate(divide="ignore", invalid="ignore"):
        most = most * np.sqrt(s.n_from * s.n_to / ((s.n_from - 1) * (s.n_to - 1)))
    alike: Floats = np.where(share, np.minimum(most, limit), limit)
    return alike


def _planning_se(
    s: PairSums, share: Flags, census: Flags, fraction_from: Floats, fraction_to: Floats
) -> Floats:
    """A standard error where all answered alike in both waves: p moved to (x+1)/(n+2)."""
    variance = np.zeros(len(share))
    share = share & ~census
    for n, mean, fraction in (
        (s.n_from, s.mean_from, fraction_from),
        (s.n_to, s.mean_to, fraction_to),
    ):
        p = np.where(share, (n * mean + 1) / (n + 2), 0.5)
        variance += (1 - fraction) * p * (1 - p) / np.maximum(n - 1, 1)
    return np.where(census, 0.0, np.where(share, np.sqrt(variance), np.nan))


def _movements(s: PairSums, total: Flags, pairing: Flags) -> dict[str, Floats]:
    """Who moved, and what stayers, joiners and leavers each made of the change.

    Unweighted, so only where there is no design.
    change = (ȳ₂ₛ − ȳ₁ₛ) + (n_J/n₂)(ȳ_J − ȳ₂ₛ) + (n_L/n₁)(ȳ₁ₛ − ȳ_L).
    """
    stayers = s.stayers_to - s.stayers_from
    joiners = s.mean_to - s.stayers_to
    leavers = s.stayers_from - s.mean_from
    shown = pairing & ~s.designed
    part = {"stayers_change": stayers, "joiners_effect": joiners, "leavers_effect": leavers}
    moved = {"moved_up": s.up, "moved_down": s.down, "not_moved": s.n_both - s.up - s.down}
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            **{name: np.where(shown & ~total, value, np.nan) for name, value in part.items()},
            **{name: np.where(shown, count / s.n_both, np.nan) for name, count in moved.items()},
        }


def _rest(whole: tuple[Floats, Floats], part: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """n and mean of a whole without a part of it."""
    (n, mean), (n_part, mean_part) = whole, part
    with np.errstate(divide="ignore", invalid="ignore"):
        return n - n_part, (n * mean - n_part * mean_part) / (n - n_part)
