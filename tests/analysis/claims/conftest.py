"""Evaluations built by hand from counts, so that claims are tested apart from the estimators."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from klustermotor.analysis.evaluation import (
    CHANGES,
    ESTIMATES,
    GAPS,
    Evaluation,
    Options,
    WaveFacts,
    WaveSummary,
)
from klustermotor.analysis.measures import measures_of
from klustermotor.analysis.questionnaire import (
    Block,
    Column,
    Item,
    NamedShare,
    Questionnaire,
    Scale,
    Text,
)


def same(text: str) -> Text:
    return {"sv": text, "nb": text, "en": text}


def three(sv: str, nb: str, en: str) -> Text:
    return {"sv": sv, "nb": nb, "en": en}


EXTENT = Scale(
    "extent",
    "ordinal",
    {str(code): same(f"grad {name}") for code, name in zip("12345", "abcde", strict=True)},
    shares=(
        NamedShare(
            "great",
            ("4", "5"),
            three("i stor utsträckning eller mer", "i stor grad eller mer", "to a great extent"),
        ),
    ),
)
WILL = Scale(
    "will",
    "nominal",
    {
        "both": three("ja, både omsättning och antal", "ja, begge deler", "yes, both"),
        "turnover": three("ja, bara omsättning", "ja, bare omsetning", "yes, turnover only"),
        "none": three("nej", "nei", "no"),
    },
)
ITEMS = (
    Item("companies", three("andra företag", "andre bedrifter", "other companies")),
    Item("universities", three("högskolor", "høyskoler", "universities")),
    Item("institutes", three("FoU-institut", "FoU-institutter", "R&D institutes")),
    Item("schools", three("gymnasieskolor", "videregående skoler", "schools")),
)
MOTIVES = Block(
    "motives",
    "multiple",
    three("Varför deltar ni?", "Hvorfor deltar dere?", "Why do you take part?"),
    ITEMS,
    "background",
    delivers="effects",
    topic=three("motiven att delta", "motivene for å delta", "the motives for taking part"),
    item_statement=three(
        "anger samarbete med {item} som motiv",
        "oppgir samarbeid med {item} som motiv",
        "name cooperation with {item} as a motive",
    ),
)
EFFECTS = Block(
    "effects",
    "yes_no",
    three("Har deltagandet bidragit?", "Har deltakelsen bidratt?", "Did it contribute?"),
    ITEMS,
    "growth",
    key=True,
    topic=three("tillväxteffekterna", "veksteffektene", "the growth effects"),
    item_statement=three(
        "uppger att deltagandet har bidragit till mer arbete med {item}",
        "oppgir at deltakelsen har bidratt til mer arbeid med {item}",
        "state that taking part has led to more work with {item}",
    ),
)
RESULTS = Block(
    "results",
    "scale",
    three("Hur har det gått?", "Hvordan har det gått?", "How did it go?"),
    ITEMS,
    "growth",
    EXTENT,
    topic=three("resultaten", "resultatene", "the results"),
    item_topic=three("bidraget till {item}", "bidraget til {item}", "the contribution to {item}"),
)
WILL_TO_GROW = Block(
    "will",
    "single",
    three("Vill ni växa?", "Vil dere vokse?", "Do you want to grow?"),
    (Item("will", three("vilja att växa", "vilje til å vokse", "will to grow")),),
    "background",
    WILL,
    topic=three("viljan att växa", "viljen til å vokse", "the will to grow"),
)
COOPERATION = Block(
    "cooperation",
    "gap",
    three("Hur samarbetar ni?", "Hvordan samarbeider dere?", "How do you cooperate?"),
    ITEMS,
    "cooperation",
    EXTENT,
    topic=three("samarbetet", "samarbeidet", "the cooperation"),
    item_topic=three("samarbetet med {item}", "samarbeidet med {item}", "cooperation with {item}"),
)
EMPLOYEES = Block(
    "employees",
    "number",
    three("Hur många anställda?", "Hvor mange ansatte?", "How many employees?"),
    (Item("staff", three("antalet anställda", "antall ansatte", "the number of employees")),),
)
QUESTIONNAIRE = Questionnaire(
    "cluster",
    same("Kluster"),
    (MOTIVES, EFFECTS, RESULTS, WILL_TO_GROW, COOPERATION, EMPLOYEES),
    {"extent": EXTENT, "will": WILL},
    respondents="companies",
)

Counts = Mapping[str, int]
"""Answers per code; for a ticked item or a yes/no question the codes are those of its scale."""
Answered = Mapping[tuple[str, str], Counts]
"""Counts by wave and column name."""


@dataclass
class HandBuilt:
    """Tables from counts: exact shares and means, plain intervals, changes told certain by hand."""

    answered: Answered
    facts: Sequence[WaveFacts]
    certain: frozenset[str] = frozenset()
    """Columns whose changes are certain."""
    hidden: frozenset[tuple[str, str]] = frozenset()
    """Wave and column of suppressed rows."""
    questionnaire: Questionnaire = QUESTIONNAIRE
    responded: Mapping[str, int] = field(default_factory=dict)

    def evaluation(self) -> Evaluation:
        estimates = [row for f in self.facts for row in self._estimates(f)]
        return Evaluation(
            self.questionnaire,
            Options(),
            tuple(WaveSummary(f, self._answers(f.wave)) for f in self.facts),
            pl.DataFrame(estimates, schema=dict(ESTIMATES), orient="row"),
            pl.DataFrame(self._changes(estimates), schema=dict(CHANGES), orient="row"),
            pl.DataFrame(self._gaps(estimates), schema=dict(GAPS), orient="row"),
            pl.DataFrame(),
        )

    def _answers(self, wave: str) -> int:
        counts = (sum(c.values()) for (w, _), c in self.answered.items() if w == wave)
        return self.responded.get(wave, max(counts, default=0))

    def _estimates(self, facts: WaveFacts) -> list[dict[str, object]]:
        rows = []
        for column in self.questionnaire.columns:
            counts = self.answered.get((facts.wave, column.name))
            for measure in measures_of(column) if counts else ():
                if measure.statistic != "total":
                    rows.append(self._estimate(facts, column, measure, counts or {}))
        return rows

    def _estimate(
        self, facts: WaveFacts, column: Column, measure: object, counts: Counts
    ) -> dict[str, object]:
        n = sum(counts.values())
        if measure.statistic == "share":
            value = sum(counts.get(code, 0) for code in measure.codes) / n
        else:
            value = sum(float(code) * count for code, count in counts.items()) / n
        hidden = (facts.wave, column.name) in self.hidden
        blank = dict.fromkeys(ESTIMATES)
        return blank | {
            "initiative": facts.initiative,
            "wave": facts.wave,
            "block": column.block.id,
            "item": column.item_key,
            "category": measure.category,
            "group": "",
            "statistic": measure.statistic,
            "base": measure.base,
            "value": None if hidden else value,
            "ci_low": None if hidden else value - 0.2,
            "ci_high": None if hidden else value + 0.2,
            "n": None if hidden else n,
            "answered": self._answers(facts.wave),
            "invited": facts.invited,
            "population": facts.population,
            "suppressed": hidden,
        }

    def _changes(self, estimates: Sequence[dict[str, object]]) -> list[dict[str, object]]:
        names = ("initiative", "block", "item", "category", "statistic", "base")
        order = {(f.initiative, f.wave): i for i, f in enumerate(self.facts)}
        rows = []
        for before in estimates:
            for after in estimates:
                later = (
                    order[after["initiative"], after["wave"]]
                    > order[before["initiative"], before["wave"]]
                )
                if later and all(before[name] == after[name] for name in names):
                    rows.append(self._changed(before, after))
        return rows

    def _changed(self, before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
        shown = before["value"] is not None and after["value"] is not None
        names = ("initiative", "block", "item", "category", "statistic")
        return dict.fromkeys(CHANGES) | {
            **{name: before[name] for name in names},
            "wave_from": before["wave"],
            "wave_to": after["wave"],
            "change": after["value"] - before["value"] if shown else None,
            "n_from": before["n"],
            "n_to": after["n"],
            "design": "independent",
            "p": 0.01 if shown else None,
            "certain": f"{before['block']}.{before['item']}" in self.certain if shown else None,
        }

    def _gaps(self, estimates: Sequence[dict[str, object]]) -> list[dict[str, object]]:
        means = {
            (row["initiative"], row["wave"], row["block"], row["item"]): row
            for row in estimates
            if row["statistic"] == "mean"
        }
        rows = []
        for (initiative, wave, block, item), now in means.items():
            wanted = means.get((initiative, wave, block, item.replace(".now", ".wanted")))
            if not item.endswith(".now") or wanted is None:
                continue
            shown = now["value"] is not None and wanted["value"] is not None
            gap = wanted["value"] - now["value"] if shown else None
            rows.append(
                dict.fromkeys(GAPS)
                | {
                    "initiative": initiative,
                    "wave": wave,
                    "block": block,
                    "item": item.removesuffix(".now"),
                    "now": now["value"] if shown else None,
                    "wanted": wanted["value"] if shown else None,
                    "gap": gap,
                    "ci_low": None if gap is None else gap - 0.3,
                    "ci_high": None if gap is None else gap + 0.3,
                    "n": now["n"] if shown else None,
                }
            )
        return rows


@pytest.fixture
def built() -> Callable[..., Evaluation]:
    """Builds an evaluation from counts; see `HandBuilt`."""
    return lambda *args, **kwargs: HandBuilt(*args, **kwargs).evaluation()


@pytest.fixture
def questionnaire() -> Questionnaire:
    """One block of each type, with topics in three languages."""
    return QUESTIONNAIRE


@pytest.fixture(scope="session")
def sentences() -> ModuleType:
    """The test sentences and their tables."""
    path = Path(__file__).parent / "sentences_read.py"
    spec = spec_from_file_location("sentences_read", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
