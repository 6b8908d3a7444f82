"""``klustermotor evaluate``: an initiative's yearly report from files, without a database."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klustermotor.evaluation.from_files import BARE, Done, Progress, Request, evaluate_files
from klustermotor.formats.answers import Source
from klustermotor.formats.errors import InputError

FORMATS = ("pdf", "html", "docx", "xlsx")
SELECTIONS = ("census", "random", "chosen")
STEPS = 3


class Command(BaseCommand):
    help = (
        "Evaluate an initiative from its answers: estimates, changes, gaps, findings and report. "
        "Needs no database and writes nothing but --out."
    )
    requires_system_checks: list[str] | tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "questionnaire",
            metavar="INSTRUMENT",
            help="questionnaire (.yaml, .lss, .lsa), the name of a shipped one "
            "(cluster-initiative), or - for chosen columns of a bare file",
        )
        parser.add_argument(
            "answers",
            nargs="+",
            metavar="ANSWERS",
            help=".csv, .xlsx, .sav or .lsa; with one file per wave: 2009=file.csv",
        )
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        self._add_waves(parser)
        self._add_columns(parser)
        self._add_design(parser)
        self._add_output(parser)

    def _add_waves(self, parser: CommandParser) -> None:
        waves = parser.add_argument_group("waves and numbers")
        waves.add_argument("--wave-column", metavar="C", help="column of the wave (default wave)")
        waves.add_argument(
            "--key-column",
            metavar="C",
            help="column that names the same respondent in every wave, so that waves are paired",
        )
        waves.add_argument(
            "--frame", type=Path, metavar="FRAME.csv", help="one row per invited unit and wave"
        )
        for name, of in (("invited", "invited"), ("population", "in the population")):
            waves.add_argument(
                f"--{name}",
                nargs="+",
                default=[],
                action="extend",
                metavar="WAVE=N",
                help=f"how many are {of}",
            )
        waves.add_argument(
            "--selection",
            nargs="+",
            default=[],
            action="extend",
            metavar="WAVE=census|random|chosen",
            help="how those invited were selected (default census: an attempt to ask all)",
        )
        waves.add_argument("--initiative", default="", metavar="NAME")

    def _add_columns(self, parser: CommandParser) -> None:
        columns = parser.add_argument_group("columns")
        columns.add_argument(
            "--columns", type=Path, metavar="MAP.yaml", help="other column names, ours: theirs"
        )
        columns.add_argument(
            "--by",
            nargs="+",
            default=[],
            action="extend",
            metavar="C",
            help="background columns to show groups of, under disclosure control",
        )
        for name in ("mean", "share", "total"):
            columns.add_argument(
                f"--{name}",
                nargs="+",
                default=[],
                action="extend",
                metavar="C",
                help=f"with -: columns to take the {name} of",
            )

    def _add_design(self, parser: CommandParser) -> None:
        design = parser.add_argument_group("sampling design")
        design.add_argument("--strata", metavar="C")
        design.add_argument("--cluster", default="", metavar="C[,C2]", help="one column per stage")
        design.add_argument(
            "--fpc", default="", metavar="C[,C2]", help="population counts, one column per stage"
        )
        design.add_argument("--weights", metavar="C")
        design.add_argument(
            "--rake", type=Path, metavar="MARGINS.csv", help="rows of column,category,total"
        )
        design.add_argument(
            "--poststratify",
            type=Path,
            metavar="MARGINS.csv",
            help="one column per variable, and total",
        )
        design.add_argument(
            "--calibrate",
            type=Path,
            metavar="TOTALS.csv",
            help="rows of column,category,total; no category: sum of a numeric column; "
            "no column: number in the population",
        )
        design.add_argument("--interval", choices=("logit", "beta", "wilson"), default="logit")

    def _add_output(self, parser: CommandParser) -> None:
        output = parser.add_argument_group("output")
        output.add_argument(
            "--minimum-cell",
            type=int,
            default=5,
            metavar="K",
            help="fewest answers that a group's figure may rest on (default 5, at least 3)",
        )
        output.add_argument("--language", choices=("sv", "nb", "en"), default="sv")
        output.add_argument("--title", default="")
        output.add_argument(
            "--formats",
            default=",".join(FORMATS),
            metavar="F,…",
            help=f"of the report: {','.join(FORMATS)} (default all)",
        )
        output.add_argument("--json", action="store_true", help="summary as JSON on stdout")

    def handle(self, *args: object, **options: Any) -> None:
        request = _request(options)
        try:
            with _progress(request) as progress:
                done = evaluate_files(request, progress)
        except InputError as error:
            self.stderr.write(error.text(), self.style.ERROR)
            sys.exit(1)
        except OSError as error:
            # What is read is checked before; what is left is the disk that is written to.
            self.stderr.write(
                f"--out {request.out}: {error.strerror or error}. "
                "Nothing was written; make room or name another folder.",
                self.style.ERROR,
            )
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps(_summary(done), ensure_ascii=False))
            return
        for note in done.notes:
            self.stderr.write(note)
        for wave in done.evaluation.waves:
            of = f" of {wave.facts.invited} invited" if wave.facts.invited is not None else ""
            self.stdout.write(f"{wave.initiative}, {wave.wave}: {wave.answered} answered{of}")
        for path in done.files:
            self.stdout.write(str(path))


def _request(options: dict[str, Any]) -> Request:
    chosen = bool(options["mean"] or options["share"] or options["total"])
    answers = tuple(_source(given) for given in options["answers"])
    if options["questionnaire"] == BARE and not chosen and answers[0].path.suffix != ".lsa":
        raise _usage("with -, name columns by --mean, --share or --total")
    if options["questionnaire"] != BARE and chosen:
        raise _usage("--mean, --share and --total go with - in place of a questionnaire")
    if options["minimum_cell"] < 3:
        raise _usage("--minimum-cell is at least 3")
    formats = _words(options["formats"])
    if unknown := [name for name in formats if name not in FORMATS]:
        raise _usage(f"--formats: {unknown[0]!r} is none of {', '.join(FORMATS)}")
    if options["out"].exists() and not options["out"].is_dir():
        raise _usage(f"--out {options['out']} is a file; name a folder")
    if options["frame"] and options["invited"]:
        raise _usage("give --frame or --invited, not both: the frame counts who was invited")
    selection = _per_wave("--selection", options["selection"])
    for wave, how in selection.items():
        if how not in SELECTIONS:
            raise _usage(f"--selection {wave}={how}: use {', '.join(SELECTIONS)}")
    return Request(
        questionnaire=options["questionnaire"],
        answers=answers,
        out=options["out"],
        mean=tuple(options["mean"]),
        share=tuple(options["share"]),
        total=tuple(options["total"]),
        columns=options["columns"],
        wave_column=options["wave_column"],
        key_column=options["key_column"],
        frame=options["frame"],
        invited=_counts("--invited", options["invited"]),
        population=_counts("--population", options["population"]),
        selection=selection,
        by=tuple(word for given in options["by"] for word in _words(given)),
        strata=options["strata"],
        clusters=_words(options["cluster"]),
        fpc=_words(options["fpc"]),
        weights=options["weights"],
        rake=options["rake"],
        poststratify=options["poststratify"],
        calibrate=options["calibrate"],
        interval=options["interval"],
        minimum_cell=options["minimum_cell"],
        language=options["language"],
        title=options["title"],
        initiative=options["initiative"],
        formats=formats,
    )


def _source(given: str) -> Source:
    wave, equals, path = given.partition("=")
    if equals and wave and not Path(given).exists():
        return Source(Path(path), wave)
    return Source(Path(given))


def _words(given: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in given.split(",") if word.strip())


def _per_wave(option: str, given: Sequence[str]) -> dict[str, Any]:
    found = {}
    for pair in given:
        wave, equals, value = pair.rpartition("=")
        if not equals or not wave:
            raise _usage(f"{option} {pair}: write WAVE=value, such as 2009=93")
        found[wave] = value
    return found


def _counts(option: str, given: Sequence[str]) -> dict[str, int]:
    found = {}
    for wave, value in _per_wave(option, given).items():
        if not value.isdigit() or int(value) == 0:
            raise _usage(f"{option} {wave}={value}: write a whole number above 0")
        found[wave] = int(value)
    return found


def _usage(message: str) -> CommandError:
    return CommandError(message, returncode=2)


@contextmanager
def _progress(request: Request) -> Iterator[Progress]:
    """A progress bar on a terminal, and silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=STEPS + len(request.formats))

        started = count()

        def advance(step: str) -> None:
            bar.update(task, description=step, completed=next(started))

        yield advance


def _summary(done: Done) -> dict[str, object]:
    evaluation = done.evaluation
    return {
        "waves": [
            {
                "initiative": wave.initiative,
                "wave": wave.wave,
                "population": wave.facts.population,
                "invited": wave.facts.invited,
                "answered": wave.answered,
            }
            for wave in evaluation.waves
        ],
        "estimates": evaluation.estimates.height,
        "suppressed": int(evaluation.estimates["suppressed"].sum()),
        "changes": evaluation.changes.height,
        "gaps": evaluation.gaps.height,
        "findings": len(evaluation.findings),
        "notes": list(done.notes),
        "files": [str(path) for path in done.files],
    }
