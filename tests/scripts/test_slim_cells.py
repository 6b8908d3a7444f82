import os
import subprocess
import sys
from pathlib import Path

import pytest

from klustermotor.formats.cells import read_cells

REPO = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KLUSTERMOTOR_SHARED", REPO / "../shared"))
PUBLISHED = SHARED / "data/slim/published_figures.csv"


def convert(*arguments):
    command = [sys.executable, REPO / "scripts/slim_cells.py", *arguments]
    environment = os.environ | {"PYTHONPATH": str(REPO / "src")}
    return subprocess.run(command, check=False, env=environment, capture_output=True).returncode


def converted(folder, *source):
    cells = folder / f"cells-{len(source)}.csv"
    assert convert(*source, "--out", cells) == 0
    return read_cells(cells)


def test_no_file_is_ever_overwritten(tmp_path):
    kept = tmp_path / "published_figures.csv"
    kept.write_text("figures that exist once")
    assert convert("--out", kept) == 2
    assert kept.read_text() == "figures that exist once"


def test_the_demonstrations_figures_become_cells_in_words(tmp_path):
    cells = converted(tmp_path)
    sales = [c for c in cells if c.initiative == "triple-steelix" and c.item == "ökad försäljning"]
    assert [(c.table, c.wave, c.value, c.n_min, c.n_max) for c in sales] == [
        ("Tabell 30", "2007", 35.0, 23, 25),
        ("Tabell 30", "2008", 41.0, 21, 23),
        ("Tabell 30", "2009", 43.0, 21, 23),
    ]
    growth = [c for c in cells if c.base == "vilja att växa" and c.wave == "2008"]
    assert sum(c.value for c in growth) == 100


@pytest.mark.skipif(not PUBLISHED.is_file(), reason=f"no published figures at {PUBLISHED}")
def test_the_published_figures_become_the_same_cells(tmp_path):
    ours = converted(tmp_path)
    theirs = converted(tmp_path, PUBLISHED)
    assert [(c.wave, c.value, c.unit, c.comparator, c.n_min, c.n_max) for c in theirs] == [
        (c.wave, c.value, c.unit, c.comparator, c.n_min, c.n_max) for c in ours
    ]
    assert sum(c.value for c in theirs if c.table == "Tabell 29" and c.wave == "2008") == 91
