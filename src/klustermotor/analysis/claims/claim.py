"""A claim: a statement type, the cells it rests on, and nothing that was not computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["key", "normal", "caution"]
"""How much of the reader's attention it asks for: a main finding, a finding, a warning."""

KINDS = (
    "response_rate",
    "response_earlier",
    "item_response",
    "scope",
    "ranking",
    "majority",
    "lowest",
    "level",
    "share",
    "distribution",
    "largest_gap",
    "highest_now",
    "change",
    "no_certain_change",
    "expected_delivered",
    "target",
    "round",
    "reference",
)
"""Every statement type. `options["form"]` tells its variants apart."""


@dataclass(frozen=True)
class Cell:
    """One row of a result file: the file's name and the values that pick the row out."""

    file: str
    key: Mapping[str, str]


@dataclass(frozen=True)
class Claim:
    """A finding. `figures` holds every number its sentence prints, by name, unrounded;
    `subjects` every thing it names (items, waves, initiatives), as ids, by role.

    Figures of the i-th item of ``subjects["item"]`` end in ``_i``, counted from 1.
    """

    id: str
    kind: str
    initiative: str
    indicator: str
    block: str
    subjects: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, float]
    bound_to: tuple[Cell, ...]
    certain: bool | None = None
    severity: Severity = "normal"
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int | None:
        """Answers that the claim's first figure rests on; None for a claim about a whole wave."""
        n = next((self.figures[k] for k in ("n_1", "n_to", "n") if k in self.figures), None)
        return None if n is None else int(n)

    @property
    def form(self) -> str:
        return self.options.get("form", "")


@dataclass(frozen=True)
class Measured:
    """Which measure of the questionnaire an outside figure is about."""

    block: str
    item: str
    category: str = ""
    statistic: Literal["share", "mean"] = "share"


@dataclass(frozen=True)
class Target:
    """What an initiative set out to reach, as a share (0–1) or a mean."""

    measure: Measured
    value: float
    initiative: str = ""
    """Empty when the target holds for every initiative."""


@dataclass(frozen=True)
class Reference:
    """A figure of a reference series. `name` is who it describes ("Sveriges småföretag")."""

    measure: Measured
    value: float
    name: str
    source: str
    year: str
