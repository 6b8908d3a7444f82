"""A national round: 500 initiatives × 3 waves × 100 answers × 60 items, in a process of its own."""

import json
from collections.abc import Callable
from time import perf_counter

import polars as pl

from bench import made
from klustermotor.analysis.evaluation import Options, WaveSummary
from klustermotor.analysis.gaps import gaps
from klustermotor.analysis.tabulation import estimates
from klustermotor.analysis.waves import changes

INITIATIVES, ANSWERS, INVITED = 500, 100, 150


def main() -> None:
    """Prints seconds and rows of each step as JSON; making the answers up is not counted."""
    answers = made.answers(INITIATIVES, ANSWERS, INVITED)
    facts = made.facts(answers, INVITED)
    summaries = [WaveSummary(wave, ANSWERS) for wave in facts]
    options = Options()
    steps: dict[str, Callable[[], pl.DataFrame]] = {
        "estimates and intervals": lambda: estimates(answers, facts, options),
        "changes": lambda: changes(answers, summaries, options),
        "gaps": lambda: gaps(answers, summaries, options),
    }
    told = {}
    for name, step in steps.items():
        started = perf_counter()
        table = step()
        told[name] = {"seconds": perf_counter() - started, "rows": table.height}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
