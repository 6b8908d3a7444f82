"""Turn the published figures of the five Dalarna initiatives into cells for ``proofread``.

    python scripts/slim_cells.py cells.csv [published_figures.csv]

Without a source the copy of the demonstration is read. What a diagram's caption says of its number
of answers is no figure of a result and is left out; so are sums of money, years and ranks, which
``proofread`` could only compare with themselves: they are kept with the unit ``other``.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from klustermotor.analysis.claims.cells import Comparator, TableCell, Unit
from klustermotor.formats.cells import write_cells

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "src/klustermotor/portal/demonstration/published_figures.csv"

SINGLE_CHOICE = (
    "Vilja att växa",
    "Andel produktion för hemmamarknad",
    "Vem tar initiativ till samverkan med akademin",
)
"""Questions with one answer each, whose alternatives must add up to all who answered."""

UNITS: dict[str, tuple[Unit, Comparator]] = {
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
        unit, comparator = UNITS.get(row["unit"], ("other", "="))
        low, _, high = row["n"].partition("-")
        yield TableCell(
            initiative=row["initiative"],
            table=row["source_table"],
            wave=row["wave"],
            item=row["item"],
            category=row["category"],
            comparator=comparator,
            value=float(row["value"]),
            unit=unit,
            n_min=int(low) if low else None,
            n_max=int(high or low) if low else None,
            base=row["item"] if row["item"] in SINGLE_CHOICE else "",
        )


def main() -> None:
    """Read the published figures and write cells.csv."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[2]) if len(sys.argv) == 3 else PUBLISHED
    with source.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    write_cells(cells(read), sys.argv[1])


if __name__ == "__main__":
    main()
