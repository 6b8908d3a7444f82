"""``klustermotor link``: which organisations of two lists are the same, without a database."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

if TYPE_CHECKING:
    import polars as pl

    from klustermotor.analysis.linkage import Linked

Progress = Callable[[float, str], None]


class Command(BaseCommand):
    help = (
        "Link the organisations of one list to those of another: by organisation number, else by "
        "name, earlier names and address. Each link has a probability and a reason; a link below "
        "95 % is marked as uncertain, for a person to look at. Needs no database and writes "
        "nothing but --out."
    )
    requires_system_checks: list[str] | tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        columns = "number, former_names, street, postcode, city, municipality, industry, text"
        parser.add_argument(
            "left",
            type=Path,
            metavar="LEFT",
            help=f"the list (.csv, .xlsx): id (or left_id), name and any of {columns}",
        )
        parser.add_argument(
            "right",
            type=Path,
            metavar="RIGHT",
            help="the register: id (or right_id) and the same columns; earlier names are parted "
            "by semicolons, each with its dates in brackets: Old AB (2006-10-10–2021-05-04)",
        )
        parser.add_argument(
            "--out",
            required=True,
            type=Path,
            metavar="links.csv",
            help="left_id,right_id,probability,reason: at most one link per row of LEFT",
        )
        parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
        parser.add_argument(
            "--labels",
            type=Path,
            metavar="PAIRS.csv",
            help="known pairs, left_id,right_id: prints precision, recall and F1",
        )
        parser.add_argument(
            "--language", choices=("sv", "nb", "en"), default="sv", help="of the reasons"
        )
        parser.add_argument("--json", action="store_true", help="the summary as JSON on stdout")

    def handle(self, *args: object, **options: Any) -> None:
        from klustermotor.formats.errors import InputError

        if options["out"].is_dir():
            raise CommandError(f"--out {options['out']} is a folder; name a file", returncode=2)
        try:
            summary = _link(options)
        except InputError as error:
            self._refuse(error.text())
        except OSError as error:
            self._refuse(
                f"--out {options['out']}: {error.strerror or error}. "
                "Nothing was written; make room or name another file."
            )
        if options["json"]:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self.stdout.write(_in_words(summary, options["out"]))

    def _refuse(self, message: str) -> None:
        self.stderr.write(message, self.style.ERROR)
        sys.exit(1)


def _link(options: dict[str, Any]) -> dict[str, Any]:
    """Read, link, write; the summary. Raises InputError and OSError."""
    from klustermotor.analysis.linkage import (
        EngineMissingError,
        link_organisations,
        reasons,
    )
    from klustermotor.formats.linkage import read_organisations, read_pairs, write_links
    from klustermotor.formats.linkage_words import REASONS

    left = read_organisations(options["left"], "left")
    right = read_organisations(options["right"], "right")
    labels = read_pairs(options["labels"], left, right) if options["labels"] else None
    with _progress() as progress:
        try:
            linked = link_organisations(left, right, engine=options["engine"], progress=progress)
        except EngineMissingError as error:
            raise CommandError(f"--engine {options['engine']}: {error}", returncode=1) from error
    said = reasons(linked.links, REASONS[options["language"]])
    write_links(linked.links, said, options["out"])
    return _summary(linked, labels)


def _summary(linked: "Linked", labels: "pl.DataFrame | None") -> dict[str, Any]:
    from klustermotor.analysis.linkage import CERTAIN, agreement, best_threshold

    certain = int((linked.links["probability"] >= CERTAIN).sum())
    summary: dict[str, Any] = {
        "left": linked.left,
        "right": linked.right,
        "compared": linked.compared,
        "linked": linked.links.height,
        "certain": certain,
        "uncertain": linked.links.height - certain,
    }
    if labels is not None:
        threshold, best = best_threshold(linked.links, labels)
        summary |= agreement(linked.links, labels).as_dict()
        summary["best_threshold"] = {"probability": round(threshold, 2), "f1": round(best.f1, 4)}
    return summary


def _in_words(summary: dict[str, Any], out: Path) -> str:
    lines = [
        f"{summary['linked']} of {summary['left']} linked to {summary['right']} organisations: "
        f"{summary['certain']} certain, {summary['uncertain']} uncertain (look at these)"
    ]
    if "f1" in summary:
        lines.append(
            f"precision {summary['precision']:.3f}, recall {summary['recall']:.3f}, "
            f"F1 {summary['f1']:.3f}: {summary['true']} of {summary['linked']} links are right, "
            f"of {summary['labelled']} labelled"
        )
    return "\n".join([*lines, str(out)])


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal, and silence elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def advance(done: float, step: str) -> None:
            bar.update(task, description=step, completed=done)

        yield advance
