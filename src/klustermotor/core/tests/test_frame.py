import pytest

from klustermotor.core.models import User


@pytest.mark.django_db
def test_a_user_logs_in_with_email_and_password_and_sees_a_page(client):
    User.objects.create_user("Eva@exempel.se", "hemligt-1948", name="Eva")
    answer = client.post(
        "/account/login/", {"login": "eva@exempel.se", "password": "hemligt-1948"}, follow=True
    )
    assert answer.status_code == 200
    assert "Mina jobb" in answer.text or "My jobs" in answer.text


@pytest.mark.django_db
def test_health_answers_without_login(client):
    assert client.get("/health").json() == {"status": "ok"}
