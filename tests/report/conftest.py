"""An evaluation small enough to reason about, made without the estimating modules.

Two initiatives, three waves, every type of block; figures come straight from answers that a fixed
generator draws, with plain normal intervals, so that a test knows what a report must show.
"""

import math
import random
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from klustermotor.analysis.claims import find
from klustermotor.analysis.evaluation import (
    CHANGES,
    ESTIMATES,
    GAPS,
    Evaluation,
    FreeAnswer,
    Options,
    WaveFacts,
    WaveSummary,
)
from klustermotor.analysis.measures import measures_of
from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale
from klustermotor.report.contents.context import Fact
from klustermotor.report.contents.initiative import initiative_report
from klustermotor.report.document import (
    Document,
    Figure,
    ListOf,
    Notice,
    Prose,
    Section,
    Statement,
    Statements,
    Table,
    TableColumn,
)
from klustermotor.report.figures.shares import Share, share_bars

EXTENT = Scale(
    "extent",
    "ordinal",
    {
        "1": {"sv": "inte alls", "nb": "ikke i det hele tatt", "en": "not at all"},
        "2": {"sv": "i liten utsträckning", "nb": "i liten grad", "en": "to a small extent"},
        "3": {"sv": "till viss del", "nb": "til en viss grad", "en": "to some extent"},
        "4": {"sv": "i stor utsträckning", "nb": "i stor grad", "en": "to a great extent"},
        "5": {"sv": "i mycket stor utsträckning", "nb": "i svært stor grad", "en": "very much"},
        "9": {"sv": "vet ej", "nb": "vet ikke", "en": "don't know"},
    },
    dont_know=("9",),
    shares=(
        NamedShare(
            "great",
            ("4", "5"),
            {"sv": "i stor utsträckning eller mer", "nb": "i stor grad eller mer", "en": "greatly"},
        ),
    ),
)
WILL = Scale(
    "will",
    "nominal",
    {
        "both": {"sv": "ja, både omsättning och anställda", "en": "yes, turnover and staff"},
        "turnover": {"sv": "ja, men utan fler anställda", "en": "yes, without more staff"},
        "none": {"sv": "nej", "en": "no"},
    },
)


def _item(item: str, sv: str, en: str, delivers: str | None = None) -> Item:
    return Item(item, {"sv": sv, "nb": sv, "en": en}, delivers=delivers)


QUESTIONNAIRE = Questionnaire(
    "sample",
    {"sv": "Prov", "nb": "Prøve", "en": "Sample"},
    (
        Block(
            "motives",
            "multiple",
            {"sv": "Vilka är de viktigaste motiven?", "en": "What are the main motives?"},
            (
                _item(
                    "companies",
                    "ökat samarbete med företag",
                    "more cooperation",
                    "results.companies",
                ),
                _item("market", "nya affärer", "new business", "results.market"),
                _item("people", "lättare rekrytering", "easier recruitment", "results.people"),
            ),
            indicator="background",
            topic={"sv": "motiven för att delta", "en": "the motives for taking part"},
        ),
        Block(
            "will",
            "single",
            {"sv": "Vill företaget växa?", "en": "Does the company want to grow?"},
            (_item("will", "viljan att växa", "the will to grow"),),
            indicator="background",
            scale=WILL,
        ),
        Block(
            "results",
            "scale",
            {"sv": "I vilken grad har deltagandet lett till …", "en": "To what extent …"},
            (
                _item("companies", "samarbete med företag", "cooperation with companies"),
                _item("market", "nya affärer", "new business"),
                _item("people", "lättare rekrytering", "easier recruitment"),
            ),
            indicator="growth",
            scale=EXTENT,
            topic={"sv": "resultaten", "en": "the results"},
        ),
        Block(
            "effects",
            "yes_no",
            {"sv": "Har deltagandet gett …", "en": "Has taking part given …"},
            (
                _item("sales", "ökad försäljning", "more sales"),
                _item("costs", "lägre kostnader", "lower costs"),
            ),
            indicator="growth",
            key=True,
        ),
        Block(
            "staff",
            "number",
            {"sv": "Hur många anställda?", "en": "How many employees?"},
            (_item("count", "antal anställda", "employees"),),
            indicator="growth",
        ),
        Block(
            "cooperation",
            "gap",
            {"sv": "Samarbete nu och önskat", "en": "Cooperation now and wanted"},
            (
                _item("companies", "andra företag", "other companies"),
                _item("school", "högskolan", "the university"),
            ),
            indicator="cooperation",
            scale=EXTENT,
            topic={"sv": "samarbetet", "en": "cooperation"},
        ),
        Block(
            "free",
            "text",
            {"sv": "Vad kan initiativet göra mer?", "en": "What more could the initiative do?"},
            (_item("free", "fritt svar", "free answer"),),
            indicator="cooperation",
        ),
    ),
    {"extent": EXTENT, "will": WILL},
)

EVIL = '<script>alert("1")</script> #eval("1") $x$ _u_ \\ @ref & {{x}}'
TEXTS = {
    "background": (Prose("Initiativet *startade* 2004."),),
    "process-leader": (Prose("Ett år av lågkonjunktur.", "Processledaren"),),
    "summary-growth": (Prose("Företagen vill växa."),),
}

WAVES = (
    WaveFacts("steel", "2007", 49, 120),
    WaveFacts("steel", "2008", 92, 120),
    WaveFacts("steel", "2009", 93, 120, origins={"cooperation": "synthetic"}),
    WaveFacts("wood", "2009", 30, 40),
)
ANSWERED = {
    ("steel", "2007"): 34,
    ("steel", "2008"): 36,
    ("steel", "2009"): 27,
    ("wood", "2009"): 24,
}
HIDDEN = ("steel", "2009", "effects", "costs")
"""A cell that disclosure control has taken away."""


@pytest.fixture(scope="session")
def evaluation() -> Evaluation:
    """The sample: the same figures every time, with its findings."""
    bare = _evaluation()
    return replace(bare, findings=find(bare, round=bare))


@pytest.fixture(scope="session")
def report(evaluation: Evaluation) -> Callable[[str], Document]:
    """The report of the first initiative in the language asked for."""

    def made(language: str) -> Document:
        return initiative_report(
            evaluation,
            initiative="steel",
            language=language,
            title="Triple Steelix 2009",
            name="Triple Steelix",
            texts=TEXTS,
            facts=(Fact("Start", "2004"), Fact("Besök 2009", "550", "Årsrapport")),
            source="Enkät",
            date="2009-12-01",
        )

    return made


@pytest.fixture
def document() -> Document:
    """A small document with every kind of content, and text that tries to be markup."""
    table = Table(
        "effects",
        "Effekter",
        (TableColumn("Effekt"), TableColumn("2009", "number"), TableColumn("n", "number")),
        ((EVIL, "43 %", "23"), ("Kostnader", "–", "–")),
        note="n är antalet svar.",
        source="Enkät",
        values=((None, 10 / 23, 23.0), (None, None, None)),
    )
    bars = share_bars([Share("Försäljning", 0.43, 0.3, 0.6, 0.5)], "sv", legend=("a", "b", "c"))
    return Document(
        f"Rapport {EVIL}",
        "sv",
        (
            Section(
                "first",
                "Först",
                (
                    Notice("Gäller *de svarande*.", "caution"),
                    Prose(f"Ett *viktigt* ord och {EVIL}.\n\nSe [tabellen](#effects).", "Anna"),
                    Statements((Statement("Knappt hälften.", 23, "c1", "effects"),), as_list=True),
                    Statements((Statement("Ingen vet.", None, "c2"),)),
                    ListOf((EVIL, "*inte betonat*"), "Fria svar"),
                    table,
                ),
                (
                    Section(
                        "below",
                        "Under",
                        (
                            Figure(
                                "bars",
                                "Försäljningen leder",
                                "Stapel 43 %",
                                bars,
                                replace(table, id="data"),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        "Undertitel",
        (("Beställare", "Regionen"),),
        "2009-12-01",
        ("kluster",),
    )


def _evaluation() -> Evaluation:
    summaries = tuple(WaveSummary(f, ANSWERED[f.initiative, f.wave]) for f in WAVES)
    estimates = pl.DataFrame(
        [row for wave in summaries for row in _estimates(wave)], schema=dict(ESTIMATES)
    )
    return Evaluation(
        QUESTIONNAIRE,
        Options(),
        summaries,
        estimates,
        _changes(estimates),
        pl.DataFrame([row for wave in summaries for row in _gaps(wave)], schema=dict(GAPS)),
        pl.DataFrame(
            {
                "initiative": ["steel", "steel"],
                "wave": ["2009", "2009"],
                "stratum_column": ["size", "size"],
                "stratum": ["1–9", "10–49"],
                "invited": [60, 33],
                "answered": [20, 7],
                "rate": [20 / 60, 7 / 33],
                "share_frame": [60 / 93, 33 / 93],
                "share_answered": [20 / 27, 7 / 27],
                "suppressed": [False, False],
            }
        ),
        (
            FreeAnswer("steel", "2009", "free", "free", "Fler studiebesök <hos> varandra", "besök"),
            FreeAnswer("steel", "2009", "free", "free", "Hjälp med finansiering", ""),
        ),
    )


def _estimates(wave: WaveSummary) -> list[dict[str, object]]:
    draw = random.Random(f"{wave.initiative} {wave.wave}")
    rows = []
    for column in QUESTIONNAIRE.columns:
        n = wave.answered - draw.randint(0, 4)
        for measure in measures_of(column):
            share = measure.statistic == "share"
            value = draw.randint(1, n - 1) / n if share else draw.uniform(2, 4)
            se = math.sqrt(value * (1 - value) / n) if share else 0.2
            hidden = (wave.initiative, wave.wave, column.block.id, column.item_key) == HIDDEN
            cell = {
                "value": value,
                "se": se,
                "df": float(n - 1),
                "deff": 1.0,
                "ci_low": max(value - 1.96 * se, 0.0),
                "ci_high": min(value + 1.96 * se, 1.0) if share else value + 1.96 * se,
                "bound_low": value * n / 93 if share else None,
                "bound_high": (value * n + 93 - n) / 93 if share else None,
                "n": n,
                "n_dont_know": wave.answered - n,
            }
            rows.append(
                {
                    **dict.fromkeys(ESTIMATES),
                    "initiative": wave.initiative,
                    "wave": wave.wave,
                    "block": column.block.id,
                    "item": column.item_key,
                    "category": measure.category,
                    "group": "",
                    "statistic": measure.statistic,
                    "base": measure.base,
                    **({} if hidden else cell),
                    "interval": "logit",
                    "level": 0.95,
                    "answered": wave.answered,
                    "invited": wave.facts.invited,
                    "population": wave.facts.population,
                    "suppressed": hidden,
                }
            )
    return rows


def _changes(estimates: pl.DataFrame) -> pl.DataFrame:
    own = estimates.filter(pl.col("initiative") == "steel", pl.col("base") == "answered")
    keys = ["initiative", "block", "item", "category", "statistic"]
    before = own.filter(pl.col("wave") == "2008").select(*keys, old="value", n_from="n")
    after = own.filter(pl.col("wave") == "2009").select(*keys, new="value", n_to="n")
    joined = before.join(after, on=keys, maintain_order="left").with_columns(
        wave_from=pl.lit("2008"),
        wave_to=pl.lit("2009"),
        change=pl.col("new") - pl.col("old"),
        ci_low=pl.col("new") - pl.col("old") - 0.2,
        ci_high=pl.col("new") - pl.col("old") + 0.2,
        n_both=pl.lit(0, pl.Int64),
        design=pl.lit("independent"),
        p=pl.lit(0.2),
        p_adjusted=pl.lit(0.4),
        certain=(pl.col("new") - pl.col("old")).abs() > 0.3,
    )
    return joined.select(list(CHANGES)).cast(dict(CHANGES))


def _gaps(wave: WaveSummary) -> list[dict[str, object]]:
    draw = random.Random(f"gaps {wave.initiative} {wave.wave}")
    rows = []
    for item in QUESTIONNAIRE.block("cooperation").items:
        now, gap = draw.uniform(1.5, 3), draw.uniform(0.2, 1.5)
        rows.append(
            {
                "initiative": wave.initiative,
                "wave": wave.wave,
                "block": "cooperation",
                "item": item.id,
                "now": now,
                "wanted": now + gap,
                "gap": gap,
                "se": 0.2,
                "ci_low": gap - 0.4,
                "ci_high": gap + 0.4,
                "n": wave.answered - 3,
            }
        )
    return rows
