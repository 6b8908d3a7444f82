"""Figures of another initiative told beside: held against that one's tables, never one's own."""

import pytest

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.proofread import proofread

ITEMS = {"sv": "Lägre kostnader", "nb": "Lavere kostnader", "en": "Lower costs"}
SAID = {
    "sv": "Lägre kostnader uppges av {own} procent år 2024, att jämföra med {other} procent i {name}.",
    "nb": "Lavere kostnader oppgis av {own} prosent i 2024, mot {other} prosent i {name}.",
    "en": "Lower costs are named by {own} percent in 2024, compared with {other} percent in {name}.",
}  # fmt: skip
LANGUAGES = pytest.mark.parametrize("language", ["sv", "nb", "en"])


def cells(language):
    figures = {"skogs-ringen": (50, 61), "bagen": (44, 39)}
    return [
        TableCell(
            name, "Table 1", wave, ITEMS[language], "", "=", float(value), "percent", 200, 200, ""
        )
        for name, values in figures.items()
        for wave, value in zip(("2023", "2024"), values, strict=True)
    ]


def told(language, about="skogs-ringen", own=61, other=39, name="Bågen"):
    return proofread(
        SAID[language].format(own=own, other=other, name=name),
        cells(language),
        language=language,
        about=about,
        initiatives={"skogs-ringen": ("Skogsringen",), "bagen": ("Bågen",), "hav": ("Havskanten",)},
    )


@LANGUAGES
def test_right_figures_of_two_initiatives_draw_no_remark(language):
    assert told(language) == ()
    assert told(language, about="bagen", own=39, other=61, name="Skogsringen") == ()


@LANGUAGES
def test_ones_own_wrong_figure_is_told_against_ones_own_table(language):
    (fault,) = told(language, own=57)
    assert (fault.kind, fault.cell.initiative, fault.cell.value) == (
        "wrong_figure", "skogs-ringen", 61,
    )  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize(("other", "kind"), [(35, "wrong_figure"), (44, "stale_figure")])
def test_the_others_wrong_figure_is_told_against_its_table(language, other, kind):
    (fault,) = told(language, other=other)
    assert (fault.kind, fault.cell.initiative, fault.cell.value) == (kind, "bagen", 39)
    said = SAID[language].format(own=61, other=other, name="Bågen")
    assert said[fault.start : fault.end].startswith(str(other))
    assert fault.sentence == said


@LANGUAGES
def test_a_figure_of_one_without_tables_is_passed_over(language):
    assert told(language, other=17, name="Havskanten") == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Lägre kostnader uppges av 61 procent år 2024, att jämföra med 12 till 39 procent i "
         "de tre andra initiativen i omgången."),
        ("nb", "Lavere kostnader oppgis av 61 prosent i 2024, mot 12 til 39 prosent i de tre andre "
         "initiativene i runden."),
        ("en", "Lower costs are named by 61 percent in 2024, compared with 12 to 39 percent in the "
         "other three initiatives of the round."),
    ],
)  # fmt: skip
def test_a_range_of_several_others_is_not_ones_own(language, sentence):
    assert proofread(sentence, cells(language), language=language, about="skogs-ringen") == ()


def test_a_mean_with_a_decimal_point_is_another_ones_too():
    means = [
        TableCell(
            name,
            "Table 2",
            "2024",
            "Contribution to staff training",
            "",
            "=",
            value,
            "mean",
            20,
            20,
            "",
        )
        for name, value in (("ring", 3.4), ("shore", 2.8))
    ]
    text = (
        "The mean for the contribution to staff training is 3.4 in 2024, compared with {} in Shore."
    )
    assert proofread(text.format(2.8), means, language="en", about="ring") == ()


@LANGUAGES
def test_a_comparison_with_ones_own_earlier_wave_is_read_as_ever(language):
    earlier = {"sv": "mot 39 procent år 2023", "nb": "mot 39 prosent i 2023",
               "en": "compared with 39 percent in 2023"}[language]  # fmt: skip
    text = SAID[language].partition(",")[0].format(own=61) + f", {earlier}."
    kinds = {fault.kind for fault in proofread(
        text, cells(language), language=language, about="skogs-ringen")}  # fmt: skip
    assert kinds == {"wrong_figure"}
