"""A contact's way in, in a real browser: invited, logged in, corrected, accepted by staff."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.register.models import CompanyContact, PersonRole
from klustermotor.register.services.provenance import by_hand

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_invitation_to_an_accepted_change(
    width: int,
    transactional_db: None,
    users: Any,
    make_organisation: Any,
    make_person: Any,
    visit: Callable[..., Any],
) -> None:
    by_hand()
    steel = make_organisation("Stålverket AB", website="https://www.stalverket.se")
    kim = make_person("Kim Berg", email="kim@stalverket.se", language="sv")
    PersonRole.objects.create(person=kim, organisation=steel, title="vd")

    def checked(page: Any, name: str) -> None:
        page.wait_for_load_state("networkidle")
        if folder := os.environ.get("KLUSTERMOTOR_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)

    staff = visit(f"/contacts/companies/{steel.pk}", width=width, user=users["keeper"])
    checked(staff, "invite")
    staff.get_by_label("Person").select_option(label="Kim Berg, vd")
    staff.get_by_role("button", name="Skicka inbjudan").click()
    staff.get_by_text("Inbjudan har skickats till kim@stalverket.se.").wait_for()
    checked(staff, "invited")

    found = re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found is not None
    contact = visit(found[1], width=width)
    checked(contact, "accept")
    contact.get_by_label("Lösenord").fill("en-lang-fras-1948")
    contact.get_by_role("button", name="Öppna mitt konto").click()
    contact.wait_for_url("**/my-company/*")
    contact.locator("#id_company-phone").fill("0240-123 45")
    contact.locator("#id_company-name").fill("Nya Stålverket AB")
    contact.get_by_role("button", name="Spara företaget").click()
    contact.get_by_text("väntar på regionen").wait_for()
    checked(contact, "own-company")

    asker = visit("/contacts/ask", width=width)
    checked(asker, "ask")
    asker.get_by_label("Organisationsnummer").fill(steel.number)
    asker.get_by_label("Ditt namn").fill("Bo Ek")
    asker.get_by_label("Din e-post på företaget").fill("bo@stalverket.se")
    asker.get_by_role("button", name="Skicka", exact=True).click()
    asker.get_by_role("heading", name="Titta i din e-post").wait_for()
    checked(asker, "asked")
    found = re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found is not None
    asker.goto(found[1])
    checked(asker, "verify")
    asker.get_by_role("button", name="Ja, det är jag").click()
    asker.get_by_role("heading", name="Tack").wait_for()

    staff.goto("/contacts")
    checked(staff, "contacts")
    staff.get_by_role("button", name="Godta Nya Stålverket AB").click()
    staff.get_by_text("Ändringen har godtagits.").wait_for()
    staff.get_by_role("button", name="Bekräfta Bo Ek").click()
    staff.get_by_text("En inbjudan har skickats till bo@stalverket.se.").wait_for()
    steel.refresh_from_db()
    assert (steel.name, steel.phone) == ("Nya Stålverket AB", "0240-123 45")
    assert CompanyContact.objects.get().user.email == "kim@stalverket.se"
