import json
import logging

import pytest
from django.apps import apps
from django.core import mail

from klustermotor.core.history import acting
from klustermotor.core.logs import JsonFormatter, without_secrets
from klustermotor.core.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def eva():
    return User.objects.create_user("Eva@exempel.se", "hemligt-1948", name="Eva Ek")


def test_a_user_logs_in_with_email_in_any_case_and_password(client, eva):
    answer = client.post("/account/login/", {"login": "EVA@exempel.se", "password": "hemligt-1948"})
    assert answer.status_code == 302
    assert client.get("/account/settings").status_code == 200


def test_a_user_logs_in_with_a_code_from_a_mail(client, eva):
    client.post("/account/login/code/", {"email": "eva@exempel.se"})
    body = mail.outbox[0].body
    code = next(
        word
        for word in body.split()
        if len(word) >= 6 and word.upper() == word and word.strip("-").replace("-", "").isalnum()
    )
    answer = client.post("/account/login/code/confirm/", {"code": code})
    assert answer.status_code == 302
    assert client.get("/account/settings").status_code == 200


@pytest.mark.parametrize("address", ["/account/login/", "/account/login/code/"])
def test_no_field_repeats_its_label_inside(client, address):
    main = client.get(address).text.split("<main")[1].split("</main")[0]
    assert "<label" in main
    assert "placeholder" not in main


def test_nobody_signs_up_by_themselves(client):
    answer = client.post(
        "/account/signup/",
        {"email": "x@x.se", "password1": "hemligt-1948", "password2": "hemligt-1948"},
    )
    assert answer.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/account/login/", "/account/login/code/", "/account/password/reset/", "/account/signup/"],
)
def test_pages_before_login_answer_in_three_languages(client, address):
    for language, word in (
        ("sv", "Hoppa till innehållet"),
        ("nb", "Hopp til innholdet"),
        ("en", "Skip to content"),
    ):
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert word in answer.text


@pytest.mark.parametrize("address", ["/account/settings", "/jobs", "/search"])
def test_anonymous_visitors_are_sent_to_the_login(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/account/settings",
        "/account/password/change/",
        "/account/mfa/",
        "/account/logout/",
        "/jobs",
        "/search?q=a",
    ],
)
def test_every_page_of_a_user_answers(client, eva, address):
    client.force_login(eva)
    assert client.get(address, follow=True).status_code == 200


def test_a_second_step_is_set_up_in_our_frame(client, eva):
    client.post("/account/login/", {"login": "eva@exempel.se", "password": "hemligt-1948"})
    answer = client.get("/account/mfa/totp/activate/", follow=True)
    if "reauthenticate" in answer.redirect_chain[0][0]:
        answer = client.post(answer.redirect_chain[0][0], {"password": "hemligt-1948"}, follow=True)
    assert answer.status_code == 200
    assert 'class="top"' in answer.text
    assert 'name="code"' in answer.text


def test_the_chosen_language_follows_the_user(client, eva):
    client.force_login(eva)
    client.post("/language", {"language": "nb", "next": "/jobs"})
    eva.refresh_from_db()
    assert eva.language == "nb"
    change = eva.history.latest()
    assert (change.history_user, change.history_change_reason) == (eva, "user.changed")
    assert "Mine jobber" in client.get("/jobs").text


def test_a_visitor_chooses_a_language_and_is_not_sent_elsewhere(client):
    answer = client.post("/language", {"language": "nb", "next": "https://ond.example/"})
    assert answer.url == "/"
    assert 'lang="nb"' in client.get("/account/login/").text
    assert client.get("/language").status_code == 405


def test_errors_have_pages_in_the_readers_language(client):
    answer = client.get("/finns-inte", headers={"accept-language": "nb"})
    assert answer.status_code == 404
    assert "Siden finnes ikke" in answer.text


def test_health_answers_without_login(client):
    assert client.get("/health").json() == {"status": "ok"}


def test_every_page_carries_a_policy_with_a_new_nonce(client):
    first, second = (client.get("/account/login/")["Content-Security-Policy"] for _ in range(2))
    assert "worker-src 'self' blob:" in first
    assert "'unsafe-inline'" not in first
    assert first != second


def test_search_shows_what_is_found_and_suggests_it_while_it_is_written(client, eva):
    Initiative = apps.get_model("initiatives", "Initiative")
    Initiative.objects.create(slug="steel", name="Triple Steelix", region="Dalarna")
    client.force_login(eva, backend=BACKEND)
    assert "Inget hittades" in client.get("/search?q=trip").text
    User.objects.filter(pk=eva.pk).update(is_administrator=True)
    answer = client.get("/search?q=trip")
    assert "Triple Steelix" in answer.text
    assert "Inget hittades" not in answer.text
    suggested = client.get("/search/suggestions?q=trip")
    assert 'href="/initiatives/steel"' in suggested.text
    assert client.get("/search?q=trip&kind=report").text.count("Triple Steelix") == 0
    client.logout()
    assert client.get("/search/suggestions?q=trip").status_code == 302


def test_logs_carry_no_address_token_or_query():
    text = "reset /account/password/reset/key/2-c9abc/ for eva@exempel.se ?q=Eva token 3f9aB7c2d8e1f0a4b6c8d0e2f4"
    told = without_secrets(text)
    assert not any(secret in told for secret in ("eva@", "c9abc", "q=Eva", "3f9aB7"))
    record = logging.LogRecord("x", logging.INFO, "f", 1, "svar från %s", ("eva@exempel.se",), None)
    record.status = 200
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "svar från …@…"
    assert line["status"] == 200


def test_acting_nests_and_ends(eva):
    from klustermotor.core import history

    with acting(eva, "a.b"):
        assert history._act.get().action == "a.b"
    assert history._act.get() is None


def test_a_page_of_a_logged_in_user_is_kept_nowhere(client, eva):
    client.force_login(eva, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/reports").headers["Cache-Control"] == "private, no-store"


def test_an_address_with_a_null_character_is_refused(client):
    assert client.get("/search?q=a%00").status_code == 400
    assert client.get("/rounds/a%00").status_code == 400


def test_the_known_password_of_the_demonstration_opens_nothing_elsewhere(client, settings):
    User.objects.create_user("x@demo.example", "klustermotor-demo", name="X")
    form = {"login": "x@demo.example", "password": "klustermotor-demo"}
    client.post("/account/login/", form)
    assert "_auth_user_id" not in client.session
    settings.DEMO = True
    client.post("/account/login/", form)
    assert "_auth_user_id" in client.session
