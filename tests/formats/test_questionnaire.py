from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.questionnaire import Block, Item, NamedShare, Questionnaire, Scale
from klustermotor.formats.errors import InputError
from klustermotor.formats.questionnaire import (
    parse_questionnaire,
    read_questionnaire,
    schema,
    write_questionnaire,
)

YAML = """\
id: cluster-initiative
title: {sv: Enkät, en: Survey}
scales:
  extent:
    type: ordinal
    codes:
      1: {sv: inte alls, en: not at all}
      5: {sv: mycket, en: much}
    dont_know: [9]
    shares:
      great: {codes: [5], text: {sv: i hög grad, en: to a great extent}}
blocks:
  - id: background
    type: yes_no
    indicator: background
    text: {sv: Är företaget aktivt?, en: Is the company active?}
    items:
      - {id: active, text: {sv: aktivt, en: active}}
  - id: cooperation
    indicator: cooperation
    type: gap
    scale: extent
    text: {sv: I vilken grad, en: To what extent}
    key: true
    waves: [2008, 2009]
    ask_if: background.active != 'no'
    items:
      - {id: companies, text: {sv: företag, en: companies}, synonyms: {sv: [bolag]}}
"""


def test_a_questionnaire_is_read_with_codes_as_text():
    questionnaire = parse_questionnaire(YAML)
    scale = questionnaire.scales["extent"]
    assert scale.substantive == ("1", "5")
    assert scale.codes["9"] == {"sv": "vet ej", "en": "don't know"}
    assert scale.shares[0].codes == ("5",)
    assert questionnaire.block("cooperation").waves == ("2008", "2009")
    assert [column.name for column in questionnaire.columns] == [
        "background.active",
        "cooperation.companies.now",
        "cooperation.companies.wanted",
    ]


def test_yes_and_no_are_codes_and_not_booleans():
    text = YAML.replace("1: {sv", "no: {sv").replace("5: {sv", "yes: {sv").replace("[5]", "[yes]")
    text = text.replace("type: ordinal", "type: nominal").replace("type: gap", "type: single")
    assert parse_questionnaire(text).scales["extent"].substantive == ("no", "yes")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "scale: extent",
            "scale: exent",
            "line 22, blocks.2.scale: there is no scale 'exent'. "
            "Use one of extent, or define it under scales.",
        ),
        ("    type: gap\n", "", "line 19, blocks.2: 'type' is missing. Add type: …."),
        (
            "key: true",
            "kee: true",
            "line 24, blocks.2.kee: 'kee' is not known here. Known here: id, indicator, type, "
            "scale, text, key, delivers, unit, required, about, heading, topic, item_topic, item_statement, items, waves, ask_if.",
        ),
        (
            "type: gap",
            "type: gapp",
            "line 21, blocks.2.type: 'gapp' is not possible here. "
            "Use one of single, multiple, scale, yes_no, gap, number, text.",
        ),
        (
            ", en: To what extent",
            "",
            "line 23, blocks.2.text: the text is missing in en, which the title has. "
            "Add en, or take the language out of the title.",
        ),
        (
            ", en: much",
            "",
            "line 8, scales.extent.codes.5: the text is missing in en, which the title has. "
            "Add en, or take the language out of the title.",
        ),
        (
            "codes: [5]",
            "codes: [6]",
            "line 11, scales.extent.shares.great.codes: '6' is not a code of the scale extent. "
            "Use one of 1, 5.",
        ),
        (
            "- id: cooperation",
            "- id: background",
            "line 19, blocks.2.id: the id 'background' is taken by line 13. Choose another id.",
        ),
        (
            "id: companies",
            "id: com.panies",
            "line 28, blocks.2.items.1.id: 'com.panies' cannot be an id. "
            "Use letters a–z, digits, _ and - only.",
        ),
        (
            "active != 'no'",
            "active = no",
            "line 26, blocks.2.ask_if: the condition cannot be read at character 19 (found =, "
            "expected a column, a code in quotes or (). Write it like background.active != 'no'.",
        ),
        (
            "active != 'no'",
            "active != 'nej'",
            "line 26, blocks.2.ask_if: 'nej' is not a code of the scale background.active. "
            "Use one of yes, no.",
        ),
        (
            "background.active !=",
            "cooperation.companies.now !=",
            "line 26, blocks.2.ask_if: the condition asks for 'cooperation.companies.now', "
            "which no earlier block has. Use background.active.",
        ),
        (
            "key: true",
            "key: yes",
            "line 24, blocks.2.key: 'yes' is not true or false. Write true or false.",
        ),
        (
            "[2008, 2009]",
            "[]",
            "line 25, blocks.2.waves: there are too few entries. Give at least 1.",
        ),
        (
            "[2008, 2009]",
            "[2008, 2008]",
            "line 25, blocks.2.waves: '2008' is listed twice. Keep it once.",
        ),
        (
            "id: cluster-initiative",
            "id: a\nid: b",
            "line 2: 'id' is given twice. Keep one of them.",
        ),
        (
            "key: true",
            "delivers: results.more",
            "line 24, blocks.2.delivers: 'results.more' is no block or block.item of this "
            "questionnaire. Use background, cooperation.",
        ),
        (
            "key: true",
            "delivers: background",
            "line 24, blocks.2.delivers: no item of 'background' has an id that this block has. "
            "Name one: block.item.",
        ),
        (
            "key: true",
            "item_topic: {sv: samarbetet, en: 'working with {item}'}",
            "line 24, blocks.2.item_topic.sv: 'samarbetet' does not say where the item goes. "
            "Write {item} in its place.",
        ),
        (
            "id: companies,",
            "id: companies, delivers: background,",
            "line 28, blocks.2.items.1.delivers: 'background' is no block or block.item of this "
            "questionnaire. Use background.active.",
        ),
        (
            "sv: inte alls",
            "sv: ",
            "line 7, scales.extent.codes.1.sv: '(nothing)' is not a text. "
            "Write a text, in quotes if it reads true, false or nothing.",
        ),
        (
            "1: {sv",
            "a: {sv",
            "line 7, scales.extent.codes.a: the code 'a' of an ordinal scale is not a number, so "
            "it has no mean. Number the codes 1, 2, 3 …, or make the scale nominal.",
        ),
        (
            "    scale: extent\n",
            "",
            "line 19, blocks.2: a block of type gap needs a scale. Add scale: with one of extent.",
        ),
        (
            "type: gap",
            "type: text",
            "line 22, blocks.2.scale: a block of type text has no scale. "
            "Remove scale, or change the type.",
        ),
        (
            "type: ordinal",
            "type: nominal",
            "line 22, blocks.2.scale: the scale 'extent' is nominal, and a block of type gap has "
            "means. Use an ordinal scale, or type: single.",
        ),
        (
            "type: gap",
            "type: yes_no",
            "line 22, blocks.2.scale: the scale 'extent' lacks the codes yes and no. "
            "Add them, or use type: single.",
        ),
        (
            "dont_know: [9]",
            "dont_know: [5]",
            "line 6, scales.extent.codes: fewer than two codes of the scale are answers. "
            "Add codes beside dont_know.",
        ),
    ],
)
def test_a_fault_names_its_line_and_what_would_be_right(right, wrong, message):
    assert right in YAML
    with pytest.raises(InputError) as error:
        parse_questionnaire(YAML.replace(right, wrong, 1))
    assert str(error.value).splitlines()[0] == f"questionnaire.yaml, {message}"


def test_broken_yaml_is_told_by_its_line():
    with pytest.raises(InputError, match=r"line 26.* this is not valid YAML"):
        parse_questionnaire(YAML.replace("2009]", "2009"))


def test_aliases_that_unfold_without_end_are_refused():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, other in zip("abcdefg", "bcdefgh", strict=True):
        bomb += f"{other}: &{other} [{', '.join([f'*{one}'] * 9)}]\n"
    with pytest.raises(InputError, match="too large or too deep"):
        parse_questionnaire(bomb)


def test_a_fault_is_told_in_the_users_language():
    with pytest.raises(InputError) as error:
        parse_questionnaire(YAML.replace("scale: extent", "scale: exent"))
    assert error.value.text("sv") == (
        "questionnaire.yaml, rad 22, blocks.2.scale: det finns ingen skala 'exent'. "
        "Använd extent, eller lägg till den i scales."
    )


def test_a_missing_file_and_an_empty_one_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_questionnaire(tmp_path / "none.yaml")
    (tmp_path / "empty.yaml").write_text("# nothing\n")
    with pytest.raises(InputError, match="the file is empty"):
        read_questionnaire(tmp_path / "empty.yaml")


def test_the_schema_is_itself_valid():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())


ids = st.from_regex(r"[a-z0-9_][a-z0-9_-]{0,8}", fullmatch=True)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1
)
codes = st.lists(st.integers(-5, 99).map(str), min_size=3, max_size=6, unique=True)


@st.composite
def questionnaires(draw):
    languages = draw(st.sampled_from([("sv",), ("en", "nb"), ("sv", "nb", "en")]))
    texts = st.fixed_dictionaries(dict.fromkeys(languages, words))
    scales = {}
    for id_ in draw(st.lists(ids, min_size=1, max_size=2, unique=True)):
        chosen = draw(codes)
        dont_know = tuple(chosen[2:3]) if draw(st.booleans()) else ()
        labels = {code: draw(texts) for code in chosen}
        share = NamedShare("high-" + id_, (chosen[0],), draw(texts))
        scales[id_] = Scale(id_, "ordinal", labels, dont_know, (share,))
    blocks = []
    for id_ in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        type_ = draw(st.sampled_from(["single", "multiple", "scale", "gap", "number", "text"]))
        needs = type_ in ("single", "scale", "gap")
        blocks.append(
            Block(
                id=id_,
                type=type_,
                text=draw(texts),
                items=tuple(
                    Item(
                        item,
                        draw(texts),
                        draw(st.just({}) | st.just({"sv": ("ett", "två")})),
                        waves=draw(st.none() | st.just(("2008-",))),
                    )
                    for item in draw(st.lists(ids, min_size=1, max_size=3, unique=True))
                ),
                indicator=draw(st.sampled_from(["growth", "other", "research"])),
                scale=scales[draw(st.sampled_from(sorted(scales)))] if needs else None,
                key=draw(st.booleans()),
                waves=draw(st.none() | st.just(("2008", "2009")) | st.just(("vår 09",))),
                unit=draw(st.sampled_from(["", "%", "kr"])),
                topic=draw(st.just({}) | texts),
                item_topic=draw(st.just({}) | st.just(dict.fromkeys(languages, "om {item}"))),
            )
        )
    return Questionnaire(draw(ids), draw(texts), tuple(blocks), scales)


@given(questionnaires())
def test_what_is_written_reads_back_the_same(questionnaire):
    text = write_questionnaire(questionnaire)
    assert parse_questionnaire(text) == questionnaire
    assert write_questionnaire(parse_questionnaire(text)) == text


def test_conditions_and_counterparts_are_written_too():
    questionnaire = parse_questionnaire(YAML)
    first, second = questionnaire.blocks
    item = replace(second.items[0], delivers="background.active")
    second = replace(second, delivers="background.active", items=(item,))
    changed = replace(questionnaire, blocks=(first, second), respondents="companies")
    assert parse_questionnaire(write_questionnaire(changed)) == changed
