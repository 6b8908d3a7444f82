from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from klustermotor.formats.answers import Reading, Source, read_answers, read_mapping
from klustermotor.formats.coding import numbers
from klustermotor.formats.errors import InputError
from klustermotor.formats.questionnaire import parse_questionnaire

QUESTIONNAIRE = parse_questionnaire("""\
id: q
title: {sv: E, en: S}
scales:
  extent:
    type: ordinal
    codes: {1: {sv: inte alls, en: not at all}, 2: {sv: delvis, en: partly}, 3: {sv: helt, en: fully}}
    dont_know: [9]
blocks:
  - {id: coop, type: scale, scale: extent, text: {sv: S, en: C}, items: [{id: firms, text: {sv: f, en: f}}]}
  - {id: active, type: yes_no, text: {sv: A, en: A}, items: [{id: now, text: {sv: n, en: n}}]}
  - id: why
    type: multiple
    text: {sv: V, en: W}
    items: [{id: sales, text: {sv: s, en: s}}, {id: skills, text: {sv: k, en: k}}]
    waves: [2009]
  - {id: firm, type: number, text: {sv: F, en: F}, items: [{id: turnover, text: {sv: o, en: t}}]}
  - {id: free, type: text, text: {sv: F, en: F}, items: [{id: more, text: {sv: m, en: m}}]}
""")
HEAD = "wave;respondent;coop.firms;active.now;why.sales;why.skills;firm.turnover;free.more\n"


def reading(**options):
    return Reading(**{"initiative": "Steel", **options})


def read(tmp_path, *rows, head=HEAD, **options):
    path = tmp_path / "answers.csv"
    path.write_text(head + "\n".join(rows) + "\n")
    return read_answers([Source(path)], QUESTIONNAIRE, reading(**options)).frame


def refusal(tmp_path, *rows, **options):
    with pytest.raises(InputError) as error:
        read(tmp_path, *rows, **options)
    return str(error.value)


def test_codes_labels_and_numbers_are_understood(tmp_path):
    frame = read(
        tmp_path,
        "2009;a;1;ja;x;;1 200,5;=HYPERLINK",
        "2009;b;Fully;No;;1;12.5;",
        "2009;c;3,0;NEI;;;-1;NA",
        "2009;d;vet ej;;0;0;;",
    )
    assert frame["coop.firms"].to_list() == ["1", "3", "3", "9"]
    assert frame["active.now"].to_list() == ["yes", "no", "no", None]
    assert frame["why.sales"].to_list() == ["1", "0", None, "0"]
    assert frame["why.skills"].to_list() == ["0", "1", None, "0"]
    assert frame["firm.turnover"].to_list() == [1200.5, 12.5, -1.0, None]
    assert frame["free.more"].to_list() == ["=HYPERLINK", None, None, None]
    assert frame["initiative"].unique().to_list() == ["Steel"]


def test_decimal_commas_points_and_thousands_are_told_apart():
    given = ["1,5", "1.5", "1 234,5", "1.234,5", "1,234.5", "1,234,567", "1.234.567", "−3", "1e3"]
    wanted = [1.5, 1.5, 1234.5, 1234.5, 1234.5, 1234567, 1234567, -3, 1000]
    assert numbers(pl.Series(given)).to_list() == wanted
    assert numbers(pl.Series(["x", "1,2,", "inf", "nan", ""])).to_list() == [None] * 5


ROW = "2009;{};1;ja;x;;5;"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["2009;a;4;ja;x;;5;"],
            "answers.csv, row 2, column coop.firms: '4' is no answer to this question. "
            "Use one of 1, 2, 3, 9, or leave it empty.",
        ),
        (
            ["2009;a;1;kanske;x;;5;"],
            "answers.csv, row 2, column active.now: 'kanske' is no answer to this question. "
            "Use one of yes, no, or leave it empty.",
        ),
        (
            [ROW.format("a"), "2009;b;1;ja;x;;femton;"],
            "answers.csv, row 3, column firm.turnover: 'femton' is not a number. "
            "Write a number such as 12.5 or 12,5.",
        ),
        (
            [ROW.format("a"), ROW.format("b"), ROW.format("a")],
            "answers.csv, row 4, column respondent: respondent 'a' already answered wave 2009 in "
            "row 2. Keep one of the two rows.",
        ),
        (
            [";a;1;ja;x;;5;"],
            "answers.csv, row 2, column wave: the row has no wave. Write the wave, such as 2009.",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_row_and_remedy(tmp_path, rows, message):
    assert refusal(tmp_path, *rows) == message


def test_all_faults_are_told_together_and_counted_beyond_twenty(tmp_path):
    lines = refusal(tmp_path, *(f"2009;r{i};7;ja;x;;5;" for i in range(50))).splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("answers.csv, row 2, column coop.firms: '7'")
    assert lines[19].startswith("answers.csv, row 21,")
    assert lines[20] == "… and 30 more of this kind"


def test_a_missing_item_column_is_named(tmp_path):
    assert refusal(tmp_path, "2009;a;ja;x;;5;", head=HEAD.replace("coop.firms;", "")) == (
        "answers.csv, row 1, column coop.firms: the column 'coop.firms' is missing. Add it, name "
        "the column that holds it with --columns, or take the item out of the questionnaire."
    )


def test_a_column_that_its_wave_did_not_ask_may_be_missing(tmp_path):
    head = HEAD.replace("why.sales;why.skills;", "")
    assert read(tmp_path, "2008;a;1;ja;5;", head=head).height == 1
    assert "'why.sales' is missing" in refusal(tmp_path, "2009;a;1;ja;5;", head=head)


def test_an_item_column_that_comes_twice_is_refused(tmp_path):
    head = HEAD.replace("active.now", "coop.firms")
    assert "the heading 'coop.firms' stands over column C and again over column D" in refusal(
        tmp_path, ROW.format("a"), head=head
    )


def test_a_wave_that_the_questionnaire_never_asks_in_is_refused(tmp_path):
    blocks = tuple(replace(block, waves=("2008", "2009")) for block in QUESTIONNAIRE.blocks)
    path = tmp_path / "answers.csv"
    path.write_text(HEAD + ROW.format("a") + "\n2099;b;1;ja;x;;5;\n")
    with pytest.raises(InputError) as error:
        read_answers([Source(path)], replace(QUESTIONNAIRE, blocks=blocks), reading())
    assert str(error.value) == (
        "answers.csv, row 3, column wave: the questionnaire asks nothing in wave '2099'. "
        "Its waves are 2008, 2009."
    )


def test_one_file_per_wave_and_the_same_respondent_in_two_files(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEAD + ROW.format("r1") + "\n")
    asked_always = replace(
        QUESTIONNAIRE, blocks=tuple(replace(block, waves=None) for block in QUESTIONNAIRE.blocks)
    )
    answers = read_answers(
        [Source(tmp_path / "a.csv", "2008"), Source(tmp_path / "b.csv", "2009")],
        asked_always,
        reading(keyed=True),
    )
    assert answers.keyed
    assert answers.frame.select("wave", "respondent").rows() == [("2008", "r1"), ("2009", "r1")]
    with pytest.raises(InputError, match=r"b\.csv, row 2.* in a\.csv, row 2\."):
        read_answers(
            [Source(tmp_path / "a.csv", "2009"), Source(tmp_path / "b.csv", "2009")],
            QUESTIONNAIRE,
            reading(),
        )


def test_other_column_names_are_mapped_by_a_file(tmp_path):
    (tmp_path / "map.yaml").write_text("wave: År\nrespondent: Nr\ncoop.firms: Fråga 1\n")
    columns = read_mapping(tmp_path / "map.yaml", QUESTIONNAIRE)
    head = HEAD.replace("wave", "År").replace("respondent", "Nr").replace("coop.firms", "Fråga 1")
    frame = read(tmp_path, ROW.format("a"), head=head, columns=columns)
    assert frame.select("wave", "respondent", "coop.firms").row(0) == ("2009", "a", "1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "wave: År\ncoop.frims: Q1\n",
            "map.yaml, line 2, coop.frims: 'coop.frims' is no column of the questionnaire. Use one "
            "of initiative, wave, respondent, coop.firms, active.now, why.sales, why.skills, "
            "firm.turnover, free.more.",
        ),
        (
            "wave: [a, b]\n",
            "map.yaml, line 1, wave: '['a', 'b']' is not the name of a column. "
            "Write one line per column: ours: theirs.",
        ),
        (
            "just text\n",
            "map.yaml, line 1: 'just text' is not the name of a column. "
            "Write one line per column: ours: theirs.",
        ),
    ],
)
def test_a_faulty_mapping_names_its_line(tmp_path, text, message):
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(InputError) as error:
        read_mapping(tmp_path / "map.yaml", QUESTIONNAIRE)
    assert str(error.value) == message


def test_a_mapping_to_a_column_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path, ROW.format("a"), columns={"coop.firms": "Q9"}) == (
        "answers.csv, row 1, column Q9: the column 'Q9' is missing. Add it, name the column that "
        "holds it with --columns, or take the item out of the questionnaire."
    )


def test_further_columns_are_kept_only_when_named(tmp_path):
    head, row = HEAD.replace("\n", ";size;pw\n"), ROW.format("a") + ";small;2,5"
    frame = read(tmp_path, row, head=head, keep=("size", "pw"), numbers={"pw"})
    assert frame.select("size", "pw").row(0) == ("small", 2.5)
    assert "size" not in read(tmp_path, row, head=head).columns
    assert refusal(tmp_path, row, head=head, keep=("industry",)) == (
        "answers.csv, row 1, column industry: there is no column 'industry'. The file has wave, "
        "respondent, coop.firms, active.now, why.sales, why.skills, firm.turnover, free.more, "
        "size, pw."
    )
    assert refusal(
        tmp_path, ROW.format("a") + ";small;tung", head=head, keep=("pw",), numbers={"pw"}
    ) == (
        "answers.csv, row 2, column pw: 'tung' is not a number. "
        "Write a number such as 12.5 or 12,5."
    )


def test_a_row_without_its_key_is_refused_when_waves_are_paired(tmp_path):
    assert refusal(tmp_path, ROW.format(""), keyed=True) == (
        "answers.csv, row 2, column respondent: the row has no respondent. "
        "Write who answered, or leave out --key-column."
    )
    assert read(tmp_path, ROW.format(""), ROW.format("")).height == 2


def test_a_path_is_told_by_its_name_only(tmp_path):
    assert str(Path(tmp_path)) not in refusal(tmp_path, "2009;a;4;ja;x;;5;")
