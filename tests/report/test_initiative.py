import re

import polars as pl
import pytest

from klustermotor.report.contents.initiative import initiative_report
from klustermotor.report.document import Figure, ListOf, Notice, Prose, Statements, Table
from klustermotor.report.language import percent


def table(document, table_id):
    return next(t for t in (*document.tables(), *document.data) if t.id == table_id)


def figures(document):
    return [c for c in document.contents() if isinstance(c, Figure)]


def notices(document):
    return [c.text for c in document.contents() if isinstance(c, Notice)]


def test_the_sections_are_those_of_an_evaluation_in_their_order(report):
    assert [s.title for s in report("sv").sections] == [
        "Bakgrund",
        "Processledarens bild",
        "Deltagande och motiv",
        "Resultat och effekter",
        "Utvecklingsbehov",
        "Sammanfattning per tillväxtindikator",
        "Metod och tillförlitlighet",
        "Bilaga: alla tabeller",
    ]


def test_a_table_shows_each_wave_with_its_n_and_the_change(report, evaluation):
    shown = table(report("sv"), "table-motives")
    assert [c.title for c in shown.columns] == [
        "Fråga", "2007", "n", "2008", "n", "2009", "n", "Förändring 2008–2009",
    ]  # fmt: skip
    estimate = evaluation.estimates.filter(
        pl.col("initiative") == "steel",
        pl.col("wave") == "2009",
        pl.col("block") == "motives",
        pl.col("item") == "market",
    ).row(0, named=True)
    row = next(r for r in shown.rows if r[0] == "Nya affärer")
    assert row[5:7] == (percent(estimate["value"], "sv"), str(estimate["n"]))


def test_items_stand_largest_first(report):
    values = [row[5] for row in table(report("sv"), "table-motives").values]
    assert values == sorted(values, reverse=True)


def test_only_certain_changes_are_marked(report, evaluation):
    shown = table(report("sv"), "table-results")
    certain = dict(
        evaluation.changes.filter(pl.col("block") == "results", pl.col("statistic") == "mean")
        .select("item", "certain")
        .iter_rows()
    )
    assert set(certain.values()) == {True, False}
    names = {
        "Samarbete med företag": "companies",
        "Nya affärer": "market",
        "Lättare rekrytering": "people",
    }
    for row in shown.rows:
        assert (row[-1][0] in "▲▼") == certain[names[row[0]]]


def test_a_suppressed_cell_is_a_dash_that_is_explained_and_never_zero(report):
    shown = table(report("sv"), "table-effects")
    place = next(i for i, r in enumerate(shown.rows) if r[0] == "Lägre kostnader")
    assert shown.rows[place][5:7] == ("–", "–")
    assert shown.values[place][5:7] == (None, None)
    assert "färre än 5 svarade" in shown.note


def test_no_rendering_of_a_suppressed_item_draws_it(report):
    chart = next(f for f in figures(report("sv")) if f.id == "figure-effects")
    latest = [r for r in chart.spec["data"]["values"] if r.get("wave") == "2009"]
    assert "Lägre kostnader" not in {row["label"] for row in latest}
    assert "Lägre kostnader" not in chart.alt


def test_at_low_response_the_figures_are_said_to_hold_for_those_who_answered(report):
    said = notices(report("sv"))
    assert any(
        "27 av 93 inbjudna svarade 2009" in text and "gäller siffrorna de svarande" in text
        for text in said
    )


def test_synthetic_answers_are_labelled_in_chart_and_table(report):
    document = report("sv")
    chart = next(f for f in figures(document) if f.id == "figure-cooperation")
    assert "Syntetiska svar" in chart.note
    assert "Syntetiska svar" in chart.table.note
    assert "Syntetiska" not in table(document, "table-motives").note


def test_a_gap_is_drawn_as_pairs_largest_first(report, evaluation):
    chart = next(f for f in figures(report("sv")) if f.id == "figure-cooperation")
    rows = chart.spec["data"]["values"]
    gaps = [row["second"] - row["first"] for row in rows]
    assert gaps == sorted(gaps, reverse=True)
    wanted = evaluation.gaps.filter(pl.col("initiative") == "steel", pl.col("wave") == "2009")[
        "gap"
    ]
    assert gaps == pytest.approx(sorted(wanted, reverse=True))


def test_every_figure_has_title_alt_text_and_its_data(report):
    for figure in figures(report("sv")):
        assert figure.title
        assert len(figure.alt) > 30
        assert figure.table.rows


def test_titles_of_charts_state_a_finding(report):
    titled = {f.id: f.title for f in figures(report("sv"))}
    assert re.search(r"\d", titled["figure-motives"])
    assert not titled["figure-motives"].endswith(".")


def test_a_scale_is_drawn_as_means_and_its_title_speaks_of_the_mean(report):
    chart = next(f for f in figures(report("sv")) if f.id == "figure-results")
    assert "medelvärde" in chart.title
    assert "procent" not in chart.title
    assert all(1 <= row["value"] <= 5 for row in chart.spec["data"]["values"])


def test_mean_and_named_share_stand_in_columns_of_their_own(report, evaluation):
    shown = table(report("sv"), "table-results")
    heads = [c.title for c in shown.columns]
    assert heads[-4:] == ["Medel 2009", "Andel 2009", "n", "Förändring 2008–2009"]
    found = evaluation.estimates.filter(
        pl.col("initiative") == "steel",
        pl.col("wave") == "2009",
        pl.col("block") == "results",
        pl.col("item") == "market",
    )
    row = next(v for r, v in zip(shown.rows, shown.values, strict=True) if r[0] == "Nya affärer")
    mean = found.filter(pl.col("statistic") == "mean", pl.col("base") == "answered")
    share = found.filter(pl.col("category") == "great", pl.col("base") == "answered")
    assert row[-4:-2] == (mean["value"][0], share["value"][0])
    assert "Andel som svarade ”i stor utsträckning eller mer”" in shown.note
    assert "Förändringarna gäller medelvärdet" in shown.note


def test_the_title_of_a_chart_leaves_the_counts_to_the_chart(report):
    for figure in figures(report("sv")):
        assert "(n" not in figure.title
        assert not re.search(r"\d av \d", figure.title) or figure.id == "figure-response"


def test_motives_stand_beside_the_results_that_answer_to_them(report):
    shown = table(report("sv"), "table-expected-motives")
    assert {row[0] for row in shown.rows} == {
        "Ökat samarbete med företag",
        "Nya affärer",
        "Lättare rekrytering",
    }
    for values in shown.values:
        assert values[5] == pytest.approx((values[3] - values[1]) * 100)


def test_claims_show_n_and_lead_to_their_table(report, evaluation):
    document = report("sv")
    resting = {claim.id: claim.n for claim in evaluation.findings if claim.n is not None}
    said = [s for c in document.contents() if isinstance(c, Statements) for s in c.items]
    bound = [s for s in said if s.claim_id in resting and s.target]
    assert len(bound) > 10
    for one in bound:
        n = resting[one.claim_id]
        in_words = re.search(rf"\[(?:n\s=\s|\d+ av ){n}\]\(#{one.target}\)", one.text)
        assert one.n == n or in_words, one


def test_free_answers_are_listed_by_theme_apart_from_background(report):
    lists = [c for c in report("sv").contents() if isinstance(c, ListOf)]
    assert [(one.label, one.items) for one in lists] == [
        ("Tema: besök", ("”Fler studiebesök <hos> varandra”",)),
        ("Övriga svar", ("”Hjälp med finansiering”",)),
    ]


def test_the_four_numbers_stand_with_the_full_tables(report):
    note = table(report("sv"), "detail-results-2009").note
    assert "Population 120, inbjudna 93, svarande 27." in note
    assert "”Vet ej” ingår inte i basen." in note


def test_what_people_wrote_stands_in_its_section(report):
    summary = next(s for s in report("sv").sections if s.id == "summary")
    growth = next(s for s in summary.sections if s.id == "summary-growth")
    assert growth.content[-1] == Prose("Företagen vill växa.")


def test_an_initiative_without_a_survey_has_its_account(evaluation):
    texts = {"background": (Prose("Musik."),), "reflection": (Prose("Moget."),)}
    document = initiative_report(
        evaluation, initiative="boom", language="nb", title="BoomTown", texts=texts
    )
    assert [s.title for s in document.sections] == ["Bakgrunn", "Refleksjon"]
    assert list(document.tables()) == []


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_figures_are_the_same_in_every_language(report, language):
    values = [t.values for t in report(language).tables() if isinstance(t, Table)]
    assert values == [t.values for t in report("en").tables()]


def test_swedish_and_norwegian_reports_hold_no_english(report):
    for language in ("sv", "nb"):
        words = " ".join(
            part
            for t in report(language).tables()
            for part in (*(c.title for c in t.columns), t.note)
        )
        assert not re.search(r"\b(the|answered|Change|Item|of)\b", words)


def test_respondents_stand_against_the_frame_only_where_there_is_one(report, evaluation):
    assert table(report("sv"), "table-nonresponse").rows[0][:4] == ("Storlek", "1–9", "60", "20")
    other = initiative_report(evaluation, initiative="wood", language="sv", title="Trä")
    assert "table-nonresponse" not in {t.id for t in other.tables()}


def test_at_low_response_the_bounds_of_full_response_stand_beside_the_interval(report, evaluation):
    shown = table(report("sv"), "detail-effects-2009")
    assert [c.title for c in shown.columns][1:] == ["Ja", "Intervall (95\u00a0%)", "Gränser", "n"]
    estimate = evaluation.estimates.filter(
        pl.col("initiative") == "steel",
        pl.col("wave") == "2009",
        pl.col("item") == "sales",
        pl.col("category") == "yes",
    ).row(0, named=True)
    low, high = (round(estimate[side] * 100) for side in ("bound_low", "bound_high"))
    assert next(r for r in shown.rows if r[0] == "Ökad försäljning")[3] == f"{low}–{high}\u00a0%"
    high_response = table(report("sv"), "detail-effects-2007")
    assert "Gränser" not in [c.title for c in high_response.columns]


def test_a_number_has_its_mean_and_its_total(report):
    rows = table(report("sv"), "detail-staff-2009").rows
    assert {row[0] for row in rows} == {"Medelvärde", "Summa"}
