"""Single answers that add up to given counts: one row per invented respondent.

Nothing is drawn at random. Everything that needs an order takes it from SHA-256 of a name, so
that the same rows come out on every machine and under every version of Python.
"""

import hashlib
from collections.abc import Mapping, Sequence

from klustermotor.analysis.conditions import comparisons, holds, parse_condition
from klustermotor.analysis.questionnaire import Block, Column, Questionnaire
from klustermotor.portal.demonstration.margins import Counts, Margins

Row = dict[str, str]
BACKGROUND: Mapping[str, Mapping[str, int]] = {
    "size": {"1–9": 35, "10–49": 40, "50–": 25},
    "industry": {"SNI 24": 20, "SNI 25": 35, "SNI 28": 25, "SNI 71": 20},
    "municipality": {"Avesta": 20, "Borlänge": 25, "Fagersta": 15, "Ludvika": 20, "Sandviken": 20},
}
"""Invented shares, in percent, of the invited companies; industries by two-digit Swedish code."""


def chance(*names: str) -> float:
    """A number in [0, 1) that depends on nothing but the names."""
    digest = hashlib.sha256("|".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def frame(initiative: str, wave: str, invited: int) -> list[Row]:
    """The invited companies of a wave with their invented background."""
    rows = [{"wave": wave, "unit": f"{wave}-{i:03}"} for i in range(1, invited + 1)]
    for column, shares in BACKGROUND.items():
        ordered = sorted(rows, key=lambda row: chance(initiative, column, row["unit"]))
        cut, start = 0, 0
        for value, share in shares.items():
            cut += share
            end = round(invited * cut / 100)
            for row in ordered[start:end]:
                row[column] = value
            start = end
    return rows


def rows(
    initiative: str, wave: str, questionnaire: Questionnaire, margins: Margins, respondents: int
) -> list[Row]:
    """One row per respondent, with a code for each column answered, that add up to `margins`.

    Raises ValueError when more answers are asked of a column than there are respondents to give
    them, or than its `ask_if` admits.
    """
    made = _Wave(initiative, wave, respondents)
    for block in questionnaire.blocks:
        if block.type != "text":
            made.answer(block, [c for c in questionnaire.columns if c.block is block], margins)
    return made.rows


class _Wave:
    """The respondents of one wave as they are filled in, block by block."""

    def __init__(self, initiative: str, wave: str, respondents: int) -> None:
        self.name = (initiative, wave)
        self.rows: list[Row] = [
            {"wave": wave, "respondent": f"{wave}-{i:02}"} for i in range(1, respondents + 1)
        ]

    def chance(self, row: Row, *names: str) -> float:
        return chance(*self.name, row["respondent"], *names)

    def answer(self, block: Block, columns: Sequence[Column], margins: Margins) -> None:
        """Fill in every column of one block."""
        for column in columns:
            counts = margins.get(column.name)
            if counts is None:
                continue
            # The items of a ticked question, and both sides of a gap, have the same respondents.
            shared = block.id if block.type == "multiple" else f"{block.id}.{column.item.id}"
            chosen = self._who_answers(block, shared, sum(counts.values()), column.name)
            self._spread(column, counts, chosen)

    def _who_answers(self, block: Block, shared: str, n: int, column: str) -> list[Row]:
        eligible = [row for row in self.rows if self._asked(block, row)]
        if n > len(eligible):
            raise ValueError(
                f"{' '.join(self.name)} {column}: {n} answers from {len(eligible)} who were asked"
            )
        by_will = sorted(
            eligible,
            key=lambda row: 0.6 * self.chance(row, "will") + 0.4 * self.chance(row, shared),
        )
        return by_will[:n]

    def _asked(self, block: Block, row: Row) -> bool:
        """Whether the row's answers lead on to the block; those it rests on must be answered."""
        if block.ask_if is None:
            return True
        condition = parse_condition(block.ask_if)
        known = all(comparison.column in row for comparison in comparisons(condition))
        return known and holds(condition, row)

    def _spread(self, column: Column, counts: Counts, chosen: list[Row]) -> None:
        """Give the codes out: "don't know" by lot, the higher codes to the better disposed."""
        scale = column.block.scale
        dont_know = scale.dont_know if scale else ()
        codes = _ascending(counts, scale.codes if scale else {})
        by_lot = sorted(chosen, key=lambda row: self.chance(row, column.name, "dont_know"))
        for code in dont_know:
            for row in by_lot[: counts.get(code, 0)]:
                row[column.name] = code
            by_lot = by_lot[counts.get(code, 0) :]
        ordered = sorted(by_lot, key=lambda row: self._disposition(column, row))
        given = [code for code in codes if code not in dont_know for _ in range(counts[code])]
        for row, code in zip(ordered, given, strict=True):
            row[column.name] = code

    def _disposition(self, column: Column, row: Row) -> float:
        """How high a respondent answers: its own attitude, and for `wanted` mostly its `now`."""
        item = f"{column.block.id}.{column.item.id}"
        base = self.chance(row, "attitude") + self.chance(row, item)
        return base + 0.5 * self.chance(row, column.name) if column.aspect == "wanted" else base


def _ascending(counts: Counts, codes: Mapping[str, object]) -> list[str]:
    """Codes from the lowest answer to the highest: as the scale has them, "no" before "yes"."""
    known = [*codes, "0", "1", "no", "yes"]
    return sorted(counts, key=known.index)
