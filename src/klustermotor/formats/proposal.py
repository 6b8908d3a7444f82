"""A questionnaire proposed from a file that has none, with what a person should look at.

Every proposal can be changed; nothing is decided that the columns do not show.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from klustermotor.analysis.questionnaire import (
    Block,
    BlockType,
    Item,
    NamedShare,
    Questionnaire,
    Scale,
    Text,
)
from klustermotor.formats import proposal_words as words
from klustermotor.formats.coding import NOTHING, numbers
from klustermotor.formats.tables import Table

Role = Literal["question", "wave", "respondent", "initiative", "background", "left_out"]
LANGUAGES = ("sv", "nb", "en")
MOST_CHOICES = 12
_YEAR = re.compile(r"(19|20)\d\d")
_GRID = re.compile(r"^(?P<stem>.+?)\s*[\[(](?P<item>[^\])]+)[\])]\s*$")
_NUMBERED = re.compile(r"^(?P<stem>[A-Za-zÅÄÖÆØåäöæø]+\d*)(?:[_.\-]| ?#)(?P<item>\d+|[a-z])$")
_SAID = re.compile(r"^(?P<stem>.+?)\s*[:–—]\s+(?P<item>.+)$")


@dataclass(frozen=True)
class Doubt:
    """Something that a person should confirm; `kind` is a key of `DOUBTS`."""

    kind: str
    column: str
    value: str = ""

    def text(self, language: str) -> str:
        return DOUBTS[self.kind][language].format(column=self.column, value=self.value)


@dataclass(frozen=True)
class Proposal:
    """A questionnaire, what its answer columns are called in the file (ours: theirs, as a mapping
    file says it), each column's role, and doubts for a person."""

    questionnaire: Questionnaire
    columns: Mapping[str, str]
    roles: Mapping[str, Role]
    doubts: tuple[Doubt, ...] = ()


DOUBTS: Mapping[str, Text] = {
    "dont_know": {
        "sv": "Betyder {value} ”vet ej” i kolumnen {column}?",
        "nb": "Betyr {value} «vet ikke» i kolonnen {column}?",
        "en": "Does {value} mean “don't know” in the column {column}?",
    },
    "scale_names": {
        "sv": "Vad heter koderna {value} i kolumnen {column}?",
        "nb": "Hva heter kodene {value} i kolonnen {column}?",
        "en": "What are the codes {value} in the column {column} called?",
    },
    "order": {
        "sv": "Har svaren i kolumnen {column} en ordning, från minst till mest?",
        "nb": "Har svarene i kolonnen {column} en rekkefølge, fra minst til mest?",
        "en": "Do the answers in the column {column} have an order, from least to most?",
    },
    "pair": {
        "sv": "Är {column} och {value} nuläge och önskat läge för samma sak?",
        "nb": "Er {column} og {value} nåsituasjon og ønsket situasjon for det samme?",
        "en": "Are {column} and {value} the same thing now and as wanted?",
    },
    "wave": {
        "sv": "Ingen kolumn säger vilken mätning svaren hör till. Vilken är det?",
        "nb": "Ingen kolonne sier hvilken måling svarene hører til. Hvilken er det?",
        "en": "No column says which wave the answers belong to. Which is it?",
    },
    "respondent": {
        "sv": "Är {column} samma företag i varje mätning, så att svaren kan följas?",
        "nb": "Er {column} samme bedrift i hver måling, slik at svarene kan følges?",
        "en": "Is {column} the same company in every wave, so that answers can be followed?",
    },
    "personal": {
        "sv": "Kolumnen {column} kan vara personuppgifter och har lämnats utanför.",
        "nb": "Kolonnen {column} kan være personopplysninger og er utelatt.",
        "en": "The column {column} may hold personal data and was left out.",
    },
    "empty": {
        "sv": "Kolumnen {column} är tom och har lämnats utanför.",
        "nb": "Kolonnen {column} er tom og er utelatt.",
        "en": "The column {column} is empty and was left out.",
    },
}


@dataclass(frozen=True)
class _Read:
    """How one column reads: the type of its question, its scale, and doubts about it."""

    column: str
    type: BlockType
    scale: Scale | None = None
    doubts: tuple[Doubt, ...] = field(default=())


def propose(table: Table, title: str = "", *, all_asked: bool = False) -> Proposal:
    """A questionnaire for the columns of a table; with `all_asked` each that has values is a
    question, whatever its heading.

    Recognised are waves, respondents, background, yes and no, ticks, Likert wordings in sv, nb
    and en, numbered scales, numbers, choices, free text, "don't know", and pairs of now and wanted.
    """
    roles: dict[str, Role] = {
        column: "question" if all_asked and _given(table, column) else _role(table, column)
        for column in table.frame.columns
    }
    doubts = list(_doubts_of_roles(table, roles))
    asked = [column for column, role in roles.items() if role == "question"]
    reader = _Reader(table, asked)
    reads = [reader.read(column) for column in asked]
    doubts += [doubt for read in reads for doubt in read.doubts]
    builder = _Builder(table)
    for group in _groups(_paired(table, reads)):
        builder.add(group)
    doubts += builder.doubts
    questionnaire = Questionnaire(
        id=slug(title or table.name.rpartition(".")[0]) or "survey",
        title=_all(title or table.name),
        blocks=tuple(builder.blocks),
        scales={scale.id: scale for scale in builder.scales},
    )
    named: dict[Role, str] = {
        "wave": "wave",
        "respondent": "respondent",
        "initiative": "initiative",
    }
    keys = {named[role]: column for column, role in roles.items() if role in named}
    return Proposal(questionnaire, {**keys, **builder.columns}, roles, _once(doubts))


def slug(text: str) -> str:
    """Text as an id: small letters a–z and digits, parted by hyphens, at most 40."""
    folded = text.lower().translate(str.maketrans("åäöæøéü", "aaoaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40].strip("-")


def _role(table: Table, column: str) -> Role:
    name, given = _plain(column), _given(table, column)
    different = len(set(given))
    personal = name in words.PERSONAL or any("@" in value for value in given[:20])
    tests: tuple[tuple[Role, bool], ...] = (
        ("left_out", not given or personal or name in words.TECHNICAL),
        ("initiative", name in words.INITIATIVES),
        ("wave", name in words.WAVES and different <= 20),
        ("respondent", name in words.KEYS),
        ("background", name in words.BACKGROUND and different <= 40),
    )
    return next((role for role, holds in tests if holds), "question")


def _doubts_of_roles(table: Table, roles: Mapping[str, Role]) -> Iterator[Doubt]:
    for column, role in roles.items():
        if role == "left_out" and _plain(column) not in words.TECHNICAL:
            yield Doubt("personal" if _given(table, column) else "empty", column)
        if role == "respondent":
            yield Doubt("respondent", column)
    if "wave" not in roles.values():
        yield Doubt("wave", "")


class _Reader:
    """Reads columns one by one; whole numbers of columns that belong together as one range."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self.table = table
        self._pools: dict[str, set[int]] = {}
        for column in columns:
            pool = self._pools.setdefault(self._kin(column), set())
            pool |= {
                int(float(v.replace(",", "."))) for v in self._distinct(column) if _is_whole(v)
            }

    def read(self, column: str) -> _Read:
        """The first reading that fits."""
        recognisers = (
            self._labels, self._yes_no, self._ticks, self._likert, self._scale, self._number,
            self._choices,
        )  # fmt: skip
        found = (recognise(column) for recognise in recognisers)
        return next((read for read in found if read is not None), _Read(column, "text"))

    def _distinct(self, column: str) -> list[str]:
        return list(dict.fromkeys(_plain(value) for value in _given(self.table, column)))

    def _substantive(self, column: str) -> list[str]:
        return [value for value in self._distinct(column) if value not in words.DONT_KNOW]

    def _kin(self, column: str) -> str:
        """What columns share that are answered alike: a pair, or the stem of their headings."""
        side, rest = _side(column)
        return "pairs" if side else _parted(self.table, rest)[0]

    def _labels(self, column: str) -> _Read | None:
        labels = self.table.labels.get(column)
        known = set(labels or ()) | self.table.missing.get(column, frozenset())
        if not labels or not set(_given(self.table, column)) <= known:
            return None
        return _labelled(self.table, column, labels)

    def _yes_no(self, column: str) -> _Read | None:
        rest = self._substantive(column)
        if not rest or not set(rest) <= words.YES_WORDS | words.NO_WORDS:
            return None
        return _Read(
            column, "yes_no", _yes_no() if len(rest) < len(self._distinct(column)) else None
        )

    def _ticks(self, column: str) -> _Read | None:
        said = set(self._distinct(column))
        ticks = said <= words.TICKS | words.BLANK_TICKS and bool(said & words.TICKS)
        return _Read(column, "multiple") if ticks else None

    def _likert(self, column: str) -> _Read | None:
        rest = self._substantive(column)
        scale = _likert(rest, len(rest) < len(self._distinct(column)))
        return _Read(column, "scale", scale) if scale is not None else None

    def _scale(self, column: str) -> _Read | None:
        if not all(_is_whole(value) for value in self._distinct(column)):
            return None
        return _whole_numbers(column, sorted(self._pools[self._kin(column)]))

    def _number(self, column: str) -> _Read | None:
        given = self.table.frame[column].drop_nulls()
        given = given.filter(~given.str.to_lowercase().is_in(sorted(NOTHING)))
        return _Read(column, "number") if numbers(given).is_not_null().all() else None

    def _choices(self, column: str) -> _Read | None:
        given = _given(self.table, column)
        texts = list(dict.fromkeys(given))
        if len(texts) > MOST_CHOICES or len(given) < 2 * len(texts):
            return None
        dont_know = [text for text in texts if _plain(text) in words.DONT_KNOW]
        codes: dict[str, Text] = {}
        for at, text in enumerate(texts):
            code = slug(text)
            codes[code if code and code not in codes else f"c{at}"] = _all(text)
        named = tuple(code for code, text in codes.items() if text["sv"] in dont_know)
        return _Read(
            column, "single", Scale("choices", "nominal", codes, named), (Doubt("order", column),)
        )


def _labelled(table: Table, column: str, labels: Mapping[str, str]) -> _Read:
    """A column whose codes the file names."""
    missing = set(table.missing.get(column, ()))
    dont_know = tuple(
        code
        for code, label in labels.items()
        if code in missing or _plain(label) in words.DONT_KNOW
    )
    likert = _likert([_plain(v) for c, v in labels.items() if c not in dont_know], False)
    numeric = all(_is_whole(code) for code in labels)
    ordinal = likert is not None and numeric
    codes = {code: _all(label) for code, label in labels.items()}
    scale = Scale("labels", "ordinal" if ordinal else "nominal", codes, dont_know)
    doubts = () if ordinal or len(labels) <= 2 else (Doubt("order", column),)
    return _Read(column, "scale" if ordinal else "single", scale, doubts)


def _likert(distinct: Sequence[str], dont_know: bool) -> Scale | None:
    """The known scale that all labels belong to, with its labels in every language."""
    said = {words.ALIKE.get(label, label) for label in distinct}
    for id_, labels in words.SCALES.items():
        known = {form for label in labels for form in label}
        if len(said) >= 2 and said <= known:
            codes = [(str(i), _text(label)) for i, label in enumerate(labels, 1)]
            shares = (NamedShare("high", ("4", "5"), _high(labels)),)
            return replace(_scale(id_, "ordinal", codes, dont_know=dont_know), shares=shares)
    return None


def _whole_numbers(column: str, values: Sequence[int]) -> _Read | None:
    """At least three whole numbers from 0 to 10 are a scale; a customary code for don't know that
    stands apart from the rest is one. Otherwise they count something."""
    apart = [v for v in values if str(v) in words.DONT_KNOW_CODES]
    inside = [v for v in values if v not in apart]
    if inside and apart and inside[-1] < apart[0] <= inside[-1] + 1:
        inside, apart = [*inside, *apart], []
    if len(inside) < 3 or inside[0] < 0 or inside[-1] > 10:
        return None
    first = min(inside[0], 1)
    codes = {str(v): _all(str(v)) for v in range(first, inside[-1] + 1)}
    codes |= {str(v): _text(words.DONT_KNOW_LABEL) for v in apart}
    scale = Scale("numbers", "ordinal", codes, tuple(str(v) for v in apart))
    doubts = [Doubt("scale_names", column, f"{first}–{inside[-1]}")]
    doubts += [Doubt("dont_know", column, str(v)) for v in apart]
    return _Read(column, "scale", scale, tuple(doubts))


@dataclass(frozen=True)
class _Question:
    """A column, or a pair of now and wanted, with what parts its heading into block and item."""

    stem: str
    item: str
    read: _Read
    wanted: str = ""


def _paired(table: Table, reads: Sequence[_Read]) -> list[_Question]:
    """Columns whose headings differ only by now and wanted become one question."""
    sides: dict[tuple[str, str], _Read] = {}
    for read in reads:
        side, rest = _side(read.column)
        if side and read.type == "scale":
            sides.setdefault((side, rest), read)
    found = []
    for read in reads:
        side, rest = _side(read.column)
        now, wanted = sides.get(("now", rest)), sides.get(("wanted", rest))
        if side and now is not None and wanted is not None and read in (now, wanted):
            if read is now:
                stem, item = _parted(table, rest)
                found.append(_Question(stem, item, replace(now, type="gap"), wanted.column))
            continue
        stem, item = _parted(table, read.column)
        found.append(_Question(stem, item, read))
    shared = Counter(question.stem for question in found)
    return [q if shared[q.stem] > 1 else _whole(table, q) for q in found]


def _whole(table: Table, question: _Question) -> _Question:
    """A question whose stem no other has: its heading stays whole."""
    heading = table.titles.get(question.read.column, question.read.column)
    if question.wanted:
        heading = f"{question.stem}: {question.item}" if question.item else question.stem
    return replace(question, stem=heading, item="")


def _side(column: str) -> tuple[str, str]:
    """``now``, ``wanted`` or nothing, and the heading without that word."""
    plain = " ".join(column.split())
    for side, names in (("now", words.NOW), ("wanted", words.WANTED)):
        for name in sorted(names, key=len, reverse=True):
            for pattern in (rf"[\s._\-–(\[:]+{name}[)\]]?$", rf"^{name}[\s._\-–:]+"):
                rest = re.sub(pattern, "", plain, flags=re.IGNORECASE).strip()
                if rest != plain:
                    return side, rest
    return "", plain


def _parted(table: Table, column: str) -> tuple[str, str]:
    """The heading as a block's text and an item's: ``Q [item]``, ``Q: item``, ``q7_1``."""
    heading = table.titles.get(column, column)
    for pattern in (_GRID, _SAID, _NUMBERED):
        match = pattern.match(heading)
        if match:
            return match["stem"].strip(), match["item"].strip()
    return heading, ""


def _groups(questions: Sequence[_Question]) -> list[list[_Question]]:
    """Neighbours with the same stem, type and scale belong to one block."""
    groups: list[list[_Question]] = []
    for question in questions:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and question.item
            and last.stem == question.stem
            and last.read.type == question.read.type
            and _fits(last.read.scale, question.read.scale)
        ):
            groups[-1].append(question)
        else:
            groups.append([question])
    return groups


def _fits(one: Scale | None, other: Scale | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.id == other.id and (one.id != "choices" or one.codes == other.codes)


class _Builder:
    """Collects blocks, scales and column names under ids that are used once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.blocks: list[Block] = []
        self.scales: list[Scale] = []
        self.columns: dict[str, str] = {}
        self.doubts: list[Doubt] = []
        self._taken: set[str] = set()

    def add(self, group: Sequence[_Question]) -> None:
        first = group[0]
        scale = self._scale([q.read.scale for q in group if q.read.scale is not None])
        id_ = self._unique(slug(first.stem) or "question", self._taken)
        taken: set[str] = set()
        items = []
        for question in group:
            item_id = self._unique(slug(question.item or question.stem) or "item", taken)
            items.append(Item(item_id, _all(question.item or question.stem)))
            name = f"{id_}.{item_id}"
            if question.wanted:
                self.columns[f"{name}.now"] = question.read.column
                self.columns[f"{name}.wanted"] = question.wanted
                self.doubts.append(Doubt("pair", question.read.column, question.wanted))
            else:
                self.columns[name] = question.read.column
        self.blocks.append(Block(id_, first.read.type, _all(first.stem), tuple(items), scale=scale))

    def _scale(self, scales: Sequence[Scale]) -> Scale | None:
        """One scale for all columns of a block: the widest of theirs."""
        if not scales:
            return None
        codes: dict[str, Text] = {}
        for scale in scales:
            codes |= {code: text for code, text in scale.codes.items() if code not in codes}
        dont_know = tuple(dict.fromkeys(c for scale in scales for c in scale.dont_know))
        if scales[0].id == "numbers":
            codes = dict(sorted(codes.items(), key=lambda code: int(code[0])))
        merged = replace(scales[0], codes=codes, dont_know=dont_know)
        for known in self.scales:
            if replace(known, id=merged.id) == merged:
                return known
        taken = {scale.id for scale in self.scales}
        merged = replace(merged, id=self._unique(merged.id, taken))
        self.scales.append(merged)
        return merged

    @staticmethod
    def _unique(wanted: str, taken: set[str]) -> str:
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        return name


def _given(table: Table, column: str) -> list[str]:
    return [v for v in table.frame[column].drop_nulls() if v.lower() not in NOTHING]


def _yes_no() -> Scale:
    codes = [("yes", ("ja", "ja", "yes")), ("no", ("nej", "nei", "no"))]
    return _scale("yes-no", "nominal", [(c, _text(label)) for c, label in codes], dont_know=True)


def _scale(
    id_: str,
    type_: Literal["ordinal", "nominal"],
    codes: Sequence[tuple[str, Text]],
    dont_know: bool = False,
) -> Scale:
    extra = {"9": _text(words.DONT_KNOW_LABEL)} if dont_know else {}
    return Scale(id_, type_, {**dict(codes), **extra}, tuple(extra))


def _high(labels: Sequence[tuple[str, str, str]]) -> Text:
    ends = ("eller mer", "eller mer", "or more")
    return {lang: f"{labels[3][i]} {ends[i]}" for i, lang in enumerate(LANGUAGES)}


def _text(label: tuple[str, str, str]) -> Text:
    return dict(zip(LANGUAGES, label, strict=True))


def _all(text: str) -> Text:
    return dict.fromkeys(LANGUAGES, text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_whole(value: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}([.,]0+)?", value) is not None


def _once(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubts))
