import pytest
from django.test import Client

from klustermotor.core.models import User
from klustermotor.initiatives.models import Assignment, Initiative

pytestmark = pytest.mark.django_db
USERS = "/administration/users"


@pytest.fixture
def eva():
    return User.objects.create_user("Eva@exempel.se", "hemligt-1948", name="Eva Ek")


@pytest.fixture
def boss(client):
    boss = User.objects.create_user("chef@exempel.se", name="Chef", is_administrator=True)
    client.force_login(boss)
    return boss


def acts(user):
    """What was done to the account, latest first."""
    return [(row.history_user, row.history_change_reason) for row in user.history.all()]


def test_only_administrators_see_the_accounts(client, eva, boss):
    answer = client.get(USERS)
    assert "eva@exempel.se" in answer.text
    assert client.get(f"{USERS}?format=csv").getvalue().decode("utf-8-sig").count("\n") == 3
    client.force_login(eva)
    assert client.get(USERS).status_code == 403
    assert client.get(f"{USERS}/{boss.pk}").status_code == 403


def test_administration_stands_in_the_left_column_once_and_is_marked_there(client, boss):
    text = client.get(f"{USERS}/{boss.pk}").text
    assert text.count(f'href="{USERS}" aria-current="page"') == 1


def test_an_administrator_adds_an_account_that_has_no_password_yet(client, boss):
    fields = {"name": "Bo", "email": "BO@exempel.se", "language": "nb", "is_active": "on"}
    assert client.post(f"{USERS}/new", fields).status_code == 302
    bo = User.objects.get(email="bo@exempel.se")
    assert not bo.has_usable_password()
    assert acts(bo) == [(boss, "user.created")]
    again = client.post(f"{USERS}/new", fields)
    assert 'href="#id_email"' in again.text, "the error is summed up with a link"


def test_administrators_cannot_lock_themselves_out(client, boss):
    client.post(f"{USERS}/{boss.pk}", {"name": "Chef", "email": boss.email, "language": "sv"})
    boss.refresh_from_db()
    assert boss.is_administrator
    assert boss.is_active


def test_closing_an_account_ends_its_sessions_and_is_remembered(client, eva, boss):
    hers = Client()
    hers.force_login(eva)
    client.post(f"{USERS}/{eva.pk}", {"name": "Eva", "email": eva.email, "language": "sv"})
    assert hers.get("/account/settings").status_code == 302
    assert acts(eva)[0] == (boss, "user.changed")
    assert not eva.history.first().is_active


def test_the_history_of_an_account_holds_neither_password_nor_every_login(client, eva):
    before = eva.history.count()
    client.post("/account/login/", {"login": eva.email, "password": "hemligt-1948"})
    assert User.objects.get(pk=eva.pk).last_login
    assert eva.history.count() == before
    assert not {"password", "last_login"} & {f.name for f in User.history.model._meta.fields}


def test_a_chosen_password_is_remembered_as_an_act(client, eva):
    client.post("/account/login/", {"login": eva.email, "password": "hemligt-1948"})
    fields = {"oldpassword": "hemligt-1948", "password1": "ny-1951-x", "password2": "ny-1951-x"}
    assert client.post("/account/password/change/", fields).status_code == 302
    assert acts(eva)[0] == (eva, "user.password_chosen")


def test_a_role_is_given_and_taken_with_the_way_back(client, eva, boss):
    Initiative.objects.create(slug="stal", name="Stål")
    role = {"user": eva.pk, "initiative": "stal", "role": "staff"}
    client.post("/administration/roles", role)
    given = Assignment.objects.get()
    client.post(f"/administration/roles/{given.pk}/end")
    assert not Assignment.objects.exists()
    last = Assignment.history.latest()
    assert (last.history_user, last.history_change_reason) == (boss, "assignment.ended")
    client.post(f"/administration/roles/{last.history_id}/restore")
    assert Assignment.objects.get() == given
