"""An evaluation from files to files: what the command ``evaluate`` does, without a database."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from klustermotor.analysis.evaluation import (
    Answers,
    Design,
    Interval,
    Margin,
    Options,
    Selection,
    WaveFacts,
)
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.evaluation.whole_folder import whole_folder
from klustermotor.formats.answers import Reading, Source, coded_answers, read_mapping
from klustermotor.formats.errors import Fault, InputError, fail, fault
from klustermotor.formats.tables import ROW_OF_FIRST, Table, read_table
from klustermotor.formats.totals import (
    check_margins,
    numeric_columns,
    read_frame,
    read_margins,
    read_poststrata,
    read_totals,
)

if TYPE_CHECKING:
    from klustermotor.analysis.evaluation import Evaluation
    from klustermotor.report.document import Document

Progress = Callable[[str], None]
BARE = "-"
ONLY_WAVE = "1"


@dataclass(frozen=True)
class Request:
    """What the command was asked for; names and meanings as its options."""

    questionnaire: str
    answers: tuple[Source, ...]
    out: Path
    mean: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    columns: Path | None = None
    wave_column: str | None = None
    key_column: str | None = None
    frame: Path | None = None
    invited: Mapping[str, int] = field(default_factory=dict)
    population: Mapping[str, int] = field(default_factory=dict)
    selection: Mapping[str, Selection] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    strata: str | None = None
    clusters: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    weights: str | None = None
    rake: Path | None = None
    poststratify: Path | None = None
    calibrate: Path | None = None
    interval: Interval = "logit"
    minimum_cell: int = 5
    language: str = "sv"
    title: str = ""
    initiative: str = ""
    formats: tuple[str, ...] = ("pdf", "html", "docx", "xlsx")


@dataclass(frozen=True)
class Done:
    """What was made of a request."""

    evaluation: "Evaluation"
    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def evaluate_files(request: Request, progress: Progress = lambda _: None) -> Done:
    """Read, evaluate, and write everything into `request.out`, whole or not at all.

    Raises InputError when an input is wrong; `request.out` is then as it was.
    """
    return _Run(request, progress).done()


def read_instrument(name: str) -> tuple[Questionnaire, tuple[str, ...]]:
    """The questionnaire in a YAML or LimeSurvey file, or the shipped one of that name; and notes
    on what a LimeSurvey file holds that could not be carried over."""
    from klustermotor.formats.questionnaire import parse_questionnaire, read_questionnaire

    path = Path(name)
    if path.suffix.lower() in (".lss", ".lsa"):
        from klustermotor.formats.limesurvey import read_survey

        survey = read_survey(path)
        return survey.questionnaire, survey.notes
    if not path.exists() and re.fullmatch(r"[a-z0-9-]+", name):
        folder = files("klustermotor.surveys").joinpath("questionnaires")
        shipped = folder.joinpath(f"{name}.yaml")
        if shipped.is_file():
            return parse_questionnaire(shipped.read_text("utf-8"), f"{name}.yaml"), ()
        known = sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".yaml"))
        raise fail("no_questionnaire", name, known=known)
    return read_questionnaire(path), ()


class _Run:
    """One request on its way from files to files."""

    def __init__(self, request: Request, progress: Progress) -> None:
        self.request, self.progress = request, progress
        self.notes: tuple[str, ...] = ()
        self.sizes: list[tuple[str, int]] = []

    def done(self) -> Done:
        from klustermotor.analysis.evaluate import evaluate

        request = self.request
        self.progress("reading")
        answers = self._with_background(self._answers())
        self._check_design(answers)
        waves = self._waves(answers)
        self.progress("estimating")
        try:
            evaluation = evaluate(answers, waves, self._options(), frame=self.frame)
        except ValueError as error:
            raise fail("cannot_estimate", "", reason=str(error)) from error
        with whole_folder(request.out) as folder:
            written = self._write(evaluation, folder)
            names = sorted(path.name for path in written)
        return Done(evaluation, tuple(request.out / name for name in names), self.notes)

    @cached_property
    def rake(self) -> tuple[Margin, ...]:
        return read_margins(self.request.rake) if self.request.rake else ()

    @cached_property
    def poststrata(self) -> tuple[Margin, ...]:
        return read_poststrata(self.request.poststratify) if self.request.poststratify else ()

    @cached_property
    def totals(self) -> tuple[Margin, ...]:
        return read_totals(self.request.calibrate) if self.request.calibrate else ()

    @cached_property
    def frame(self) -> pl.DataFrame | None:
        if self.request.frame is None:
            return None
        return read_frame(self.request.frame, self.initiative, self.only_wave)

    @cached_property
    def initiative(self) -> str:
        """What the initiative is called where the files do not say: the name of the file, or
        of several that differ by a year only (steel-2008, steel-2009)."""
        stems = [source.path.stem for source in self.request.answers]
        without_year = {re.sub(r"[\W\d_]+$", "", stem) for stem in stems}
        alike = len(stems) > 1 and len(without_year) == 1 and "" not in without_year
        named = without_year.pop() if alike else stems[0]
        return self.request.initiative or self.request.title or named

    @cached_property
    def only_wave(self) -> str:
        """The wave of files without one: the one that the numbers are given for."""
        named = {*self.request.invited, *self.request.population, *self.request.selection}
        return named.pop() if len(named) == 1 else ONLY_WAVE

    def _answers(self) -> Answers:
        request, tables = self.request, self._tables()
        reading = self._reading(tables)
        if request.questionnaire != BARE:
            questionnaire, notes = read_instrument(request.questionnaire)
            self.notes += tuple(note for note in notes if note not in self.notes)
        elif request.mean or request.share or request.total:
            from klustermotor.formats.bare import bare_questionnaire

            questionnaire, columns = bare_questionnaire(
                [table for _, table in tables], request.mean, request.share, request.total
            )
            reading = replace(reading, columns={**reading.columns, **columns})
            self._check_told_apart(tables, reading.columns)
            return coded_answers(tables, questionnaire, reading)
        else:
            questionnaire, _ = read_instrument(str(request.answers[0].path))
        mapped = read_mapping(request.columns, questionnaire) if request.columns else {}
        reading = replace(reading, columns={**mapped, **reading.columns})
        self._check_told_apart(tables, reading.columns)
        return coded_answers(tables, questionnaire, reading)

    def _tables(self) -> list[tuple[Source, Table]]:
        tables: list[tuple[Source, Table]] = []
        for source in self.request.answers:
            if source.path.suffix.lower() == ".lsa":
                from klustermotor.formats.limesurvey import read_archive

                archive = read_archive(source.path)
                self.notes += archive.notes
                tables.append((source, archive.answers))
            else:
                tables.append((source, read_table(source.path)))
        self.sizes = [(table.name, table.frame.height) for _, table in tables]
        return tables

    def _check_told_apart(
        self, tables: Sequence[tuple[Source, Table]], columns: Mapping[str, str]
    ) -> None:
        """Of several files each must tell its wave, or its initiative, or else they would mix."""
        if len(tables) == 1 or self.only_wave != ONLY_WAVE:
            return
        telling = {columns.get(name, name) for name in ("wave", "initiative")}
        faults = [
            fault("file_without_wave", table.name, example=f"2009={table.name}")
            for source, table in tables
            if source.wave is None and not telling & set(table.frame.columns)
        ]
        if faults:
            raise InputError(faults)

    def _place(self, at: int) -> tuple[str, int]:
        """The file and its row that answer number `at` of all files came from."""
        for name, height in self.sizes:
            if at < height:
                return name, at + ROW_OF_FIRST
            at -= height
        raise IndexError(at)

    def _reading(self, tables: list[tuple[Source, Table]]) -> Reading:
        request = self.request
        columns = {}
        if request.wave_column is not None:
            columns["wave"] = request.wave_column
        if request.key_column is not None:
            columns["respondent"] = request.key_column
        weighting = (request.weights,) if request.weights is not None else ()
        margins = (*self.rake, *self.poststrata, *self.totals)
        named = [*request.by, *request.clusters, *request.fpc, *weighting]
        named += [request.strata] if request.strata is not None else []
        named += [column for margin in margins for column in margin.columns]
        from_frame = set(self.frame.columns) if self.frame is not None else set()
        return Reading(
            columns=columns,
            keep=tuple(
                name
                for name in dict.fromkeys(named)
                if name not in from_frame or all(name in t.frame.columns for _, t in tables)
            ),
            numbers={*request.fpc, *weighting, *numeric_columns(self.totals)},
            wave=self.only_wave,
            initiative=self.initiative,
            keyed=request.key_column is not None,
        )

    def _with_background(self, answers: Answers) -> Answers:
        """Answers with the columns of the frame that they lack, found by the respondent."""
        if self.frame is None or not answers.keyed:
            return answers
        keys = ["initiative", "wave", "respondent"]
        numbered = answers.frame.select(keys).with_row_index("at")
        missing = numbered.join(self.frame, on=keys, how="anti", maintain_order="left")
        if missing.height:
            raise InputError(
                [
                    fault(
                        "not_in_frame",
                        file,
                        row=number,
                        column=self.request.key_column or "respondent",
                        value=row["respondent"],
                        wave=row["wave"],
                    )
                    for row in missing.iter_rows(named=True)
                    for file, number in [self._place(row["at"])]
                ]
            )
        wanted = [c for c in self.frame.columns if c not in answers.frame.columns]
        joined = answers.frame.join(
            self.frame.select([*keys, *wanted]), on=keys, how="left", maintain_order="left"
        )
        return replace(answers, frame=joined)

    def _check_design(self, answers: Answers) -> None:
        request, frame = self.request, answers.frame
        faults: list[Fault] = []
        for column in (*request.fpc, *([request.weights] if request.weights else [])):
            for at in (frame[column] <= 0).arg_true():
                value, (name, row) = f"{frame[column][at]:g}", self._place(at)
                faults.append(fault("not_positive", name, row=row, column=column, value=value))
        if request.fpc:
            faults += self._above_population(frame)
        if faults:
            raise InputError(faults)
        given = (
            (self.rake, request.rake),
            (self.poststrata, request.poststratify),
            (self.totals, request.calibrate),
        )
        for margins, path in given:
            if path is not None:
                check_margins(frame, margins, path.name, self._place)

    def _above_population(self, frame: pl.DataFrame) -> Iterator[Fault]:
        """Strata with more sampled units than the first `fpc` column counts in the population."""
        request, size = self.request, self.request.fpc[0]
        unit = pl.col(request.clusters[0]).n_unique() if request.clusters else pl.len()
        strata = ["initiative", "wave", *([request.strata] if request.strata else [])]
        counted = frame.with_row_index("at").with_columns(unit.over(strata).alias("sampled"))
        wrong = counted.filter(pl.col(size) < pl.col("sampled")).unique(
            strata, keep="first", maintain_order=True
        )
        for row in wrong.iter_rows(named=True):
            name, number = self._place(row["at"])
            yield fault(
                "sample_above_population",
                name,
                row=number,
                column=size,
                value=f"{row[size]:g}",
                answered=row["sampled"],
            )

    def _waves(self, answers: Answers) -> tuple[WaveFacts, ...]:
        found = answers.frame.group_by("initiative", "wave").len().sort("initiative").rows()
        answered = {(initiative, wave): count for initiative, wave, count in found}
        invited = self._invited()
        self._check_waves(answers.frame["wave"])
        order = sorted({*answered, *invited}, key=lambda key: (key[0], natural(key[1])))
        facts = [
            WaveFacts(
                initiative=initiative,
                wave=wave,
                invited=invited.get((initiative, wave), self.request.invited.get(wave)),
                population=self.request.population.get(wave),
                selection=self.request.selection.get(wave, "census"),
            )
            for initiative, wave in order
        ]
        faults = [f for fact in facts for f in _too_many(fact, answered)]
        if faults:
            raise InputError(faults)
        return tuple(facts)

    def _invited(self) -> dict[tuple[str, str], int]:
        if self.frame is None:
            return {}
        counted = self.frame.group_by("initiative", "wave").len().rows()
        return {(initiative, wave): count for initiative, wave, count in counted}

    def _check_waves(self, answered: pl.Series) -> None:
        """Every wave with answers must be among those whose numbers are given, if any are.

        A population may be known for some waves only, when another option counts the invited.
        """
        given = {
            "--invited": set(self.request.invited),
            "--frame": set(self.frame["wave"]) if self.frame is not None else set(),
        }
        if not any(given.values()):
            given = {"--population": set(self.request.population)}
        faults = [
            fault(
                "wave_without_number",
                file,
                row=row,
                column=self.request.wave_column or "wave",
                value=wave,
                option=option,
                known=sorted(known, key=natural),
            )
            for option, known in given.items()
            if known
            for wave in sorted(set(answered) - known, key=natural)
            for file, row in [self._place(int((answered == wave).arg_true()[0]))]
        ]
        if faults:
            raise InputError(faults)

    def _options(self) -> Options:
        request = self.request
        return Options(
            design=Design(
                strata=request.strata,
                clusters=request.clusters,
                fpc=request.fpc,
                weights=request.weights,
                rake=self.rake,
                poststratify=self.poststrata,
                calibrate=self.totals,
            ),
            by=request.by,
            interval=request.interval,
            minimum_cell=request.minimum_cell,
        )

    def _write(self, evaluation: "Evaluation", folder: Path) -> list[Path]:
        from klustermotor.formats.results import write_results
        from klustermotor.formats.workbook import write_workbook
        from klustermotor.report.render import render

        language = self.request.language
        self.progress("writing tables")
        written = list(write_results(evaluation, folder, language))
        if "xlsx" in self.request.formats:
            written.append(folder / "results.xlsx")
            write_workbook(evaluation, written[-1], language)
        if not self.request.formats:
            return written
        document = self._document(evaluation)
        for suffix in self.request.formats:
            self.progress(f"writing report.{suffix}")
            written.append(folder / f"report.{suffix}")
            render(document, written[-1])
        return written

    def _document(self, evaluation: "Evaluation") -> "Document":
        from klustermotor.report.contents.initiative import initiative_report
        from klustermotor.report.contents.round import Chapter, round_report

        request, initiatives = self.request, evaluation.initiatives
        source = ", ".join(dict.fromkeys(source.path.name for source in request.answers))
        if len(initiatives) == 1:
            return initiative_report(
                evaluation,
                initiative=initiatives[0],
                language=request.language,
                title=request.title or initiatives[0],
                source=source,
            )
        return round_report(
            evaluation,
            chapters=[Chapter(initiative, initiative) for initiative in initiatives],
            language=request.language,
            title=request.title or ", ".join(initiatives),
            source=source,
        )


def natural(wave: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts waves as people do: 9 before 10, 2008 before 2009 spring."""
    parts = re.findall(r"\d+|\D+", wave)
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)


def _too_many(facts: WaveFacts, answered: Mapping[tuple[str, str], int]) -> Iterator[Fault]:
    count = answered.get((facts.initiative, facts.wave), 0)
    wave = facts.wave
    if facts.invited is not None and count > facts.invited:
        yield fault(
            "more_answered_than_invited",
            "--invited",
            value=facts.invited,
            answered=count,
            wave=wave,
        )
    if facts.population is not None:
        if facts.invited is not None and facts.invited > facts.population:
            yield fault(
                "more_invited_than_population",
                "--population",
                value=facts.population,
                invited=facts.invited,
                wave=wave,
            )
        elif count > facts.population:
            yield fault(
                "more_answered_than_population",
                "--population",
                value=facts.population,
                answered=count,
                wave=wave,
            )
