import os
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from klustermotor.analysis.evaluation import Answers
from klustermotor.formats.answers import Reading, Source, coded_answers, read_answers
from klustermotor.formats.errors import InputError
from klustermotor.formats.questionnaire import parse_questionnaire
from klustermotor.formats.sav import spss_names, write_sav
from klustermotor.formats.tables import read_table

SHARED = Path(os.environ.get("KLUSTERMOTOR_SHARED", Path(__file__).parents[2] / "../shared"))
QUESTIONNAIRE = parse_questionnaire("""\
id: q
title: {sv: Enkät, en: Survey}
scales:
  extent:
    type: ordinal
    codes: {1: {sv: låg, en: low}, 2: {sv: hög, en: high}}
    dont_know: [9]
  role: {type: nominal, codes: {boss: {sv: chef, en: boss}, other: {sv: annan, en: other}}}
blocks:
  - {id: co-op, type: gap, scale: extent, text: {sv: Samarbete, en: C}, items: [{id: 3d, text: {sv: f, en: f}}]}
  - {id: role, type: single, scale: role, text: {sv: Roll, en: R}, items: [{id: own, text: {sv: n, en: n}}]}
  - {id: firm, type: number, text: {sv: Omsättning, en: T}, items: [{id: sales, text: {sv: o, en: t}}]}
  - {id: free, type: text, text: {sv: Fritt, en: F}, items: [{id: more, text: {sv: m, en: m}}]}
""")
ANSWERS = Answers(
    QUESTIONNAIRE,
    pl.DataFrame(
        {
            "initiative": ["Stål"] * 3,
            "wave": ["2008", "2009", "2009"],
            "respondent": ["a", "a", "b"],
            "co-op.3d.now": ["1", "2", None],
            "co-op.3d.wanted": ["2", "9", "1"],
            "role.own": ["boss", None, "other"],
            "firm.sales": [1.5, None, 20.25],
            "free.more": ["fler träffar " * 40, None, "=1+1"],
        }
    ),
    keyed=True,
)


def test_answers_come_back_from_spss_as_they_were(tmp_path):
    write_sav(ANSWERS, tmp_path / "a.sav", "sv")
    again = read_answers([Source(tmp_path / "a.sav")], QUESTIONNAIRE, Reading(keyed=True))
    wanted = ANSWERS.frame.with_columns(pl.col("free.more").str.strip_chars())
    assert again.frame.equals(wanted)


def test_spss_sees_labels_missing_values_and_measure_levels(tmp_path):
    write_sav(ANSWERS, tmp_path / "a.sav", "sv")
    _, meta = pyreadstat.read_sav(
        str(tmp_path / "a.sav"), output_format="polars", user_missing=True
    )
    assert meta.column_names_to_labels["co_op.3d.now"] == "Samarbete: f (nu)"
    assert meta.variable_value_labels["co_op.3d.now"] == {1.0: "låg", 2.0: "hög", 9.0: "vet ej"}
    assert meta.missing_ranges["co_op.3d.now"] == [{"lo": 9.0, "hi": 9.0}]
    assert meta.variable_measure == {
        "initiative": "nominal",
        "wave": "nominal",
        "respondent": "nominal",
        "co_op.3d.now": "ordinal",
        "co_op.3d.wanted": "ordinal",
        "role.own": "nominal",
        "firm.sales": "scale",
        "free.more": "nominal",
    }


def test_spss_names_are_legal_and_unique():
    long = "x" * 80
    names = spss_names(["1st", "a-b", "a_b", "A_B", "räv", long, long + "y"])
    assert list(names.values())[:5] == ["v1st", "a_b", "a_b_2", "A_B_3", "r_v"]
    assert all(len(name) <= 64 for name in names.values())
    assert len({name.lower() for name in names.values()}) == 7


def written(path, frame, **options):
    pyreadstat.write_sav(frame, str(path), **options)
    return path


def only(block):
    return replace(QUESTIONNAIRE, blocks=(QUESTIONNAIRE.block(block),))


def test_a_user_missing_code_that_is_no_answer_is_not_an_answer(tmp_path):
    frame = pl.DataFrame({"co_op.3d.now": [1.0, 77.0, 9.0], "co_op.3d.wanted": [2.0, 2.0, 2.0]})
    path = written(tmp_path / "a.sav", frame, missing_ranges={"co_op.3d.now": [77.0]})
    answers = read_answers([Source(path)], only("co-op"), Reading())
    assert answers.frame["co-op.3d.now"].to_list() == ["1", None, "9"]


def test_labels_of_the_file_stand_for_codes_that_the_questionnaire_lacks(tmp_path):
    frame = pl.DataFrame({"role.own": [10.0, 20.0]})
    path = written(
        tmp_path / "a.sav",
        frame,
        variable_value_labels={"role.own": {10: "Chef", 20: "Annan"}},
    )
    answers = read_answers([Source(path)], only("role"), Reading())
    assert answers.frame["role.own"].to_list() == ["boss", "other"]


def test_a_label_that_contradicts_the_questionnaire_is_refused(tmp_path):
    frame = pl.DataFrame({"co_op.3d.now": [1.0], "co_op.3d.wanted": [2.0]})
    labels = {"co_op.3d.now": {1: "hög", 2: "låg"}}
    path = written(tmp_path / "a.sav", frame, variable_value_labels=labels)
    with pytest.raises(InputError) as error:
        read_answers([Source(path)], only("co-op"), Reading())
    assert str(error.value).splitlines()[0] == (
        "a.sav, co_op.3d.now: the file calls 1 'hög', which is 2 in the questionnaire. "
        "Recode the column, or correct the scale of the questionnaire."
    )


def test_an_old_file_that_names_no_encoding_is_read_as_windows_1252(tmp_path):
    path = written(tmp_path / "a.sav", pl.DataFrame({"name": ["Xresund", "Xland"]}))
    content = path.read_bytes().replace(b"UTF-8", b"     ")
    content = content.replace(b"Xresund", b"\xd6resund").replace(b"Xland", b"\xc5land")
    path.write_bytes(content)
    assert read_table(path).frame["name"].to_list() == ["Öresund", "Åland"]


def test_a_cut_file_is_refused(tmp_path):
    write_sav(ANSWERS, tmp_path / "a.sav", "sv")
    content = (tmp_path / "a.sav").read_bytes()
    (tmp_path / "a.sav").write_bytes(content[:700])
    with pytest.raises(InputError, match=r"^a\.sav: the file cannot be read"):
        read_table(tmp_path / "a.sav")


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real data at {SHARED}")
def test_real_spss_files_read_with_labels_and_missing_values():
    table = read_table(SHARED / "data/formats/simple_alltypes.sav")
    assert table.frame["x"].to_list() == ["1", "2", "3", "4", "8", "9"]
    assert table.labels["x"] == {"1": "red", "2": "green", "3": "blue"}
    assert table.missing["z"] == {"-9", "999"}
    ordered = read_table(SHARED / "data/formats/ordered_category.sav")
    questionnaire = parse_questionnaire("""\
id: q
title: {en: S}
scales: {level: {type: ordinal, codes: {1: {en: low}, 2: {en: medium}, 3: {en: high}}}}
blocks: [{id: b, type: scale, scale: level, text: {en: B}, items: [{id: i, text: {en: I}}]}]
""")
    with pytest.raises(
        InputError, match="the file calls 1 'high', which is 3 in the questionnaire"
    ):
        coded_answers(
            [(Source(Path("ordered_category.sav")), ordered)],
            questionnaire,
            Reading(columns={"b.i": "Col1"}),
        )
