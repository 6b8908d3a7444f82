"""Make the demonstration's answers, and say which published figures they can and cannot meet."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from klustermotor.analysis.measures import scale_of
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.formats.questionnaire import read_questionnaire
from klustermotor.portal.demonstration.margins import (
    SHARES,
    Margins,
    WaveKey,
    answered,
    margins,
    sizes,
)
from klustermotor.portal.demonstration.published import (
    HERE,
    Figure,
    Rounding,
    fits,
    read_figures,
    rounding_that_prints,
)
from klustermotor.portal.demonstration.respondents import BACKGROUND, Row, chance, frame, rows

QUESTIONNAIRE = HERE.parents[1] / "surveys" / "questionnaires" / "cluster-initiative.yaml"
ANSWERS = HERE / "answers"


@dataclass(frozen=True)
class Verdict:
    """What became of one published share or count.

    `count` of `n` answers stand for it. `rounding` is the rule that prints the figure from them,
    None when no whole number of answers does. `fitting_sizes` are then the nearest numbers of
    answers, outside those stated, from which the figure could have come.
    """

    figure: Figure
    count: int
    n: int
    rounding: Rounding | None
    why: str = ""
    fitting_sizes: tuple[int, ...] = ()

    @property
    def met(self) -> bool:
        return self.rounding is not None


def reconstruct() -> Mapping[str, str]:
    """The answer files and frames of the demonstration, as text by file name."""
    figures = read_figures()
    questionnaire = read_questionnaire(QUESTIONNAIRE)
    respondents, all_margins = answered(figures), margins(figures, questionnaire)
    invited = {(f.initiative, f.wave): int(f.value) for f in figures if f.item == "invited"}
    spoken = _free_answers()
    answers: dict[str, list[Row]] = {}
    frames: dict[str, list[Row]] = {}
    for key in sorted(respondents):
        initiative, wave = key
        made = rows(initiative, wave, questionnaire, all_margins[key], respondents[key])
        if key in invited:
            units = frame(initiative, wave, invited[key])
            frames.setdefault(initiative, []).extend(units)
            _give_background(initiative, made, units)
        _give_words(made, spoken.get(key, ()), initiative)
        answers.setdefault(initiative, []).extend(made)
    asked = [column.name for column in questionnaire.columns]
    known = {name: [*BACKGROUND] if name in frames else [] for name in answers}
    return {
        **{
            f"{name}.csv": _as_csv(["wave", "respondent", *known[name], *asked], found)
            for name, found in answers.items()
        },
        **{
            f"{name}-frame.csv": _as_csv(["wave", "unit", *BACKGROUND], found)
            for name, found in frames.items()
        },
    }


def verdicts() -> tuple[Verdict, ...]:
    """Every published share and count of answers, with the answers that stand for it."""
    figures = read_figures()
    questionnaire = read_questionnaire(QUESTIONNAIRE)
    respondents, all_margins = answered(figures), margins(figures, questionnaire)
    return tuple(
        verdict(figure, questionnaire, all_margins[key], respondents[key])
        for figure in figures
        if (key := (figure.initiative, figure.wave)) in all_margins
        and "." in figure.item
        and figure.unit.startswith(SHARES)
    )


def verdict(
    figure: Figure, questionnaire: Questionnaire, counts: Margins, respondents: int
) -> Verdict:
    """Compare one figure with the counts made for it."""
    count, n = tally(figure, questionnaire, counts)
    match figure.unit:
        case "count":
            met = count == figure.value
            return Verdict(figure, count, n, "half up" if met else None, "" if met else _OVER)
        case "percent_lower_bound":
            return Verdict(figure, count, n, "half up" if 100 * count > figure.value * n else None)
    rule = rounding_that_prints(count, n, figure.value)
    if rule is not None:
        return Verdict(figure, count, n, rule)
    stated = sizes(figure, respondents)
    near = {fit.n for fit in fits(figure.value, range(1, 2 * respondents))} - set(stated)
    below = [size for size in near if size < stated[0]]
    above = [size for size in near if size > stated[-1]]
    outside = (*([max(below)] if below else []), *([min(above)] if above else []))
    return Verdict(figure, count, n, None, _NONE, outside)


_NONE = "no whole number of answers in the stated range gives it by any rounding"
_OVER = "the counts of a single-choice question add up to more than its n"


def tally(figure: Figure, questionnaire: Questionnaire, counts: Margins) -> tuple[int, int]:
    """How many answers stand for the figure, and of how many; "don't know" is not in the base."""
    column = questionnaire.by_name[figure.item]
    of_column = counts[figure.item]
    scale = scale_of(column)
    dont_know = scale.dont_know if scale else ()
    named = {share.id: share.codes for share in scale.shares} if scale else {}
    codes = named.get(figure.category, (figure.category,))
    base = sum(n for code, n in of_column.items() if code not in dont_know)
    return sum(of_column.get(code, 0) for code in codes), base


def _free_answers() -> Mapping[WaveKey, tuple[tuple[str, str], ...]]:
    """Invented free answers as (column, text), by initiative and wave."""
    found: dict[WaveKey, tuple[tuple[str, str], ...]] = {}
    with (HERE / "free_answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["initiative"], row["wave"]
            found[key] = (*found.get(key, ()), (row["column"], row["text"]))
    return found


def _give_words(made: list[Row], spoken: Iterable[tuple[str, str]], initiative: str) -> None:
    by_column: dict[str, list[str]] = {}
    for column, text in spoken:
        by_column.setdefault(column, []).append(text)
    for column, texts in by_column.items():
        lot = sorted(made, key=lambda row: chance(initiative, column, row["respondent"]))
        for row, text in zip(lot, texts, strict=False):
            row[column] = text


def _give_background(initiative: str, made: list[Row], units: list[Row]) -> None:
    """The background of so many of the invited, by lot; the units' names are not carried over."""
    lot = sorted(units, key=lambda unit: chance(initiative, "answered", unit["unit"]))
    for row, unit in zip(made, lot, strict=False):
        row |= {column: unit[column] for column in BACKGROUND}


def _as_csv(columns: list[str], found: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def write(folder: Path = ANSWERS) -> list[Path]:
    """Write the files of `reconstruct` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in reconstruct().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
