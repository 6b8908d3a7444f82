"""How well the proofreader tells right sentences from wrong ones, and how fast it reads.

Precision is the part of the sentences remarked on that are wrong, recall the part of the wrong
sentences that are remarked on. A note asks for a look and is no remark here. The sentences are in
`tests/analysis/claims/sentences`: ours, and those of someone who had not seen the rules.
"""

import csv
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread
from klustermotor.evaluation.proofread_files import proofread_files
from klustermotor.formats.cells import read_cells

SENTENCES = Path(__file__).resolve().parents[1] / "tests/analysis/claims/sentences"
LANGUAGES = ("sv", "nb", "en")
PAGES, TABLES, WORDS_ON_A_PAGE = 60, 100, 350
_MORE = ("Fler", "Bättre", "Nya", "Större", "Snabbare")
_GAINS = ("kunder", "tjänster", "affärer", "kontakter", "anställda", "produkter", "marknader",
          "metoder", "avtal", "leverantörer")  # fmt: skip
_PLACES = ("hemma", "på export", "i regionen", "inom branschen", "med högskolan", "i Norden",
           "utomlands", "i kommunen")  # fmt: skip
AIM_SECONDS, AIM_PRECISION, AIM_RECALL = 5.0, 0.95, 0.85


@dataclass(frozen=True)
class Told:
    """Sentences by what they are and what was said of them."""

    caught: int
    missed: int
    alarms: int
    silent: int

    @property
    def precision(self) -> float:
        said = self.caught + self.alarms
        return self.caught / said if said else 1.0

    @property
    def recall(self) -> float:
        wrong = self.caught + self.missed
        return self.caught / wrong if wrong else 1.0


def judged(
    sentences: Sequence[tuple[str, bool]],
    cells: Sequence[TableCell],
    language: str,
    labels: Mapping[str, Sequence[str]],
) -> Told:
    """What the proofreader says of sentences of which it is known whether they are right."""
    counts = {(right, said): 0 for right in (True, False) for said in (True, False)}
    for sentence, right in sentences:
        faults = proofread(sentence, cells, language=language, labels=labels)
        counts[right, any(fault.severity != "note" for fault in faults)] += 1
    return Told(counts[False, True], counts[False, False], counts[True, True], counts[True, False])


@dataclass(frozen=True)
class Set:
    """Sentences with the tables that they are held against, as `sentences/README.md` has them.

    `cells` may name the language; `labels` is empty where the tables are in its words.
    """

    name: str
    sentences: str
    cells: str
    labels: str = ""

    def told(self, language: str) -> Told:
        """What is said of the sentences in a language."""
        labels: dict[str, list[str]] = {}
        for row in _rows(SENTENCES / self.labels) if self.labels else ():
            if row["language"] == language:
                labels.setdefault(row["item"], []).append(row["label"])
        return judged(
            read_sentences(SENTENCES / f"{self.sentences}_{language}.csv"),
            read_cells(SENTENCES / self.cells.format(language)),
            language,
            labels,
        )


SETS = (
    Set("our own sentences", "own", "cells_{}.csv"),
    Set("sentences the rules were mended by", "dev", "dev_cells_{}.csv"),
    Set("more sentences the rules were mended by", "dev2", "held2_cells.csv", "held2_labels.csv"),
    Set("sentences written before their rules, first set", "held", "held_cells.csv",
        "held_labels.csv"),
    Set("sentences written before their rules, second set", "held2", "held2_cells.csv",
        "held2_labels.csv"),
    Set("sentences written before their rules, third set", "held3", "held3_cells.csv",
        "held3_labels.csv"),
    Set("sentences written before their rules, fourth set", "held4", "held4_cells.csv",
        "held4_labels.csv"),
    Set("sentences of one who had not seen the rules", "blind", "blind_cells.csv",
        "blind_labels.csv"),
)  # fmt: skip


def read_sentences(path: Path) -> list[tuple[str, bool]]:
    """Sentences, each under the heading of its chapter if it has one, and whether each is right."""
    return [(_in_chapter(row), row["right"] in ("yes", "1")) for row in _rows(path)]


def _in_chapter(row: Mapping[str, str]) -> str:
    chapter = row.get("chapter", "")
    return f"# {chapter}\n\n{row['sentence']}" if chapter else row["sentence"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made_report() -> str:
    """A report of `PAGES` pages with `TABLES` tables, each followed by right sentences on it."""
    names = [f"{one} {two} {three}" for two in _GAINS for three in _PLACES for one in _MORE]
    words = PAGES * WORDS_ON_A_PAGE // TABLES
    parts = []
    for table in range(TABLES):
        rows = [(name, 35 + r, 43 + r) for r, name in enumerate(names[table * 4 : table * 4 + 4])]
        said = [
            f"År 2012 uppger {now} procent av de svarande företagen {name.lower()}, mot {then} "
            "procent år 2011, utan att någon statistiskt säkerställd förändring kan visas. "
            "Processledaren beskriver ett år med många besök, möten och nya kontakter."
            for name, then, now in rows
        ]
        text = " ".join(" ".join(said * words).split()[:words])
        shown = "\n".join(f"{name} {then} % {now} %" for name, then, now in rows)
        parts.append(
            f"Tabell {table + 1}: Effekter av deltagandet, del {table + 1}\n\n2011 2012\n\n"
            f"(n=95-105) (n=95-105)\n\n{shown}\n\n{text}.\n"
        )
    return "\n".join(parts)


def main() -> None:
    """Print precision, recall and seconds."""
    for which in SETS:
        for language in LANGUAGES:
            told = which.told(language)
            print(
                f"(c) {which.name}, {language}: "
                f"precision {told.precision:.3f} (aim {AIM_PRECISION}), "
                f"recall {told.recall:.3f} (aim {AIM_RECALL}); {told.caught} of "
                f"{told.caught + told.missed} wrong ones told, {told.alarms} of "
                f"{told.alarms + told.silent} right ones remarked on"
            )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_text(made_report(), "utf-8")
        start = perf_counter()
        proofed = proofread_files(path, [], "sv")
        seconds = perf_counter() - start
    print(
        f"(d) a report of {PAGES} pages with {TABLES} tables ({len(proofed.cells)} figures, "
        f"{len(proofed.report.prose.text.split()):,} words) proofread in {seconds:.2f} s "
        f"(aim {AIM_SECONDS:.0f} s: {'reached' if seconds <= AIM_SECONDS else 'missed'})"
    )
