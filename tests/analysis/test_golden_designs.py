"""Every design gives the figures of R's survey package, to 1e-6 (see tests/golden/README.md)."""

from pathlib import Path

import polars as pl
import pytest

from klustermotor.analysis.evaluate import evaluate
from klustermotor.analysis.evaluation import Answers, Design, Margin, Options

GOLDEN = Path(__file__).parents[1] / "golden"
SIZES = Margin(("size",), {("large",): 90, ("medium",): 180, ("small",): 400})
ACTIVE = Margin(("active",), {("no",): 250, ("yes",): 420})
CELLS = Margin(
    ("size", "active"),
    {
        ("large", "no"): 30,
        ("medium", "no"): 70,
        ("small", "no"): 150,
        ("large", "yes"): 60,
        ("medium", "yes"): 110,
        ("small", "yes"): 250,
    },
)
ALL = Margin((), {(): 670})
JOBS = Margin(("jobs_before",), {(): 52000})
CLUSTERS = {"clusters": ("municipality",), "fpc": ("municipalities",), "weights": "weight"}
DESIGNS = {
    "simple": Design(fpc=("all",)),
    "strata": Design(strata="size", fpc=("of_size",)),
    "strata without population": Design(strata="size", weights="weight"),
    "clusters": Design(**CLUSTERS),
    "two stages": Design(clusters=("municipality", "company"), fpc=("municipalities", "companies")),
    "post-stratified": Design(**CLUSTERS, poststratify=(SIZES,)),
    "post-stratified in cells": Design(fpc=("all",), poststratify=(CELLS,)),
    "raked": Design(**CLUSTERS, rake=(SIZES, ACTIVE)),
    "calibrated": Design(**CLUSTERS, calibrate=(ALL, SIZES, JOBS)),
}
FIGURES = ("value", "se", "df", "deff", "ci_low", "ci_high")


@pytest.fixture(scope="module")
def companies() -> pl.DataFrame:
    return pl.read_csv(GOLDEN / "companies.csv", null_values="").with_columns(
        pl.lit(670).alias("all")
    )


def expected(design: str) -> dict[tuple[str, str, str], float]:
    table = pl.read_csv(GOLDEN / "survey_figures.csv", schema_overrides={"group": pl.String})
    rows = table.filter(pl.col("design") == design).with_columns(pl.col("group").fill_null(""))
    return {(s, g, f): float(v) for _, s, g, f, v in rows.iter_rows()}


def found(answers: Answers, design: Design, interval: str) -> dict:
    options = Options(design=design, by=("size",), interval=interval)
    rows = evaluate(answers, [], options).estimates.filter(pl.col("category").is_in(["", "yes"]))
    figures = {}
    for row in rows.filter(~pl.col("suppressed")).iter_rows(named=True):
        for name in FIGURES:
            share = row["statistic"] == "share"
            figure = name.replace("ci", interval) if share else name
            figures[row["statistic"], row["group"], figure] = row[name]
    return figures


@pytest.mark.parametrize("interval", ["logit", "beta"])
@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_gives_the_figures_of_r_survey(design, interval, companies, bare_answers):
    golden = {
        key: value
        for key, value in expected(design).items()
        if not key[2].startswith("beta" if interval == "logit" else "logit")
    }
    answers = bare_answers(companies, ["jobs"], ["grows"])
    ours = found(answers, DESIGNS[design], interval)
    hidden = {("share", "size=medium"), ("share", "size=large")}  # three answered no
    golden = {key: figure for key, figure in golden.items() if key[:2] not in hidden}
    compared = {key: ours[key] for key in golden}
    assert len(golden) >= 36
    assert compared == pytest.approx(golden, rel=1e-6, abs=1e-9)


def test_what_the_weights_are_fitted_to_has_no_sampling_error(companies, bare_answers):
    answers = bare_answers(companies, [], ["active"])
    design = DESIGNS["raked"]
    row = (
        evaluate(answers, [], Options(design=design))
        .estimates.filter(pl.col("category") == "yes")
        .row(0, named=True)
    )
    assert row["value"] == pytest.approx(420 / 670)
    assert (row["se"], row["interval"]) == (0, "census")
    assert row["ci_low"] == row["value"] == row["ci_high"]
