"""The values that an evaluation is made of: what goes in, what comes out.

The functions that fill them are in the modules named after their question:
`measures`, `estimation`, `waves`, `gaps`, `disclosure`, `claims`; `evaluate` runs them in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from klustermotor.analysis.questionnaire import Questionnaire, Text

if TYPE_CHECKING:
    from klustermotor.analysis.claims.claim import Claim

Selection = Literal["census", "random", "chosen"]
Interval = Literal["logit", "beta", "wilson", "t"]
Origin = Literal["observed", "reconstructed", "partly", "synthetic"]
"""Where answers come from, farther and farther from observation: people; published counts that
they were made to fit; a published share, with its spread over the scale invented; nowhere."""

ORIGIN_LABELS: Mapping[Origin, Text] = {
    "observed": {"sv": "", "nb": "", "en": ""},
    "reconstructed": {
        "sv": "Rekonstruerade svar: antalen är publicerade, de enskilda svaren inte",
        "nb": "Rekonstruerte svar: antallene er publisert, de enkelte svarene ikke",
        "en": "Reconstructed answers: the counts are published, the single answers are not",
    },
    "partly": {
        "sv": "Delvis rekonstruerade svar: en andel är publicerad, resten är påhittat",
        "nb": "Delvis rekonstruerte svar: en andel er publisert, resten er oppdiktet",
        "en": "Partly reconstructed answers: one share is published, the rest is invented",
    },
    "synthetic": {
        "sv": "Syntetiska svar: påhittade för demonstrationen",
        "nb": "Syntetiske svar: oppdiktet for demonstrasjonen",
        "en": "Synthetic answers: invented for the demonstration",
    },
}
"""What tables, charts and pages say beside figures that are not observed."""

WHOLE = ""
"""The value of `group` for the whole initiative; a subgroup reads ``column=value``."""

ESTIMATES: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("initiative", "wave", "block", "item", "category", "group"), pl.String()),
    **dict.fromkeys(("statistic", "base"), pl.String()),
    **dict.fromkeys(("value", "se", "df", "deff", "ci_low", "ci_high"), pl.Float64()),
    "interval": pl.String(),
    **dict.fromkeys(("level", "bound_low", "bound_high"), pl.Float64()),
    **dict.fromkeys(("n", "n_dont_know", "answered", "invited", "population"), pl.Int64()),
    "suppressed": pl.Boolean(),
}
CHANGES: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("initiative", "block", "item", "category", "statistic"), pl.String()),
    **dict.fromkeys(("wave_from", "wave_to"), pl.String()),
    **dict.fromkeys(("change", "ci_low", "ci_high"), pl.Float64()),
    **dict.fromkeys(("n_from", "n_to", "n_both"), pl.Int64()),
    "design": pl.String(),
    **dict.fromkeys(("p", "p_adjusted"), pl.Float64()),
    "certain": pl.Boolean(),
}
GAPS: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("initiative", "wave", "block", "item"), pl.String()),
    **dict.fromkeys(("now", "wanted", "gap", "se", "ci_low", "ci_high"), pl.Float64()),
    "n": pl.Int64(),
}
"""Columns of the result files, in order. A table may carry further columns to the right
(`changes` carries `family`, `smallest_certain`, `moved_up`, …); the files print these first."""


@dataclass(frozen=True)
class Answers:
    """Answers as one row per respondent and wave.

    `frame` has the columns ``initiative``, ``wave``, ``respondent`` (null when there is no key),
    one column per `Questionnaire.columns` (String codes; Float64 for numbers; String for text;
    null is "not answered"), and any background, stratum, cluster and weight columns.
    A "don't know" is its code, never null. Rows are unique per initiative, wave, respondent.
    """

    questionnaire: Questionnaire
    frame: pl.DataFrame
    keyed: bool = False
    """Whether `respondent` names the same company in every wave, so that waves can be paired."""
    ungrouped: frozenset[tuple[str, str]] = frozenset()
    """Waves, as (initiative, wave), that are shown as a whole only, whatever the groupings."""


@dataclass(frozen=True)
class WaveFacts:
    """The four numbers kept per wave, but for the answers, which are counted.

    `population` is all that a claim could be about, `invited` those who were asked. When
    `selection` is ``chosen`` (neither random nor all), figures are about the invited only.
    """

    initiative: str
    wave: str
    invited: int | None = None
    population: int | None = None
    selection: Selection = "census"
    preliminary: bool = False
    synthetic: str = ""
    """What in this wave is not observed, for labels; empty when all of it is."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Where the answers come from, by ``block``, ``block.item`` or background column;
    what is not named is observed."""

    def origin_of(self, block: str, item: str = "") -> Origin:
        """Where an item's answers come from; `item` may carry its side of the gap.

        For a whole block with items of several origins, the one farthest from observation.
        """
        item_id = item.removesuffix(".now").removesuffix(".wanted")
        named = self.origins.get(f"{block}.{item_id}") if item else None
        if named is not None:
            return named
        within = [self.origins[block]] if block in self.origins else []
        if not item:
            within += [o for key, o in self.origins.items() if key.startswith(f"{block}.")]
        order = tuple(ORIGIN_LABELS)
        return max(within, key=order.index, default="observed")

    @property
    def about(self) -> int | None:
        """N of the finite population correction: how many the figures are about."""
        if self.selection == "chosen":
            return self.invited
        return self.population if self.population is not None else self.invited


@dataclass(frozen=True)
class Design:
    """Columns of `Answers.frame` that tell how respondents were drawn and are weighted."""

    strata: str | None = None
    clusters: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    weights: str | None = None
    rake: tuple["Margin", ...] = ()
    poststratify: tuple["Margin", ...] = ()
    calibrate: tuple["Margin", ...] = ()

    @property
    def simple(self) -> bool:
        """Whether this is simple random sampling, for which the closed forms hold."""
        return self == Design()


@dataclass(frozen=True)
class Margin:
    """Known totals of a population: ``{category: total}`` per column, or one numeric total."""

    columns: tuple[str, ...]
    totals: Mapping[tuple[str, ...], float]


@dataclass(frozen=True)
class Options:
    """What the evaluator can choose, with the defaults of the method."""

    design: Design = field(default_factory=Design)
    by: tuple[str, ...] = ()
    interval: Interval = "logit"
    level: float = 0.95
    minimum_cell: int = 5
    response_floor: float = 0.6


@dataclass(frozen=True)
class WaveSummary:
    """A wave with its four numbers and what may be said from it."""

    facts: WaveFacts
    answered: int
    response_floor: float = 0.6

    @property
    def initiative(self) -> str:
        return self.facts.initiative

    @property
    def wave(self) -> str:
        return self.facts.wave

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.facts.invited if self.facts.invited else None

    @property
    def census(self) -> bool:
        """Every unit that the figures are about has answered."""
        return self.facts.about is not None and self.answered == self.facts.about

    @property
    def speaks_for(self) -> Literal["population", "invited", "respondents"]:
        """Whom sentences may speak of: those who answered, when few did or N is unknown."""
        rate = self.response_rate
        if rate is None or rate < self.response_floor:
            return "respondents"
        if self.facts.selection == "chosen" or self.facts.population is None:
            return "invited"
        return "population"


@dataclass(frozen=True)
class FreeAnswer:
    """One free answer, apart from every background variable; `theme` groups like answers."""

    initiative: str
    wave: str
    block: str
    item: str
    text: str
    theme: str = ""


@dataclass(frozen=True)
class Evaluation:
    """All that an evaluation found. Tables are already under disclosure control."""

    questionnaire: Questionnaire
    options: Options
    waves: tuple[WaveSummary, ...]
    estimates: pl.DataFrame
    changes: pl.DataFrame
    gaps: pl.DataFrame
    nonresponse: pl.DataFrame
    """Respondents against the frame: ``initiative,wave,stratum_column,stratum,invited,answered,
    rate,share_frame,share_answered,suppressed``; empty when there is no frame."""
    free_answers: tuple[FreeAnswer, ...] = ()
    findings: tuple["Claim", ...] = ()

    @property
    def initiatives(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(wave.initiative for wave in self.waves))

    def waves_of(self, initiative: str) -> tuple[WaveSummary, ...]:
        """The initiative's waves, earliest first."""
        return tuple(wave for wave in self.waves if wave.initiative == initiative)
