"""A claim: a statement type, the cells it rests on, and nothing that was not computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["key", "normal", "caution"]
"""How much of the reader's attention it asks for: a main finding, a finding, a warning."""


@dataclass(frozen=True)
class Cell:
    """One row of a result file: the file's name and the values that pick the row out."""

    file: str
    key: Mapping[str, str]


@dataclass(frozen=True)
class Claim:
    """A finding. `figures` holds every number its sentence prints, by name, unrounded;
    `subjects` every thing it names (items, waves, initiatives), as ids, by role."""

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
