"""Sentences of our own, half of them right, written before the rules that judge them."""

import pytest

from klustermotor.analysis.claims.proofread import proofread

LANGUAGES = ("sv", "nb", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_sentences_draw_no_fault_and_wrong_ones_do(sentences, language):
    judged = sentences.score("own", language)
    assert judged.hits + len(judged.missed) == 51
    assert judged.precision >= 0.95, judged.false_alarms
    assert judged.recall >= 0.85, judged.missed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["dev", "dev2", "held", "held2", "held3", "held4"])
def test_what_the_rules_have_learnt_is_kept(sentences, which, language):
    judged = sentences.score(which, language)
    assert judged.precision >= 0.98, judged.false_alarms
    assert judged.recall >= 0.94, judged.missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fault_is_found_under_its_name(sentences, language):
    cells = sentences.cells(f"cells_{language}.csv")
    found = set()
    for row in sentences.rows(f"own_{language}.csv"):
        faults = proofread(row["sentence"], cells, language=language)
        found |= {fault.kind for fault in faults if fault.kind == row["kind"]}
    wanted = {row["kind"] for row in sentences.rows(f"own_{language}.csv")} - {""}
    assert found == wanted


def test_a_fault_names_the_words_the_cell_and_what_would_be_right(sentences):
    text = "Inledning.\n\nÅr 2023 uppger 53 procent av de svarande ökad försäljning."
    (fault,) = proofread(text, sentences.cells("cells_sv.csv"))
    assert (fault.kind, fault.severity) == ("wrong_figure", "error")
    assert text[fault.start : fault.end] == "53 procent"
    assert fault.sentence == "År 2023 uppger 53 procent av de svarande ökad försäljning."
    assert (fault.cell.category, fault.cell.wave, fault.cell.value) == (
        "Ökad försäljning",
        "2023",
        58,
    )
    assert fault.suggestion == "58\u00a0procent"
    assert "”53 procent” stämmer inte med tabellen" in fault.message


def test_labels_name_an_item_in_other_words(sentences):
    cells = sentences.cells("cells_sv.csv")
    text = "År 2023 uppger 53 procent merbeställningar."
    labels = {"Ökad försäljning": ["merbeställningar"]}
    assert [f.kind for f in proofread(text, cells, labels=labels)] == ["wrong_figure"]


def test_what_was_spoken_of_carries_to_the_next_sentence(sentences):
    cells = sentences.cells("cells_sv.csv")
    text = (
        "Företagen uppger ökad försäljning. Denna andel har ökat från 30 procent 2021 "
        "till 48 procent 2023."
    )
    (fault,) = proofread(text, cells)
    assert text[fault.start : fault.end] == "48 procent"


def test_the_language_is_told_from_the_text(sentences):
    cells = sentences.cells("cells_nb.csv")
    (fault,) = proofread("I 2023 oppgir 62 prosent av bedriftene økt salg.", cells)
    assert fault.message.startswith("«62 prosent» stemmer ikke med tabellen")
