"""The questionnaire file: YAML in, `Questionnaire` out, and back.

The JSON Schema beside this module says which keys there are; `questionnaire_rules` says what must
agree between them. Every fault names its line.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import yaml

from klustermotor.analysis.questionnaire import (
    Block,
    Item,
    NamedShare,
    Questionnaire,
    Scale,
    Text,
)
from klustermotor.formats.errors import Fault, InputError, fail, fault
from klustermotor.formats.questionnaire_rules import check
from klustermotor.formats.yaml_lines import Path, Placed, read_placed

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

DONT_KNOW: Text = {"sv": "vet ej", "nb": "vet ikke", "en": "don't know"}
_SHAPES = {
    "object": ("a mapping", "key: value pairs"),
    "array": ("a list", "[a, b, …]"),
    "boolean": ("true or false", "true or false"),
    "string": ("a text", "a text, in quotes if it reads true, false or nothing"),
}


def read_questionnaire(path: FilePath | str) -> Questionnaire:
    """The questionnaire in a YAML file. Raises InputError with the line of each fault."""
    path = FilePath(path)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise fail("no_such_file", str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise fail("unreadable_file", str(path), reason=str(error)) from error
    return parse_questionnaire(text, path.name)


def parse_questionnaire(text: str, name: str = "questionnaire.yaml") -> Questionnaire:
    """The questionnaire in YAML text. Raises InputError with the line of each fault."""
    placed = read_placed(text, name)
    faults = list(_schema_faults(placed))
    if not faults and isinstance(placed.value, dict):
        faults = list(check(placed, placed.value))
    if faults:
        raise InputError(sorted(faults, key=lambda f: f.line or 0))
    return _questionnaire(placed.value)


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """The questionnaire as YAML text, which `parse_questionnaire` reads back as it was."""
    plain: dict[str, object] = {
        "id": questionnaire.id,
        "title": _Flow(questionnaire.title),
    }
    if questionnaire.respondents != "respondents":
        plain["respondents"] = questionnaire.respondents
    if questionnaire.scales:
        plain["scales"] = {scale.id: _plain_scale(scale) for scale in questionnaire.scales.values()}
    plain["blocks"] = [_plain_block(block) for block in questionnaire.blocks]
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of a questionnaire file, as shipped."""
    source = files("klustermotor.formats").joinpath("questionnaire.schema.json")
    loaded: Mapping[str, Any] = json.loads(source.read_text("utf-8"))
    return loaded


def _schema_faults(placed: Placed) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema()).iter_errors(placed.value):
        yield from _as_faults(placed, error)


def _as_faults(placed: Placed, error: "ValidationError") -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    rule = error.validator
    wanted: Any = error.validator_value
    found: Any = error.instance

    def at(kind: str, where: Path = path, **details: object) -> Fault:
        return fault(kind, placed.name, line=placed.line(where), column=dotted(where), **details)

    match rule:
        case "required":
            for key in wanted:
                if key not in found and f"'{key}'" in error.message:
                    yield at("missing_key", value=key)
        case "additionalProperties":
            allowed: Any = error.schema
            known = list(allowed.get("properties", ()))
            for key in found:
                if key not in known:
                    yield at("unknown_key", (*path, key), value=key, known=known)
        case "enum":
            kind = "unknown_key" if "propertyNames" in error.schema_path else "not_among"
            yield at(kind, value=found, known=wanted)
        case "pattern":
            yield at("item_gap" if "item" in wanted else "bad_id", value=found)
        case "minItems" | "minProperties" | "minLength":
            yield at("too_few", least=wanted)
        case "uniqueItems":
            twice = next((v for i, v in enumerate(found) if v in found[:i]), "")
            yield at("given_twice", value=twice)
        case _:
            shape = wanted[0] if isinstance(wanted, list) else str(wanted)
            words, example = _SHAPES.get(str(shape), _SHAPES["string"])
            shown = _shown(found)
            yield at("wrong_shape", value=shown, wanted=words, example=example)


def dotted(path: Path) -> str:
    """A path into the file as a person would say it: ``blocks.3.items.1.text``, counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _shown(found: object) -> str:
    if found is None:
        return "(nothing)"
    if isinstance(found, bool):
        return "true" if found else "false"
    return json.dumps(found, ensure_ascii=False) if not isinstance(found, str) else found


def _questionnaire(value: Any) -> Questionnaire:
    languages = tuple(value["title"])
    scales = {
        id_: _scale(id_, plain, languages) for id_, plain in (value.get("scales") or {}).items()
    }
    return Questionnaire(
        id=value["id"],
        title=value["title"],
        blocks=tuple(_block(b, scales) for b in value["blocks"]),
        scales=scales,
        respondents=value.get("respondents", "respondents"),
    )


def _scale(id_: str, plain: Any, languages: tuple[str, ...]) -> Scale:
    dont_know = tuple(plain.get("dont_know", ()))
    named = {lang: DONT_KNOW[lang] for lang in languages}
    codes = {**plain["codes"], **{c: named for c in dont_know if c not in plain["codes"]}}
    shares = tuple(
        NamedShare(share_id, tuple(share["codes"]), share["text"], share.get("statement", {}))
        for share_id, share in plain.get("shares", {}).items()
    )
    return Scale(id_, plain["type"], codes, dont_know, shares)


def _block(plain: Any, scales: Mapping[str, Scale]) -> Block:
    return Block(
        id=plain["id"],
        type=plain["type"],
        text=plain["text"],
        items=tuple(_item(item) for item in plain["items"]),
        indicator=plain.get("indicator", "other"),
        scale=scales[plain["scale"]] if "scale" in plain else None,
        key=plain.get("key", False),
        delivers=plain.get("delivers"),
        waves=_waves(plain),
        ask_if=plain.get("ask_if"),
        required=plain.get("required", False),
        about=plain.get("about", "initiative"),
        unit=plain.get("unit", ""),
        topic=plain.get("topic", {}),
        heading=plain.get("heading", {}),
        item_topic=plain.get("item_topic", {}),
        item_statement=plain.get("item_statement", {}),
    )


def _item(plain: Any) -> Item:
    synonyms = {lang: tuple(words) for lang, words in plain.get("synonyms", {}).items()}
    return Item(plain["id"], plain["text"], synonyms, plain.get("delivers"), _waves(plain))


def _waves(plain: Any) -> tuple[str, ...] | None:
    return tuple(plain["waves"]) if "waves" in plain else None


class _Flow(dict[str, object]):
    """A mapping that is written on one line."""


class _FlowList(list[object]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Texts and code lists on one line, the rest in blocks, without aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, True)
)
_Dumper.add_representer(
    _FlowList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True)
)


def _code(code: str) -> str | int:
    """A code as YAML shows it best: 1 rather than '1', where both read back the same."""
    return int(code) if re.fullmatch(r"0|-?[1-9][0-9]{0,8}", code) else code


def _codes(codes: tuple[str, ...]) -> _FlowList:
    return _FlowList(_code(code) for code in codes)


def _plain_scale(scale: Scale) -> dict[str, object]:
    plain: dict[str, object] = {
        "type": scale.type,
        "codes": {_code(code): _Flow(text) for code, text in scale.codes.items()},
    }
    if scale.dont_know:
        plain["dont_know"] = _codes(scale.dont_know)
    if scale.shares:
        plain["shares"] = {
            share.id: {
                "codes": _codes(share.codes),
                "text": _Flow(share.text),
                **({"statement": _Flow(share.statement)} if share.statement else {}),
            }
            for share in scale.shares
        }
    return plain


def _plain_block(block: Block) -> dict[str, object]:
    plain: dict[str, object] = {"id": block.id}
    if block.indicator != "other":
        plain["indicator"] = block.indicator
    plain["type"] = block.type
    if block.scale is not None:
        plain["scale"] = block.scale.id
    for name in ("text", "heading", "topic", "item_topic", "item_statement"):
        if text := getattr(block, name):
            plain[name] = _Flow(text)
    if block.key:
        plain["key"] = True
    if block.required:
        plain["required"] = True
    if block.about != "initiative":
        plain["about"] = block.about
    for name in ("delivers", "ask_if", "unit"):
        if value := getattr(block, name):
            plain[name] = value
    if block.waves is not None:
        plain["waves"] = _codes(block.waves)
    plain["items"] = [_plain_item(item) for item in block.items]
    return plain


def _plain_item(item: Item) -> dict[str, object]:
    plain: dict[str, object] = {"id": item.id, "text": _Flow(item.text)}
    if item.delivers is not None:
        plain["delivers"] = item.delivers
    if item.waves is not None:
        plain["waves"] = _codes(item.waves)
    if item.synonyms:
        plain["synonyms"] = {lang: _FlowList(words) for lang, words in item.synonyms.items()}
    return plain
