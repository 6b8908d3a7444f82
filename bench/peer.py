"""R's survey package doing the same estimates, for a stated part of the initiatives."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Column

SCRIPT = Path(__file__).with_name("survey.R")


@dataclass(frozen=True)
class Timed:
    """Seconds that R took for `initiatives`, and how many estimates it made."""

    seconds: float
    initiatives: int
    estimates: int


def missing() -> str:
    """Why R cannot be asked; empty when it can."""
    if shutil.which("Rscript") is None:
        return "Rscript is not installed (Debian: r-base-core)"
    found = subprocess.run(
        ["Rscript", "-e", "library(survey)"], capture_output=True, text=True, check=False
    )
    return "" if found.returncode == 0 else "R has no package survey (Debian: r-cran-survey)"


def estimates(answers: Answers, initiatives: int, population: int) -> Timed:
    """R's time for the first `initiatives`, its own start and reading of the file left out."""
    names = answers.frame["initiative"].unique(maintain_order=True)[:initiatives]
    part = answers.frame.filter(pl.col("initiative").is_in(names.implode()))
    with tempfile.TemporaryDirectory() as folder:
        given, items = Path(folder, "answers.csv"), Path(folder, "items.csv")
        part.write_csv(given)
        pl.DataFrame([_item(c) for c in answers.questionnaire.columns]).write_csv(items)
        done = subprocess.run(
            ["Rscript", str(SCRIPT), str(given), str(items), str(population)],
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, rows = done.stdout.split()
    return Timed(float(seconds), initiatives, int(rows))


def _item(column: Column) -> dict[str, str]:
    scale = scale_of(column)
    assert scale is not None
    sets = [*scale.substantive, *(" ".join(share.codes) for share in scale.shares)]
    return {
        "column": column.name,
        "type": scale.type,
        "codes": " ".join(scale.substantive),
        "dont_know": " ".join(scale.dont_know),
        "sets": ";".join(sets),
    }
