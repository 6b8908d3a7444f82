"""SPSS files: answers in with their labels and user-missing values, and out with both."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Column, Questionnaire, Scale, in_language
from klustermotor.formats.errors import fail
from klustermotor.formats.tables import Table, named_columns

OLD_ENCODINGS = (None, "WINDOWS-1252", "ISO-8859-1", "MACINTOSH")
"""Tried in turn: what the file says of itself, then what files that say nothing are written in."""
_LONGEST_NAME = 64


def read_sav(path: Path) -> Table:
    """The table in a .sav file, with value labels, user-missing codes and variable labels.

    Raises InputError when the file is broken or its encoding unknown.
    """
    frame, meta = _read(path)
    names = named_columns(list(frame.columns), path.name, lambda _: True)
    text = frame.select(
        _as_text(frame.to_series(at)).str.strip_chars().replace("", None).alias(name)
        for at, name in names.items()
    )
    labels = {
        column: {_code(code): str(label).strip() for code, label in codes.items()}
        for column, codes in meta.variable_value_labels.items()
    }
    missing = {
        column: _missing_codes(text[column], ranges)
        for column, ranges in meta.missing_ranges.items()
        if column in text.columns
    }
    titles = {name: label for name, label in meta.column_names_to_labels.items() if label}
    return Table(path.name, text, labels, missing, titles)


def write_sav(answers: Answers, path: Path, language: str) -> None:
    """The answers as an SPSS file that can be read back.

    Codes that are numbers become numeric variables, others text. Variables carry their question
    as label, their codes' labels, "don't know" as user-missing, and their measure level.
    """
    import pyreadstat

    frame, columns = answers.frame, answers.questionnaire.by_name
    names = spss_names(frame.columns)
    series: list[pl.Series] = []
    labels: dict[str, str | None] = {}
    values: dict[str, Any] = {}
    missing: dict[str, Any] = {}
    measures: dict[str, Any] = {}
    formats: dict[str, str] = {}
    for column in frame.columns:
        name = names[column]
        asked = columns.get(column)
        scale = scale_of(asked) if asked else None
        numeric = _is_numeric(asked, scale)
        given = frame[column].alias(name)
        if asked is not None:
            labels[name] = _title(asked, language)
        if numeric:
            given = given.cast(pl.Float64)
            decimals = 0 if scale is not None else 2
            formats[name] = f"F8.{decimals}"
        elif given.dtype != pl.Float64:
            given = given.cast(pl.String).fill_null("")
        if scale is not None:
            key = float if numeric else str
            values[name] = {key(c): _label(scale, c, language) for c in scale.codes}
            if scale.dont_know:
                missing[name] = [key(c) for c in scale.dont_know][:3]
        measures[name] = _measure(asked, scale)
        series.append(given)
    pyreadstat.write_sav(
        pl.DataFrame(series),
        str(path),
        column_labels=labels,
        variable_value_labels=values,
        missing_ranges=missing,
        variable_measure=measures,
        variable_format=formats,
    )


def spss_names(columns: Sequence[str]) -> dict[str, str]:
    """A name that SPSS accepts for each column: starts with a letter, letters, digits, . and _,
    at most 64 bytes, unique without regard to case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        base = re.sub(r"[^A-Za-z0-9._]", "_", column).rstrip(".")
        base = (base if base[:1].isalpha() else f"v{base}")[:_LONGEST_NAME]
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base[: _LONGEST_NAME - 4]}_{number}"
        taken.add(name.lower())
        names[column] = name
    return names


def column_aliases(questionnaire: Questionnaire) -> dict[str, str]:
    """From the SPSS name of each answer column to the column."""
    return {v: k for k, v in spss_names([c.name for c in questionnaire.columns]).items()}


def _read(path: Path) -> tuple[pl.DataFrame, Any]:
    import pyreadstat

    reason = ""
    for encoding in OLD_ENCODINGS:
        try:
            frame, meta = pyreadstat.read_sav(
                str(path), output_format="polars", user_missing=True, encoding=encoding
            )
            return frame, meta
        except Exception as error:  # pyreadstat raises its own errors, and UnicodeDecodeError
            reason = str(error)
            if "encod" not in reason.lower() and not isinstance(error, UnicodeDecodeError):
                break
    raise fail("unreadable_file", path.name, reason=reason or "not an SPSS file")


def _as_text(series: pl.Series) -> pl.Series:
    if not series.dtype.is_float():
        return series.cast(pl.String)
    whole = series.cast(pl.Int64, strict=False)
    is_whole = (whole.cast(pl.Float64) == series).fill_null(False)
    text = pl.when(is_whole).then(whole.cast(pl.String)).otherwise(series.cast(pl.String))
    return pl.select(text).to_series()


def _code(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _missing_codes(values: pl.Series, ranges: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The codes among `values` that lie in a declared missing range."""
    found = set()
    for value in values.drop_nulls().unique():
        for limits in ranges:
            low, high = limits["lo"], limits["hi"]
            if isinstance(low, str):
                inside = low.strip() <= value <= str(high).strip()
            else:
                number = _number(value)
                inside = number is not None and low <= number <= high
            if inside:
                found.add(value)
    return frozenset(found)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _is_numeric(column: Column | None, scale: Scale | None) -> bool:
    if column is None:
        return False
    if scale is None:
        return column.block.type == "number"
    return all(re.fullmatch(r"-?\d+(\.\d+)?", code) for code in scale.codes)


def _measure(column: Column | None, scale: Scale | None) -> str:
    if column is not None and column.block.type == "number":
        return "scale"
    return "ordinal" if scale is not None and scale.type == "ordinal" else "nominal"


def _title(column: Column, language: str) -> str:
    aspects = {
        "now": {"sv": "nu", "nb": "nå", "en": "now"},
        "wanted": {"sv": "önskat", "nb": "ønsket", "en": "wanted"},
    }
    aspect = f" ({aspects[column.aspect][language]})" if column.aspect else ""
    block, item = (in_language(part.text, language) for part in (column.block, column.item))
    title = f"{block}: {item}{aspect}"
    return title.encode()[:255].decode(errors="ignore")


def _label(scale: Scale, code: str, language: str) -> str:
    ticked = {
        "0": {"sv": "nej", "nb": "nei", "en": "no"},
        "1": {"sv": "ja", "nb": "ja", "en": "yes"},
        "no": {"sv": "nej", "nb": "nei", "en": "no"},
        "yes": {"sv": "ja", "nb": "ja", "en": "yes"},
    }
    text = scale.codes[code] or ticked.get(code, {})
    return in_language(text, language).encode()[:120].decode(errors="ignore") or code
