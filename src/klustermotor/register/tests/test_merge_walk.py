"""In a browser: likely duplicates, two companies side by side, merged and made two again."""

import pytest

from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.register.models import Merge, Organisation
from klustermotor.register.services.duplicates import scan

AT = {"street": "Slaggatan 3", "postcode": "79171", "city": "Falun"}
pytestmark = pytest.mark.browser


@pytest.fixture
def twins(transactional_db, make_organisation, falun):
    first = make_organisation("Gruvteknik i Falun AB", municipality=falun, **AT)
    second = make_organisation(
        "Gruvtekik i Falun", number="", municipality=falun, phone="023-100 00", **AT
    )
    second.notes.create(text="Ringde om projektet.")
    scan()
    return first, second


@pytest.mark.parametrize("width", WIDTHS)
def test_a_pair_is_compared_merged_and_made_two_again(width, twins, visit, users):
    first, second = twins
    page = visit("/companies/duplicates", width=width, user=users["keeper"])
    assert page.get_by_text("Samma gatuadress och postnummer").is_visible()
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="Samma: jämför och slå samman").click()
    assert page.get_by_role("radio", name="023-100 00").is_checked()
    assert_accessible(page)
    assert_fits(page)
    if f"/companies/{first.pk}/" not in page.url:
        page.get_by_role("link", name="Behåll den andra i stället").click()
    page.get_by_role("button", name="Slå samman", exact=True).click()

    page.wait_for_url(f"**/companies/{first.pk}")
    assert page.get_by_role("heading", level=1).inner_text() == "Gruvteknik i Falun AB"
    assert page.get_by_text("Ringde om projektet.").first.is_visible()
    assert page.get_by_text("Gruvtekik i Falun").first.is_visible()
    assert Organisation.objects.count() == 1
    page.goto(f"/companies/{second.pk}")
    assert page.url.endswith(f"/companies/{first.pk}")

    record = Merge.objects.get()
    page.goto(f"/companies/merges/{record.pk}")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Ångra sammanslagningen").click()
    page.wait_for_url(f"**/companies/{second.pk}")
    assert page.get_by_role("heading", level=1).inner_text() == "Gruvtekik i Falun"
    assert Organisation.objects.count() == 2
    assert second.notes.count() == 1


def test_not_the_same_is_answered_by_keyboard_and_taken_back(twins, visit, users):
    page = visit("/companies/duplicates", user=users["keeper"])
    page.get_by_role("button", name="Inte samma").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty")
    assert_accessible(page)
    page.get_by_role("button", name="Ångra").click()
    page.wait_for_selector(".pair")


@pytest.mark.parametrize("path", ["/companies/merges", "/companies/duplicates"])
@pytest.mark.parametrize("width", WIDTHS)
def test_empty_pages_fit_and_are_accessible(path, width, visit, users):
    page = visit(path, width=width, user=users["keeper"])
    assert_accessible(page)
    assert_fits(page)


def test_the_other_company_is_looked_up_without_javascript(twins, visit, users):
    page = visit(
        f"/companies/{twins[0].pk}/merge", width=390, user=users["keeper"], javascript=False
    )
    page.get_by_label("Namn eller organisationsnummer").fill("gruvtek")
    page.get_by_role("button", name="Slå upp").click()
    assert page.get_by_role("heading", name="Hittade").is_visible()
    page.get_by_role("link", name="Jämför").last.click()
    assert page.get_by_role("heading", name="Vilket värde som behålls").is_visible()
