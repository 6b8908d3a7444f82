"""Changes and gaps under a design are those of R's survey package, to 1e-6 (see tests/golden)."""

from pathlib import Path

import polars as pl
import pytest

from klustermotor.analysis.evaluation import (
    Answers,
    Design,
    Margin,
    Options,
    WaveFacts,
    WaveSummary,
)
from klustermotor.analysis.gaps import gaps
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale
from klustermotor.analysis.waves import changes

GOLDEN = Path(__file__).parents[1] / "golden"
FIGURES = pl.read_csv(GOLDEN / "difference_figures.csv")
SIZES = Margin(("size",), {("large",): 90, ("medium",): 180, ("small",): 400})
ACTIVE = Margin(("active",), {("no",): 250, ("yes",): 420})
CLUSTERS = {"clusters": ("municipality",), "fpc": ("municipalities",), "weights": "weight"}
DESIGNS = {
    "strata": Design(strata="size", fpc=("of_size",)),
    "strata without population": Design(strata="size", weights="weight"),
    "clusters": Design(**CLUSTERS),
    "two stages": Design(clusters=("municipality", "company"), fpc=("municipalities", "companies")),
    "post-stratified": Design(**CLUSTERS, poststratify=(SIZES,)),
    "raked": Design(**CLUSTERS, rake=(SIZES, ACTIVE)),
}
SCALE = Scale("points", "ordinal", {str(code): {} for code in range(1, 6)})
QUESTIONNAIRE = Questionnaire(
    "companies",
    {},
    (
        Block("staff", "number", {}, (Item("jobs", {}),)),
        Block("work", "gap", {}, (Item("score", {}),), scale=SCALE),
    ),
)
WAVES = [WaveSummary(WaveFacts("", wave), 101) for wave in ("1", "2")]


@pytest.fixture(scope="module")
def companies() -> pl.DataFrame:
    found = pl.read_csv(GOLDEN / "companies.csv", null_values="")
    wanted = pl.min_horizontal(pl.lit(5), pl.col("score") + pl.col("jobs") % 3)
    return found.with_columns(
        pl.lit("").alias("initiative"),
        pl.col("company").alias("respondent"),
        pl.col("score").cast(pl.String).alias("work.score.now"),
        pl.when(pl.col("jobs") % 7 != 0).then(wanted.cast(pl.String)).alias("work.score.wanted"),
    )


def two_waves(companies: pl.DataFrame, *, keyed: bool) -> Answers:
    frames = [
        companies.with_columns(pl.lit(w).alias("wave"), pl.col(c).cast(float).alias("staff.jobs"))
        for w, c in (("1", "jobs_before"), ("2", "jobs"))
    ]
    return Answers(QUESTIONNAIRE, pl.concat(frames), keyed=keyed)


def expected(design: str, what: str) -> dict[str, float]:
    rows = FIGURES.filter(pl.col("design") == design, pl.col("what") == what)
    return {figure: float(value) for figure, value in rows.select("figure", "value").iter_rows()}


@pytest.mark.parametrize("statistic", ["mean", "total"])
@pytest.mark.parametrize("design", DESIGNS)
def test_a_change_of_the_same_companies_has_the_variance_of_their_differences(
    design, statistic, companies
):
    table = changes(two_waves(companies, keyed=True), WAVES, Options(design=DESIGNS[design]))
    found = table.row(
        by_predicate=pl.col("item").eq("jobs") & pl.col("statistic").eq(statistic), named=True
    )
    golden = expected(design, f"paired {statistic}")
    assert (found["design"], found["n_both"], found["approximate"]) == ("paired", 101, False)
    assert found["change"] == pytest.approx(golden["value"], rel=1e-6)
    assert found["ci_low"] == pytest.approx(golden["ci_low"], rel=1e-6)
    assert found["ci_high"] == pytest.approx(golden["ci_high"], rel=1e-6)
    assert found["moved_up"] is None


@pytest.mark.parametrize("design", ["strata", "strata without population", "clusters"])
def test_a_change_between_samples_drawn_apart_adds_their_variances(design, companies):
    table = changes(two_waves(companies, keyed=False), WAVES, Options(design=DESIGNS[design]))
    found = table.row(
        by_predicate=pl.col("item").eq("jobs") & pl.col("statistic").eq("mean"), named=True
    )
    golden = expected(design, "independent mean")
    assert (found["design"], found["approximate"]) == ("independent", True)
    assert found["change"] == pytest.approx(golden["value"], rel=1e-6)
    assert found["ci_low"] == pytest.approx(golden["ci_low"], rel=1e-6)
    assert found["ci_high"] == pytest.approx(golden["ci_high"], rel=1e-6)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_gap_is_weighted_and_has_the_variance_of_the_design(design, companies):
    answers = two_waves(companies, keyed=False)
    found = gaps(answers, WAVES, Options(design=DESIGNS[design])).row(0, named=True)
    golden = expected(design, "gap")
    for name in ("now", "wanted", "se", "ci_low", "ci_high"):
        assert found[name] == pytest.approx(golden[name], rel=1e-6), name
    assert found["gap"] == pytest.approx(golden["value"], rel=1e-6)


def test_a_partial_overlap_under_a_design_is_compared_as_if_drawn_apart(companies):
    """Pairing would lay bare those who left; see the disclosure rule."""
    answers = two_waves(companies, keyed=True)
    apart = pl.col("wave").eq("2") & pl.col("company").str.slice(-1).is_in(["1", "2", "3"])
    renamed = pl.when(apart).then(pl.col("company") + "x").otherwise("company").alias("respondent")
    partly = Answers(QUESTIONNAIRE, answers.frame.with_columns(renamed), keyed=True)

    def width(of: Answers) -> float:
        row = changes(of, WAVES, Options(design=DESIGNS["strata"])).row(0, named=True)
        return float(row["ci_high"] - row["ci_low"])

    independent = width(two_waves(companies, keyed=False))
    assert width(answers) < width(partly) == independent
