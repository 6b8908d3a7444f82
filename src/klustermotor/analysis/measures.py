"""What is measured on an answer: each share and mean as one column of numbers.

A measure turns an answer column into a number per respondent, NaN outside its base, so that a
share is the mean of zeros and ones. Estimates, changes and their covariances are then all means
of columns, and are computed for all items, waves and groups at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from klustermotor.analysis.questionnaire import CHOSEN, NOT_CHOSEN, Column, Questionnaire, Scale

Base = Literal["answered", "with_dont_know"]
YES_NO = Scale("yes_no", "nominal", {"yes": {}, "no": {}})
TICKED = Scale("ticked", "nominal", {NOT_CHOSEN: {}, CHOSEN: {}})


@dataclass(frozen=True)
class Measure:
    """One statistic of one answer column; `category` is a code or the id of a named share."""

    column: Column
    statistic: Literal["share", "mean", "total"]
    category: str = ""
    codes: tuple[str, ...] = ()
    base: Base = "answered"


def scale_of(column: Column) -> Scale | None:
    """The scale an answer column is read by; None for numbers and free text."""
    if column.block.scale is not None:
        return column.block.scale
    return {"yes_no": YES_NO, "multiple": TICKED}.get(column.block.type)


def measures(questionnaire: Questionnaire) -> tuple[Measure, ...]:
    """Every measure a questionnaire gives rise to, in its order.

    Ordinal scale: mean, the share of each code, each named share. Nominal: the share of each
    code (for a ticked item, of those who ticked it). Number: mean and total, or the one its block
    names. Where "don't know" can be answered, each share comes a second time with it in the base.
    """
    return tuple(m for column in questionnaire.columns for m in measures_of(column))


def measures_of(column: Column) -> tuple[Measure, ...]:
    """The measures of one answer column; none for free text."""
    if column.block.type == "text":
        return ()
    scale = scale_of(column)
    if scale is None:
        return tuple(Measure(column, statistic) for statistic in column.block.statistics)
    codes = (CHOSEN,) if scale is TICKED else scale.substantive
    shares = [Measure(column, "share", code, (code,)) for code in codes]
    shares += [Measure(column, "share", named.id, named.codes) for named in scale.shares]
    with_dont_know = [
        Measure(column, "share", m.category, m.codes, "with_dont_know") for m in shares
    ] + [Measure(column, "share", code, (code,), "with_dont_know") for code in scale.dont_know]
    means = (Measure(column, "mean"),) if scale.type == "ordinal" else ()
    return (*means, *shares, *(with_dont_know if scale.dont_know else ()))


def values(frame: pl.DataFrame, wanted: Sequence[Measure]) -> NDArray[np.float64]:
    """The measures as numbers: shape (respondents, measures), NaN outside the base.

    Raises KeyError when an answer column is missing from the frame.
    """
    return Readings.of(frame, wanted).values(slice(None))


@dataclass(frozen=True)
class Readings:
    """Answers read once, from which the measures of any rows are had at little cost."""

    columns: tuple["_Reading", ...]
    measures: int

    @classmethod
    def of(cls, frame: pl.DataFrame, wanted: Sequence[Measure]) -> "Readings":
        """Raises KeyError when an answer column is missing from the frame."""
        found = []
        for name, places in by_column(wanted).items():
            if name not in frame.columns:
                raise KeyError(name)
            scale = scale_of(wanted[places[0]].column)
            if scale is None:
                found.append(_Reading(places, numbers(frame[name]), None))
            else:
                per_code = np.column_stack([code_values(scale, wanted[i]) for i in places])
                found.append(_Reading(places, coded(frame[name], all_codes(scale)), per_code))
        return cls(tuple(found), len(wanted))

    def values(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float64]:
        """The measures of these rows: shape (rows, measures), NaN outside the base."""
        parts = [reading.of(rows) for reading in self.columns]
        result = np.empty((len(parts[0]) if parts else 0, self.measures))
        for reading, part in zip(self.columns, parts, strict=True):
            result[:, reading.where] = part
        return result


@dataclass(frozen=True)
class _Reading:
    """One answer column: its numbers, or each answer's place among the rows of ``per_code``."""

    places: list[int]
    given: NDArray[np.float64] | NDArray[np.int64]
    per_code: NDArray[np.float64] | None

    def of(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float64]:
        if self.per_code is None:
            return np.asarray(self.given[rows], dtype=np.float64)[:, None]
        return np.asarray(self.per_code[self.given[rows]])

    @property
    def where(self) -> slice | list[int]:
        first, last = self.places[0], self.places[-1]
        together = self.places == list(range(first, last + 1))
        return slice(first, last + 1) if together else self.places


def by_column(wanted: Sequence[Measure]) -> dict[str, list[int]]:
    """The places of the measures that share an answer column, by its name."""
    places: dict[str, list[int]] = {}
    for i, m in enumerate(wanted):
        places.setdefault(m.column.name, []).append(i)
    return places


def all_codes(scale: Scale) -> tuple[str, ...]:
    """The codes of a scale, "don't know" last whether or not it is listed among the codes."""
    return (*scale.substantive, *scale.dont_know)


def coded(answers: pl.Series, codes: Sequence[str]) -> NDArray[np.int64]:
    """Each answer as its place among the codes; one past the last for no answer."""
    places = answers.cast(pl.String).cast(pl.Enum(codes), strict=False).to_physical()
    return places.cast(pl.Int64).fill_null(len(codes)).to_numpy()


def code_values(scale: Scale, measure: Measure) -> NDArray[np.float64]:
    """What each of `all_codes`, and last no answer, counts as in the measure; NaN outside."""
    base = scale.substantive if measure.base == "answered" else all_codes(scale)
    return np.array(
        [
            np.nan
            if code not in base
            else float(code in measure.codes)
            if measure.statistic == "share"
            else float(code)
            for code in all_codes(scale)
        ]
        + [np.nan]
    )


def numbers(answers: pl.Series) -> NDArray[np.float64]:
    """Answers in numbers, NaN where there is none."""
    return answers.cast(pl.Float64).fill_null(np.nan).to_numpy()
