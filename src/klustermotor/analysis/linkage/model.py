"""What is compared, in which levels, and how much each level speaks for or against.

One Fellegi–Sunter model for every engine: m is how often true pairs reach a level, u how often
pairs drawn at random do, and the evidence of a level is log2(m/u). The figures of `PARAMETERS`
were counted once, on made-up pairs whose truth is known (``python -m bench linkage-training``),
and are fixed: nothing is estimated or drawn when a list is linked, so that every engine and every
run gives the same figures.

Sources: Fellegi and Sunter (1969), J. Am. Stat. Assoc. 64, 1183–1210; Splink (Linacre et al. 2022).
"""

from typing import Any

from klustermotor.analysis.linkage.parameters import PARAMETERS

EXACT, FOLDED, WITHIN = "E", "F", "W"
BANDS: tuple[tuple[str, float], ...] = (
    ("9", 0.95), ("8", 0.85), ("7", 0.75), ("6", 0.65), ("5", 0.55), ("4", 0.45), ("3", 0.35),
    ("0", -1.0),
)  # fmt: skip
"""Bands of likeness of names that differ: the least cosine of each."""

MANY_WORDS, SOME_WORDS, NO_WORDS, NO_TEXT = "m", "s", "n", "-"

_SAME_PLACE = (
    "(city_l = city_r OR municipality_l = municipality_r"
    " OR city_l = municipality_r OR municipality_l = city_r)"
)

COMPARISONS: dict[str, tuple[tuple[str, str], ...]] = {
    "name": (
        ("same", f"folded_l = folded_r AND substr(match_key, 1, 1) = '{EXACT}'"),
        ("same_folded", "folded_l = folded_r"),
        ("words_within", f"substr(match_key, 1, 1) = '{WITHIN}'"),
        ("one_letter", "levenshtein(folded_l, folded_r) <= 1 AND length(folded_l) >= 5"),
        ("two_letters", "levenshtein(folded_l, folded_r) <= 2 AND length(folded_l) >= 8"),
        *((f"band_{key}", f"substr(match_key, 1, 1) = '{key}'") for key, _ in BANDS[:-1]),
        ("other", "ELSE"),
    ),
    "form": (
        ("missing", "form_l IS NULL OR form_r IS NULL"),
        ("same", "form_l = form_r"),
        ("other", "ELSE"),
    ),
    "address": (
        (
            "missing",
            "(postcode_l IS NULL OR postcode_r IS NULL) AND (place_l IS NULL OR place_r IS NULL)",
        ),
        ("street_and_postcode", "street_l = street_r AND postcode_l = postcode_r"),
        ("street_and_place", f"street_l = street_r AND {_SAME_PLACE}"),
        (
            "like_street",
            f"levenshtein(street_l, street_r) <= 2 AND (postcode_l = postcode_r OR {_SAME_PLACE})",
        ),
        ("postcode", "postcode_l = postcode_r"),
        (
            "place_alone",
            f"{_SAME_PLACE} AND (postcode_l IS NULL OR postcode_r IS NULL)",
        ),
        ("place_other_postcode", _SAME_PLACE),
        (
            "town_and_municipality",
            "(postcode_l IS NULL OR postcode_r IS NULL) AND (city_l IS NULL OR city_r IS NULL)"
            " AND (municipality_l IS NULL OR municipality_r IS NULL)",
        ),
        ("other", "ELSE"),
    ),
    "industry": (
        ("missing", "industry_l IS NULL OR industry_r IS NULL"),
        ("same", "industry_l = industry_r"),
        ("division", "substr(industry_l, 1, 2) = substr(industry_r, 1, 2)"),
        ("other", "ELSE"),
    ),
    "text": (
        ("missing", f"substr(match_key, 2, 1) = '{NO_TEXT}'"),
        ("many_words", f"substr(match_key, 2, 1) = '{MANY_WORDS}'"),
        ("some_words", f"substr(match_key, 2, 1) = '{SOME_WORDS}'"),
        ("other", "ELSE"),
    ),
}
"""Each comparison with its levels, first that holds, as SQL that DuckDB and Spark both read."""

FREQUENCY: dict[str, dict[str, str]] = {
    "name": dict.fromkeys(("same", "same_folded"), "folded"),
    "address": {
        "postcode": "postcode",
        "place_alone": "place",
        "place_other_postcode": "place",
    },
}
"""Levels whose evidence depends on how common the value is, and the column that is counted: a
shared name says little where many bear it, a shared town little where all are from there."""


_IN_ONE_PLACE = (
    "street_and_postcode", "street_and_place", "like_street", "postcode", "place_alone",
    "place_other_postcode",
)  # fmt: skip
_SAME_PLACE_AT_RANDOM = sum(PARAMETERS["address"][level][1] for level in _IN_ONE_PLACE)


def _shares(comparison: str, level: str) -> tuple[float, float]:
    """m and u of a level. Where a place is counted, u is that of any two in one place: the level's
    own also tells how often postcodes are missing, which is no matter of the place."""
    m, u = PARAMETERS[comparison][level]
    if FREQUENCY.get(comparison, {}).get(level) != "place":
        return m, u
    return m * _SAME_PLACE_AT_RANDOM / u, _SAME_PLACE_AT_RANDOM


def most_common(column: str) -> float:
    """The share from which a value counts as no rarer: then it speaks neither for nor against."""
    return min(
        _shares(comparison, level)[0]
        for comparison, levels in FREQUENCY.items()
        for level, counted in levels.items()
        if counted == column
    )


def settings(prior: float) -> dict[str, Any]:
    """The model as Splink takes it; ``prior`` is the share of all pairs that are true.

    What is measured of a pair, not of its rows, comes with the pair in Splink's ``match_key``: one
    letter for the likeness of the names, one for the words that both texts use.
    """
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "source_dataset_column_name": "source_dataset",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [_comparison(name, levels) for name, levels in COMPARISONS.items()],
        "linker_uid": "klustermotor",
    }


def _comparison(name: str, levels: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return {
        "output_column_name": name,
        "comparison_description": name,
        "comparison_levels": [_level(name, level, sql) for level, sql in levels],
    }


def _level(comparison: str, level: str, sql: str) -> dict[str, Any]:
    if level == "missing":
        return {"sql_condition": sql, "label_for_charts": level, "is_null_level": True}
    m, u = _shares(comparison, level)
    described = {
        "sql_condition": sql,
        "label_for_charts": level,
        "m_probability": m,
        "u_probability": u,
    }
    if column := FREQUENCY.get(comparison, {}).get(level):
        described |= {"tf_adjustment_column": column, "disable_tf_exact_match_detection": True}
    return described


def levels_of(comparison: str) -> dict[int, str]:
    """Which level each of Splink's numbers (gamma) stands for; −1 is nothing to compare."""
    named = [level for level, _ in COMPARISONS[comparison] if level != "missing"]
    return {-1: "missing"} | {len(named) - 1 - n: level for n, level in enumerate(named)}
