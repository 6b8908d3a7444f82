"""What a report says that is no figure of a table, and must be passed over in silence."""

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread
from klustermotor.analysis.claims.reading.sentences import sentences


def cells(*rows):
    return [
        TableCell("", table, wave, item, "", "=", value, unit, n, n, "")
        for table, wave, item, value, unit, n in rows
    ]


SV = cells(
    ("Tabell 1", "2008", "Ökad försäljning", 36.0, "percent", 25),
    ("Tabell 1", "2009", "Ökad försäljning", 44.0, "percent", 25),
    ("Tabell 2", "2008", "Samarbete med forskningsaktörer", 1.4, "mean", 22),
    ("Tabell 2", "2009", "Samarbete med forskningsaktörer", 1.2, "mean", 20),
    ("Tabell 3", "2009", "Ökat samarbete med forskningsaktörer", 50.0, "percent", 18),
)
NB = cells(
    ("Tabell 1", "2008", "Økt omsetning", 36.0, "percent", 25),
    ("Tabell 1", "2009", "Økt omsetning", 44.0, "percent", 25),
)
EN = cells(
    ("Table 1", "2008", "Higher sales", 36.0, "percent", 25),
    ("Table 1", "2009", "Higher sales", 44.0, "percent", 25),
    ("Table 2", "2008", "Production", 78.0, "percent", 32),
    ("Table 2", "2009", "Production", 71.0, "percent", 24),
    ("Table 3", "2009", "New business on the home market", 68.0, "percent", 19),
)
SILENT = [
    ("sv", SV, "Dessutom föll efterfrågan på stål, vilket påverkar försäljning i alla företag."),
    ("sv", SV, "Hälften av dem som svarat på frågan anger att samarbetet med forskningsaktörer har "
     "ökat i stor utsträckning."),
    ("sv", SV, "”Försäljningen har minskat tack vare klustret.”"),
    ("nb", NB, "Etterspørselen falt i 2009, noe som påvirker omsetningen i alle bedriftene."),
    ("nb", NB, "«Omsetningen har sunket på grunn av klyngen.»"),
    ("en", EN, "Demand for steel and engineering products also fell in 2009, which touches sales."),
    ("en", EN, "In 2009 the most common effect is higher sales, named by 44 percent of the "
     "responding companies."),
    ("en", EN, "Nearly all that the companies make is sold to business on the home market."),
]  # fmt: skip
BANDS = [
    TableCell("", "Table 4", "2009", "Home market's share of production", category, "=", value,
              "percent", 24, 24, "home")
    for category, value in (("0–25 per cent", 4.0), ("26–50 per cent", 8.0),
                            ("51–75 per cent", 21.0), ("76–100 per cent", 67.0))
]  # fmt: skip
SILENT += [
    ("en", EN + BANDS, "In 2009, 67 percent of the responding companies (16 of 24) answer “76–100 "
     "per cent” to the question about the home market's share of production."),
]  # fmt: skip
TOLD = [
    ("sv", SV, "Försäljningen föll under 2009, vilket många beklagar.", "wrong_direction"),
    ("nb", NB, "Omsetningen falt i 2009, noe som mange beklager.", "wrong_direction"),
    ("en", EN, "Higher sales fell in 2009, which many regret.", "wrong_direction"),
]


@pytest.mark.parametrize(("language", "table", "sentence"), SILENT)
def test_what_is_no_figure_of_a_table_draws_no_remark(language, table, sentence):
    assert [f.message for f in proofread(sentence, table, language=language)] == []


@pytest.mark.parametrize(("language", "table", "sentence", "kind"), TOLD)
def test_what_looks_alike_and_is_one_is_still_told(language, table, sentence, kind):
    assert kind in {f.kind for f in proofread(sentence, table, language=language)}


def test_a_paragraph_or_bullet_in_quotation_marks_is_someone_elses():
    text = "Så här säger de:\n\n• ”Mässan gav order. Gör om den!”\n\n«Mer av det»\n\nDet är ”bra”."
    assert [s.text for s in sentences(text)] == ["Så här säger de:", "Det är ”bra”."]
