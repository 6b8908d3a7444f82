"""The test sentences and their tables, read for the tests."""

import csv
from dataclasses import dataclass
from pathlib import Path

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread

FOLDER = Path(__file__).parent / "sentences"
LANGUAGES = ("sv", "nb", "en")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the CSV files beside."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(name: str) -> tuple[TableCell, ...]:
    """A cells.csv as cells."""
    return tuple(
        TableCell(
            row["initiative"],
            row["table"],
            row["wave"],
            row["item"],
            row["category"],
            row["comparator"] or "=",
            float(row["value"]),
            row["unit"],
            int(row["n_min"]) if row["n_min"] else None,
            int(row["n_max"]) if row["n_max"] else None,
            row["base"],
        )
        for row in rows(name)
    )


def labels(name: str, language: str) -> dict[str, list[str]]:
    """Synonyms of one language by item."""
    found: dict[str, list[str]] = {}
    for row in rows(name):
        if row["language"] == language:
            found.setdefault(row["item"], []).append(row["label"])
    return found


@dataclass(frozen=True)
class Score:
    """How a set of sentences was judged; a note is no alarm."""

    hits: int
    false_alarms: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + len(self.false_alarms))

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + len(self.missed))


TABLES = {"own": "", "dev": "dev_", "dev2": "held2_", "held": "held_", "held2": "held2_",
          "held3": "held3_", "held4": "held4_", "blind": "blind_"}  # fmt: skip
"""The sets of sentences, and what the files of their tables begin with."""


def tables_of(which: str, language: str) -> tuple[tuple[TableCell, ...], dict[str, list[str]]]:
    """The cells of a set in a language, and the names of their items where these are ids."""
    begins = TABLES[which]
    if (FOLDER / f"{begins}labels.csv").exists():
        return cells(f"{begins}cells.csv"), labels(f"{begins}labels.csv", language)
    return cells(f"{begins}cells_{language}.csv"), {}


def score(which: str, language: str) -> Score:
    """Judges every sentence of a set by itself, under the heading of its chapter if it has one."""
    tables, names = tables_of(which, language)
    hits, false_alarms, missed = 0, [], []
    for row in rows(f"{which}_{language}.csv"):
        chapter = row.get("chapter")
        text = f"# {chapter}\n\n{row['sentence']}" if chapter else row["sentence"]
        faults = proofread(text, tables, language=language, labels=names)
        flagged = any(fault.severity != "note" for fault in faults)
        right = row["right"].strip().lower() in ("yes", "1", "true", "right")
        if flagged and right:
            false_alarms.append(row["sentence"])
        elif flagged:
            hits += 1
        elif not right:
            missed.append(row["sentence"])
    return Score(hits, tuple(false_alarms), tuple(missed))
