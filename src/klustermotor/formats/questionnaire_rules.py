"""What must agree within a questionnaire and a schema cannot say.

Works on the plain YAML values, already valid by the schema, so that every fault has its line.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from klustermotor.analysis.conditions import ConditionError, comparisons, parse_condition
from klustermotor.analysis.questionnaire import ASPECTS, CHOSEN, NOT_CHOSEN
from klustermotor.formats.errors import Fault, fault
from klustermotor.formats.yaml_lines import Path, Placed

NEEDS_SCALE = frozenset({"single", "scale", "gap"})
WITHOUT_SCALE = frozenset({"multiple", "number", "text"})
HAS_MEANS = frozenset({"scale", "gap"})
TEXTS = frozenset(
    {"title", "text", "statement", "heading", "topic", "item_topic", "item_statement"}
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
Plain = Mapping[str, Any]


def check(placed: Placed, plain: Plain) -> Iterator[Fault]:
    """Every disagreement within a questionnaire that the schema let through."""
    rules = _Rules(placed, plain)
    yield from rules.languages(placed.value, ())
    for id_, scale in rules.scales.items():
        yield from rules.scale(id_, scale)
    yield from rules.ids(plain["blocks"], ("blocks",))
    for at, block in enumerate(plain["blocks"]):
        yield from rules.block(block, ("blocks", at))


class _Rules:
    def __init__(self, placed: Placed, plain: Plain) -> None:
        self.placed = placed
        self.blocks: list[Plain] = plain["blocks"]
        self.scales: Plain = plain.get("scales") or {}
        self.spoken = tuple(plain["title"])

    def fault(self, kind: str, path: Path, **details: object) -> Fault:
        where = ".".join(str(p + 1) if isinstance(p, int) else p for p in path)
        line = self.placed.line(path)
        return fault(kind, self.placed.name, line=line, column=where, **details)

    def languages(self, value: object, path: Path) -> Iterator[Fault]:
        """Every `title` and `text`, and every label of a code, in all languages of the title."""
        if isinstance(value, list):
            for i, child in enumerate(value):
                yield from self.languages(child, (*path, i))
        elif isinstance(value, dict):
            for key, child in value.items():
                is_label = len(path) == 3 and path[0] == "scales" and path[2] == "codes"
                if (key in TEXTS or is_label) and isinstance(child, dict):
                    missing = [lang for lang in self.spoken if lang not in child]
                    if missing:
                        yield self.fault("missing_language", (*path, key), missing=missing)
                else:
                    yield from self.languages(child, (*path, key))

    def scale(self, id_: str, scale: Plain) -> Iterator[Fault]:
        path: Path = ("scales", id_)
        dont_know = scale.get("dont_know", ())
        answers = [code for code in scale["codes"] if code not in dont_know]
        if len(answers) < 2:
            yield self.fault("only_dont_know", (*path, "codes"))
        if scale["type"] == "ordinal":
            for code in answers:
                if not _NUMBER.fullmatch(code):
                    yield self.fault("code_not_number", (*path, "codes", code), value=code)
        for share_id, share in scale.get("shares", {}).items():
            if share_id in scale["codes"]:
                first = self.placed.line((*path, "codes", share_id))
                yield self.fault(
                    "duplicate_id", (*path, "shares", share_id), value=share_id, first=first
                )
            for code in share["codes"]:
                if code not in answers:
                    yield self.fault(
                        "code_outside_scale",
                        (*path, "shares", share_id, "codes"),
                        value=code,
                        scale=id_,
                        known=answers,
                    )

    def ids(self, entries: list[Plain], path: Path) -> Iterator[Fault]:
        """Each id once among `entries`."""
        seen: dict[str, int] = {}
        for at, entry in enumerate(entries):
            line = self.placed.line((*path, at, "id"))
            if entry["id"] in seen:
                first = seen[entry["id"]]
                yield self.fault("duplicate_id", (*path, at, "id"), value=entry["id"], first=first)
            seen.setdefault(entry["id"], line)

    def block(self, block: Plain, path: Path) -> Iterator[Fault]:
        yield from self.ids(block["items"], (*path, "items"))
        yield from self._scale_of(block, path)
        if "delivers" in block:
            yield from self._delivers(block, (*path, "delivers"))
        for at, item in enumerate(block["items"]):
            if "delivers" in item:
                yield from self._item_delivers(item, (*path, "items", at, "delivers"))
        if "ask_if" in block:
            yield from self._ask_if(block, path)

    def _scale_of(self, block: Plain, path: Path) -> Iterator[Fault]:
        type_, id_ = block["type"], block.get("scale")
        known = tuple(self.scales)
        if id_ is None:
            if type_ in NEEDS_SCALE:
                yield self.fault("scale_needed", path, type=type_, known=known)
            return
        place = (*path, "scale")
        if type_ in WITHOUT_SCALE:
            yield self.fault("scale_unwanted", place, value=id_, type=type_)
        elif id_ not in self.scales:
            yield self.fault("unknown_scale", place, value=id_, known=known)
        elif type_ in HAS_MEANS and self.scales[id_]["type"] != "ordinal":
            yield self.fault("scale_not_ordinal", place, value=id_, type=type_)
        elif type_ == "yes_no" and not {"yes", "no"} <= set(self.scales[id_]["codes"]):
            yield self.fault("scale_not_yes_no", place, value=id_)

    def _delivers(self, block: Plain, path: Path) -> Iterator[Fault]:
        target = block["delivers"]
        others = {b["id"]: {item["id"] for item in b["items"]} for b in self.blocks}
        others.pop(block["id"], None)
        if target in others:
            if not others[target] & {item["id"] for item in block["items"]}:
                yield self.fault("delivers_no_pair", path, value=target)
            return
        if target not in self._items():
            yield self._nowhere(target, path)

    def _item_delivers(self, item: Plain, path: Path) -> Iterator[Fault]:
        if item["delivers"] not in self._items():
            yield self._nowhere(item["delivers"], path)

    def _nowhere(self, target: str, path: Path) -> Fault:
        block = target.partition(".")[0]
        same = [name for name in self._items() if name.startswith(f"{block}.")]
        known = same or [block["id"] for block in self.blocks]
        return self.fault("delivers_nowhere", path, value=target, known=known)

    def _items(self) -> list[str]:
        return [f"{block['id']}.{item['id']}" for block in self.blocks for item in block["items"]]

    def _ask_if(self, block: Plain, path: Path) -> Iterator[Fault]:
        place = (*path, "ask_if")
        try:
            condition = parse_condition(block["ask_if"])
        except ConditionError as error:
            reason = f"found {error.found or 'the end'}, {error.expected}"
            yield self.fault("bad_condition", place, position=error.position + 1, reason=reason)
            return
        earlier = self._columns_before(int(path[1]))
        for comparison in comparisons(condition):
            if comparison.column not in earlier:
                yield self.fault(
                    "condition_column", place, value=comparison.column, known=tuple(earlier)
                )
                continue
            type_, codes = earlier[comparison.column]
            if type_ == "text":
                yield self.fault("condition_text", place, value=comparison.column)
            for code in comparison.codes:
                if codes and code not in codes:
                    scale = comparison.column
                    yield self.fault(
                        "code_outside_scale", place, value=code, scale=scale, known=codes
                    )

    def _columns_before(self, at: int) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Columns of the blocks before `at`, each with its type and its codes."""
        found = {}
        for block in self.blocks[:at]:
            codes = self._codes(block)
            aspects = [f".{aspect}" for aspect in ASPECTS] if block["type"] == "gap" else [""]
            for item in block["items"]:
                for aspect in aspects:
                    found[f"{block['id']}.{item['id']}{aspect}"] = (block["type"], codes)
        return found

    def _codes(self, block: Plain) -> tuple[str, ...]:
        if block.get("scale") in self.scales:
            scale = self.scales[block["scale"]]
            return (
                *scale["codes"],
                *(c for c in scale.get("dont_know", ()) if c not in scale["codes"]),
            )
        return {"yes_no": ("yes", "no"), "multiple": (NOT_CHOSEN, CHOSEN)}.get(block["type"], ())
