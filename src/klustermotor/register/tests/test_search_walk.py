"""Searching in a browser: what is suggested while it is written, and what the page shows."""

import pytest

from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.register.models import OrganisationName

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def companies(make_organisation, make_person, falun):
    make_organisation("Ås kommun", kind="public")
    make_organisation("As Maskin AB", municipality=falun)
    make_organisation("Falu Industrilokaler AB", municipality=falun)
    steel = make_organisation("Nya Stålverket AB", number="5560360793", municipality=falun)
    OrganisationName.objects.create(organisation=steel, name="Gamla Bruket AB")
    make_person("Kim Åsberg", email="kim@stal.example")


def hits(page):
    return page.locator(".hits a").all_inner_texts()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_searches_and_finds(visit, users, companies, width):
    page = visit("/search?q=ås", width=width, user=users["reader"])
    assert hits(page) == ["Ås kommun", "Kim Åsberg"]
    for written, found in [
        ("lokal", "Falu Industrilokaler AB"),
        ("556036-0793", "Nya Stålverket AB"),
        ("5560360793", "Nya Stålverket AB"),
        ("bruket", "Nya Stålverket AB"),
    ]:
        page.keyboard.press("/")
        page.keyboard.type(written)
        page.locator("[role=option]").first.wait_for()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert hits(page) == [found]
    assert "tidigare Gamla Bruket AB" in page.locator(".hits").inner_text()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_suggestions_are_a_list_for_the_keyboard(visit, users, companies, width):
    page = visit("/search", width=width, user=users["reader"])
    box = page.get_by_role("combobox")
    box.press_sequentially("fal")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "Falu Industrilokaler AB" in options.first.inner_text()
    assert "förslag" in page.locator("[data-suggest-status]").inner_text()
    assert_accessible(page)
    assert_fits(page)
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "fal"
    box.press("ArrowDown")
    address = options.first.get_attribute("href")
    with page.expect_navigation(url=f"**{address}"):
        box.press("Enter")


def test_the_box_works_without_javascript(visit, users, companies):
    page = visit("/search", user=users["reader"], javascript=False)
    page.locator("#search").fill("lokal")
    with page.expect_navigation():
        page.locator("#search").press("Enter")
    assert hits(page) == ["Falu Industrilokaler AB"]
