"""The attacker subtracts what was released earlier from what is released now.

Beside every figure to the last digit the attacker knows which companies answered between two
releases, and to which groups they belong. A release is a snapshot of an open wave, the figures at
its close, or a later report.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from klustermotor.analysis import differences
from klustermotor.analysis.disclosure import Release, protect_estimates, renewed, settled
from klustermotor.analysis.evaluation import WHOLE, Answers, Options, WaveFacts, WaveSummary
from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale
from klustermotor.analysis.tabulation import estimates
from klustermotor.analysis.waves import changes

K = 5
TEXT = {"sv": "", "nb": "", "en": ""}
SUBSTANTIVE = ("1", "2", "3", "4", "5")
CODES = (*SUBSTANTIVE, "9", "")
SCALE = Scale(
    "extent",
    "ordinal",
    dict.fromkeys((*SUBSTANTIVE, "9"), TEXT),
    ("9",),
    (NamedShare("great", ("4", "5"), TEXT),),
)
SETS = {**{code: (code,) for code in SUBSTANTIVE}, "great": ("4", "5")}
GROUPINGS = ("size", "industry")
ASKED = Questionnaire(
    "q", TEXT, (Block("b", "scale", TEXT, (Item("i", TEXT),), scale=SCALE),), {"extent": SCALE}
)

Known = tuple
Weigh = Callable[[Known, object], float]


class Attacker:
    """Whole-number unknowns: how many of those who are known as ``known`` gave which answer."""

    def __init__(self, rows: Iterable[tuple[Known, object]], answers: Iterable[object]):
        self.rows = list(rows)
        self.known = sorted({known for known, _ in self.rows}, key=str)
        self.answers = list(answers)
        self.constraints: list[tuple[np.ndarray, float, float]] = []
        for known in self.known:
            self.learn(lambda k, _, known=known: float(k == known))

    def weights(self, weigh: Weigh) -> np.ndarray:
        return np.array([weigh(k, a) for k in self.known for a in self.answers], dtype=float)

    def truth(self, weigh: Weigh) -> float:
        return sum(weigh(k, a) for k, a in self.rows)

    def learn(self, weigh: Weigh, value: float | None = None, slack: float = 1e-6) -> None:
        """A sum that is published; ``value`` where a table says it, else the true one."""
        value = self.truth(weigh) if value is None else value
        self.constraints.append((self.weights(weigh), value - slack, value + slack))

    def pinned(self, counts: Iterable[tuple[object, Weigh]]) -> set:
        """Which counts can have no other whole number than the true one."""
        known = LinearConstraint(
            sparse.csr_matrix(np.array([c[0] for c in self.constraints])),
            [c[1] for c in self.constraints],
            [c[2] for c in self.constraints],
        )
        left = [(name, self.weights(weigh), self.truth(weigh)) for name, weigh in counts]
        taste = np.random.default_rng(0)
        result = set()
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
                result.add(name)
        return result


@dataclass(frozen=True)
class Company:
    key: str
    size: str | None
    industry: str | None
    code: str


def table(companies: Iterable[Company]) -> pl.DataFrame:
    rows = [("i", "1", c.key, c.size, c.industry, c.code or None) for c in companies]
    names = ("initiative", "wave", "respondent", *GROUPINGS, "b.i")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")


def figures(release: Release, population: int) -> pl.DataFrame:
    """What a closed wave shows of the whole and its groups."""
    answers, options = Answers(ASKED, release.answers), Options(by=GROUPINGS, minimum_cell=K)
    facts = [WaveFacts("i", "1", population, population)]
    return protect_estimates(estimates(answers, facts, options), answers, options)


def counted(release: Release) -> dict[str, tuple[Known, str]]:
    """Who counts, known by size, industry and the release that first counted them; and the code."""
    rows = release.answers.select("respondent", *GROUPINGS, "counted:b.i", "b.i").iter_rows()
    return {row[0]: (row[1:4], row[4] or "") for row in rows if row[3] is not None}


def protected(rows: list[tuple[Known, str]]) -> Iterator[tuple[object, Weigh]]:
    """Shares in groups, and where groupings cross, that fewer than k, or all but so few, gave."""
    groups: list[tuple[object, Callable[[Known], bool]]] = [
        ((GROUPINGS[side], value), lambda k, s=side, v=value: k[s] == v)
        for side in (0, 1)
        for value in {known[side] for known, _ in rows}
    ]
    groups += [(cross, lambda k, c=cross: k[:2] == c) for cross in {known[:2] for known, _ in rows}]
    for name, inside in groups:
        here = [code for known, code in rows if inside(known)]
        n = sum(code in SUBSTANTIVE for code in here)
        for category, codes in SETS.items():
            if n and min(x := sum(code in codes for code in here), n - x) < K:
                yield (name, category), lambda k, a, i=inside, c=codes: float(i(k) and a in c)


def read_groups(attacker: Attacker, shown: pl.DataFrame, within: set[str]) -> None:
    """Every figure that a table shows of its groups, for those who counted in it."""
    visible = shown.filter((pl.col("group") != WHOLE) & ~pl.col("suppressed"))
    for row in visible.iter_rows(named=True):
        column, value = row["group"].split("=")
        side, n = GROUPINGS.index(column), row["n"]
        unsure = row["base"] == "with_dont_know"
        base = (*SUBSTANTIVE, "9") if unsure else SUBSTANTIVE

        def learn(score, figure, slack=1e-6, side=side, value=value):
            attacker.learn(
                lambda k, a: score(a) if k[side] == value and k[2] in within else 0.0, figure, slack
            )

        learn(lambda a, base=base: float(a in base), n)
        if row["n_dont_know"] is not None:
            learn(lambda a: float(a == "9"), row["n_dont_know"])
        if row["statistic"] == "share":
            codes = SETS[row["category"]]
            learn(lambda a, codes=codes: float(a in codes), row["value"] * n)
        else:
            learn(lambda a: float(a) if a in SUBSTANTIVE else 0.0, row["value"] * n)
            if row["se"] is not None:
                learn(lambda a: float(a) ** 2 if a in SUBSTANTIVE else 0.0, None)


def leaks(
    rows: list[tuple[Known, str]], shown: list[tuple[pl.DataFrame, set[str]]], last: set[str]
) -> set:
    """Protected counts of those counted in ``last`` that its figures of the whole leave open and
    all releases together do not; and companies whose own answer follows."""
    now = [row for row in rows if row[0][2] in last]
    attacker, ignorant = Attacker(rows, CODES), Attacker(now, CODES)
    for code in CODES:
        ignorant.learn(lambda _, a, code=code: float(a == code))
        for release in {known[2] for known, _ in rows}:
            attacker.learn(lambda k, a, c=code, r=release: float(k[2] == r and a == c))
    for estimate, within in shown:
        read_groups(attacker, estimate, within)
    everyone = [
        (
            (known, category, "each"),
            lambda k, a, known=known, c=codes: float(k == known and a in c),
        )
        for known in {known for known, _ in now}
        for category, codes in SETS.items()
        if all(code in codes for k, code in now if k == known)
    ]
    counts = [*protected(now), *everyone]
    at_stake = {name for name, _ in counts} - ignorant.pinned(counts)
    inside = [
        (name, lambda k, a, w=weigh: w(k, a) if k[2] in last else 0.0)
        for name, weigh in counts
        if name in at_stake
    ]
    return attacker.pinned(inside)


def trickle(seed: int) -> tuple[list[list[Company]], bool]:
    """Batches of companies as they answer; the late ones may be of one kind, or of one mind."""
    rng = random.Random(seed)
    sizes = ["s", "m", "l", None][: rng.randint(2, 4)]
    industries = ["x", "y", None][: rng.randint(1, 3)]
    batches = []
    for batch in range(rng.randint(2, 5)):
        of = rng.sample(sizes, rng.randint(1, len(sizes)))
        tilt = [rng.choice((0, 1, 1, 3, 8)) + 0.01 for _ in CODES]
        batches.append(
            [
                Company(
                    f"{batch}-{i}",
                    rng.choice(of if rng.random() < 0.8 else sizes),
                    rng.choice(industries),
                    rng.choices(CODES, tilt)[0],
                )
                for i in range(rng.randint(1, 16))
            ]
        )
    return batches, rng.random() < 0.5


ATTACK = settings(
    max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)


def play(seed: int, renew: Callable = renewed) -> set:
    """A wave is open, shown, closed and reported; then more answers come in."""
    batches, late = trickle(seed)
    shown, arrived = None, []
    for batch in batches[:-1] if late else batches:
        arrived += batch
        shown = renew(shown, table(arrived), ASKED, GROUPINGS, K) or shown
    now = table(arrived)
    closed = (
        renew(shown, now, ASKED, GROUPINGS, K, closed=True) or shown
        if shown
        else settled(now, ASKED)
    )
    population = 2 * sum(map(len, batches))
    at_close = {known[2] for known, _ in counted(closed).values()}
    report = [(figures(closed, population), at_close)]
    found = leaks(list(counted(closed).values()), report, at_close)
    if late:
        now = table(arrived + batches[-1])
        after = renew(closed, now, ASKED, GROUPINGS, K, closed=True, mend=False) or closed
        rows = list(counted(after).values())
        found |= leaks(rows, report, {known[2] for known, _ in rows})
    return found


@ATTACK
@given(st.integers(0, 2**32 - 1))
def test_releases_of_a_wave_recover_no_protected_count_when_subtracted(seed):
    assert play(seed) == set()


def test_the_attacker_breaks_a_product_that_always_shows_the_newest_answers():
    def newest(shown, now, *_, **__):
        label = "1" if shown is None else str(shown.latest + 1)
        old = {} if shown is None else {key: known[2] for key, (known, _) in counted(shown).items()}
        labels = [old.get(key, label) for key in now["respondent"]]
        return Release(now.with_columns(pl.Series("counted:b.i", labels)))

    assert any(play(seed, newest) for seed in range(5))


PARTS = ("stayed", "joined", "left")
PAIRS = [(a, b) for a in CODES for b in CODES]


def panel(seed: int) -> list[tuple[str, tuple[str, str]]]:
    """Who stayed, joined or left, and what they answered in each wave; "" where they did not."""
    rng = random.Random(seed)
    tilt = [rng.choice((0, 1, 3, 3)) + 0.01 for _ in CODES]
    rows = []
    for part in PARTS:
        for _ in range(rng.choice((0, 3, 12, 20, 40))):
            first, second = rng.choices(CODES, tilt, k=2)
            pair = ("" if part == "joined" else first, "" if part == "left" else second)
            rows.append((part, pair))
    return rows


def compared(rows: list[tuple[str, tuple[str, str]]]) -> pl.DataFrame:
    """The changes between the two waves of the panel."""
    answers = [
        ("i", str(wave + 1), str(key), pair[wave] or None)
        for wave, absent in ((0, "joined"), (1, "left"))
        for key, (part, pair) in enumerate(rows)
        if part != absent
    ]
    names = dict.fromkeys(("initiative", "wave", "respondent", "b.i"), pl.String())
    frame = pl.DataFrame(answers, schema=names, orient="row")
    sizes = dict(frame.group_by("wave").len().iter_rows())
    waves = [WaveSummary(WaveFacts("i", w, 200, 200), sizes[w]) for w in ("1", "2") if w in sizes]
    return changes(Answers(ASKED, frame, keyed=True), waves, Options(minimum_cell=K))


def taken_apart(rows: list[tuple[str, tuple[str, str]]], shown: pl.DataFrame) -> set:
    """Counts of those who stayed, joined or left that the changes add to what the waves tell."""
    attackers = Attacker(rows, PAIRS), Attacker(rows, PAIRS)
    for one in attackers:
        one.learn(
            lambda k, a: float((k == "joined" and a[0] != "") or (k == "left" and a[1] != ""))
        )
        for wave in (0, 1):
            for code in CODES:
                present = ("stayed", ("left", "joined")[wave])
                one.learn(lambda k, a, w=wave, c=code, p=present: float(k in p and a[w] == c))
    ignorant, attacker = attackers
    for row in shown.filter(pl.col("moved_up").is_not_null()).iter_rows(named=True):
        codes = SETS.get(row["category"], ())

        def score(code, share=row["statistic"] == "share", codes=codes):
            return (float(code in codes) if share else float(code)) if code in SUBSTANTIVE else None

        def stayers(of, score=score):
            return lambda k, a: (
                float(of(score(a[0]), score(a[1])))
                if k == "stayed" and None not in (score(a[0]), score(a[1]))
                else 0.0
            )

        for of in (
            lambda x, y: 1,
            lambda x, y: x,
            lambda x, y: y,
            lambda x, y: x * y,
            lambda x, y: y > x,
        ):
            attacker.learn(stayers(of))
    counts = []
    for part in PARTS:
        for wave in (0, 1):
            here = [pair[wave] for p, pair in rows if p == part and pair[wave] in SUBSTANTIVE]
            for category, codes in SETS.items():
                if here and min(x := sum(c in codes for c in here), len(here) - x) < K:
                    counts.append(
                        (
                            (part, wave, category),
                            lambda k, a, p=part, w=wave, c=codes: float(k == p and a[w] in c),
                        )
                    )
    given = ignorant.pinned(counts)
    return attacker.pinned([count for count in counts if count[0] not in given])


@ATTACK
@given(st.integers(0, 2**32 - 1))
def test_changes_of_a_panel_tell_nothing_hidden_of_those_who_stayed_joined_or_left(seed):
    rows = panel(seed)
    if {part for part, _ in rows} >= {"joined", "left"}:
        assert taken_apart(rows, compared(rows)) == set()


def test_the_attacker_takes_a_panel_apart_whose_every_change_is_paired(monkeypatch):
    monkeypatch.setattr(differences, "_pairing", lambda sums, main, k: sums.n_both >= k)
    rows = [("stayed", (a, b)) for a, b in zip("112233", "223345", strict=True)]
    rows += [("left", (code, "")) for code in "55554"] + [("joined", ("", c)) for c in "12345"]
    assert taken_apart(rows, compared(rows)) != set()
    monkeypatch.undo()
    assert taken_apart(rows, compared(rows)) == set()


Followed = tuple[tuple[str | None, str | None], tuple[str, str]]
"""A company's size and its answer, each in both waves."""


def followed(seed: int) -> list[Followed]:
    rng = random.Random(seed)
    sizes = ["s", "m", "l", None][: rng.randint(2, 4)]
    tilt = [rng.choice((0, 1, 3, 8)) + 0.01 for _ in CODES]
    rows = []
    for _ in range(rng.randint(12, 40)):
        size = rng.choice(sizes)
        later = size if rng.random() < 0.9 else rng.choice(sizes)
        first, second = rng.choices(CODES, tilt, k=2)
        rows.append(((size, later), (first, second)))
    return rows


def groups_in_both_waves(rows: list[Followed]) -> pl.DataFrame:
    """What is shown of the groups in two waves of companies that are followed."""
    answers = [
        ("i", str(wave + 1), str(key), sizes[wave], pair[wave] or None)
        for key, (sizes, pair) in enumerate(rows)
        for wave in (0, 1)
    ]
    names = dict.fromkeys(("initiative", "wave", "respondent", "size", "b.i"), pl.String())
    frame = pl.DataFrame(answers, schema=names, orient="row")
    both, options = Answers(ASKED, frame, keyed=True), Options(by=("size",), minimum_cell=K)
    table = estimates(both, [WaveFacts("i", w, 99, 99) for w in "12"], options)
    shown = protect_estimates(table, both, options)
    return shown.filter((pl.col("group") != WHOLE) & ~pl.col("suppressed"))


@ATTACK
@given(st.integers(0, 2**32 - 1))
def test_groups_in_two_waves_of_the_same_companies_recover_nothing(seed):
    """Changes and gaps of the whole add nothing: the attacker knows all answers, not whose."""
    rows = followed(seed)
    attackers = Attacker(rows, {a for _, a in rows}), Attacker(rows, {a for _, a in rows})
    for one in attackers:
        for pair in one.answers:
            one.learn(lambda _, a, pair=pair: float(a == pair))
    ignorant, attacker = attackers
    for row in groups_in_both_waves(rows).iter_rows(named=True):
        size, wave = row["group"].removeprefix("size="), int(row["wave"]) - 1
        base = SUBSTANTIVE if row["base"] == "answered" else (*SUBSTANTIVE, "9")
        scores = [lambda c, base=base: float(c in base)]
        if row["n_dont_know"] is not None:
            scores.append(lambda c: float(c == "9"))
        if row["statistic"] == "share":
            scores.append(lambda c, codes=SETS[row["category"]]: float(c in codes))
        else:
            powers = (1, 2) if row["se"] is not None else (1,)
            scores += [lambda c, p=p: float(c) ** p if c in SUBSTANTIVE else 0.0 for p in powers]
        for score in scores:
            attacker.learn(lambda k, a, f=score, s=size, w=wave: f(a[w]) * (k[w] == s))
    counts = []
    for wave in (0, 1):
        for size in {sizes[wave] for sizes, _ in rows}:
            here = [a[wave] for k, a in rows if k[wave] == size and a[wave] in SUBSTANTIVE]
            for category, codes in SETS.items():
                if here and min(x := sum(c in codes for c in here), len(here) - x) < K:
                    name = (wave, size, category)
                    counts.append(
                        (name, lambda k, a, w=wave, s=size, c=codes: float(k[w] == s and a[w] in c))
                    )
    given = ignorant.pinned(counts)
    assert attacker.pinned([count for count in counts if count[0] not in given]) == set()
