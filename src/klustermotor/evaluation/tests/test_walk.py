"""A user's way through the product in a real browser, on a phone and at a desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from klustermotor.core.jobs import run_job
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.evaluation.models import Report, SectionText
from klustermotor.evaluation.services import order_report, save_text

pytestmark = pytest.mark.browser


def checked(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_login_to_a_downloaded_report(
    width: int, transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    user = region.users["evaluator"]
    user.set_password("ett-gott-losenord")
    user.save()
    page = visit("/", width=width)
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "ett-gott-losenord")
    page.locator("main form[action*='login'] button").first.click()
    page.wait_for_url("**/")
    checked(page)

    page.get_by_role("link", name="Initiativ", exact=True).first.click()
    checked(page)
    page.get_by_role("link", name="Stålklustret").click()
    checked(page)
    page.get_by_role("link", name="Öppna utvärderingen").click()
    checked(page)
    assert "45\u00a0%" in page.inner_text("main")  # 27 of 60 invited
    for tab in page.locator("nav.tabs a").evaluate_all("links => links.map(a => a.href)"):
        page.goto(tab)
        checked(page)

    page.get_by_role("link", name="Bygg rapport").click()
    checked(page)
    page.get_by_role("button", name="Bygg rapport").click()
    page.wait_for_url("**/reports/*")
    checked(page)
    report = Report.objects.get()
    run_job(report.job_id)
    page.get_by_role("link", name="steel-2009-sv.pdf").wait_for(timeout=10_000)
    checked(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="steel-2009-sv.pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_downloaded_report_opens_without_the_site(
    dark: bool, transactional_db: None, region: Any, visit: Any, tmp_path: Path
) -> None:
    by = region.users["evaluator"]
    report = order_report(region.surveyed, "2009", languages=["sv"], formats=["html"], by=by)
    run_job(report.job_id)
    page = visit("/", user=by, dark=dark)
    file = page.request.get(f"/reports/{report.pk}/files/steel-2009-sv.html")
    (tmp_path / "report.html").write_bytes(file.body())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert page.locator("svg").count() > 0
    assert_accessible(page)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_what_is_typed_is_saved_and_survives_a_lost_connection(
    transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    address = "/initiatives/steel/evaluation?section=results"
    page = visit(address, user=region.users["evaluator"])
    page.fill("textarea[name=text]", "Försäljningen ökade.")
    page.get_by_text("Sparat").wait_for()
    assert SectionText.objects.get().text == "Försäljningen ökade."

    page.route("**/text", lambda route: None)  # the connection is lost: no answer ever comes
    page.fill("textarea[name=text]", "Försäljningen ökade. Det var många.")
    page.wait_for_timeout(1500)
    assert SectionText.objects.get().text == "Försäljningen ökade."
    page.unroute("**/text")
    page.goto("/initiatives")
    page.goto(address)
    assert page.input_value("textarea[name=text]") == "Försäljningen ökade. Det var många."
    page.get_by_text("Sparat").wait_for()
    page.wait_for_timeout(1500)
    assert SectionText.objects.get().text == "Försäljningen ökade. Det var många."


def test_two_who_write_at_once_both_keep_their_text(
    transactional_db: None, region: Any, visit: Callable[..., Any]
) -> None:
    address = "/initiatives/steel/evaluation?section=results"
    mine = visit(address, user=region.users["evaluator"])
    other = region.users["administrator"]
    save_text(
        region.surveyed, "2009", "results", "sv", "Administratörens text.", by=other, base_version=0
    )
    mine.fill("textarea[name=text]", "Följeforskarens text.")
    mine.get_by_role("alert").wait_for()
    assert "Administratörens text." in mine.get_by_role("alert").inner_text()
    assert_accessible(mine)
    mine.get_by_role("button", name="Spara min").click()
    mine.wait_for_load_state("networkidle")
    row = SectionText.objects.get()
    assert row.text == "Följeforskarens text."
    assert {version.text for version in row.history.all()} >= {
        "Administratörens text.",
        "Följeforskarens text.",
    }
