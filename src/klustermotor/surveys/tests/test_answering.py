"""Answering as a person does: by a personal link, page by page, with and without JavaScript."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from klustermotor.core.logs import JsonFormatter
from klustermotor.surveys.answering.form import form_of
from klustermotor.surveys.fieldwork.collecting import mine, settle, submit
from klustermotor.surveys.fieldwork.links import link_token, open_token
from klustermotor.surveys.models import Answer, Draft, Fieldwork, Invitation, SealedAnswer
from klustermotor.surveys.tests.conftest import invite, make_fieldwork

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten_guesses() -> None:
    cache.clear()


def opened(invitation: Invitation) -> Client:
    client = Client()
    response = client.get(f"/s/{link_token(invitation)}")
    assert (response.status_code, response.url) == (303, "/answer")
    return client


def counts() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (Answer, Draft, SealedAnswer, Invitation))


def test_a_link_is_swapped_for_a_cookie_and_leaves_no_trace() -> None:
    invitation = invite(make_fieldwork("confidential", "steel"), "A")
    token, before = link_token(invitation), counts()
    response = Client().get(f"/s/{token}")
    cookie = response.cookies["answering"]
    assert cookie["httponly"] and cookie["path"] == "/answer" and cookie["samesite"] == "Lax"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    client = opened(invitation)
    for address in ("/answer", "/answer/1", "/answer/2", "/answer/mine"):
        page = client.get(address)
        assert token not in page.content.decode()
        assert page["Referrer-Policy"] == "same-origin"
    assert counts() == before


def test_neither_path_nor_message_in_the_log_shows_a_link(
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = link_token(invite(make_fieldwork("confidential", "steel"), "A"))
    with caplog.at_level(logging.DEBUG):
        client = Client()
        client.get(f"/s/{token}")
        client.get("/answer")
        client.get(f"/s/{token[:-1]}")
        logging.getLogger("klustermotor").warning("opened /s/%s", token)
    lines = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert '"path": "/s/…"' in lines
    assert token[:20] not in lines


def test_wrong_links_are_counted_and_stopped() -> None:
    right = link_token(invite(make_fieldwork("confidential", "steel"), "A"))
    client = Client()
    answers = [client.get(f"/s/{'A' * 47}{n % 10}").status_code for n in range(21)]
    assert answers == [404] * 20 + [429]
    assert client.get(f"/s/{right}").status_code == 429


def test_without_a_link_there_is_nothing_to_see() -> None:
    make_fieldwork("confidential", "steel")
    client = Client()
    for address in ("/answer", "/answer/1", "/answer/mine", "/answer/thanks"):
        page = client.get(address)
        assert page.status_code == 403
        assert "Länken leder inte till någon enkät" in page.content.decode()
    for address in ("/answer/1", "/answer/1/save", "/answer/language"):
        assert client.post(address, {"will.grow": "yes"}).status_code == 403


def test_from_the_first_page_to_thanks_by_forms_alone() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    page = client.get("/answer").content.decode()
    assert "Dina svar är konfidentiella" in page
    assert "/answer/1" in page
    response = client.post("/answer/1", {"will.grow": "no", "go": "next"})
    assert response.url == "/answer/2"
    assert "Varför inte?" in client.get("/answer/2").content.decode()
    sent = {
        "why.reason": "Vi är nöjda",
        "results.sales": "2",
        "results.skills": "9",
        "motives.money": "1",
        "cooperation.companies.now": "1",
        "cooperation.companies.wanted": "2",
        "staff.number": "1 234,5",
    }
    response = client.post("/answer/2", {**sent, "go": "next"})
    assert response.url == "/answer/thanks"
    assert "Tack" in client.get(response.url).content.decode()
    (answer,) = Answer.objects.all()
    assert answer.values == {
        "will.grow": "no",
        "why.reason": "Vi är nöjda",
        "results.sales": "2",
        "results.skills": "9",
        "motives.friends": "0",
        "motives.money": "1",
        "cooperation.companies.now": "1",
        "cooperation.companies.wanted": "2",
        "staff.number": 1234.5,
        "size": "10-49",
        "mode": "mail",
    }
    mine_in_words = client.get("/answer/mine").content.decode()
    assert "Vi är nöjda" in mine_in_words
    assert "Vet ej" in mine_in_words


def test_a_question_that_no_longer_applies_is_skipped() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    client.post("/answer/1", {"will.grow": "yes", "go": "next"})
    assert "Varför inte?" not in client.get("/answer/2").content.decode()


def test_a_required_question_asks_again_and_keeps_what_was_typed() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    response = client.post("/answer/1", {"go": "next"})
    assert response.status_code == 422
    assert "Svara på frågan" in response.content.decode()
    client.post("/answer/1", {"will.grow": "yes", "go": "next"})
    response = client.post(
        "/answer/2", {"results.sales": "2", "staff.number": "många", "go": "next"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="många"' in page
    assert "Skriv ett tal" in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("results.sales", "7"),
        ("results.sales", "<script>"),
        ("will.grow", "maybe"),
        ("staff.number", "1e400"),
        ("staff.number", "nan"),
        ("why.reason", "x" * 4001),
    ],
)
def test_what_no_field_can_hold_is_refused(field: str, value: str) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    client.post("/answer/1", {"will.grow": "no", "go": "next"})
    number = 1 if field == "will.grow" else 2
    assert client.post(f"/answer/{number}", {field: value, "go": "next"}).status_code == 422


def test_each_answer_is_saved_as_it_is_given_and_goes_on_elsewhere() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    first, second = opened(invitation), opened(invitation)
    assert first.post("/answer/1/save", {"will.grow": "no"}).json() == {"saved": True}
    page = second.get("/answer").content.decode()
    assert "Fortsätt där jag slutade" in page
    assert 'value="no" checked' in second.get("/answer/1").content.decode()
    assert not Answer.objects.exists()


def test_a_choice_of_language_keeps_what_was_typed() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    client = opened(invitation)
    client.post("/answer/language", {"language": "nb", "page": "1", "will.grow": "no"})
    page = client.get("/answer/1").content.decode()
    assert 'lang="nb"' in page
    assert "Vil dere vokse?" in page
    assert mine(invitation).values == {"will.grow": "no"}
    client.post("/answer/language", {"language": "xx"})
    assert 'lang="nb"' in client.get("/answer").content.decode()


@pytest.mark.parametrize(("state", "words"), [("closed", "stängt"), ("planned", "inte öppnat")])
def test_a_fieldwork_that_is_not_open_says_so_and_takes_nothing(state: str, words: str) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    Fieldwork.objects.update(state=state)
    assert words in client.get("/answer").content.decode()
    response = client.post("/answer/1", {"will.grow": "yes", "go": "next"})
    assert response.status_code == 409
    assert words in response.content.decode()
    assert counts()[:2] == (0, 0)


def test_anonymous_answers_are_carried_by_the_form_and_kept_by_nobody_until_sent() -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invitation = invite(fieldwork, "A")
    client = opened(invitation)
    page = client.get("/answer").content.decode()
    assert "Dina svar är anonyma" in page
    page = client.post("/answer/1", {"will.grow": "no", "go": "next"}).content.decode()
    assert '<input type="hidden" name="will.grow" value="no">' in page
    assert counts()[:3] == (0, 0, 0)
    assert client.post("/answer/1/save", {"will.grow": "no"}).status_code == 404
    sent = {"will.grow": "no", "why.reason": "Nöjd", "staff.number": "12,5", "go": "next"}
    back = client.post("/answer/2", {**sent, "go": "back"}).content.decode()
    assert 'name="why.reason" value="Nöjd"' in back
    assert 'name="staff.number" value="12,5"' in back
    assert client.post("/answer/2", sent).url == "/answer/thanks"
    assert counts()[:3] == (0, 0, 1)
    assert "Tack" in client.get("/answer").content.decode()
    assert client.get("/answer/mine").status_code == 302
    for number in range(4):
        submit(invite(fieldwork, f"C{number}"), {"will.grow": "yes"})
    settle(fieldwork, everything=True)
    assert Answer.objects.exclude(values={"will.grow": "yes"}).get().values == {
        "will.grow": "no",
        "why.reason": "Nöjd",
        "staff.number": 12.5,
    }


def test_a_shared_device_forgets_on_request() -> None:
    client = opened(invite(make_fieldwork("confidential", "steel"), "A"))
    client.post("/answer/leave")
    assert client.get("/answer").status_code == 403


def test_pages_are_light_and_ask_little_of_the_database(
    django_assert_max_num_queries: Any,
) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    client = opened(invite(fieldwork, "A"))
    form_of(fieldwork)
    for address in ("/answer", "/answer/1", "/answer/2"):
        with django_assert_max_num_queries(8):
            page = client.get(address)
        assert len(page.content) < 60_000


def test_an_open_link_lets_each_browser_answer_once() -> None:
    fieldwork = make_fieldwork("confidential", "steel", open_link=True)
    invite(fieldwork, "A")
    address = f"/s/open/{open_token(fieldwork)}"
    browser = Client()
    assert browser.get(address).status_code == 200
    assert Invitation.objects.filter(channel="open").count() == 0
    for _again in range(2):
        assert browser.post(address).url == "/answer"
        browser.post("/answer/1", {"will.grow": "yes", "go": "next"})
        assert browser.post("/answer/2", {"results.sales": "2", "go": "next"}).status_code == 303
    assert Answer.objects.count() == 1
    assert Answer.objects.get().values["mode"] == "open"
    assert Client().post(address).url == "/answer"
    assert Invitation.objects.filter(channel="open").count() == 2


def test_without_an_open_link_there_is_none() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    token = open_token(fieldwork)
    assert Client().get(f"/s/open/{token}").status_code == 404
    Fieldwork.objects.update(open_link=True)
    wrong = token[:-1] + ("A" if token[-1] != "A" else "E")
    assert Client().get(f"/s/open/{wrong}").status_code == 404
    assert Client().get(f"/s/open/{'A' * 48}").status_code == 404
    Fieldwork.objects.update(state="closed")
    assert "stängt" in Client().get(f"/s/open/{token}").content.decode()
