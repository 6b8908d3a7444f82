"""Every page of the site in a real browser: accessible, and no wider than a phone."""

from typing import Any

import pytest

from klustermotor.core.testing.access import World
from klustermotor.core.testing.browser import assert_accessible, assert_fits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("role", "at_least"), [("administrator", 20), ("company_contact", 6)])
def test_every_page_is_accessible_fits_a_phone_and_has_nothing_to_complain_of(
    role: str,
    at_least: int,
    transactional_db: None,
    world: World,
    addresses: dict[str, str],
    visit: Any,
) -> None:
    page = visit("/", user=world.users[role])
    faults, shown = [], []
    for name, address in addresses.items():
        answer = page.request.get(address, max_redirects=0)
        if answer.status != 200 or "content-disposition" in answer.headers:
            continue
        if "<html" not in answer.text():  # a file, or a part that a page fetches
            continue
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        shown.append(name)
        try:
            assert_accessible(page)
            page.set_viewport_size({"width": 390, "height": 844})
            assert_fits(page)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)
    assert len(shown) >= at_least, shown
