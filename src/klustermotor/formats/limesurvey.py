"""LimeSurvey: the questionnaire in an .lss or .lsa file, and the answers in an .lsa archive.

What LimeSurvey can ask and a `Questionnaire` cannot hold is left out and told in `notes`. Texts
lose their HTML. A response that was never submitted is no answer.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

import polars as pl

from klustermotor.analysis.questionnaire import Block, BlockType, Item, Questionnaire, Scale, Text
from klustermotor.formats.errors import fail
from klustermotor.formats.tables import MOST_BYTES, Table, check_file, too_large

LANGUAGES = ("sv", "nb", "en")
_OURS = {"sv": "sv", "nb": "nb", "no": "nb", "nn": "nb", "en": "en"}
_TYPES: Mapping[str, BlockType] = {
    **dict.fromkeys("L!OGI", "single"),
    **dict.fromkeys("FHE", "single"),
    **dict.fromkeys("5AB", "scale"),
    **dict.fromkeys("YC", "yes_no"),
    **dict.fromkeys("MP", "multiple"),
    **dict.fromkeys("NK", "number"),
    **dict.fromkeys("STUQ", "text"),
    "1": "gap",
}
_NAMES = {
    "D": "date",
    "R": "ranking",
    ";": "array of texts",
    ":": "array of numbers",
    "X": "text display",
    "*": "equation",
    "|": "file upload",
}
_WORDS: Mapping[str, Text] = {
    "Y": {"sv": "ja", "nb": "ja", "en": "yes"},
    "N": {"sv": "nej", "nb": "nei", "en": "no"},
    "U": {"sv": "osäker", "nb": "usikker", "en": "uncertain"},
    "I": {"sv": "ökar", "nb": "øker", "en": "increase"},
    "S": {"sv": "oförändrat", "nb": "uendret", "en": "same"},
    "D": {"sv": "minskar", "nb": "minsker", "en": "decrease"},
    "F": {"sv": "kvinna", "nb": "kvinne", "en": "female"},
    "M": {"sv": "man", "nb": "mann", "en": "male"},
    "-oth-": {"sv": "annat", "nb": "annet", "en": "other"},
}
_COUNTED = {"5": 5, "A": 5, "B": 10}

Row = Mapping[str, str]


@dataclass(frozen=True)
class NotCarried:
    """What of one question could not be carried over: its code, LimeSurvey's type, and why.

    `why` is one of: type, answers, condition, comments, other, scales, codes, no_mean, gap.
    """

    question: str
    type: str
    why: str


@dataclass(frozen=True)
class Survey:
    """A questionnaire out of LimeSurvey, and what could not be carried over, in sentences.

    `fields` names the answer column that each field of the responses fills; `not_carried` says
    question by question what the sentences say.
    """

    questionnaire: Questionnaire
    notes: tuple[str, ...]
    fields: Mapping[str, str]
    not_carried: tuple[NotCarried, ...] = ()


@dataclass(frozen=True)
class Archive:
    """A survey with its answers, as a table under our column names."""

    survey: Survey
    answers: Table
    notes: tuple[str, ...]


def read_survey(path: Path | str) -> Survey:
    """The questionnaire in an .lss file or in the .lss of an .lsa archive. Raises InputError."""
    path = Path(path)
    check_file(path)
    if path.suffix.lower() == ".lsa":
        with _opened(path) as archive, archive.open(_member(archive, path, ".lss")) as file:
            return _survey(_sections(file, path), path.name)
    with path.open("rb") as file:
        return _survey(_sections(file, path), path.name)


def read_archive(path: Path | str) -> Archive:
    """Questionnaire and submitted answers of an .lsa archive. Raises InputError."""
    path = Path(path)
    check_file(path)
    survey = read_survey(path)
    with _opened(path) as archive, archive.open(_member(archive, path, ".lsr")) as file:
        rows = _sections(file, path).get("responses", [])
    submitted = [row for row in rows if row.get("submitdate")]
    notes = list(survey.notes)
    if left_out := len(rows) - len(submitted):
        notes.append(f"{path.name}: {left_out} of {len(rows)} responses were never submitted")
    if not submitted:
        raise fail("no_rows", path.name)
    columns = {
        column: pl.Series([_clean(row.get(field)) for row in submitted], dtype=pl.String())
        for field, column in survey.fields.items()
    }
    tokens = [row.get("token") or None for row in submitted]
    if any(tokens):
        columns["respondent"] = pl.Series(tokens, dtype=pl.String())
    return Archive(survey, Table(path.name, pl.DataFrame(columns)), tuple(notes))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise fail("bad_archive", path.name, reason="not a zip file") from error
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST_BYTES:
        archive.close()
        raise too_large(path, size)
    return archive


def _member(archive: zipfile.ZipFile, path: Path, suffix: str) -> str:
    for name in archive.namelist():
        if name.endswith(suffix):
            return name
    raise fail("bad_archive", path.name, reason=f"no {suffix} inside")


def _sections(file: IO[bytes], path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table in a LimeSurvey document, as field: text."""
    found: dict[str, list[dict[str, str]]] = {}
    try:
        root = ElementTree.parse(file).getroot()
    except ElementTree.ParseError as error:
        raise fail("bad_archive", path.name, reason=f"broken XML: {error}") from error
    if root.findtext("LimeSurveyDocType") is None:
        raise fail("bad_archive", path.name, reason="no LimeSurveyDocType")
    for section in root:
        rows = section.find("rows")
        if rows is not None:
            # Field names that start with a digit get an underscore in XML.
            found[section.tag] = [
                {cell.tag.removeprefix("_"): cell.text or "" for cell in row} for row in rows
            ]
    return found


class _Reader:
    """One survey on its way to a questionnaire."""

    def __init__(self, sections: Mapping[str, list[dict[str, str]]], name: str) -> None:
        self.sections, self.name = sections, name
        self.notes: list[str] = []
        self.not_carried: list[NotCarried] = []
        self.scales: dict[str, Scale] = {}
        self.fields: dict[str, str] = {}
        settings = sections.get("surveys_languagesettings", [])
        self.titles = {row.get("surveyls_language", ""): row for row in settings}
        self.spoken = list(self.titles) or ["en"]
        foreign = [lang for lang in self.spoken if _ours(lang) is None]
        if foreign:
            self.note(f"texts in {', '.join(foreign)} stand as they are in every language")

    def note(self, text: str) -> None:
        self.notes.append(f"{self.name}: {text}")

    def leave(self, question: Mapping[str, str], why: str, text: str) -> None:
        """Tell what of a question does not come along."""
        title, kind = question.get("title", question["qid"]), question.get("type", "")
        self.not_carried.append(NotCarried(title, kind, why))
        self.note(f"question {title}{text}")

    def survey(self) -> Survey:
        blocks = []
        for question in self._questions():
            block = self._block(question)
            if block is not None:
                blocks.append(block)
        if not blocks:
            raise fail("bad_archive", self.name, reason="no question that can be carried over")
        title = {lang: row.get("surveyls_title", "") for lang, row in self.titles.items()}
        id_ = next((row.get("sid", "") for row in self.sections.get("surveys", [])), "")
        questionnaire = Questionnaire(
            id=f"limesurvey-{id_}".rstrip("-"),
            title=self._text(title, self.name),
            blocks=tuple(blocks),
            scales=self.scales,
        )
        return Survey(questionnaire, tuple(self.notes), self.fields, tuple(self.not_carried))

    def _questions(self) -> list[dict[str, str]]:
        """Each main question once, in the order they are asked."""
        groups = {g["gid"]: int(g.get("group_order") or 0) for g in self.sections.get("groups", [])}
        once: dict[str, dict[str, str]] = {}
        for row in self.sections.get("questions", []):
            if row.get("parent_qid", "0") in ("0", ""):
                once.setdefault(row["qid"], row)
        return sorted(
            once.values(),
            key=lambda q: (groups.get(q["gid"], 0), int(q.get("question_order") or 0)),
        )

    def _block(self, question: dict[str, str]) -> Block | None:
        kind, title = question.get("type", ""), question.get("title", question["qid"])
        type_ = _TYPES.get(kind)
        if type_ is None:
            self.leave(question, "type", f" ({_NAMES.get(kind, kind)}) was left out")
            return None
        scale = self._scale(question, type_)
        if type_ == "single" and scale is not None and scale.type == "ordinal":
            type_ = "scale"
        if scale is None and type_ in ("single", "scale", "gap"):
            if not any(n.question == title for n in self.not_carried):
                few = " has fewer than two answers to choose from and was left out"
                self.leave(question, "answers", few)
            return None
        items = self._items(question)
        block = Block(
            id=_id(title),
            type=type_,
            text=self._texts(question, "question", title),
            items=tuple(Item(_id(code), text) for code, text in items.items()),
            scale=scale,
        )
        self._remark(question, kind)
        self._name_fields(question, block, list(items), type_)
        return block

    def _remark(self, question: dict[str, str], kind: str) -> None:
        if question.get("relevance", "1") not in ("", "1"):
            condition = f": its condition was left out ({question['relevance']})"
            self.leave(question, "condition", condition)
        if kind in "OP":
            self.leave(question, "comments", ": comments were left out")
        if question.get("other") == "Y":
            self.leave(question, "other", ": the text of 'other' was left out")

    def _items(self, question: dict[str, str]) -> dict[str, Text]:
        """Code and text of each line of the question; the question itself when it has none."""
        rows = [
            row
            for name in ("subquestions", "questions")
            for row in self.sections.get(name, [])
            if row.get("parent_qid") == question["qid"] and row.get("scale_id", "0") in ("", "0")
        ]
        found: dict[str, Text] = {}
        for row in sorted(rows, key=lambda r: int(r.get("question_order") or 0)):
            if row["title"] not in found:
                found[row["title"]] = self._texts(row, "question", row["title"])
        title = question.get("title", question["qid"])
        return found or {"answer": self._texts(question, "question", title)}

    def _name_fields(
        self, question: dict[str, str], block: Block, codes: list[str], type_: BlockType
    ) -> None:
        stem = f"{question['sid']}X{question['gid']}X{question['qid']}"
        alone = codes == ["answer"]
        for code, item in zip(codes, block.items, strict=True):
            field = stem if alone else f"{stem}{code}"
            if type_ == "gap":
                # The database says #0 and #1; XML, where # cannot be, says -0 and -1.
                self.fields[f"{field}-0"] = f"{block.id}.{item.id}.now"
                self.fields[f"{field}-1"] = f"{block.id}.{item.id}.wanted"
            else:
                self.fields[field] = f"{block.id}.{item.id}"

    def _scale(self, question: dict[str, str], type_: BlockType) -> Scale | None:
        kind, title = question.get("type", ""), question.get("title", question["qid"])
        id_ = _id(title)
        if kind in _COUNTED:
            numbers = [str(n + 1) for n in range(_COUNTED[kind])]
            return self._keep(Scale(id_, "ordinal", {n: _all(n) for n in numbers}))
        if kind == "C":
            codes = {"yes": _WORDS["Y"], "no": _WORDS["N"], "U": _WORDS["U"]}
            return self._keep(Scale(id_, "nominal", codes, dont_know=("U",)))
        if kind in "EG":
            return self._keep(
                Scale(
                    id_,
                    "nominal",
                    {code: _WORDS[code] for code in ("ISD" if kind == "E" else "FM")},
                )
            )
        if type_ in ("single", "gap"):
            return self._answers(question, id_)
        return None

    def _answers(self, question: dict[str, str], id_: str) -> Scale | None:
        rows = [r for r in self.sections.get("answers", []) if r.get("qid") == question["qid"]]
        first = [r for r in rows if r.get("scale_id", "0") in ("", "0")]
        codes: dict[str, Text] = {}
        for row in sorted(first, key=lambda r: int(r.get("sortorder") or 0)):
            if row["code"] not in codes:
                codes[row["code"]] = self._texts(row, "answer", row["code"])
        if question.get("type") == "1":
            second = {r["code"] for r in rows if r.get("scale_id") == "1"}
            if second != set(codes):
                self.leave(question, "scales", ": its two scales differ and it was left out")
                return None
            self.leave(question, "gap", ": first scale taken as now, second as wanted")
        if len(codes) < 2:
            return None
        numeric = all(re.fullmatch(r"\d+", code) for code in codes)
        ordinal = question.get("type") in ("F", "H", "1") and numeric
        if question.get("type") == "1" and not ordinal:
            self.leave(question, "codes", ": its codes are no numbers and it was left out")
            return None
        if question.get("type") in ("F", "H") and not ordinal:
            self.leave(
                question, "no_mean", ": its codes are no numbers, so it has shares but no mean"
            )
        if question.get("other") == "Y":
            codes["-oth-"] = _WORDS["-oth-"]
        return self._keep(Scale(id_, "ordinal" if ordinal else "nominal", codes))

    def _keep(self, scale: Scale) -> Scale:
        for known in self.scales.values():
            if replace(known, id=scale.id) == scale:
                return known
        self.scales[scale.id] = scale
        return scale

    def _texts(self, row: Mapping[str, str], field: str, default: str) -> Text:
        """A row's text in every language: beside it, or in the table of translations."""
        if row.get("language"):
            same = [
                other
                for name in ("questions", "subquestions", "answers")
                for other in self.sections.get(name, [])
                if _key(other) == _key(row)
            ]
            return self._text({r["language"]: r.get(field, "") for r in same}, default)
        table, key = ("question_l10ns", "qid") if field == "question" else ("answer_l10ns", "aid")
        found = {
            other.get("language", ""): other.get(field, "")
            for other in self.sections.get(table, [])
            if other.get(key) == row.get(key)
        }
        return self._text(found, default)

    def _text(self, given: Mapping[str, str], default: str) -> Text:
        plain = {lang: _plain(text) for lang, text in given.items()}
        ours = {_ours(lang): text for lang, text in plain.items() if text and _ours(lang)}
        fallback = next((plain[lang] for lang in self.spoken if plain.get(lang)), default)
        return {lang: ours.get(lang) or fallback for lang in LANGUAGES}


def _survey(sections: Mapping[str, list[dict[str, str]]], name: str) -> Survey:
    reader = _Reader(sections, name)
    survey = reader.survey()
    twice = [id_ for id_, n in Counter(b.id for b in survey.questionnaire.blocks).items() if n > 1]
    if twice:
        raise fail("bad_archive", name, reason=f"question code {twice[0]} twice")
    return survey


def _key(row: Row) -> tuple[str | None, ...]:
    return tuple(row.get(name) for name in ("qid", "parent_qid", "code", "scale_id", "title"))


def _ours(language: str) -> str | None:
    return _OURS.get(language.partition("-")[0].lower())


def _plain(text: str) -> str:
    """Text without HTML and without expressions in braces."""
    bare = re.sub(r"<[^>]*>", " ", re.sub(r"\{[^{}]*\}", " ", text))
    return " ".join(unescape(bare).split())


def _id(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", code)


def _all(text: str) -> Text:
    return dict.fromkeys(LANGUAGES, text)


def _clean(value: str | None) -> str | None:
    """A response as text: numbers without LimeSurvey's ten decimals, nothing as null."""
    if value is None or not value.strip():
        return None
    stripped = value.strip()
    if re.fullmatch(r"-?\d+\.\d{10}", stripped):
        return stripped.rstrip("0").rstrip(".")
    return stripped
