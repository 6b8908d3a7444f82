"""Candidate pairs scored by Splink, on DuckDB in this process or on Spark."""

import logging
import sys
from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from klustermotor.analysis.linkage.model import COMPARISONS, FREQUENCY, settings

Engine = Literal["duckdb", "spark"]

COMPARED = (
    "unique_id", "folded", "form", "street", "postcode", "city", "municipality", "place",
    "industry",
)  # fmt: skip
_SIDES = ("list", "register")


class EngineMissingError(RuntimeError):
    """The engine's libraries are not installed, or it cannot start; the text says what to do."""


def scored(
    sides: tuple[pl.DataFrame, pl.DataFrame],
    pairs: pl.DataFrame,
    rates: Mapping[str, pl.DataFrame],
    prior: float,
    engine: Engine,
) -> pl.DataFrame:
    """The evidence for each pair of row numbers ``l``, ``r`` with its ``key``.

    ``rates`` tell per column how likely each of its values is in another organisation:
    ``folded`` and ``tf_folded``, and so on.

    Returns ``l``, ``r``, ``weight`` (log2 of the odds, prior included) and per comparison
    ``gamma_…`` (its level) and ``evidence_…`` (bits). Raises `EngineMissingError`.
    """
    from splink import Linker

    left, right = sides
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = _duckdb() if engine == "duckdb" else _spark()
    tables = [
        api.register(_as_table(_compared(frame, used), engine), dataset_display_name=side)
        for frame, used, side in (
            (left, pairs["l"], _SIDES[0]),
            (right, pairs["r"], _SIDES[1]),
        )
    ]
    linker = Linker(tables, settings(prior), log_level=None, validate_settings=False)
    for column, table in rates.items():
        counted = api.register(_as_table(table, engine), dataset_display_name=f"rates_{column}")
        linker.table_management.register_term_frequency_lookup(counted, column)
    keyed = pairs.select(
        _joined(_SIDES[0], left, pairs["l"]).alias("join_key_l"),
        _joined(_SIDES[1], right, pairs["r"]).alias("join_key_r"),
        pl.col("key").alias("match_key"),
    )
    linker.table_management.register_blocked_pairs_for_predict(
        api.register(_as_table(keyed, engine), dataset_display_name="candidates")
    )
    predicted = linker.inference.predict(warning_mode="never").as_pyarrow_table()  # type: ignore[no-untyped-call]
    result = _told(pl.from_arrow(predicted), left, right, pairs)  # type: ignore[arg-type]
    linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
    return result


def _compared(frame: pl.DataFrame, used: pl.Series) -> pl.DataFrame:
    """The rows that stand in a pair. Their ``match_key`` is empty: the pair's own is read."""
    rows = used.unique().sort()
    return frame[rows.to_numpy()].select(*COMPARED, pl.lit(None, pl.String).alias("match_key"))


def _joined(side: str, frame: pl.DataFrame, rows: pl.Series) -> pl.Series:
    return f"{side}-__-" + frame["unique_id"][rows.to_numpy()]


def _told(
    predicted: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame
) -> pl.DataFrame:
    """Splink's columns in our words, by row numbers, in the order of the pairs."""
    evidence = []
    for name in COMPARISONS:
        bits = pl.col(f"mw_{name}")
        if name in FREQUENCY:
            bits = bits + pl.col(f"mw_tf_adj_{name}")
        evidence += [pl.col(f"gamma_{name}").cast(pl.Int8), bits.round(6).alias(f"evidence_{name}")]
    numbered = {
        side: frame.select("unique_id").with_row_index(side).cast({side: pl.Int64})
        for side, frame in (("l", left), ("r", right))
    }
    return (
        predicted.join(numbered["l"], left_on="unique_id_l", right_on="unique_id")
        .join(numbered["r"], left_on="unique_id_r", right_on="unique_id")
        .select("l", "r", pl.col("match_weight").round(6).alias("weight"), *evidence)
        .sort("l", "r")
    )


def _as_table(frame: pl.DataFrame, engine: Engine) -> Any:
    """Arrow for DuckDB; for Spark a frame of its own, with the types said."""
    if engine == "duckdb":
        return frame.to_arrow()
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    return session.createDataFrame(frame.to_arrow())


def _duckdb() -> Any:
    import duckdb
    from splink import DuckDBAPI

    connection = duckdb.connect(":memory:")
    connection.execute("SET enable_progress_bar = false")
    return DuckDBAPI(connection=connection)


def _spark() -> Any:
    """A session of this machine, or of the cluster that ``spark-submit`` or SPARK_REMOTE tells."""
    try:
        from pyspark.sql import SparkSession
        from splink import SparkAPI
    except ImportError as error:
        raise EngineMissingError(
            "pyspark is not installed; install klustermotor[spark], or use --engine duckdb"
        ) from error
    import os
    import tempfile

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session = (
            SparkSession.builder.appName("klustermotor")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.ansi.enabled", "false")
            .getOrCreate()
        )
    except Exception as error:
        raise EngineMissingError(
            f"Spark did not start ({str(error).splitlines()[0]}); it needs Java 17, "
            "or use --engine duckdb"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(tempfile.mkdtemp(prefix="klustermotor-spark-"))
    return SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=session,
        break_lineage_method="persist",
        num_partitions_on_repartition=8,
        register_udfs_automatically=False,
    )
