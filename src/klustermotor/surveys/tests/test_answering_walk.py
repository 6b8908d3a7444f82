"""Answering in a real browser: on a phone and at a desk, without JavaScript, and with it cut off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.surveys.fieldwork.links import link_token
from klustermotor.surveys.models import Answer, Draft, SealedAnswer
from klustermotor.surveys.tests.conftest import invite, make_fieldwork

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def forgotten_guesses() -> None:
    cache.clear()


def checked(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_from_the_link_to_thanks(
    width: int, javascript: bool, transactional_db: None, visit: Callable[..., Any]
) -> None:
    fieldwork = make_fieldwork("confidential", "steel", link_until="2030-01-01")
    invitation = invite(fieldwork, "A")
    page = visit(f"/s/{link_token(invitation)}", width=width, javascript=javascript)
    assert page.url.endswith("/answer")
    if javascript:
        checked(page)
    page.get_by_role("link", name="Börja").click()
    page.get_by_role("button", name="Nästa").click()  # a required question is left out
    assert "Svara på frågan" in page.inner_text("main")
    if javascript:
        checked(page)
    page.get_by_label("Nej").check()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Varför inte?").fill("Vi är nöjda")
    page.get_by_role("group", name="Försäljning").get_by_label("Mycket").check()
    page.get_by_label("Pengar").check()
    if javascript:
        page.get_by_text("Sparat", exact=True).wait_for()
        checked(page)
    page.get_by_role("button", name="Skicka mina svar").click()
    page.wait_for_url("**/answer/thanks")
    if javascript:
        checked(page)
        page.get_by_role("link", name="Se mina svar").click()
        checked(page)
    values = Answer.objects.get().values
    assert values["why.reason"] == "Vi är nöjda"
    assert (values["results.sales"], values["motives.money"]) == ("2", "1")


def test_half_way_on_a_phone_and_the_rest_at_a_desk_in_bokmal(
    transactional_db: None, visit: Callable[..., Any]
) -> None:
    invitation = invite(make_fieldwork("confidential", "steel"), "A")
    phone = visit(f"/s/{link_token(invitation)}", width=390)
    phone.get_by_role("button", name="Norsk").click()
    phone.get_by_role("link", name="Begynn").click()
    phone.get_by_label("Nei").check()
    phone.get_by_text("Lagret", exact=True).wait_for()
    assert Draft.objects.get().is_submitted is False
    desk = visit(f"/s/{link_token(invitation)}")
    desk.get_by_role("button", name="Norsk").click()
    desk.get_by_role("link", name="Fortsett der jeg sluttet").click()
    assert desk.get_by_label("Nei").is_checked()
    desk.get_by_role("button", name="Neste").click()
    checked(desk)
    desk.get_by_role("button", name="Send svarene mine").click()
    desk.wait_for_url("**/answer/thanks")
    assert Answer.objects.count() == 1


def test_anonymous_answers_wait_in_the_browser_and_nowhere_else(
    transactional_db: None, visit: Callable[..., Any]
) -> None:
    invitation = invite(make_fieldwork("anonymous", "steel"), "A")
    page = visit(f"/s/{link_token(invitation)}", width=390)
    checked(page)
    page.get_by_role("link", name="Börja").click()
    page.get_by_label("Nej").check()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Varför inte?").fill("Vi är nöjda")
    page.get_by_text("Sparat i den här webbläsaren").wait_for()
    checked(page)
    assert not Draft.objects.exists()
    assert not SealedAnswer.objects.exists()
    page.goto("/answer")
    page.get_by_role("link", name="Börja").click()
    page.wait_for_url("**/answer/2")
    assert page.get_by_label("Varför inte?").input_value() == "Vi är nöjda"
    page.get_by_role("button", name="Skicka mina svar").click()
    page.wait_for_url("**/answer/thanks")
    checked(page)
    assert SealedAnswer.objects.count() == 1
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_that_cannot_be_saved_says_so_and_is_tried_again(
    transactional_db: None, visit: Callable[..., Any]
) -> None:
    invitation = invite(make_fieldwork("confidential", "steel"), "A")
    page = visit(f"/s/{link_token(invitation)}", width=390)
    page.get_by_role("link", name="Börja").click()
    page.route("**/save", lambda route: route.fulfill(status=503))
    page.get_by_label("Ja").check()
    page.get_by_text("Inte sparat: ingen anslutning").wait_for()
    page.unroute("**/save")
    page.get_by_text("Sparat", exact=True).wait_for(timeout=10_000)
    assert Draft.objects.count() == 1
