import os
import zipfile
from pathlib import Path

import pytest

from klustermotor.formats.answers import Reading, Source, coded_answers
from klustermotor.formats.errors import InputError
from klustermotor.formats.limesurvey import read_archive, read_survey
from klustermotor.formats.questionnaire import parse_questionnaire, write_questionnaire

SHARED = Path(os.environ.get("KLUSTERMOTOR_SHARED", Path(__file__).parents[2] / "../shared"))


def section(name, rows):
    cells = "".join(
        "<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><rows>{cells}</rows></{name}>"


def question(qid, kind, title, text, parent="0", order=0, **more):
    return {
        "qid": qid, "parent_qid": parent, "sid": "7", "gid": "1", "type": kind, "title": title,
        "question": text, "question_order": order, "language": "sv", "scale_id": "0", **more,
    }  # fmt: skip


QUESTIONS = [
    question("10", "F", "coop", "<p>Samarbete&nbsp;med {NAME}</p>", order=1),
    question("20", "M", "why", "Varför?", order=2),
    question("30", "Y", "active", "Aktivt?", order=3, relevance="coop.NAOK == 1"),
    question("40", "N", "sales", "Omsättning", order=4),
    question("50", "1", "gap", "Nu och önskat", order=5),
    question("60", "R", "rank", "Rangordna", order=6),
    question("70", "L", "role", "Roll", order=7, other="Y"),
]
SUBQUESTIONS = [
    question("11", "F", "SQ1", "företag", parent="10"),
    question("12", "F", "SQ2", "högskola", parent="10", order=1),
    question("21", "M", "a", "försäljning", parent="20"),
    question("22", "M", "b", "kompetens", parent="20", order=1),
    question("51", "1", "x", "kunder", parent="50"),
]


def answer(qid, code, text, order, scale="0"):
    return {
        "qid": qid, "code": code, "answer": text, "sortorder": order, "language": "sv",
        "scale_id": scale,
    }  # fmt: skip


ANSWERS = [
    *(answer("10", str(i), t, i) for i, t in enumerate(["låg", "mellan", "hög"], 1)),
    *(answer("50", str(i), t, i, s) for s in "01" for i, t in enumerate(["låg", "hög"], 1)),
    answer("70", "vd", "VD", 1),
    answer("70", "sa", "Säljare", 2),
]
RESPONSES = [
    {
        "id": "1", "submitdate": "2009-05-01", "_7X1X10SQ1": "3", "_7X1X10SQ2": "1",
        "_7X1X20a": "Y", "_7X1X20b": "", "_7X1X30": "Y", "_7X1X40": "12.5000000000",
        "_7X1X50x-0": "1", "_7X1X50x-1": "2", "_7X1X70": "-oth-",
    },
    {"id": "2", "_7X1X10SQ1": "2"},
]  # fmt: skip


def lss(**sections):
    body = "".join(section(name, rows) for name, rows in sections.items())
    return f"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>{body}</document>"


SURVEY = lss(
    groups=[{"gid": "1", "group_order": "0"}],
    questions=QUESTIONS,
    subquestions=SUBQUESTIONS,
    answers=ANSWERS,
    surveys=[{"sid": "7"}],
    surveys_languagesettings=[{"surveyls_language": "sv", "surveyls_title": "Enkät"}],
)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "survey.lsa"
    responses = section("responses", RESPONSES)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("survey_7.lss", SURVEY)
        package.writestr(
            "survey_7_responses.lsr",
            f"<document><LimeSurveyDocType>Responses</LimeSurveyDocType>{responses}</document>",
        )
    return path


def test_a_survey_becomes_a_questionnaire_that_can_be_written(tmp_path):
    (tmp_path / "s.lss").write_text(SURVEY)
    survey = read_survey(tmp_path / "s.lss")
    types = {block.id: block.type for block in survey.questionnaire.blocks}
    assert types == {
        "coop": "scale",
        "why": "multiple",
        "active": "yes_no",
        "sales": "number",
        "gap": "gap",
        "role": "single",
    }
    coop = survey.questionnaire.block("coop")
    assert coop.text["sv"] == "Samarbete med"
    assert [item.text["nb"] for item in coop.items] == ["företag", "högskola"]
    assert coop.scale.substantive == ("1", "2", "3")
    text = write_questionnaire(survey.questionnaire)
    assert parse_questionnaire(text) == survey.questionnaire


def test_what_could_not_be_carried_over_is_told(archive):
    assert read_archive(archive).notes == (
        "survey.lsa: question active: its condition was left out (coop.NAOK == 1)",
        "survey.lsa: question gap: first scale taken as now, second as wanted",
        "survey.lsa: question rank (ranking) was left out",
        "survey.lsa: question role: the text of 'other' was left out",
        "survey.lsa: 1 of 2 responses were never submitted",
    )


def test_submitted_answers_come_with_their_codes(archive):
    read = read_archive(archive)
    answers = coded_answers(
        [(Source(archive), read.answers)], read.survey.questionnaire, Reading(wave="2009")
    )
    row = answers.frame.row(0, named=True)
    assert answers.frame.height == 1
    assert (row["coop.SQ1"], row["coop.SQ2"]) == ("3", "1")
    assert (row["why.a"], row["why.b"]) == ("1", "0")
    assert (row["gap.x.now"], row["gap.x.wanted"]) == ("1", "2")
    assert (row["active.answer"], row["sales.answer"], row["role.answer"]) == ("yes", 12.5, "-oth-")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "a.lsa").write_text("x")
    with pytest.raises(InputError) as error:
        read_archive(tmp_path / "a.lsa")
    assert str(error.value) == (
        "a.lsa: this is no LimeSurvey archive (not a zip file). Export the survey again as .lsa."
    )
    (tmp_path / "a.lss").write_text("<document>")
    with pytest.raises(InputError, match="broken XML"):
        read_survey(tmp_path / "a.lss")


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real data at {SHARED}")
def test_a_real_archive_reads_with_its_submitted_answers():
    read = read_archive(SHARED / "data/formats/limesurvey_archive.lsa")
    assert read.notes == (
        "limesurvey_archive.lsa: texts in de stand as they are in every language",
        "limesurvey_archive.lsa: question ID (equation) was left out",
        "limesurvey_archive.lsa: 8 of 19 responses were never submitted",
    )
    assert read.answers.frame.columns == ["sc1.answer", "bd2.answer"]
    assert read.answers.frame.height == 11
    blocks = {b.id: (b.type, len(b.items)) for b in read.survey.questionnaire.blocks}
    assert {code: n for code, (_, n) in blocks.items()} == {"sc1": 1, "bd2": 1}
    assert [(n.question, n.type, n.why) for n in read.survey.not_carried] == [("ID", "*", "type")]
