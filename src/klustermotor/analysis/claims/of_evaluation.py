"""An evaluation's figures as the cells that a text about it is proofread against."""

from collections.abc import Mapping

import polars as pl

from klustermotor.analysis.claims.cells import TableCell, Unit
from klustermotor.analysis.claims.fields import in_language
from klustermotor.analysis.claims.render import LANGUAGES
from klustermotor.analysis.evaluation import WHOLE, Evaluation
from klustermotor.analysis.measures import TICKED, YES_NO, scale_of
from klustermotor.analysis.questionnaire import CHOSEN, Column

_UNITS: Mapping[str, Unit] = {"share": "percent", "mean": "mean", "total": "other"}
_RESPONSE: Mapping[str, tuple[str, str, str, str]] = {
    "sv": ("Svar", "svarsfrekvens", "svarande", "inbjudna"),
    "nb": ("Svar", "svarprosent", "svarende", "inviterte"),
    "en": ("Response", "response rate", "respondents", "invited"),
}
_YES_NO: Mapping[str, Mapping[str, str]] = {
    "sv": {"yes": "ja", "no": "nej"},
    "nb": {"yes": "ja", "no": "nei"},
    "en": {"yes": "yes", "no": "no"},
}


def cells_of(
    evaluation: Evaluation, language: str
) -> tuple[tuple[TableCell, ...], Mapping[str, tuple[str, ...]]]:
    """The cells of an evaluation, named in this language, and further names of their items.

    Every figure of the whole initiative that may be shown: shares in percent and means among those
    who answered, totals, and each wave's response. Values are not rounded. The first name of an
    item that has others is its own.
    """
    columns = evaluation.questionnaire.by_name
    named: dict[str, dict[str, None]] = {}
    cells = []
    shown = evaluation.estimates.filter(
        (pl.col("group") == WHOLE) & ~pl.col("suppressed") & (pl.col("base") == "answered")
    ).drop_nulls("value")
    for row in shown.iter_rows(named=True):
        column = columns.get(f"{row['block']}.{row['item']}")
        if column is None:
            continue
        item = _item(column, language)
        named.setdefault(item, {}).update(dict.fromkeys(column.item.synonyms.get(language, ())))
        share = row["statistic"] == "share"
        cells.append(
            TableCell(
                row["initiative"],
                _table(column, language),
                row["wave"],
                item,
                _category(column, row["category"], language) if share else "",
                "=",
                row["value"] * 100 if share else row["value"],
                _UNITS[row["statistic"]],
                row["n"],
                row["n"],
                _base(column, row["category"]) if share else "",
            )
        )
    labels = {item: (item, *names) for item, names in named.items() if names}
    return (*cells, *_response(evaluation, language)), labels


def _table(column: Column, language: str) -> str:
    block = column.block
    return in_language(block.heading or block.topic or block.text, language, block.id)


def _item(column: Column, language: str) -> str:
    """An item as it reads in the questionnaire, with its side of the gap."""
    block = column.block
    text = block.topic or block.text if len(block.items) == 1 else column.item.text
    item = in_language(text, language, column.item.id)
    if not column.aspect:
        return item
    frame: str = LANGUAGES[language].words[f"aspect.{column.aspect}"]
    return frame.format(topic=item)


def _category(column: Column, code: str, language: str) -> str:
    """An answer as it reads in the questionnaire; nothing for an item that is ticked."""
    scale = scale_of(column)
    if scale is None or (scale is TICKED and code == CHOSEN):
        return ""
    if scale is YES_NO:
        return _YES_NO[language].get(code, code)
    shares = {share.id: share.text for share in scale.shares}
    return in_language(shares.get(code) or scale.codes.get(code, {}), language, code)


def _base(column: Column, code: str) -> str:
    """The shares of an item's single answers make up one total; named shares are sums of them."""
    scale = scale_of(column)
    alone = scale is not None and scale is not TICKED and code in scale.codes
    return column.name if alone else ""


def _response(evaluation: Evaluation, language: str) -> list[TableCell]:
    """How many of each wave were invited and answered, and the share of them."""
    table, rate, answered, invited = _RESPONSE[language]
    cells = []
    for wave in evaluation.waves:
        asked = wave.facts.invited
        known: list[tuple[str, float | None, Unit]] = [
            (answered, wave.answered, "count"),
            (invited, asked, "count"),
            (rate, 100 * wave.answered / asked if asked else None, "percent"),
        ]
        cells += [
            TableCell(
                wave.initiative, table, wave.wave, item, "", "=", value, unit, asked, asked, ""
            )
            for item, value, unit in known
            if value is not None
        ]
    return cells
