"""A load with a dozen kinds of faulty rows, walked in a browser: looked at, applied, undone."""

from pathlib import Path
from typing import Any

import pytest

from klustermotor.core.jobs import run_job
from klustermotor.core.testing.browser import assert_accessible, assert_fits
from klustermotor.register.models import Load, Municipality, Organisation
from klustermotor.register.tests.test_loading import NUMBERS

pytestmark = [pytest.mark.browser, pytest.mark.database]

HEADING = (
    "Kundnummer", "Organisationsnummer", "Företag", "Kommun", "E-post", "Webbplats", "Registrerad",
    "Omsättning 2023", "SNI", "Storlek", "Latitud",
)  # fmt: skip
GOOD = [
    ["K1", NUMBERS[0], "Stålverket AB", "Falun", "info@stal.example", "stal.example", "2001-05-31", "12 345,5", "", "10-49", "60,6"],
    ["K2", NUMBERS[1], "Järn & Co AB", "2080", "", "", "31.5.2004", "", "", "", ""],
]  # fmt: skip
FAULTY = {
    "kontrollsiffran stämmer inte": ["F1", "5560360794", "Fel siffra AB"],
    "har fel antal siffror": ["F2", "55603607", "För kort AB"],
    "är inget organisationsnummer": ["F3", "saknas?", "Inget nummer AB"],
    "har kortat numret": ["F4", "5,56036E+09", "Kortat AB"],
    "raden saknar namn": ["F5", NUMBERS[2], ""],
    "är ingen kommun": ["F6", NUMBERS[3], "Vilse AB", "Atlantis"],
    "är ingen e-postadress": ["F7", NUMBERS[4], "Post AB", "Falun", "info(at)post"],
    "är ingen webbadress": ["F8", NUMBERS[5], "Webb AB", "Falun", "", "inte en adress"],
    "är inget datum": ["F9", NUMBERS[6], "Datum AB", "Falun", "", "", "i våras"],
    "är inget tal": ["F10", NUMBERS[7], "Siffra AB", "Falun", "", "", "", "tolv"],
    "är ingen kod i SNI2007": ["F11", NUMBERS[8], "Bransch AB", "Falun", "", "", "", "", "99Z"],
    "hör inte till kolumnens värden": ["F12", NUMBERS[9], "Storlek AB", "Falun", "", "", "", "", "", "rätt stor"],
    "ligger utanför": ["F13", NUMBERS[10], "Nordpol AB", "Falun", "", "", "", "", "", "", "160"],
    "med ett annat namn": ["F14", NUMBERS[11], "Tvilling AB", "Falun"],
    "Trilling AB": ["F15", NUMBERS[11], "Trilling AB", "Falun"],
}  # fmt: skip


def table() -> bytes:
    rows = [[*row, *[""] * (len(HEADING) - len(row))] for row in [*GOOD, *FAULTY.values()]]
    return "\r\n".join(";".join(row) for row in [HEADING, *rows]).encode("cp1252")


def look_at(page: Any, name: str, pictures: Path | None) -> None:
    """Fit and accessible at both widths."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        assert_accessible(page)
        if pictures:
            page.screenshot(path=str(pictures / f"load-{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def pictures() -> Path | None:
    """A folder for pictures, when somebody wants to look."""
    import os

    name = os.environ.get("KLUSTERMOTOR_PICTURES")
    return Path(name) if name else None


def work(page: Any) -> None:
    """Let the ordered work be done, and wait until the page shows it."""
    page.get_by_text("Väntar på sin tur").wait_for()
    run_job(Load.objects.get().job_id)
    page.get_by_role("progressbar").wait_for(state="detached", timeout=15_000)


def test_a_file_with_a_dozen_kinds_of_faults_is_looked_at_applied_and_undone(
    transactional_db: None,
    users: Any,
    falun: Municipality,
    visit: Any,
    tmp_path: Path,
    pictures: Path | None,
) -> None:
    file = tmp_path / "företag.csv"
    file.write_bytes(table())
    page = visit("/companies/loads", user=users["keeper"])
    page.get_by_role("link", name="Läs in en fil").click()
    look_at(page, "kinds", pictures)
    page.get_by_role("link", name="Organisationer").click()
    look_at(page, "upload", pictures)
    page.set_input_files("input[type=file]", str(file))
    page.get_by_label("Källa").fill("Faluns lista")
    page.get_by_role("button", name="Läs filen").click()

    page.get_by_role("heading", name="Rader", exact=True).wait_for()
    shown = page.inner_text("main")
    for said, row in FAULTY.items():
        assert said in shown, row
    load = Load.objects.get()
    assert load.preview["counts"]["created"] == len(GOOD)
    assert load.preview["counts"]["refused"] == len(FAULTY)
    assert Organisation.objects.count() == 0
    look_at(page, "preview", pictures)
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ned de avvisade raderna").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(FAULTY)
    page.get_by_role("link", name="Nya").click()
    page.get_by_text("Stålverket AB").first.wait_for()

    page.get_by_role("button", name="Genomför de godkända raderna").click()
    page.get_by_text("Väntar på sin tur").wait_for()
    look_at(page, "working", pictures)
    work(page)
    assert Organisation.objects.count() == len(GOOD)
    assert Organisation.objects.get(number=NUMBERS[0]).city == ""
    look_at(page, "result", pictures)
    page.get_by_role("link", name="Nya").click()
    page.get_by_role("link", name="Järn & Co AB").click()
    page.get_by_role("heading", name="Järn & Co AB").wait_for()

    page.goto("/companies/loads")
    look_at(page, "list", pictures)
    page.get_by_role("link", name="företag.csv").click()
    page.get_by_role("button", name="Ångra inläsningen").click()
    work(page)
    assert Organisation.objects.count() == 0
    assert "Ångrad" in page.inner_text("main")
    look_at(page, "undone", pictures)
