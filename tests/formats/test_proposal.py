from pathlib import Path

import polars as pl
import pytest

from klustermotor.formats.answers import Reading, Source, coded_answers
from klustermotor.formats.proposal import DOUBTS, propose, slug
from klustermotor.formats.proposal_words import SCALES
from klustermotor.formats.questionnaire import parse_questionnaire, write_questionnaire
from klustermotor.formats.tables import Table

COLUMNS = {
    "År": ["2008", "2008", "2009", "2009"],
    "Löpnr": ["1", "2", "1", "2"],
    "Bransch": ["stål", "trä", "stål", "it"],
    "E-post": ["a@b.se"] * 4,
    "Tom": [None] * 4,
    "Samarbete med företag (nu)": ["1", "2", "3", "5"],
    "Samarbete med företag (önskat)": ["5", "4", "5", "5"],
    "Samarbete med högskola (nu)": ["2", "9", "2", "1"],
    "Samarbete med högskola (önskat)": ["3", "4", "5", "5"],
    "Motiv [försäljning]": ["x", None, "x", None],
    "Motiv [kompetens]": [None, "x", None, None],
    "Aktiv": ["Ja", "Nej", "ja", "Vet ej"],
    "Omsättning": ["12,5", "1 200", "13", "7,25"],
    "Vad kan bli bättre?": ["Mer tid", None, "Fler träffar", "Inget"],
    "Hur nöjd är du?": ["Nöjd", "Mycket nöjd", "Vet ej", "Missnöjd"],
    "Roll": ["VD", "Säljare", "VD", "VD"],
}
TABLE = Table("enkät.xlsx", pl.DataFrame(COLUMNS, schema=dict.fromkeys(COLUMNS, pl.String())))


@pytest.fixture(scope="module")
def proposal():
    return propose(TABLE, "Enkät 2009")


def test_each_column_gets_its_role(proposal):
    roles = {
        role: [c for c, r in proposal.roles.items() if r == role]
        for role in set(proposal.roles.values())
    }
    assert roles["wave"] == ["År"]
    assert roles["respondent"] == ["Löpnr"]
    assert roles["background"] == ["Bransch"]
    assert roles["left_out"] == ["E-post", "Tom"]
    assert (proposal.columns["wave"], proposal.columns["respondent"]) == ("År", "Löpnr")


def test_types_are_seen_in_the_answers(proposal):
    assert {b.id: b.type for b in proposal.questionnaire.blocks} == {
        "samarbete-med-foretag": "gap",
        "samarbete-med-hogskola": "gap",
        "motiv": "multiple",
        "aktiv": "yes_no",
        "omsattning": "number",
        "vad-kan-bli-battre": "text",
        "hur-nojd-ar-du": "scale",
        "roll": "single",
    }
    motives = proposal.questionnaire.block("motiv")
    assert [item.text["sv"] for item in motives.items] == ["försäljning", "kompetens"]


def test_nine_beside_one_to_five_is_dont_know_and_asked_about(proposal):
    scale = proposal.questionnaire.block("samarbete-med-hogskola").scale
    assert (scale.substantive, scale.dont_know) == (("1", "2", "3", "4", "5"), ("9",))
    asked = [d.text("sv") for d in proposal.doubts]
    assert "Betyder 9 ”vet ej” i kolumnen Samarbete med högskola (nu)?" in asked


def test_the_proposal_reads_the_file_it_was_made_from(proposal):
    answers = coded_answers(
        [(Source(Path("enkät.xlsx")), TABLE)],
        proposal.questionnaire,
        Reading(columns=proposal.columns, initiative="x"),
    )
    frame = answers.frame
    assert frame["hur-nojd-ar-du.hur-nojd-ar-du"].to_list() == ["4", "5", "9", "2"]
    assert frame["motiv.forsaljning"].to_list() == ["1", "0", "1", None]
    assert frame["aktiv.aktiv"].to_list() == ["yes", "no", "yes", "9"]
    assert frame["omsattning.omsattning"].to_list() == [12.5, 1200, 13, 7.25]


def test_the_proposal_can_be_written_as_yaml(proposal):
    text = write_questionnaire(proposal.questionnaire)
    assert parse_questionnaire(text) == proposal.questionnaire


@pytest.mark.parametrize("language", [0, 1, 2])
@pytest.mark.parametrize("scale", sorted(SCALES))
def test_every_wording_is_recognised_in_every_language(scale, language):
    said = [label[language].capitalize() for label in SCALES[scale]]
    found = propose(Table("a.csv", pl.DataFrame({"Q": said * 2}))).questionnaire.blocks[0]
    assert found.type == "scale"
    labels = [text[("sv", "nb", "en")[language]] for text in found.scale.codes.values()]
    assert labels == [label[language] for label in SCALES[scale]]


def test_every_doubt_is_worded_in_three_languages():
    assert all(set(texts) == {"sv", "nb", "en"} for texts in DOUBTS.values())


def test_a_heading_becomes_a_readable_id():
    assert slug("Ökad försäljning (%)") == "okad-forsaljning"
