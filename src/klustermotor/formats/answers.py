"""Answers from files, against a questionnaire.

A table of text becomes `Answers`: columns are found by their name or by a mapping, labels and
codes become codes, and everything that is not an answer the questionnaire knows is a fault with
its row. All faults of a file are found before it is refused.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from klustermotor.analysis.evaluation import Answers
from klustermotor.analysis.questionnaire import NOT_CHOSEN, Column, Questionnaire
from klustermotor.formats.coding import Coder, coder, tick_blanks
from klustermotor.formats.errors import SHOWN, Fault, InputError, fail, fault
from klustermotor.formats.sav import column_aliases
from klustermotor.formats.tables import ROW_OF_FIRST, Table, read_table

KEYS = ("initiative", "wave", "respondent")


@dataclass(frozen=True)
class Source:
    """A file of answers, and the wave that all of it belongs to when it has no wave column."""

    path: Path
    wave: str | None = None


@dataclass(frozen=True)
class Reading:
    """How to read answers: what columns are called, and what else to carry along.

    `columns` maps answer columns, ``initiative``, ``wave`` and ``respondent`` to the names they
    have in the files. `keep` names further columns (background, strata, weights …), `numbers`
    those of them that are numbers. `wave` and `initiative` stand in where there is no column.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    numbers: Collection[str] = frozenset()
    wave: str = "1"
    initiative: str = ""
    keyed: bool = False
    only_asked: bool = True
    """Whether every column the questionnaire asks for must be there; not so in bare mode."""


def read_answers(
    sources: Sequence[Source], questionnaire: Questionnaire, reading: Reading
) -> Answers:
    """The answers in all `sources`. Raises InputError with file, row, column, value, remedy."""
    tables = [(source, _table(source)) for source in sources]
    return coded_answers(tables, questionnaire, reading)


def coded_answers(
    tables: Sequence[tuple[Source, Table]], questionnaire: Questionnaire, reading: Reading
) -> Answers:
    """As `read_answers`, from tables already read."""
    check_mapping(reading.columns, questionnaire)
    frames, found = [], _Faults()
    for source, table in tables:
        frames.append(_File(source, table, questionnaire, reading, found).frame())
    found.raise_if_any()
    frame = pl.concat(frames, how="diagonal")
    duplicates(frame, found)
    found.raise_if_any()
    return Answers(questionnaire, frame.drop("__file", "__row"), keyed=reading.keyed)


def read_mapping(path: Path, questionnaire: Questionnaire) -> dict[str, str]:
    """What columns are called: a YAML file with one line per column, ``ours: theirs``."""
    from klustermotor.formats.yaml_lines import read_placed

    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise fail("no_such_file", str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise fail("unreadable_file", path.name, reason=str(error)) from error
    placed = read_placed(text, path.name)
    given = placed.value if isinstance(placed.value, dict) else {}
    if not given:
        raise fail("mapping_shape", path.name, line=1, value=text.splitlines()[0])
    known = (*KEYS, *questionnaire.by_name)
    for name, column in given.items():
        line = placed.line((name,))
        if name not in known:
            raise fail(
                "mapping_unknown", path.name, line=line, column=name, value=name, known=known
            )
        if not isinstance(column, str):
            raise fail("mapping_shape", path.name, line=line, column=name, value=str(column))
    return {name: str(column) for name, column in given.items()}


def check_mapping(columns: Mapping[str, str], questionnaire: Questionnaire) -> None:
    """Raises InputError for a mapping of a column that the questionnaire does not have."""
    known = {*KEYS, *questionnaire.by_name}
    faults = [
        fault("mapping_unknown", "--columns", column=name, value=name, known=tuple(known))
        for name in columns
        if name not in known
    ]
    if faults:
        raise InputError(faults)


class _Faults:
    """Faults as they are found: the first `SHOWN` kept, the rest counted."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0

    def add(self, fault: Fault, count: int = 1) -> None:
        self.count += count
        if len(self.kept) < 10 * SHOWN:
            self.kept.append(fault)

    def raise_if_any(self) -> None:
        if self.count:
            kept = sorted(self.kept, key=lambda f: (f.file, f.row or 0))
            raise InputError(kept[:SHOWN], self.count)


def _table(source: Source) -> Table:
    if source.path.suffix.lower() == ".lsa":
        from klustermotor.formats.limesurvey import read_archive

        return read_archive(source.path).answers
    return read_table(source.path)


class _File:
    """One file on its way to coded answers."""

    def __init__(
        self,
        source: Source,
        table: Table,
        questionnaire: Questionnaire,
        reading: Reading,
        faults: _Faults,
    ) -> None:
        self.source, self.table = source, table
        self.questionnaire, self.reading, self.faults = questionnaire, reading, faults
        self.aliases = {v: k for k, v in column_aliases(questionnaire).items()}

    def frame(self) -> pl.DataFrame:
        """The file's answers, with ``__file`` and ``__row`` to name duplicates by."""
        columns = [self._initiative(), self._wave(), self._respondent()]
        self._check_waves(columns[1])
        asked = self.questionnaire.columns
        given = columns[1].unique().drop_nulls().to_list()
        waves = [wave for wave in given if any(column.asked_in(wave) for column in asked)]
        columns += list(self._answers(columns[1], waves))
        columns += list(self._kept({column.name for column in columns}))
        frame = pl.DataFrame(columns).with_columns(
            pl.lit(self.table.name).alias("__file"),
            pl.int_range(ROW_OF_FIRST, self.table.frame.height + ROW_OF_FIRST).alias("__row"),
        )
        return tick_blanks(frame, self.questionnaire)

    def _given(self, name: str) -> pl.Series | None:
        """The column that holds `name`: as mapped, by its own name, or by its SPSS name."""
        frame = self.table.frame
        mapped = self.reading.columns.get(name)
        if mapped is not None:
            if mapped not in frame.columns:
                kind = "column_missing" if name in self.questionnaire.by_name else "option_column"
                known = tuple(frame.columns)
                self._fault(kind, row=1, column=mapped, value=mapped, known=known)
                return None
            return frame[mapped]
        for candidate in (name, self.aliases.get(name)):
            if candidate in frame.columns:
                return frame[candidate]
        return None

    def _initiative(self) -> pl.Series:
        given = self._given("initiative")
        if given is None:
            return self._constant("initiative", self.reading.initiative)
        return given.fill_null(self.reading.initiative).alias("initiative")

    def _wave(self) -> pl.Series:
        if self.source.wave is not None:
            return self._constant("wave", self.source.wave)
        given = self._given("wave")
        if given is None:
            return self._constant("wave", self.reading.wave)
        given = given.str.replace(r"^(\d+)[.,]0+$", "${1}")
        for at in given.is_null().arg_true().head(SHOWN):
            self._fault("wave_empty", row=at + ROW_OF_FIRST, column=self._name("wave"))
        return given.alias("wave")

    def _respondent(self) -> pl.Series:
        given = self._given("respondent")
        if given is None:
            return pl.Series("respondent", [None] * self.table.frame.height, dtype=pl.String())
        empty = given.is_null()
        if self.reading.keyed:
            for at in empty.arg_true().head(SHOWN):
                self._fault("key_empty", row=at + ROW_OF_FIRST, column=self._name("respondent"))
        return given.alias("respondent")

    def _check_waves(self, waves: pl.Series) -> None:
        asked = [c for c in self.questionnaire.columns if c.block.type != "text"]
        known = dict.fromkeys(
            w for c in asked for w in (*(c.block.waves or ()), *(c.item.waves or ()))
        )
        for wave in waves.drop_nulls().unique(maintain_order=True):
            if not any(column.asked_in(wave) for column in self.questionnaire.columns):
                at = int((waves == wave).arg_true()[0])
                self._fault(
                    "wave_unknown",
                    row=at + ROW_OF_FIRST,
                    column=self._name("wave"),
                    value=wave,
                    known=tuple(known),
                )

    def _answers(self, wave: pl.Series, waves: Sequence[str]) -> Iterator[pl.Series]:
        for column in self.questionnaire.columns:
            given = self._given(column.name)
            if given is None:
                if column.name not in self.reading.columns and any(
                    column.asked_in(wave) for wave in waves
                ):
                    self._fault("column_missing", row=1, column=column.name, value=column.name)
                continue
            coded = self._coded(coder(column), given).alias(column.name)
            self._check_asked(column, coded, wave, [w for w in waves if not column.asked_in(w)])
            yield coded

    def _check_asked(
        self, column: Column, coded: pl.Series, wave: pl.Series, unasked: Sequence[str]
    ) -> None:
        """A fault where an item is answered in a wave that did not ask it.

        A tick left out is no answer: many programs write 0 for what was never on the form.
        """
        if not unasked:
            return
        answered = coded.is_not_null() & wave.is_in(unasked).fill_null(False)
        if column.block.type == "multiple":
            answered &= (coded != NOT_CHOSEN).fill_null(False)
        for at in answered.arg_true():
            self._fault(
                "not_asked",
                row=at + ROW_OF_FIRST,
                column=column.name,
                value=coded[at],
                wave=wave[at],
            )

    def _coded(self, coder: Coder, given: pl.Series) -> pl.Series:
        source = given.name
        labels = self.table.labels.get(source, {})
        for code, contradiction in coder.contradictions(labels):
            self._fault(
                "label_contradicts",
                column=source,
                value=code,
                label=labels[code],
                right=contradiction,
            )
        missing = self.table.missing.get(source, frozenset())
        coded, bad = coder.read(given, labels, missing)
        if not bad.any():
            return coded
        count = int(bad.sum())
        for at in bad.arg_true().head(SHOWN):
            self._fault(
                coder.complaint,
                row=at + ROW_OF_FIRST,
                column=source,
                value=given[at],
                known=coder.known,
            )
        if count > SHOWN:
            self.faults.count += count - SHOWN
        return coded

    def _kept(self, taken: set[str]) -> Iterator[pl.Series]:
        for name in dict.fromkeys(self.reading.keep):
            if name in taken:
                continue
            if name not in self.table.frame.columns:
                known = tuple(self.table.frame.columns)
                self._fault("option_column", row=1, column=name, value=name, known=known)
                continue
            given = self.table.frame[name]
            yield self._numbers(given) if name in self.reading.numbers else given

    def _numbers(self, given: pl.Series) -> pl.Series:
        from klustermotor.formats.coding import numbers

        read = numbers(given)
        for at in read.is_null().arg_true().head(SHOWN):
            self._fault(
                "not_a_number",
                row=at + ROW_OF_FIRST,
                column=given.name,
                value=given[at] or "",
            )
        return read

    def _constant(self, name: str, value: str) -> pl.Series:
        return pl.Series(name, [value] * self.table.frame.height, dtype=pl.String())

    def _name(self, key: str) -> str:
        return self.reading.columns.get(key, key)

    def _fault(self, kind: str, **place: object) -> None:
        self.faults.add(fault(kind, self.table.name, **place))


def duplicates(frame: pl.DataFrame, faults: _Faults) -> None:
    """Adds a fault for each respondent that comes again in an initiative's wave."""
    keyed = frame.filter(pl.col("respondent").is_not_null())
    first = keyed.with_columns(
        pl.col("__row").first().over(KEYS).alias("first"),
        pl.col("__file").first().over(KEYS).alias("first_file"),
        pl.int_range(pl.len()).over(KEYS).alias("again"),
    )
    for row in first.filter(pl.col("again") > 0).iter_rows(named=True):
        same_file = row["first_file"] == row["__file"]
        faults.add(
            fault(
                "respondent_twice" if same_file else "respondent_twice_files",
                row["__file"],
                row=row["__row"],
                column="respondent",
                value=row["respondent"],
                wave=row["wave"],
                first=row["first"],
                other=row["first_file"],
            )
        )
