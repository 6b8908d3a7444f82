"""Turn the published figures of the five Dalarna initiatives into cells for ``proofread``.

    python scripts/slim_cells.py [published_figures.csv] --out cells.csv

The source is a table of ``initiative,wave,item,category,value,unit`` with ``n`` (a number or a
range) and ``source_table``, or with ``n_min,n_max,source`` and the ids of the shipped
questionnaire, as the demonstration's own copy has them; that copy is read when none is named.

What a diagram's caption says of its number of answers is no figure of a result and is left out.
Sums of money, years and ranks are kept with the unit ``other``.
"""

import argparse
import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from klustermotor.analysis.claims.cells import Comparator, TableCell, Unit
from klustermotor.analysis.questionnaire import Block, Item
from klustermotor.evaluation.from_files import read_instrument
from klustermotor.formats.cells import write_cells

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "src/klustermotor/portal/demonstration/published_figures.csv"

SINGLE_CHOICE = (
    "Vilja att växa",
    "Andel produktion för hemmamarknad",
    "Vem tar initiativ till samverkan med akademin",
)
"""Questions with one answer each, whose alternatives must add up to all who answered."""

PART_SUMS = ("export",)
"""Alternatives that are sums of others, and no part of the whole beside them."""

UNITS: Mapping[str, tuple[Unit, Comparator]] = {
    "percent": ("percent", "="),
    "percent_approx": ("percent", "≈"),
    "percent_lower_bound": ("percent", ">"),
    "count": ("count", "="),
    "count_approx": ("count", "≈"),
    "ratio_lower_bound": ("ratio", ">"),
}


def cells(rows: list[dict[str, str]]) -> Iterator[TableCell]:
    """One cell per published figure; a range of n becomes n_min and n_max."""
    for row in rows:
        if row["unit"] == "n":
            continue
        low, high = _bounds(row)
        item, category, base = _named(row)
        unit, comparator = UNITS.get(row["unit"], ("other", "="))
        yield TableCell(
            initiative=row["initiative"],
            table=_table(row),
            wave=row["wave"],
            item=item,
            category=category,
            comparator=comparator,
            value=float(row["value"]),
            unit=unit,
            n_min=int(low) if low else None,
            n_max=int(high) if high else None,
            base=base,
        )


def _bounds(row: Mapping[str, str]) -> tuple[str, str]:
    if "n" not in row:
        return row["n_min"], row["n_max"]
    low, _, high = row["n"].partition("-")
    return low, high or low


def _table(row: Mapping[str, str]) -> str:
    source = row.get("source_table") or row["source"]
    return source.replace("table", "Tabell") if source.startswith("table") else source


def _named(row: Mapping[str, str]) -> tuple[str, str, str]:
    """Item, category and base in words; ids get the words of the shipped questionnaire."""
    if "source_table" in row:
        base = row["item"] if row["item"] in SINGLE_CHOICE else ""
        return row["item"], row["category"], base
    if row["item"] not in _items():
        return row["item"].replace("_", " "), row["category"], ""
    block, item = _items()[row["item"]]
    name = item.text["sv"]
    whole = block.type == "single" and row["category"] not in PART_SUMS
    return name, _category(block, row["category"]), name if whole else ""


@cache
def _items() -> Mapping[str, tuple[Block, Item]]:
    questionnaire, _notes = read_instrument("cluster-initiative")
    return {f"{b.id}.{item.id}": (b, item) for b in questionnaire.blocks for item in b.items}


def _category(block: Block, code: str) -> str:
    """A code or named share in words; a yes or a choice needs none."""
    if block.scale is None:
        return ""
    shares = {share.id: share.text["sv"] for share in block.scale.shares}
    codes = {code: text["sv"] for code, text in block.scale.codes.items()}
    return (shares | codes).get(code, code)


def main() -> None:
    """Read the published figures and write cells.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("published", nargs="?", type=Path, default=PUBLISHED)
    parser.add_argument("--out", type=Path, required=True, help="a file that does not exist yet")
    arguments = parser.parse_args()
    if arguments.out.exists():
        parser.error(f"{arguments.out} exists; name a new file")
    with arguments.published.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    write_cells(cells(read), arguments.out)


if __name__ == "__main__":
    main()
