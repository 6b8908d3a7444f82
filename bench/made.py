"""Answers made up for measuring: the size and the mix of a yearly evaluation."""

import numpy as np
import polars as pl

from klustermotor.analysis.evaluation import Answers, WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale

WAVES = ("2007", "2008", "2009")
EXTENT = Scale(
    "extent",
    "ordinal",
    {str(code): dict.fromkeys(("sv", "nb", "en"), f"grad {code}") for code in (1, 2, 3, 4, 5)},
    dont_know=("9",),
    shares=(
        NamedShare("great", ("4", "5"), dict.fromkeys(("sv", "nb", "en"), "i hög grad")),
        NamedShare("some", ("3", "4", "5"), dict.fromkeys(("sv", "nb", "en"), "i någon grad")),
    ),
)
FIELD = Scale("field", "nominal", {c: {"sv": c, "nb": c, "en": c} for c in "abcd"})


def text(words: str) -> dict[str, str]:
    return dict.fromkeys(("sv", "nb", "en"), words)


def items(prefix: str, number: int) -> tuple[Item, ...]:
    return tuple(Item(f"{prefix}{i}", text(f"{prefix} {i}")) for i in range(1, number + 1))


def questionnaire() -> Questionnaire:
    """60 items: 30 on a scale with "don't know", 10 now and wanted, 10 yes or no, 10 choices."""
    blocks = (
        Block("results", "scale", text("Resultat"), items("r", 15), "growth", EXTENT, key=True),
        Block("effects", "scale", text("Effekter"), items("e", 15), "skills", EXTENT),
        Block("cooperation", "gap", text("Samarbete"), items("c", 10), "cooperation", EXTENT),
        Block("activity", "yes_no", text("Aktivitet"), items("a", 10), "background"),
        Block("choice", "single", text("Val"), items("v", 10), "background", FIELD),
    )
    return Questionnaire("bench", text("Mätning"), blocks, {"extent": EXTENT, "field": FIELD})


def answers(initiatives: int, per_wave: int, invited: int, seed: int = 1) -> Answers:
    """Per initiative and wave `per_wave` of `invited` companies, drawn anew each wave; 3 % of
    the items left unanswered, 5 % "don't know"."""
    rng = np.random.default_rng(seed)
    asked = questionnaire()
    cells = initiatives * len(WAVES)
    rows = cells * per_wave
    respondents = np.argsort(rng.random((cells, invited)), axis=1)[:, :per_wave].ravel()
    names = np.array([f"I{i:03}" for i in range(initiatives)])
    columns: dict[str, object] = {
        "initiative": np.repeat(names, len(WAVES) * per_wave),
        "wave": np.tile(np.repeat(WAVES, per_wave), initiatives),
        "respondent": np.char.add("r", respondents.astype(str)),
    }
    for column in asked.columns:
        scale = column.block.scale
        codes = scale.substantive if scale else ("yes", "no")
        weights = rng.dirichlet(np.full(len(codes), 4.0))
        choice = rng.choice(len(codes), rows, p=weights)
        known = pl.Series([*codes, *(scale.dont_know if scale else ())])
        unsure = rng.random(rows) < (0.05 if scale and scale.dont_know else 0)
        written = known.gather(np.where(unsure, len(codes), choice))
        columns[column.name] = written.set(pl.Series(rng.random(rows) < 0.03), None)
    return Answers(asked, pl.DataFrame(columns), keyed=True)


def facts(of: Answers, invited: int) -> tuple[WaveFacts, ...]:
    found = of.frame.select("initiative", "wave").unique(maintain_order=True)
    return tuple(WaveFacts(i, w, invited, invited) for i, w in found.iter_rows())
