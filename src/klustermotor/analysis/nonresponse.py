"""Who answered and who did not: respondents against the frame, stratum by stratum."""

from collections.abc import Mapping, Sequence

import polars as pl

from klustermotor.analysis.evaluation import Answers, WaveFacts

NONRESPONSE: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("initiative", "wave", "stratum_column", "stratum"), pl.String()),
    **dict.fromkeys(("invited", "answered"), pl.Int64()),
    **dict.fromkeys(("rate", "share_frame", "share_answered"), pl.Float64()),
    "suppressed": pl.Boolean(),
}
UNKNOWN = ""
"""The stratum of those for whom the frame or the answer does not tell."""
MOST_STRATA = 30
"""A column with more values than this names units rather than groups them."""
_KEYS = ("initiative", "wave", "respondent")


def nonresponse(
    answers: Answers, waves: Sequence[WaveFacts], frame: pl.DataFrame | None
) -> pl.DataFrame:
    """Invited and answered per stratum of every background column of the frame.

    ``frame`` has one row per invited; with ``initiative`` and ``wave`` where these differ, else
    it holds for all. A respondent's background is the frame's where ``respondent`` finds it, else
    the answer's own column of that name. `rate` = answered/invited; `share_frame` and
    `share_answered` are the stratum's shares of all invited and of all who answered. Columns
    `NONRESPONSE`; no rows without a frame or a background column.
    """
    if frame is None or not waves:
        return pl.DataFrame(schema=NONRESPONSE)
    invited = _per_wave(frame, waves)
    tables = [
        _profile(invited, _background(answers, invited, column), column)
        for column in background_columns(frame)
        if column in answers.frame.columns or _linked(answers, frame)
    ]
    order = pl.DataFrame(
        {"initiative": [w.initiative for w in waves], "wave": [w.wave for w in waves]},
        schema={"initiative": pl.String, "wave": pl.String},
    ).with_row_index("_place")
    found = pl.concat([pl.DataFrame(schema=NONRESPONSE), *tables])
    return (
        found.join(order, on=["initiative", "wave"], maintain_order="left")
        .sort("_place", maintain_order=True)
        .drop("_place")
    )


def background_columns(frame: pl.DataFrame) -> tuple[str, ...]:
    """The columns of a frame that group its units: two to `MOST_STRATA` values."""
    return tuple(
        column
        for column in frame.columns
        if column not in _KEYS and 2 <= frame[column].drop_nulls().n_unique() <= MOST_STRATA
    )


def _per_wave(frame: pl.DataFrame, waves: Sequence[WaveFacts]) -> pl.DataFrame:
    """The frame with one row per invited and wave."""
    keys = [k for k in ("initiative", "wave") if k in frame.columns]
    every = pl.DataFrame(
        {"initiative": [w.initiative for w in waves], "wave": [w.wave for w in waves]},
        schema={"initiative": pl.String, "wave": pl.String},
    )
    given = frame.with_columns(pl.col(k).cast(pl.String) for k in keys)
    return given.join(every, on=keys) if keys else given.join(every, how="cross")


def _linked(answers: Answers, frame: pl.DataFrame) -> bool:
    return "respondent" in frame.columns and answers.frame["respondent"].is_not_null().any()


def _background(answers: Answers, invited: pl.DataFrame, column: str) -> pl.DataFrame:
    """Each answer's ``initiative, wave, stratum``."""
    rows = answers.frame.select(
        *_KEYS,
        (pl.col(column) if column in answers.frame.columns else pl.lit(None))
        .cast(pl.String)
        .alias("own"),
    )
    if not _linked(answers, invited):
        return rows.rename({"own": "stratum"})
    known = invited.select(*_KEYS, pl.col(column).cast(pl.String).alias("known"))
    known = known.unique(_KEYS, keep="first")
    return (
        rows.with_columns(pl.col("respondent").cast(known.schema["respondent"]))
        .join(known, on=_KEYS, how="left")
        .with_columns(pl.coalesce("known", "own").alias("stratum"))
    )


def _profile(invited: pl.DataFrame, answered: pl.DataFrame, column: str) -> pl.DataFrame:
    of_wave = ("initiative", "wave")
    asked = invited.with_columns(pl.col(column).cast(pl.String).fill_null(UNKNOWN).alias("stratum"))
    counts = (
        asked.group_by(*of_wave, "stratum")
        .agg(pl.len().cast(pl.Int64).alias("invited"))
        .join(
            answered.with_columns(pl.col("stratum").fill_null(UNKNOWN))
            .group_by(*of_wave, "stratum")
            .agg(pl.len().cast(pl.Int64).alias("answered")),
            on=[*of_wave, "stratum"],
            how="full",
            coalesce=True,
        )
        .with_columns(pl.col("invited", "answered").fill_null(0))
        .sort(*of_wave, "stratum")
    )
    asked_all = pl.col("invited").sum().over(of_wave)
    answered_all = pl.col("answered").sum().over(of_wave)
    return counts.with_columns(
        pl.lit(column).alias("stratum_column"),
        _ratio(pl.col("answered"), pl.col("invited")).alias("rate"),
        _ratio(pl.col("invited"), asked_all).alias("share_frame"),
        _ratio(pl.col("answered"), answered_all).alias("share_answered"),
        pl.lit(False).alias("suppressed"),
    ).select(pl.col(name).cast(dtype) for name, dtype in NONRESPONSE.items())


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part / whole)
