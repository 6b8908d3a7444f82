"""The table of estimates: initiative × wave × group × measure, as `ESTIMATES` describes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis import linearisation, weighting
from klustermotor.analysis.asked import Asked, asked
from klustermotor.analysis.estimation import Estimate, simple_mean, simple_total
from klustermotor.analysis.evaluation import ESTIMATES, WHOLE, Answers, Options, WaveFacts
from klustermotor.analysis.intervals import share_interval, t_interval
from klustermotor.analysis.measures import Measure, measures, scale_of, values
from klustermotor.analysis.tally import Cells, Moments, by_value, cells, moments

Floats = NDArray[np.float64]
Facts = Mapping[tuple[str, str], WaveFacts]


def estimates(
    answers: Answers,
    waves: Sequence[WaveFacts],
    options: Options,
    *,
    frame: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Every share, mean and total with its interval, bounds and the numbers it rests on.

    Rows follow the order of `waves`, then groups, then the questionnaire. Raises ValueError when
    a wave has more answers than those it is about, or a column of `options` is missing.
    """
    facts = {(wave.initiative, wave.wave): wave for wave in waves}
    wanted = measures(answers.questionnaire)
    respondents = asked(answers)
    whole = cells(respondents.frame)
    whole_moments = moments(respondents.frame, whole, wanted)
    sample = _Sample(respondents, whole, wanted, whole_moments, facts, options)
    tables = [_table(sample, whole, whole_moments, frame)]
    for column in options.by:
        _require(respondents.frame, column)
        within = cells(respondents.frame, column)
        found = moments(respondents.frame, within, wanted)
        tables.append(_table(sample, within, found, frame))
    return _in_order(pl.concat(tables), waves)


@dataclass(frozen=True)
class _Sample:
    """All who answered, what they answered as a whole, and what is known of their waves."""

    respondents: Asked
    whole: Cells
    wanted: Sequence[Measure]
    moments: Moments
    facts: Facts
    options: Options

    def passed(self, within: Cells) -> Floats:
        """How many were led past each measure: shape (cells, measures)."""
        result = np.zeros((len(within), len(self.wanted)))
        for block_id, led_past in self.respondents.passed.items():
            count = np.bincount(
                within.cell, weights=led_past[within.row].astype(float), minlength=len(within)
            )
            of_block = [m.column.block.id == block_id for m in self.wanted]
            result[:, of_block] = count[:, None]
        return result

    def parent(self, within: Cells) -> NDArray[np.int64]:
        """The place among `whole` of the initiative and wave of each cell."""
        places = self.whole.keys.with_row_index("place")
        joined = within.keys.join(
            places, on=["initiative", "wave"], how="left", maintain_order="left"
        )
        return joined["place"].to_numpy().astype(np.int64)


def _table(
    sample: _Sample, within: Cells, found: Moments, frame: pl.DataFrame | None
) -> pl.DataFrame:
    wanted = sample.wanted
    numbers = _wave_numbers(within, sample.facts, frame)
    estimate = (
        _simple(sample, found, sample.parent(within))
        if sample.options.design.simple
        else _designed(sample, within, found, frame)
    )
    asked_of = _asked_of(within, sample.facts, numbers)
    bounds = _bounds(estimate.value, found, sample.passed(within), wanted, asked_of)
    columns = {
        **_identities(within, wanted),
        **_uncertainty(estimate, found.n, wanted, sample.options),
        "level": np.full(found.n.shape, sample.options.level),
        "bound_low": bounds[0],
        "bound_high": bounds[1],
        "n": found.n,
        "n_dont_know": found.dont_know,
        **{name: np.repeat(each[:, None], len(wanted), 1) for name, each in numbers.items()},
        "suppressed": np.zeros(found.n.shape, bool),
    }
    return _frame(columns, _asked_in(within, wanted))


def _simple(sample: _Sample, found: Moments, parent: NDArray[np.int64]) -> Estimate:
    """The closed forms for every measure; totals where the measure is one."""
    keys = sample.whole.keys
    about = [
        sample.facts[key].about if key in sample.facts else None
        for key in zip(keys["initiative"], keys["wave"], strict=True)
    ]
    population = np.array([np.nan if n is None else n for n in about], dtype=float)
    known = sample.moments.n + sample.passed(sample.whole)
    _check_within_population(known, population, keys)
    n, population = known[parent], np.broadcast_to(population[parent][:, None], found.n.shape)
    mean = simple_mean(found, n, population)
    totals = np.array([m.statistic == "total" for m in sample.wanted])
    if not totals.any():
        return mean
    total = simple_total(found, n, population)
    return Estimate(
        *(
            np.where(totals, getattr(total, name), getattr(mean, name))
            for name in ("value", "se", "df", "deff", "edge_n", "census")
        )
    )


def _designed(
    sample: _Sample, within: Cells, found: Moments, frame: pl.DataFrame | None
) -> Estimate:
    """Estimates under the design of the options, one initiative and wave after the other."""
    fields = ("value", "variance", "df", "deff", "edge_n")
    arrays = {name: np.full(found.n.shape, np.nan) for name in fields}
    census = np.zeros(found.n.shape, bool)
    totals = np.array([m.statistic == "total" for m in sample.wanted])
    parent = sample.parent(within)
    for place, (initiative, wave, _) in enumerate(sample.whole.keys.iter_rows()):
        rows = sample.whole.row[sample.whole.cell == place]
        answers = sample.respondents.frame[rows]
        drawn = weighting.sample(
            answers,
            sample.options.design,
            sample.facts.get((initiative, wave)),
            _of_wave(frame, initiative, wave),
        )
        x = values(answers, sample.wanted)
        for cell in np.flatnonzero(parent == place):
            inside = np.isin(rows, within.row[within.cell == cell])
            domain = np.where(inside[:, None], x, np.nan)
            for of, estimated in ((~totals, linearisation.mean), (totals, linearisation.total)):
                result = estimated(drawn, domain[:, of])
                for name in fields:
                    arrays[name][cell, of] = getattr(result, name)
                census[cell, of] = result.known
            census[cell] |= drawn.census & (found.n[cell] == inside.sum())
    se = np.sqrt(np.where(found.n > 0, arrays["variance"], np.nan))
    se = np.where(census, 0.0, np.where(arrays["df"] > 0, se, np.nan))
    edge_n = np.where(census, np.inf, arrays["edge_n"])
    return Estimate(arrays["value"], se, arrays["df"], arrays["deff"], edge_n, census)


def _of_wave(frame: pl.DataFrame | None, initiative: str, wave: str) -> pl.DataFrame | None:
    if frame is None or not {"initiative", "wave"} <= set(frame.columns):
        return frame
    return frame.filter(pl.col("initiative") == initiative, pl.col("wave") == wave)


def _check_within_population(n: Floats, population: Floats, keys: pl.DataFrame) -> None:
    most = n.max(axis=1, initial=0)
    for place in np.flatnonzero(most > population):
        initiative, wave, _ = keys.row(int(place))
        raise ValueError(
            f"wave {wave} of {initiative or 'the file'} has {int(most[place])} answers but is "
            f"about {int(population[place])}: state the right population or number invited, "
            "or remove duplicate answers"
        )


def _wave_numbers(within: Cells, facts: Facts, frame: pl.DataFrame | None) -> dict[str, Floats]:
    """answered, invited and population per cell; a subgroup's come from the frame when it can."""
    invited, population = [], []
    of_group = _frame_counts(within, frame)
    for initiative, wave, group in within.keys.iter_rows():
        wave_facts = facts.get((initiative, wave))
        if group == WHOLE:
            invited.append(wave_facts.invited if wave_facts else None)
            population.append(wave_facts.population if wave_facts else None)
        else:
            count = of_group.get((initiative, wave, group))
            covers = wave_facts is not None and wave_facts.population == wave_facts.invited
            invited.append(count)
            population.append(count if covers else None)
    return {
        "answered": within.sizes().astype(float),
        "invited": np.array([np.nan if n is None else n for n in invited], dtype=float),
        "population": np.array([np.nan if n is None else n for n in population], dtype=float),
    }


def _frame_counts(within: Cells, frame: pl.DataFrame | None) -> dict[tuple[str, str, str], int]:
    group = next((g for g in within.keys["group"] if g != WHOLE), None)
    if frame is None or group is None:
        return {}
    column = group.split("=", 1)[0]
    if not {"initiative", "wave", column} <= set(frame.columns):
        return {}
    counted = (
        frame.with_columns(by_value(column).alias("group"))
        .group_by("initiative", "wave", "group")
        .len()
    )
    return {(i, w, g): n for i, w, g, n in counted.iter_rows()}


def _asked_of(within: Cells, facts: Facts, numbers: Mapping[str, Floats]) -> Floats:
    """How many would have answered had all responded: those invited, or, when all were, all."""
    keys = zip(within.keys["initiative"], within.keys["wave"], strict=True)
    drawn = np.array([key in facts and facts[key].selection == "random" for key in keys], bool)
    otherwise = np.where(drawn, np.nan, numbers["population"])
    return np.where(np.isnan(numbers["invited"]), otherwise, numbers["invited"])


def _bounds(
    value: Floats,
    found: Moments,
    passed: Floats,
    wanted: Sequence[Measure],
    asked_of: Floats,
) -> tuple[Floats, Floats]:
    """What full response could have made of each figure (Manski 2003, ch. 1).

    With r the share answering among those invited who are not known to lie outside the base,
    low = r·value + (1−r)·lowest, high = r·value + (1−r)·highest possible answer; NaN where the
    number invited is unknown or answers have no limits.
    """
    outside = passed + np.where([m.base == "answered" for m in wanted], found.dont_know, 0)
    reach = np.maximum(asked_of[:, None] - outside, found.n)
    lowest, highest = np.array([_limits(m) for m in wanted], dtype=float).reshape(-1, 2).T
    with np.errstate(divide="ignore", invalid="ignore"):
        response = found.n / reach
    low = response * value + (1 - response) * lowest
    high = response * value + (1 - response) * highest
    return low, high


def _limits(measure: Measure) -> tuple[float, float]:
    """The lowest and highest that one answer can add to the figure."""
    scale = scale_of(measure.column)
    if measure.statistic == "share":
        return 0.0, 1.0
    if measure.statistic == "total" or scale is None:
        return np.nan, np.nan
    scores = [float(code) for code in scale.substantive]
    return min(scores), max(scores)


def _uncertainty(
    estimate: Estimate, n: Floats, wanted: Sequence[Measure], options: Options
) -> dict[str, NDArray[np.generic]]:
    """value, se, df, deff, the interval and its name. A census has the value as its interval; a
    mean of answers that are all alike has none, since their spread was not seen."""
    share = np.array([m.statistic == "share" for m in wanted])
    low, high = t_interval(estimate.value, estimate.se, estimate.df, options.level)
    lowest, highest = np.array([_limits(m) for m in wanted], dtype=float).reshape(-1, 2).T
    low = np.maximum(low, np.nan_to_num(lowest, nan=-np.inf))
    high = np.minimum(high, np.nan_to_num(highest, nan=np.inf))
    unseen = (estimate.se == 0) & ~share
    low[unseen], high[unseen] = np.nan, np.nan
    method = np.where(np.isnan(low), "", "t").astype("<U6")
    low[:, share], high[:, share], stand_in = share_interval(
        estimate.where(np.s_[:, share]), n[:, share], options.interval, options.level
    )
    named = np.where(stand_in, "beta", options.interval)
    method[:, share] = np.where(np.isnan(low[:, share]), "", named)
    low = np.where(estimate.census, estimate.value, low)
    high = np.where(estimate.census, estimate.value, high)
    return {
        "value": estimate.value,
        "se": estimate.se,
        "df": np.where(n > 0, estimate.df, np.nan),
        "deff": estimate.deff,
        "ci_low": low,
        "ci_high": high,
        "interval": np.where(estimate.census, "census", method),
    }


def _identities(within: Cells, wanted: Sequence[Measure]) -> dict[str, pl.Series]:
    """The columns that name a row, flattened in the order cell, measure."""
    size, width = len(within), len(wanted)
    of_cell = pl.Series(np.repeat(np.arange(size), width))
    of_measure = pl.Series(np.tile(np.arange(width), size))
    named = pl.DataFrame(
        {
            "block": [m.column.block.id for m in wanted],
            "item": [m.column.item_key for m in wanted],
            "category": [m.category for m in wanted],
            "statistic": [m.statistic for m in wanted],
            "base": [m.base for m in wanted],
        },
        schema=dict.fromkeys(("block", "item", "category", "statistic", "base"), pl.String),
    )
    keys = {name: within.keys[name].gather(of_cell) for name in ("initiative", "wave", "group")}
    return keys | {name: named[name].gather(of_measure) for name in named.columns}


def _asked_in(within: Cells, wanted: Sequence[Measure]) -> NDArray[np.bool_]:
    """Which measures belong to each cell's wave: shape (cells, measures)."""
    of_wave = {
        wave: np.array([m.column.asked_in(wave) for m in wanted], dtype=bool)
        for wave in within.keys["wave"].unique()
    }
    return np.array([of_wave[wave] for wave in within.keys["wave"]]).reshape(
        len(within), len(wanted)
    )


def _frame(columns: Mapping[str, object], keep: NDArray[np.bool_]) -> pl.DataFrame:
    """Arrays (cells, measures) and flat series as rows, in the columns of ESTIMATES."""
    flat = pl.DataFrame(
        {
            name: column.ravel() if isinstance(column, np.ndarray) else column
            for name, column in columns.items()
        }
    )
    if not keep.all():
        flat = flat.filter(pl.Series(keep.ravel()))
    return flat.select(
        pl.col(name).fill_nan(None).cast(dtype)
        if flat.schema[name].is_float()
        else pl.col(name).cast(dtype)
        for name, dtype in ESTIMATES.items()
    )


def _in_order(table: pl.DataFrame, waves: Sequence[WaveFacts]) -> pl.DataFrame:
    """Rows by the order of the waves given, waves without facts last; else as they are."""
    places = pl.DataFrame(
        {
            "initiative": [w.initiative for w in waves],
            "wave": [w.wave for w in waves],
            "_place": range(len(waves)),
        },
        schema={"initiative": pl.String, "wave": pl.String, "_place": pl.Int64},
    )
    placed = table.join(places, on=["initiative", "wave"], how="left", maintain_order="left")
    return placed.sort("_place", nulls_last=True, maintain_order=True).drop("_place")


def _require(frame: pl.DataFrame, column: str) -> None:
    if column not in frame.columns:
        raise ValueError(f"column {column!r} is not in the answers: {', '.join(frame.columns)}")
