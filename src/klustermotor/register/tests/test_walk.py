"""Walk the register in a browser: every page at phone and desk width, and a company's life."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.register.models import (
    Establishment,
    Industry,
    Organisation,
    Person,
    Source,
)
from klustermotor.register.services import figures, hanging, notes, organisations, people, tags
from klustermotor.register.services.industries import set_industries
from klustermotor.register.services.provenance import Told, tell
from klustermotor.register.services.reference import load_reference_data
from klustermotor.register.services.secrecy import mark_secret

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Make = Callable[..., Organisation]


@pytest.fixture
def steel(
    make_organisation: Make, make_person: Callable[..., Person], users: dict[str, User]
) -> Any:
    """A company of which everything is known that a page can show."""
    load_reference_data()
    by = users["keeper"]
    company = make_organisation(
        "Dala Verktyg och Precisionsmekanik AB", municipality_id="SE-2080", size="10-49",
        street="Industrigatan 12", city="Falun", email="info@verktyg.example",
        website="https://verktyg.example", latitude=60.6065, longitude=15.6355,
    )  # fmt: skip
    mother = make_organisation("Dala Stål Holding AB", municipality_id="SE-2080")
    make_organisation("Dala Verktyg Mora AB", parent=company)
    register = Source.objects.create(pk="scb", name="SCB:s företagsregister")
    tell([Told("organisation", company.pk, "email", company.email)], register)
    organisations.change_organisation(
        company, {"name": "Dalaverktyg AB", "email": "hej@verktyg.example", "parent": mother}, by=by
    )
    tell([Told("organisation", company.pk, "email", "order@verktyg.example")], register)
    industries = list(Industry.objects.filter(pk__in=["SNI2007:25", "SNI2007:28"]))
    set_industries(company, industries, by=by)
    site = hanging.add(
        Establishment(organisation=company, name="Verkstaden"), "establishment.created", by=by
    ).row
    for year, count in ((2023, 19), (2024, 22), (2025, 25)):
        figures.record_employees(site, year, Decimal(count), by=by)
        figures.record_fact(company, year, "employees", Decimal(count + 5), unit="persons", by=by)
    kim = make_person("Kim Berg", email="kim@verktyg.example", phone="070 123 45 67")
    people.give_role(kim, company, {"title": "VD", "since": date(2020, 1, 1)}, by=by)
    people.give_role(kim, mother, {"title": "Ledamot", "until": date(2021, 1, 1)}, by=by)
    tags.put_tag(company, "Export", by=by)
    tags.take_position(company, "Stål och verkstad", "midstream", by=by)
    notes.write_note(company, "Söker samarbete om robotsvetsning.", by=by)
    notes.write_note(company, "Förhandlar om köp.", by=by, is_confidential=True)
    mark_secret(
        company, legal_ground="OSL 31 kap. 16 §", decided_by="Förvaltningschefen",
        decided_on=date(2026, 1, 2), readers=[by], by=users["administrator"],
    )  # fmt: skip
    return company


def addresses(company: Organisation) -> list[str]:
    """Every page of the register that is read or filled in."""
    kim, site = Person.objects.get(), company.establishments.get()
    own = f"/companies/{company.pk}"
    person = f"/people/{kim.pk}"
    role = kim.roles.get(organisation=company)
    return [
        "/companies",
        "/companies?text=dala&place=SE-20&kind=company&ended=too",
        "/companies?text=finnsinte",
        "/companies/new",
        own,
        *(
            f"{own}/{part}"
            for part in (
                "history", "change", "end", "industries", "names/new", "numbers/new", "tags/new",
                "value-chain/new", "figures/new", "establishments/new",
                f"establishments/{site.pk}", "people/new", f"people/{kim.pk}/new", "notes/new",
            )
        ),
        "/people",
        "/people/new",
        f"/people/options?text=kim&at={company.pk}",
        person,
        *(
            f"{person}/{part}"
            for part in ("history", "change", "roles/new", f"roles/{role.pk}",
                         f"roles/{role.pk}/end", "notes/new")
        ),
        reverse("note", kwargs={"note": company.notes.latest("written_at").pk}),
        "/industries",
        "/industries?text=metall",
        "/industries/SNI2007:25",
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(
    width: int, visit: Any, users: dict[str, User], steel: Organisation
) -> None:
    page = visit("/companies", width=width, user=users["keeper"])
    for address in addresses(steel):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        assert_fits(page)
        assert_accessible(page)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_pages_of_a_company_and_a_person_speak_the_readers_language(
    language: str, visit: Any, users: dict[str, User], steel: Organisation
) -> None:
    user = users["keeper"]
    user.language = language
    user.save()
    page = visit(f"/companies/{steel.pk}", user=user, language=language)
    text = page.locator("main").inner_text()
    swedish = {"nb": "Arbetsställen", "en": "Arbetsställen"}[language]
    words = {
        "nb": ["Arbeidssteder", "Næringer", "Notater", "oppgir siden"],
        "en": ["Establishments", "Industries", "Notes", "says since"],
    }[language]
    assert all(word in text for word in words)
    assert swedish not in text


@pytest.mark.parametrize("javascript", [True, False])
def test_a_company_is_added_renamed_and_the_renaming_taken_back(
    javascript: bool, visit: Any, users: dict[str, User]
) -> None:
    load_reference_data()
    page = visit("/companies", user=users["keeper"], javascript=javascript)
    page.get_by_role("link", name="Lägg till företag").click()
    page.get_by_label("Namn").fill("Stål AB")
    page.get_by_label("Organisationsnummer").fill("556036-0794")
    page.get_by_role("button", name="Lägg till företag").click()
    assert "det skulle bli 556036-0793" in page.locator("main").inner_text()
    page.get_by_label("Organisationsnummer").fill("556036-0793")
    page.get_by_role("button", name="Lägg till företag").click()
    assert page.locator("h1").inner_text() == "Stål AB"
    page.get_by_role("link", name="Ändra", exact=True).first.click()
    page.locator("#id_name").fill("Nya Stål AB")
    page.get_by_role("button", name="Spara").click()
    assert page.locator("h1").inner_text() == "Nya Stål AB"
    assert "Tidigare namn" in page.locator("main").inner_text()
    page.locator(".toast").get_by_role("button", name="Ångra").click()
    assert page.locator("h1").inner_text() == "Stål AB"
    assert "Tidigare namn" not in page.locator("main").inner_text()


def test_matches_are_offered_while_typing_the_parent(
    visit: Any, users: dict[str, User], steel: Organisation
) -> None:
    page = visit(f"/companies/{steel.pk}/change", user=users["keeper"])
    page.locator("#id_parent").fill("")
    page.locator("#id_parent").press_sequentially("holding")
    offer = page.locator("#id_parent_offers option")
    offer.first.wait_for(state="attached")
    assert offer.first.inner_text() == "Dala Stål Holding AB, Falun"


def test_leaving_a_changed_form_asks(
    visit: Any, users: dict[str, User], steel: Organisation
) -> None:
    page = visit(f"/companies/{steel.pk}/change", user=users["keeper"])
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_phone").fill("023 1")
    page.goto("/companies")
    assert asked == ["beforeunload"]
