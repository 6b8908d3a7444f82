"""From what a cell says to the code it means.

Codes count as they are, also as ``4.0`` or ``4,0``; labels count in any language of the
questionnaire where they name one code only; numbers may have a decimal comma and blanks or dots
between thousands. Whatever is none of these stays a fault.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from klustermotor.analysis.measures import TICKED, YES_NO, scale_of
from klustermotor.analysis.questionnaire import CHOSEN, NOT_CHOSEN, Column, Questionnaire, Scale
from klustermotor.formats import proposal_words as words

NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-", "–", "#n/a", "#null!"})
"""What files write where there is no answer, in small letters."""

YES = frozenset({"yes", "ja", "y", "j", "true", "sant", "sann", "1", "x", "✓", "checked", "valt"})
NO = frozenset(
    {"no", "nej", "nei", "n", "false", "falskt", "usann", "0", "ej valt", "not selected"}
)
_WORDS = {
    YES_NO.id: dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no"),
    TICKED.id: dict.fromkeys(YES, CHOSEN) | dict.fromkeys(NO, NOT_CHOSEN),
}
_BLANKS = r"[\s\u00a0\u202f\u2009']"


@dataclass(frozen=True)
class Coder:
    """What the cells of one answer column may say."""

    kind: str
    codes: Mapping[str, str]
    """From what a cell says, in small letters, to the code."""
    labels: Mapping[str, str]
    known: tuple[str, ...]

    @property
    def complaint(self) -> str:
        """The fault of a cell that says something else."""
        return "not_a_number" if self.kind == "number" else "unknown_code"

    def read(
        self, values: pl.Series, labels: Mapping[str, str], missing: Collection[str]
    ) -> tuple[pl.Series, pl.Series]:
        """The code of each cell, null where it says nothing, and which cells say what is unknown.

        `labels` and `missing` are the file's own: labels of its codes, and its missing codes.
        """
        nothing = (NOTHING - self._own()) | (set(missing) - set(self.codes))
        if self.kind == "code":
            return self._read_codes(values, labels, nothing)
        none = values.is_null() | values.str.to_lowercase().is_in(sorted(nothing))
        given = values.set(none, None)
        if self.kind == "text":
            return given, _none_of(values)
        read = numbers(given)
        return read, read.is_null() & ~none

    def _read_codes(
        self, values: pl.Series, labels: Mapping[str, str], nothing: Collection[str]
    ) -> tuple[pl.Series, pl.Series]:
        told = values.unique().drop_nulls().to_list()
        said = [word for word in told if word.lower() not in nothing]
        meant = {word: self._meant(word, labels) for word in said}
        known = {word: code for word, code in meant.items() if code is not None}
        unknown = [word for word, code in meant.items() if code is None]
        if len(said) == len(told) and all(word == code for word, code in meant.items()):
            return values, _none_of(values)
        coded = values.replace_strict(known, default=None, return_dtype=pl.String())
        wrong = values.is_in(unknown).fill_null(False) if unknown else _none_of(values)
        return coded, wrong

    def contradictions(self, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Codes that the file calls by the label of another code, with that other code."""
        for code, label in labels.items():
            meant = self.labels.get(_plain(label))
            if code in self.known and meant is not None and meant != code:
                yield code, meant

    def _meant(self, word: str, labels: Mapping[str, str]) -> str | None:
        plain = _plain(word)
        code = self.codes.get(plain) or self.labels.get(plain)
        if code is None and (whole := plain.replace(",", ".")).endswith((".0", ".00")):
            code = self.codes.get(whole.partition(".")[0])
        if code is None and word in labels:
            code = self.labels.get(_plain(labels[word]))
        return code

    def _own(self) -> frozenset[str]:
        """Words for nothing that are codes or labels here."""
        return NOTHING & {*self.codes, *self.labels}


def coder(column: Column) -> Coder:
    """What the cells of an answer column may say."""
    if column.block.type in ("number", "text"):
        return Coder(column.block.type, {}, {}, ())
    scale = scale_of(column)
    if scale is None:
        raise ValueError(f"{column.name}: a block of type {column.block.type} without a scale")
    return Coder("code", _codes(scale, column.block.type), _labels(scale), tuple(scale.codes))


def _none_of(values: pl.Series) -> pl.Series:
    return pl.repeat(False, len(values), eager=True)


def numbers(values: pl.Series) -> pl.Series:
    """Text as numbers: decimal comma or point, thousands parted by blanks or by the other sign.

    Where both signs occur the last is the decimal sign; a sign that comes twice parts thousands.
    Null where the text is no finite number.
    """
    plain = values.str.replace_all(_BLANKS, "").str.replace("−", "-", literal=True)
    x = pl.col("x")
    comma_last = x.str.contains(r"^[^,]*,[^.,]*$")
    points_part = x.str.contains(r"^-?\d{1,3}(\.\d{3})+(,\d*)?$") & (
        (x.str.count_matches(".", literal=True) > 1) | comma_last
    )
    commas_part = x.str.contains(r"^-?\d{1,3}(,\d{3})+(\.\d*)?$") & ~comma_last | x.str.contains(
        r"^-?\d{1,3}(,\d{3})+\.\d*$"
    )
    plain_number = (
        pl.when(points_part)
        .then(x.str.replace_all(".", "", literal=True))
        .when(commas_part)
        .then(x.str.replace_all(",", "", literal=True))
        .otherwise(x)
        .str.replace(",", ".", literal=True)
        .cast(pl.Float64, strict=False)
    )
    kept = pl.when(plain_number.is_finite()).then(plain_number).alias(values.name)
    return pl.DataFrame({"x": plain}).select(kept).to_series()


def tick_blanks(frame: pl.DataFrame, questionnaire: Questionnaire) -> pl.DataFrame:
    """Unticked items of a multiple choice as not chosen, for those who ticked another of them."""
    changed = []
    for block in questionnaire.blocks:
        names = [f"{block.id}.{item.id}" for item in block.items]
        names = [name for name in names if name in frame.columns]
        if block.type == "multiple" and names:
            ticked = pl.any_horizontal(pl.col(name).eq_missing(CHOSEN) for name in names)
            changed += [
                pl.when(ticked).then(pl.col(name).fill_null(NOT_CHOSEN)).otherwise(name).alias(name)
                for name in names
            ]
    return frame.with_columns(changed)


def _codes(scale: Scale, type_: str) -> dict[str, str]:
    words = dict(_WORDS[TICKED.id] if type_ == "multiple" else {})
    if type_ == "yes_no":
        words |= _WORDS[YES_NO.id]
    return words | {_plain(code): code for code in scale.codes}


def _labels(scale: Scale) -> dict[str, str]:
    """Labels in every language that name one code only."""
    meant: dict[str, set[str]] = {}
    for code, text in scale.codes.items():
        for label in text.values():
            meant.setdefault(_plain(label), set()).add(code)
    labels = {label: next(iter(codes)) for label, codes in meant.items() if len(codes) == 1}
    return _other_wordings(scale, labels) | labels


def _other_wordings(scale: Scale, labels: Mapping[str, str]) -> dict[str, str]:
    """The customary labels said otherwise, as the proposal of a questionnaire recognises them."""
    alike = {other: labels[label] for other, label in words.ALIKE.items() if label in labels}
    unknown = labels.get(words.DONT_KNOW_LABEL[0])
    if unknown in scale.dont_know:
        alike |= {word: unknown for word in words.DONT_KNOW if unknown is not None}
    return alike


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
