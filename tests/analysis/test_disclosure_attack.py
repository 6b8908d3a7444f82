"""An attacker who knows nearly everything must not learn a protected count.

The attacker has the published tables to the last digit, knows how many answered in every crossing
of the groupings, knows every company's answers in the initiative as a whole (so changes, gaps and
all their means, errors and tests add nothing), and solves for whole numbers: a count is recovered
when no other value of it agrees with all that.
"""

import random

import numpy as np
import polars as pl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from klustermotor.analysis.disclosure import (
    protect_estimates,
)
from klustermotor.analysis.evaluation import WHOLE, Answers, Options, WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale
from klustermotor.analysis.tabulation import estimates

K = 5
TEXT = {"sv": "", "nb": "", "en": ""}
SUBSTANTIVE = ("1", "2", "3", "4", "5")
CODES = (*SUBSTANTIVE, "9", "")
"""The last two are "don't know" and no answer."""
SCALE = Scale(
    "extent",
    "ordinal",
    dict.fromkeys((*SUBSTANTIVE, "9"), TEXT),
    ("9",),
    (NamedShare("great", ("4", "5"), TEXT),),
)
SETS = {**{code: (code,) for code in SUBSTANTIVE}, "great": ("4", "5")}
GROUPINGS = ("size", "industry")


def survey(rows: list[tuple]) -> Answers:
    """Answers of (size, industry, code) in one wave of one initiative."""
    block = Block("b", "scale", TEXT, (Item("i", TEXT),), scale=SCALE)
    return Answers(
        Questionnaire("q", TEXT, (block,), {"extent": SCALE}),
        pl.DataFrame(
            {
                "initiative": ["i"] * len(rows),
                "wave": ["1"] * len(rows),
                "respondent": [str(i) for i in range(len(rows))],
                "size": pl.Series([r[0] for r in rows], dtype=pl.String),
                "industry": pl.Series([r[1] for r in rows], dtype=pl.String),
                "b.i": pl.Series([r[2] or None for r in rows], dtype=pl.String),
            }
        ),
    )


def tabulate(answers: Answers, population: int, by=GROUPINGS) -> tuple[pl.DataFrame, Options]:
    options = Options(by=by, minimum_cell=K)
    return estimates(answers, [WaveFacts("i", "1", population, population)], options), options


def published(answers: Answers, population: int, by=GROUPINGS) -> pl.DataFrame:
    table, options = tabulate(answers, population, by)
    return protect_estimates(table, answers, options)


def primary_only(answers: Answers, population: int, by=GROUPINGS) -> pl.DataFrame:
    """What a naive product would publish: each cell judged by itself."""
    table, _ = tabulate(answers, population, by)
    x = pl.col("value") * pl.col("n")
    small = (x < K - 0.5) | (pl.col("n") - x < K - 0.5)
    bad = (pl.col("group") != WHOLE) & (
        (pl.col("n") < K) | ((pl.col("statistic") == "share") & small)
    )
    figures = ["value", "se", "n", "n_dont_know"]
    return table.with_columns(
        *(pl.when(~bad).then(pl.col(c)).alias(c) for c in figures), bad.alias("suppressed")
    )


class Attacker:
    """Whole-number unknowns: answers with each code in each crossing of the groupings."""

    def __init__(self, rows: list[tuple], population: int):
        self.rows = rows
        self.population = population
        self.crossings = sorted({r[:2] for r in rows}, key=str)
        self.place = {
            (c, code): i * len(CODES) + j
            for i, c in enumerate(self.crossings)
            for j, code in enumerate(CODES)
        }
        self.constraints: list[tuple[np.ndarray, float, float]] = []
        for crossing in self.crossings:
            self.learn(
                lambda c, _, crossing=crossing: c == crossing, sum(r[:2] == crossing for r in rows)
            )
        for code in CODES:
            self.learn(lambda _, a, code=code: a == code, sum(r[2] == code for r in rows))
        self.n_whole = sum(r[2] in SUBSTANTIVE for r in rows)

    def weights(self, weigh) -> np.ndarray:
        result = np.zeros(len(self.place))
        for (crossing, code), place in self.place.items():
            result[place] = weigh(crossing, code)
        return result

    def learn(self, weigh, value: float, slack: float = 1e-6) -> None:
        self.constraints.append((self.weights(weigh), value - slack, value + slack))

    def read(self, table: pl.DataFrame) -> None:
        """Every figure of the groups that the table shows."""
        for row in table.filter((pl.col("group") != WHOLE) & ~pl.col("suppressed")).iter_rows(
            named=True
        ):
            column, value = row["group"].split("=")
            side = GROUPINGS.index(column)
            n = row["n"]
            with_unsure = row["base"] == "with_dont_know"
            base = (*SUBSTANTIVE, "9") if with_unsure else SUBSTANTIVE

            def within(codes, side=side, value=value):
                return lambda crossing, code: float(crossing[side] == value and code in codes)

            self.learn(within(base), n)
            if row["n_dont_know"] is not None:
                self.learn(within(("9",)), row["n_dont_know"])
            if row["statistic"] == "share":
                self.learn(within(SETS[row["category"]]), row["value"] * n)
                continue
            self.learn(
                lambda c, a, s=side, v=value: (
                    float(c[s] == v) * (int(a) if a in SUBSTANTIVE else 0)
                ),
                row["value"] * n,
            )
            if row["se"] is not None:
                f = self.n_whole / self.population
                if f < 1:
                    ss = (row["se"] * n) ** 2 / ((1 - f) * self.n_whole / (self.n_whole - 1))
                    self.learn(
                        lambda c, a, s=side, v=value: (
                            float(c[s] == v) * (int(a) ** 2 if a in SUBSTANTIVE else 0)
                        ),
                        ss + n * row["value"] ** 2,
                        slack=1e-4,
                    )

    def pinned(self, counts: list[tuple]) -> list[tuple]:
        """Which counts can have no other whole number than the true one, given what is known.

        Every world found in which one count differs also clears the others that differ in it.
        """
        known = LinearConstraint(
            sparse.csr_matrix(np.array([c[0] for c in self.constraints])),
            [c[1] for c in self.constraints],
            [c[2] for c in self.constraints],
        )
        left = [(name, self.weights(weigh), x) for name, weigh, x in counts]
        taste = np.random.default_rng(0)
        result = []
        while left:
            name, target, truth = left.pop()
            for low, high in ((truth + 1, np.inf), (-np.inf, truth - 1)):
                found = milp(
                    taste.normal(size=len(target)),
                    constraints=[known, LinearConstraint(target[None, :], low, high)],
                    integrality=np.ones(len(target)),
                    bounds=Bounds(0, len(self.rows)),
                    options={"time_limit": 20},
                )
                if found.x is not None:
                    world = np.rint(found.x)
                    left = [count for count in left if abs(count[1] @ world - count[2]) < 0.5]
                    break
                assert found.status == 2, found.message
            else:
                result.append((name, truth))
        return result


def protected_counts(rows: list[tuple]):
    """Every count that the rule protects: (name, weigh, true value)."""
    sets = [
        (lambda c, s=s, v=v: c[s] == v, (GROUPINGS[s], v))
        for s in (0, 1)
        for v in {r[s] for r in rows}
    ]
    sets += [(lambda c, k=k: c == k, ("crossing", *k)) for k in {r[:2] for r in rows}]
    for inside, name in sets:
        here = [r[2] for r in rows if inside(r[:2])]
        n = sum(code in SUBSTANTIVE for code in here)
        if not n:
            continue
        for what, codes in SETS.items():
            x = sum(code in codes for code in here)
            if min(x, n - x) < K:
                yield (name, what), lambda c, a, i=inside, s=codes: float(i(c) and a in s), x


def recovered(rows: list[tuple], population: int, *tables: pl.DataFrame) -> list:
    """Protected counts that the tables pin and the whole initiative alone does not."""
    ignorant, attacker = Attacker(rows, population), Attacker(rows, population)
    for table in tables:
        attacker.read(table)
    counts = list(protected_counts(rows))
    given_away = {name for name, _ in ignorant.pinned(counts)}
    return attacker.pinned([count for count in counts if count[0] not in given_away])


@st.composite
def surveys(draw) -> list[tuple]:
    seed = draw(st.integers(0, 2**32 - 1))
    rng = random.Random(seed)
    n = draw(st.integers(8, 40))
    sizes = ["s", "m", "l", None][: draw(st.integers(2, 4))]
    industries = ["x", "y", "z", None][: draw(st.integers(1, 4))]
    tilt = [draw(st.integers(0, 8)) + 0.01 for _ in CODES]
    by_size = {s: rng.choices(tilt, k=len(CODES)) if rng.random() < 0.5 else tilt for s in sizes}
    weight = [draw(st.integers(1, 6)) for _ in sizes]
    rows = []
    for _ in range(n):
        size = rng.choices(sizes, weight)[0]
        rows.append((size, rng.choice(industries), rng.choices(CODES, by_size[size])[0]))
    return rows


ATTACK = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


@ATTACK
@given(surveys(), st.booleans())
def test_no_protected_count_can_be_solved_for(rows, census):
    population = len(rows) if census else 2 * len(rows)
    assert recovered(rows, population, published(survey(rows), population)) == []


# 16 small and 4 large companies; hiding only the large ones' share leaves it to subtraction.
SUBTRACTION = (
    [("s", "x", "5")] * 8 + [("s", "x", "1")] * 8 + [("l", "x", "5")] * 3 + [("l", "x", "1")]
)


def test_the_attacker_breaks_a_product_that_judges_each_cell_by_itself():
    naive = primary_only(survey(SUBTRACTION), 40, ("size",))
    assert (("size", "l"), "great") in [name for name, _ in recovered(SUBTRACTION, 40, naive)]


def test_the_attacker_reads_a_scale_out_of_mean_and_standard_error():
    """Six answers, of which the mean and its error leave one composition."""
    rows = [("s", "x", c) for c in "555554"] + [("l", "x", c) for c in "1122334455"]
    naive = primary_only(survey(rows), 40, ("size",))
    assert (("size", "s"), "4") in [name for name, _ in recovered(rows, 40, naive)]
    assert recovered(rows, 40, published(survey(rows), 40, ("size",))) == []


def test_the_initiatives_own_shares_stay_visible_down_to_one_of_seventeen():
    rows = [("s", "x", "5")] + [("s", "x", "1")] * 10 + [("l", "y", "1")] * 6
    table = published(survey(rows), 40)
    one = table.row(
        by_predicate=(pl.col("group") == WHOLE)
        & (pl.col("category") == "5")
        & (pl.col("base") == "answered"),
        named=True,
    )
    assert (one["value"], one["n"], one["suppressed"]) == (1 / 17, 17, False)


def test_groups_that_are_safe_are_shown():
    rows = [(s, "x", c) for s in "ml" for c in "1" * 8 + "3" * 3 + "5" * 7]
    table = published(survey(rows), 60, ("size",))
    great = table.filter(
        (pl.col("group") != WHOLE)
        & (pl.col("category") == "great")
        & (pl.col("base") == "answered")
    )
    assert great["value"].to_list() == [7 / 18, 7 / 18]
