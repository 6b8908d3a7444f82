"""Reports read out of raw and markdown text: our own, in the shapes that reports come in."""

import pytest

from klustermotor.formats.errors import InputError
from klustermotor.formats.report_text import read_report, report_of
from klustermotor.formats.report_text.lines import joined, lines_of

EXTRACTED = """\
4.2 Vad samarbetet gav
Företagen har svarat på frågor om nytta. Svaren skiljer sig åt mellan kompetens-
utveckling och FoU-
samarbete, och förändras mellan åren. Den som
 läser vidare ser hur.
 Tabell 7: Nyttan av att vara med i
initiativet

  2011 2012\x20

  (n=23-25)  (n=21)\x20

Fler kunder 35 % 43 %\x20

Nya arbetssätt i verksamheten och\x20
inom ledningen\x20

- 83\t\x20
 \u00a0 %\t\x20
 \u00a0

Bättre kontakt med
Högskolan/institutet 8 % 14 %\x20

Andelen som fått fler kunder ökade från 35 till 43 procent.\x20



17\x20
EN RAPPORT OM SAMARBETE I BERGSLAGEN\x20

Diagram 3: Grad av samarbete (2011 n=10-
16, 2012 n=15-17)\x20

1 = inte alls, 2 = lite, 3 = mycket\x20

Sju av tio vill mer.
"""


def kinds(report):
    return [(block.kind, block.text) for block in report.blocks if block.kind != "table"]


def figures(report):
    return [(c.table, c.wave, c.item, c.category, c.value, c.n_min, c.n_max) for c in report.cells]


def test_extracted_text_is_headings_prose_captions_and_a_table():
    assert kinds(report_of(EXTRACTED)) == [
        ("heading", "4.2 Vad samarbetet gav"),
        (
            "prose",
            "Företagen har svarat på frågor om nytta. Svaren skiljer sig åt mellan "
            "kompetensutveckling och FoU-samarbete, och förändras mellan åren. Den som läser "
            "vidare ser hur.",
        ),
        ("caption", "Tabell 7: Nyttan av att vara med i initiativet"),
        ("prose", "Andelen som fått fler kunder ökade från 35 till 43 procent."),
        ("caption", "Diagram 3: Grad av samarbete (2011 n=10-16, 2012 n=15-17)"),
        ("legend", "1 = inte alls, 2 = lite, 3 = mycket"),
        ("prose", "Sju av tio vill mer."),
    ]


def test_the_table_in_the_text_gives_its_cells_with_waves_and_n():
    assert figures(report_of(EXTRACTED)) == [
        ("Tabell 7", "2011", "Fler kunder", "", 35.0, 23, 25),
        ("Tabell 7", "2011", "Bättre kontakt med Högskolan/institutet", "", 8.0, 23, 25),
        ("Tabell 7", "2012", "Fler kunder", "", 43.0, 21, 21),
        ("Tabell 7", "2012", "Nya arbetssätt i verksamheten och inom ledningen", "", 83.0, 21, 21),
        ("Tabell 7", "2012", "Bättre kontakt med Högskolan/institutet", "", 14.0, 21, 21),
    ]


def test_prose_holds_no_caption_legend_heading_or_page_head():
    text = report_of(EXTRACTED).prose.text
    assert text.startswith("Företagen har svarat") and text.endswith("Sju av tio vill mer.")
    assert not any(word in text for word in ("Tabell 7", "inte alls", "4.2", "BERGSLAGEN", "17"))


def test_a_place_in_the_prose_is_a_place_in_its_block():
    report = report_of(EXTRACTED)
    at = report.prose.text.index("43 procent")
    spot = report.prose.spot(at, at + 10)
    assert report.blocks[spot.block].text[spot.start : spot.end] == "43 procent"
    assert report.line_of(spot) == 25


def test_a_cell_is_found_again_in_its_row_and_column():
    report = report_of(EXTRACTED)
    cell = next(c for c in report.cells if c.value == 83)
    spot = report.spot_of(cell)
    assert report.blocks[spot.block].grid.rows[spot.row].values[spot.column] == "83 %"
    assert report.line_of(spot) == 15


def test_waves_and_n_in_row_labels_and_bands_as_headings():
    report = report_of(
        "Tabell 2: Exportens andel av försäljningen\n\n"
        " Export i %\n 0 - 25 26 - 50 51 - 100\n\n"
        "Andel företag 2011 (n=30) 10 % 60 % 20 %\n\n"
        "Andel företag 2012 (n=23) 4 % 31 % 65 %\n"
    )
    assert [(c.wave, c.category, c.value, c.n_min) for c in report.cells if c.wave == "2011"] == [
        ("2011", "0 - 25", 10.0, 30),
        ("2011", "26 - 50", 60.0, 30),
        ("2011", "51 - 100", 20.0, 30),
    ]
    assert {c.base for c in report.cells} == {"Exportens andel av försäljningen"}


def test_a_single_choice_shares_one_base_and_several_choices_do_not():
    single = report_of(
        "Tabell 1: Vill företaget växa?\n\n2011 2012\n\n"
        "Ja, med fler anställda 70 % 60 %\nJa, utan dem 10 % 30 %\nNej 10 % 10 %\n"
    )
    several = report_of(
        "Tabell 1: Motiv\n\n2011 2012\n\nFler kunder 70 % 60 %\nNy kunskap 20 % 30 %\n"
    )
    assert {(c.base, c.item) for c in single.cells} == {("Vill företaget växa?",) * 2}
    assert {c.base for c in several.cells} == {""}


def test_groups_in_columns_are_totals_of_their_own():
    report = report_of(
        "Tabell 1: Vill växa 2012\n\n| | Små | Stora |\n|---|---|---|\n"
        "| Ja | 70 % | 60 % |\n| Nej | 30 % | 40 % |\n"
    )
    assert {(c.base, c.wave) for c in report.cells} == {
        ("Vill växa 2012, Små", "2012"),
        ("Vill växa 2012, Stora", "2012"),
    }


def test_markdown_tables_emphasis_links_and_lists():
    report = report_of(
        "# Rapport\n\nAndelen **ökade** till [43 procent](#t).\n\n"
        "Tabell 3. Effekter\n\n"
        "| Effekt | 2011 | n | 2012 | n | Förändring |\n|---|--:|--:|--:|--:|--:|\n"
        "| Försäljning | 35 % | 23 | 43 % | 21 | +8 |\n\n"
        "- en punkt\n\n```\nTabell 9: kod\n```\n",
        markdown=True,
    )
    assert kinds(report) == [
        ("heading", "Rapport"),
        ("prose", "Andelen ökade till 43 procent."),
        ("caption", "Tabell 3. Effekter"),
        ("item", "en punkt"),
    ]
    assert figures(report) == [
        ("Tabell 3", "2011", "Försäljning", "", 35.0, 23, 23),
        ("Tabell 3", "2012", "Försäljning", "", 43.0, 21, 21),
    ]


@pytest.mark.parametrize(
    ("shown", "comparator", "value", "unit"),
    [
        ("ca 30 %", "≈", 30.0, "percent"),
        ("> 90 %", ">", 90.0, "percent"),
        ("12,5 %", "=", 12.5, "percent"),
        ("1 250", "=", 1250.0, "count"),
        ("3,4", "=", 3.4, "mean"),
    ],
)
def test_a_figure_keeps_its_unit_and_how_sure_it_is(shown, comparator, value, unit):
    head = {"count": "Antal 2012", "mean": "Medelvärde 2012"}.get(unit, "2012")
    report = report_of(f"Tabell 1: X\n\n| | {head} |\n|---|---|\n| Rad | {shown} |\n")
    (cell,) = report.cells
    assert (cell.comparator, cell.value, cell.unit, cell.wave) == (comparator, value, unit, "2012")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tabell 3 visar att andelen ökade till 43 procent.",
        "Som framgår av tabell 3 ökade\nförsäljningen med 8 procentenheter till 43 %\nunder året.",
        "Andelen är 43 procent",
        "År 2011 2012 och 2013 var svåra år.",
    ],
)
def test_a_sentence_is_no_caption_heading_or_table(sentence):
    report = report_of(f"{sentence}\n")
    assert [block.kind for block in report.blocks] == ["prose"]


def test_prose_under_a_table_is_not_taken_for_its_rows():
    report = report_of(
        "Tabell 1: Effekter\n\n2011 2012\n\nFler kunder 35 % 43 %\n\n"
        "Av de svarande uppger många att kunderna blivit fler, nämligen 35 % 43 %\n"
        "beroende på år. Det är bra.\n"
    )
    assert len(report.cells) == 2
    assert report.prose.text.startswith("Av de svarande")


def test_each_chapter_of_a_report_on_several_initiatives_has_its_own_figures():
    chapter = (
        "{n}. {title}\n\n{name} växer. Här har {name} lyckats. Nu ser {name} framåt.\n\n"
        "Tabell {n}: Effekter\n\n2011 2012\n\nFler kunder 35 % {share} %\n\n"
    )
    report = report_of(
        chapter.format(n=1, title="NORRSKEN", name="Norrsken", share=43)
        + chapter.format(n=2, title="SKOGSRIKET", name="Skogsriket", share=51)
    )
    assert report.initiatives == ("Norrsken", "Skogsriket")
    assert {(c.initiative, c.value) for c in report.cells if c.wave == "2012"} == {
        ("Norrsken", 43.0),
        ("Skogsriket", 51.0),
    }


def test_a_report_on_one_initiative_has_no_chapters_of_initiatives():
    assert report_of(EXTRACTED).initiatives == ()


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["högskole- ", "och universitet"], "högskole- och universitet"),
        (["andra FoU-", "aktörer"], "andra FoU-aktörer"),
        (["(n=27-", "33)"], "(n=27-33)"),
        (["kompetens-", "utveckling"], "kompetensutveckling"),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_put_together(lines, whole):
    assert joined(lines) == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_any_common_encoding(tmp_path, encoding):
    path = tmp_path / "rapport.txt"
    path.write_bytes("Andelen är åttiofem procent.".encode(encoding))
    assert read_report(path).prose.text == "Andelen är åttiofem procent."


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("r.pdf", b"%PDF", "a report of type '.pdf' cannot be read"),
        ("r.txt", b"", "the file is empty"),
        ("r.txt", b"\n \n", "the file is empty"),
        ("r.docx", b"no archive", "the file cannot be read (no .docx)"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path, name, content, problem):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / name)
    assert caught.value.faults[0].problem() == problem


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_report(tmp_path / "nowhere.txt")


def test_a_page_number_and_a_running_head_right_under_the_text_are_left_out():
    text = "Ett av företagen svarar nej.\n12\nUTVÄRDERING AV NÄTVERKET 2021–2023\n\nMer text här."
    assert [line.text for line in lines_of(text)] == [
        "Ett av företagen svarar nej.", "", "Mer text här.",
    ]  # fmt: skip


def test_the_cells_of_a_section_are_those_of_its_own_tables():
    tables = [f"Tabell {n}: Effekter\n\n2011 2012\n\nFler kunder {n}0 % {n}5 %\n" for n in (1, 2)]
    report = report_of(
        f"1 Motiv\n\nText om motiv.\n\n{tables[0]}\n2 Resultat\n\nText om resultat.\n\n{tables[1]}",
        "r",
    )
    found = {
        block.text: [cell.value for cell in report.section_cells(at)]
        for at, block in enumerate(report.blocks)
        if block.kind == "prose"
    }
    assert found == {"Text om motiv.": [10.0, 15.0], "Text om resultat.": [20.0, 25.0]}
