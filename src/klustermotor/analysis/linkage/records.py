"""Organisations as the linkage compares them: one row for each name that one has or has had.

A former name is an alternative to the name in use: it gets a row of its own with the same
address, so that whichever name the other side knows is found, and the reason can say which.
"""

import polars as pl

from klustermotor.analysis.linkage.names import comparable_names, fold, plain_text, repaired

OPTIONAL = (
    "number", "former_names", "street", "postcode", "city", "municipality", "industry", "text",
)  # fmt: skip
"""Columns that may be there beside ``id`` and ``name``."""

_DATED = r"^(.*\S)\s*\(([^()]*\d{4}[^()]*)\)$"


class OrganisationsError(ValueError):
    """A frame that cannot be linked: ``column`` is what is wrong with it."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(f"{column}: {problem}")
        self.column = column
        self.problem = problem


def prepare(organisations: pl.DataFrame, side: str) -> pl.DataFrame:
    """One row per organisation and name, ready to compare.

    Takes text columns ``id`` and ``name`` and any of `OPTIONAL`; ``former_names`` are separated
    by semicolons, each with its dates in brackets if they are known:
    ``Vaccibody AS (2006-10-10–2021-05-04)``. Returns columns ``unique_id`` (``side`` and the
    place of the row), ``row``, ``id``, ``variant`` (0: the name in use), ``written``, ``period``,
    ``name``, ``folded``, ``form``, ``street``, ``postcode``, ``city``, ``municipality``,
    ``place``, ``industry``, ``text``, ``number``. Raises `OrganisationsError`.
    """
    for column in ("id", "name"):
        if column not in organisations.columns:
            raise OrganisationsError(column, "missing")
    given = organisations.with_columns(
        pl.lit(None, pl.String).alias(c) for c in OPTIONAL if c not in organisations.columns
    ).select("id", "name", *OPTIONAL)
    given = given.with_columns(
        repaired(given[c].cast(pl.String)) for c in ("name", "former_names", "street", "city")
    )
    base = given.with_row_index("row").with_columns(
        _empty_to_null(fold(plain_text(pl.col("street")))).alias("street"),
        _empty_to_null(pl.col("postcode").str.replace_all(r"[^0-9]", "")).alias("postcode"),
        _empty_to_null(fold(plain_text(pl.col("city")))).alias("city"),
        _empty_to_null(fold(_municipality(pl.col("municipality")))).alias("municipality"),
        _empty_to_null(_industry(pl.col("industry"))).alias("industry"),
        _empty_to_null(pl.col("number").str.strip_chars()).alias("number"),
    )
    base = base.with_columns(
        pl.coalesce("municipality", "city").alias("place"),
        _empty_to_null(fold(plain_text(pl.col("text")))).alias("text"),
    )
    named = _variants(base)
    return (
        named.with_columns(comparable_names(pl.col("written")))
        .filter(pl.col("folded").str.len_chars() > 0)
        .sort("row", "variant")
        .with_row_index("place_in_table")
        .with_columns(
            (pl.lit(f"{side}-") + pl.col("place_in_table").cast(pl.String)).alias("unique_id")
        )
        .drop("place_in_table", "former_names")
    )


def _variants(base: pl.DataFrame) -> pl.DataFrame:
    """The name in use, then each former one that differs from it."""
    current = base.with_columns(
        pl.col("name").alias("written"),
        pl.lit(None, pl.String).alias("period"),
        pl.lit(0, pl.Int32).alias("variant"),
    )
    if base["former_names"].null_count() == base.height:
        return current.filter(pl.col("written").is_not_null())
    former = (
        base.filter(pl.col("former_names").is_not_null())
        .with_columns(pl.col("former_names").str.split(";").alias("written"))
        .explode("written")
        .with_columns(pl.col("written").str.strip_chars())
        .filter((pl.col("written") != "") & (pl.col("written") != pl.col("name")))
        .with_columns(
            pl.col("written").str.extract(_DATED, 2).alias("period"),
            pl.coalesce(pl.col("written").str.extract(_DATED, 1), "written").alias("written"),
            (pl.int_range(pl.len()).over("row") + 1).cast(pl.Int32).alias("variant"),
        )
    )
    return pl.concat(
        [current.filter(pl.col("written").is_not_null()), former.select(current.columns)]
    )


def _municipality(text: pl.Expr) -> pl.Expr:
    """``Falu kommun`` is Falu; a code stays one."""
    return plain_text(text).str.replace(r" (kommun|kommune|stad)$", "")


def _industry(text: pl.Expr) -> pl.Expr:
    """The digits of a code: ``SNI2007:24.100`` and ``24100`` are one."""
    return text.str.replace(r"^[^:]*:", "").str.replace_all(r"[^0-9]", "")


def _empty_to_null(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_chars() > 0).then(text)
