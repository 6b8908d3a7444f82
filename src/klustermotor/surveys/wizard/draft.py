"""What the wizard's form shows and gives back: columns, questions and scales, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from klustermotor.analysis.questionnaire import Block, Scale
from klustermotor.formats.proposal import Doubt, Proposal, propose
from klustermotor.formats.tables import Table, read_table
from klustermotor.surveys.uploads import on_disk

LANGUAGES = ("sv", "nb", "en")
SHOWN_VALUES, LONGEST_VALUE = 4, 40
_SALT = "surveys.wizard"
Words = dict[str, str]


@dataclass
class DraftColumn:
    """A column of the file: what it is, which question it answers, and its first values."""

    name: str
    values: list[str]
    role: str
    block: str
    item: str
    side: str
    """``now`` or ``wanted`` for one half of a pair, else empty."""
    text: Words


@dataclass
class DraftBlock:
    """A question; `columns` of the draft name it."""

    id: str
    type: str
    scale: str
    indicator: str
    text: Words


@dataclass
class DraftCode:
    """A code of a scale."""

    code: str
    text: Words
    dont_know: bool
    in_share: bool


@dataclass
class DraftScale:
    """What a question is answered with."""

    id: str
    type: str
    codes: list[DraftCode]
    share: Words
    """What the named share is called; empty when there is none."""


@dataclass
class Draft:
    """A questionnaire on its way."""

    id: str
    title: Words
    columns: list[DraftColumn]
    blocks: list[DraftBlock]
    scales: list[DraftScale]
    doubts: list[list[str]]

    def doubts_in(self, language: str) -> list[str]:
        """What a person should look at, in words."""
        return [Doubt(*doubt).text(language) for doubt in self.doubts]

    def of_block(self, block: DraftBlock) -> list[tuple[int, DraftColumn]]:
        """The columns that answer a question, each with its place in the file."""
        return [(at, c) for at, c in enumerate(self.columns) if c.block == block.id]


def draft_from(upload: UploadedFile, title: str) -> Draft:
    """Read a bare file and propose. Raises InputError for what is no table."""
    with on_disk(upload, "answers.csv") as path:
        table = read_table(path)
    return draft_of(propose(table, title), propose(table, title, all_asked=True), table)


def draft_of(found: Proposal, asked: Proposal, table: Table) -> Draft:
    """The proposal as a form shows it; `asked` says what the other columns would be as questions.

    So any column can be made a question after all.
    """
    others = {name for name, role in found.roles.items() if role != "question"}
    places = {theirs: ours for ours, theirs in found.columns.items() if "." in ours}
    blocks, scales = list(found.questionnaire.blocks), dict(found.questionnaire.scales)
    for ours, theirs in asked.columns.items():
        if theirs not in others or "." not in ours:
            continue
        column = asked.questionnaire.by_name[ours]
        known, item = column.block, column.item
        id_ = _free(known.id, {block.id for block in blocks})
        scale = known.scale
        if scale is not None:
            scale = Scale(_free(scale.id, scales), scale.type, scale.codes, scale.dont_know)
            scales[scale.id] = scale
        type_ = "single" if known.type == "gap" else known.type
        blocks.append(Block(id_, type_, known.text, (item,), scale=scale))
        places[theirs] = f"{id_}.{item.id}"
    texts = {f"{b.id}.{i.id}": i.text for b in blocks for i in b.items}
    columns = [
        _column(name, role, places.get(name, ""), texts, table)
        for name, role in found.roles.items()
    ]
    return Draft(
        id=found.questionnaire.id,
        title=dict(found.questionnaire.title),
        columns=columns,
        blocks=[
            DraftBlock(b.id, b.type, b.scale.id if b.scale else "", b.indicator, dict(b.text))
            for b in blocks
        ],
        scales=[_scale(scale) for scale in scales.values()],
        doubts=[[doubt.kind, doubt.column, doubt.value] for doubt in found.doubts],
    )


def _column(
    name: str, role: str, place: str, texts: Mapping[str, Mapping[str, str]], table: Table
) -> DraftColumn:
    block, item, side = [*place.split("."), "", ""][:3]
    values = list(dict.fromkeys(table.frame[name].drop_nulls().head(200).to_list()))
    shown = [v[:LONGEST_VALUE] for v in values[:SHOWN_VALUES]] if role != "left_out" else []
    text = dict(texts.get(f"{block}.{item}", dict.fromkeys(LANGUAGES, name)))
    return DraftColumn(name, shown, role, block, item, side, text)


def _scale(scale: Scale) -> DraftScale:
    share = scale.shares[0] if scale.shares else None
    codes = [
        DraftCode(code, dict(text), code in scale.dont_know, bool(share and code in share.codes))
        for code, text in scale.codes.items()
    ]
    return DraftScale(scale.id, scale.type, codes, dict(share.text) if share else {})


def _free(wanted: str, taken: Any) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def packed(draft: Draft) -> str:
    """The draft as text that only we can have written."""
    return signing.dumps(asdict(draft), salt=_SALT, compress=True)


def unpacked(text: str) -> Draft | None:
    """The draft that `packed` wrote; None when it is none of ours, or older than a day."""
    try:
        plain = signing.loads(text, salt=_SALT, max_age=86_400)
    except signing.BadSignature:
        return None
    return Draft(
        id=plain["id"],
        title=plain["title"],
        columns=[DraftColumn(**one) for one in plain["columns"]],
        blocks=[DraftBlock(**one) for one in plain["blocks"]],
        scales=[
            DraftScale(**{**one, "codes": [DraftCode(**code) for code in one["codes"]]})
            for one in plain["scales"]
        ],
        doubts=plain["doubts"],
    )
