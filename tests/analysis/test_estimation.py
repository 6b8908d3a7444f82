"""Estimates of a simple sample: golden figures, and what must hold for any answers."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klustermotor.analysis import tabulation
from klustermotor.analysis.evaluate import evaluate
from klustermotor.analysis.evaluation import Answers, Design, Options, WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale

EXTENT = Scale(
    "extent",
    "ordinal",
    {str(code): {} for code in (1, 2, 3, 4, 5)},
    dont_know=("9",),
    shares=(NamedShare("great", ("4", "5"), {}),),
)
ITEM = Item("i", {})
ASKED = Questionnaire(
    "q",
    {},
    (
        Block("active", "yes_no", {}, (ITEM,)),
        Block("extent", "scale", {}, (ITEM,), scale=EXTENT),
        Block("jobs", "number", {}, (ITEM,)),
    ),
)


def frame(**columns: list) -> pl.DataFrame:
    rows = len(next(iter(columns.values())))
    given = {
        "initiative": ["T"] * rows,
        "wave": ["2009"] * rows,
        "respondent": [None] * rows,
        "active.i": [None] * rows,
        "extent.i": [None] * rows,
        "jobs.i": [None] * rows,
    } | {name.replace("_i", ".i"): values for name, values in columns.items()}
    types = dict.fromkeys(given, pl.String) | {"jobs.i": pl.Float64}
    return pl.DataFrame(given, schema=types)


def estimates(answers: pl.DataFrame, options: Options | None = None, **facts) -> pl.DataFrame:
    wave = WaveFacts("T", "2009", **facts)
    return tabulation.estimates(Answers(ASKED, answers), [wave], options or Options())


def row(table: pl.DataFrame, **key: str) -> dict:
    key = {"group": "", "base": "answered"} | key
    return table.filter(*(pl.col(k) == v for k, v in key.items())).row(0, named=True)


def test_ten_of_23_answers_of_93_companies():
    answers = frame(active_i=["yes"] * 10 + ["no"] * 13)
    found = {
        method: row(
            estimates(answers, Options(interval=method), invited=93, population=93), category="yes"
        )
        for method in ("logit", "beta", "wilson")
    }
    logit, beta, wilson = found.values()
    assert round(logit["value"], 6) == 0.434783
    assert round(logit["se"], 5) == 0.09169
    assert (round(logit["ci_low"], 5), round(logit["ci_high"], 5)) == (0.26189, 0.62515)
    assert (round(beta["ci_low"], 5), round(beta["ci_high"], 5)) == (0.25360, 0.62968)
    assert beta["ci_low"] < wilson["ci_low"] < wilson["ci_high"] < beta["ci_high"]
    assert (logit["n"], logit["answered"], logit["invited"], logit["population"]) == (
        23, 23, 93, 93,
    )  # fmt: skip
    assert (logit["df"], logit["deff"], logit["level"]) == (22, pytest.approx(1), 0.95)


def test_full_response_could_have_moved_a_share_between_the_bounds():
    found = row(estimates(frame(active_i=["yes"] * 10 + ["no"] * 13), invited=93), category="yes")
    assert found["bound_low"] == pytest.approx(10 / 93)
    assert found["bound_high"] == pytest.approx(80 / 93)


def test_bounds_of_a_mean_take_the_ends_of_its_scale():
    found = row(
        estimates(frame(extent_i=["5", "3", "9"]), invited=5), block="extent", statistic="mean"
    )
    assert found["bound_low"] == pytest.approx((8 + 2 * 1) / 4)
    assert found["bound_high"] == pytest.approx((8 + 2 * 5) / 4)


def test_a_share_in_a_sample_is_bounded_by_those_invited_not_by_all_there_are():
    answers = frame(active_i=["yes"] * 10 + ["no"] * 10)
    found = row(estimates(answers, invited=25, population=1000, selection="random"), category="yes")
    assert (found["bound_low"], found["bound_high"]) == (pytest.approx(0.4), pytest.approx(0.6))
    assert found["se"] == pytest.approx((0.98 * 0.25 / 19) ** 0.5)


def test_without_a_known_population_nothing_is_corrected_or_bounded():
    found = estimates(frame(active_i=["yes"] * 4 + ["no"] * 12, jobs_i=[5.0, 7.0] * 8))
    share = row(found, category="yes")
    assert share["se"] == pytest.approx((0.25 * 0.75 / 15) ** 0.5)
    assert share["bound_low"] is share["population"] is share["invited"] is None
    assert row(found, statistic="total")["value"] is None


def test_a_census_claims_no_sampling_error():
    found = estimates(
        frame(active_i=["yes", "no", "no"], jobs_i=[3.0, 4.0, 8.0]), invited=3, population=3
    )
    for key, value in (({"category": "yes"}, 1 / 3), ({"statistic": "total"}, 15)):
        figure = row(found, **key)
        assert figure["value"] == pytest.approx(value)
        assert figure["se"] == 0
        assert figure["ci_low"] == figure["ci_high"] == figure["value"]
        assert figure["interval"] == "census"


def test_nobody_and_everybody_have_beta_intervals():
    found = estimates(frame(active_i=["no"] * 17), invited=92)
    none, everyone = row(found, category="yes"), row(found, category="no")
    effective = 16 / (1 - 17 / 92)
    assert (none["value"], none["interval"]) == (0, "beta")
    assert none["ci_low"] == 0
    assert none["ci_high"] == pytest.approx(1 - 0.025 ** (1 / effective))
    assert everyone["ci_low"] == pytest.approx(1 - none["ci_high"])
    assert everyone["ci_high"] == 1


def test_one_answer_says_nothing_of_its_error():
    found = estimates(frame(active_i=["yes"], jobs_i=[4.0]), invited=93)
    assert row(found, category="yes")["se"] is None
    assert (row(found, category="yes")["ci_low"], row(found, category="yes")["ci_high"]) == (0, 1)
    assert row(found, block="jobs", statistic="mean")["ci_low"] is None


def test_a_mean_of_answers_all_alike_has_no_interval():
    found = row(estimates(frame(extent_i=["4"] * 6), invited=93), block="extent", statistic="mean")
    assert (found["value"], found["ci_low"], found["interval"]) == (4, None, "")


def test_no_answers_leave_an_empty_row():
    found = row(estimates(frame(active_i=["yes"], extent_i=[None])), category="great")
    assert (found["n"], found["value"], found["ci_low"]) == (0, None, None)


def test_dont_know_is_counted_beside_and_in_the_second_base_only():
    found = estimates(frame(extent_i=["5", "2", "9", "9"]), invited=10)
    answered = row(found, category="great")
    second = row(found, category="great", base="with_dont_know")
    assert (answered["value"], answered["n"], answered["n_dont_know"]) == (0.5, 2, 2)
    assert (second["value"], second["n"], second["n_dont_know"]) == (0.25, 4, 2)
    assert row(found, category="9", base="with_dont_know")["value"] == 0.5


def test_a_group_is_a_domain_of_the_sample():
    answers = frame(active_i=["yes", "no", "yes", "no", "yes", "no", "no", None]).with_columns(
        pl.Series("size", ["s", "s", "s", "l", "l", "l", "l", "l"])
    )
    found = row(
        estimates(answers, Options(by=("size",)), invited=20, population=20),
        category="yes",
        group="size=s",
    )
    within = 3 * (2 / 3) * (1 / 3)
    assert found["se"] == pytest.approx(((1 - 7 / 20) * 7 / 6 * within) ** 0.5 / 3)
    assert (found["n"], found["answered"], found["df"]) == (3, 3, 2)
    assert (found["invited"], found["bound_low"]) == (None, None)


def test_a_frame_tells_how_many_of_a_group_were_invited():
    answers = frame(active_i=["yes", "no"] * 5).with_columns(pl.lit("s").alias("size"))
    invited = pl.DataFrame({"initiative": "T", "wave": "2009", "size": ["s"] * 12 + ["l"] * 8})
    table = evaluate(
        Answers(ASKED, answers),
        [WaveFacts("T", "2009", 20, 20)],
        Options(by=("size",)),
        frame=invited,
    ).estimates
    found = row(table, category="yes", group="size=s")
    assert (found["invited"], found["population"]) == (12, 12)
    assert found["bound_high"] == pytest.approx(7 / 12)


def test_more_answers_than_invited_is_refused():
    with pytest.raises(ValueError, match="wave 2009 of T has 3 answers but is about 2"):
        estimates(frame(active_i=["yes", "no", "no"]), invited=2)


def test_an_unknown_grouping_column_is_named():
    with pytest.raises(ValueError, match="'region' is not in the answers"):
        estimates(frame(active_i=["yes"]), Options(by=("region",)))


@pytest.mark.parametrize(
    ("file", "design", "mean", "total"),
    [
        ("apisrs", Design(fpc=("fpc",)), (656.585, 9.24972), (3621074.34, 169519.65)),
        (
            "apistrat",
            Design(strata="stype", fpc=("fpc",), weights="pw"),
            (662.287363, 9.408941),
            (3687177.53, 114641.72),
        ),
    ],
)
def test_schools_of_california(file, design, mean, total, shared_data, bare_answers):
    table = pl.read_csv(shared_data / f"survey/{file}.csv", null_values="NA")
    answers = bare_answers(table, ["api00", "enroll"], ["sch.wide"])
    found = evaluate(answers, [], Options(design=design)).estimates
    assert found["block"].unique().to_list() == [""]
    api00, enroll = (
        row(found, item="api00", statistic="mean"),
        row(found, item="enroll", statistic="total"),
    )
    assert (api00["population"], api00["bound_low"]) == (6194, None)
    assert (api00["value"], api00["se"]) == pytest.approx(mean, rel=1e-6)
    assert (enroll["value"], enroll["se"]) == pytest.approx(total, rel=1e-7)
    if file == "apistrat":
        assert (round(api00["deff"], 5), api00["df"]) == (1.20446, 197)
        share = row(found, item="sch.wide", category="Yes")
        assert round(share["value"], 6) == 0.827948
        assert round(share["se"], 5) == 0.02434
        assert (round(share["ci_low"], 6), round(share["ci_high"], 6)) == (0.774540, 0.870815)
        beta = evaluate(answers, [], Options(design=design, interval="beta")).estimates
        share = row(beta, item="sch.wide", category="Yes")
        assert (round(share["ci_low"], 6), round(share["ci_high"], 6)) == (0.774171, 0.873432)


codes = st.lists(st.sampled_from(["1", "2", "3", "4", "5", "9", None]), min_size=1, max_size=40)


def close(figure: float | None) -> object:
    return figure if figure is None else pytest.approx(figure, rel=1e-6, abs=1e-6)


def comparable(table: pl.DataFrame) -> list[tuple]:
    return [
        tuple(round(v, 9) if isinstance(v, float) else v for v in row) for row in table.iter_rows()
    ]


@settings(max_examples=40)
@given(codes, st.sampled_from(["logit", "beta", "wilson"]), st.integers(0, 60))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(answers, method, silent):
    answers = [*answers, "3"]
    found = estimates(
        frame(extent_i=answers), Options(interval=method), invited=len(answers) + silent
    )
    shares = found.filter(pl.col("statistic") == "share", pl.col("value").is_not_null())
    for low, value, high in shares.select("ci_low", "value", "ci_high").iter_rows():
        assert 0 <= low <= value + 1e-12
        assert value - 1e-12 <= high <= 1
    for low, value, high in shares.select("bound_low", "value", "bound_high").iter_rows():
        assert -1e-12 <= low <= value + 1e-12
        assert value - 1e-12 <= high <= 1 + 1e-12


@settings(max_examples=40)
@given(st.permutations(["1", "2", "2", "3", "4", "5", "5", "9", None]))
def test_the_order_of_the_answers_does_not_matter(answers):
    first = estimates(frame(extent_i=["1", "2", "2", "3", "4", "5", "5", "9", None]), invited=12)
    assert comparable(estimates(frame(extent_i=answers), invited=12)) == comparable(first)


@settings(max_examples=40)
@given(codes)
def test_code_shares_add_up_to_one(answers):
    found = estimates(frame(extent_i=[*answers, "1"]))
    shares = found.filter(pl.col("category").is_in(list("12345")), pl.col("base") == "answered")
    assert shares["value"].sum() == pytest.approx(1)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(0.1, 9)), min_size=3, max_size=20),
    st.floats(0.01, 100),
)
def test_the_unit_of_the_weights_does_not_matter_for_means(rows, factor):
    def mean(scale: float) -> tuple[float, float]:
        table = frame(jobs_i=[x for x, _ in rows]).with_columns(
            pl.Series("w", [w * scale for _, w in rows])
        )
        found = row(
            estimates(table, Options(design=Design(weights="w"))), block="jobs", statistic="mean"
        )
        return found["value"], found["se"]

    for ours, other in zip(mean(factor), mean(1.0), strict=True):
        assert ours == close(other)


@settings(max_examples=40)
@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=25), st.integers(0, 50))
def test_one_stratum_is_simple_random_sampling(jobs, silent):
    population = len(jobs) + silent
    table = frame(jobs_i=jobs).with_columns(
        pl.lit("all").alias("stratum"), pl.lit(population).alias("size")
    )
    simple = estimates(table, invited=population)
    stratified = estimates(
        table, Options(design=Design(strata="stratum", fpc=("size",))), invited=population
    )
    for statistic in ("mean", "total"):
        ours, other = (
            row(table, block="jobs", statistic=statistic) for table in (simple, stratified)
        )
        for figure in ("value", "se", "df", "ci_low", "ci_high"):
            assert ours[figure] == close(other[figure])
