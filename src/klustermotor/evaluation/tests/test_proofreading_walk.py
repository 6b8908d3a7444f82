"""An evaluator writes a wrong figure in a real browser, mends it, or lets it stand with a reason."""

from collections.abc import Callable
from typing import Any

import pytest

from klustermotor.core.jobs import run_job
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.evaluation.models import ProofOverride, Report, SectionText

pytestmark = pytest.mark.browser

ADDRESS = "/initiatives/steel/evaluation?section=results"
WRONG = "År 2009 svarade 62 procent av företagen ”i hög grad eller mer” om ökad försäljning."
MENDED = WRONG.replace("62 procent", "37\u00a0procent")
BOX = "textarea[name=text]"


def saved(text: str) -> bool:
    return SectionText.objects.filter(text=text).exists()


def checked(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_figure_is_underlined_and_mended_as_proposed(
    width: int, transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    page = visit(ADDRESS, width=width, user=region.users["evaluator"])
    page.fill(BOX, f"En växt 🌱 först. {WRONG}")
    underlined = page.locator(".writing__marks mark")
    underlined.wait_for()
    assert underlined.inner_text() == "62 procent"
    assert underlined.get_attribute("data-severity") == "error"
    remark = page.locator("[data-remark]")
    assert "Kan inte stämma" in remark.inner_text()
    assert "I tabellen:" in remark.inner_text()
    assert "1 sak att kontrollera" in page.locator("[data-proof-summary]").inner_text()
    checked(page)

    page.get_by_role("button", name="Visa i texten").click()
    chosen = "b => b.value.slice(b.selectionStart, b.selectionEnd)"
    assert page.locator(BOX).evaluate(chosen) == "62 procent"
    page.get_by_role("button", name="Använd den här lydelsen").press("Enter")
    assert page.input_value(BOX) == f"En växt 🌱 först. {MENDED}"
    page.locator("[data-remark]").wait_for(state="detached")
    assert saved(f"En växt 🌱 först. {MENDED}")
    assert page.locator(".writing__marks mark").count() == 0

    page.get_by_role("button", name="Ångra").click()
    assert page.input_value(BOX) == f"En växt 🌱 först. {WRONG}"
    page.locator("[data-remark]").wait_for()
    assert saved(f"En växt 🌱 först. {WRONG}")
    checked(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sentence_that_stands_with_a_reason_is_told_of_in_the_report(
    width: int, transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    page = visit(ADDRESS, width=width, user=region.users["evaluator"])
    page.fill(BOX, WRONG)
    page.locator("[data-remark]").wait_for()
    page.get_by_role("link", name="Bygg rapport").click()
    assert WRONG in page.inner_text(".remarks")
    checked(page)
    page.get_by_role("button", name="Bygg rapport").click()
    page.get_by_role("alert").wait_for()
    assert "Ingen rapport byggdes" in page.get_by_role("alert").inner_text()
    assert not Report.objects.exists()
    checked(page)

    page.get_by_role("link", name="Till texten: Resultat och effekter").click()
    page.get_by_text("Låt meningen stå kvar").click()
    page.get_by_role("button", name="Låt den stå kvar av det skälet").click()
    page.get_by_role("alert").wait_for()
    assert "Ange varför" in page.get_by_role("alert").inner_text()
    checked(page)
    page.get_by_label("Varför den står kvar").fill("Räknat på de aktiva företagen.")
    page.get_by_role("button", name="Låt den stå kvar av det skälet").click()
    page.get_by_text("Meningar som står kvar").wait_for()
    assert ProofOverride.objects.get().reason == "Räknat på de aktiva företagen."
    checked(page)

    page.get_by_role("link", name="Bygg rapport").click()
    page.locator("label", has_text="Webbsida").click()
    page.get_by_role("button", name="Bygg rapport").click()
    page.wait_for_url("**/reports/*")
    report = Report.objects.get()
    run_job(report.job_id)
    report.job.refresh_from_db()
    written = next(file for file in report.job.files() if file.suffix == ".html").read_text()
    assert "Räknat på de aktiva företagen." in written
    assert "Meningar som står kvar mot siffrorna" in written


def test_without_javascript_the_faults_stand_there_after_saving(
    transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    page = visit(ADDRESS, user=region.users["evaluator"], javascript=False)
    page.fill(BOX, WRONG)
    page.get_by_role("button", name="Spara").click()
    assert "Kan inte stämma" in page.inner_text("[data-remark]")
    page.get_by_role("button", name="Använd den här lydelsen").click()
    assert page.input_value(BOX) == MENDED
    assert page.locator("[data-remark]").count() == 0
