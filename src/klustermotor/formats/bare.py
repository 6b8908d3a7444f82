"""A questionnaire for chosen columns of a file that has none."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from klustermotor.analysis.questionnaire import Block, Item, Questionnaire, Scale, Text
from klustermotor.formats.coding import NOTHING
from klustermotor.formats.errors import fail
from klustermotor.formats.tables import Table

MOST_CATEGORIES = 60


def bare_questionnaire(
    tables: Sequence[Table], means: Sequence[str], shares: Sequence[str], totals: Sequence[str]
) -> tuple[Questionnaire, dict[str, str]]:
    """A questionnaire with one block per chosen column, and what each answer column is called.

    A mean or total, as asked, is taken of numbers, a share of each value that occurs. Raises
    InputError when a column is not in every file, or has more values than a share can be told of.
    """
    for table in tables:
        for name in (*means, *shares, *totals):
            if name not in table.frame.columns:
                known = tuple(table.frame.columns)
                raise fail("option_column", table.name, row=1, column=name, value=name, known=known)
    blocks, scales = [], {}
    for name in dict.fromkeys((*means, *totals)):
        blocks.append(_number(name, _title(tables, name), name in means, name in totals))
    for name in dict.fromkeys(shares):
        scale = _scale(tables, name)
        scales[scale.id] = scale
        item = Item(name, _all(_title(tables, name)))
        blocks.append(Block(f"share-{name}", "single", item.text, (item,), scale=scale))
    questionnaire = Questionnaire(
        "chosen-columns", _all(""), tuple(blocks), scales, columns_only=True
    )
    return questionnaire, {column.name: column.item.id for column in questionnaire.columns}


def _number(name: str, title: str, mean: bool, total: bool) -> Block:
    asked: dict[Literal["mean", "total"], bool] = {"mean": mean, "total": total}
    return Block(
        id=f"number-{name}",
        type="number",
        text=_all(title),
        items=(Item(name, _all(title)),),
        statistics=tuple(statistic for statistic, wanted in asked.items() if wanted),
    )


def _scale(tables: Sequence[Table], name: str) -> Scale:
    values = pl.concat([table.frame[name].rename("x") for table in tables])
    given = values.filter(~values.str.to_lowercase().is_in(sorted(NOTHING))).drop_nulls()
    codes = given.unique().sort().to_list()
    if len(codes) > MOST_CATEGORIES:
        raise fail(
            "too_many_categories",
            tables[0].name,
            column=name,
            value=len(codes),
            most=MOST_CATEGORIES,
        )
    labels = next((t.labels[name] for t in tables if name in t.labels), {})
    return Scale(f"of-{name}", "nominal", {code: _all(labels.get(code, code)) for code in codes})


def _title(tables: Sequence[Table], name: str) -> str:
    return next((table.titles[name] for table in tables if name in table.titles), name)


def _all(text: str) -> Text:
    return dict.fromkeys(("sv", "nb", "en"), text)
