"""People at companies who log in: how they come in, what they see, and when it ends."""

import re
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.core.models import User
from klustermotor.register.contact_links import (
    invitation_key,
    invitation_token,
    request_key,
    request_token,
    vouches,
)
from klustermotor.register.models import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    Organisation,
    PersonRole,
    Source,
    SourcedValue,
)
from klustermotor.register.services import people
from klustermotor.register.services.responsibility import make_developer
from klustermotor.register.tests.conftest import BACKEND

PASSWORD = "en-lång-fras-1948"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def steel(make_organisation: Any) -> Organisation:
    return make_organisation("Stålverket AB", website="https://www.stalverket.se/om-oss")


@pytest.fixture
def role(steel: Organisation, make_person: Any) -> PersonRole:
    kim = make_person("Kim Berg", email="kim@stalverket.se", language="sv")
    return PersonRole.objects.create(person=kim, organisation=steel, title="vd")


@pytest.fixture
def invite(role: PersonRole, users: dict[str, User]) -> Callable[[], str]:
    """Let a keeper invite Kim; return the link in the mail."""

    def send() -> str:
        keeper = Client()
        keeper.force_login(users["keeper"], backend=BACKEND)
        address = f"/contacts/companies/{role.organisation_id}"
        answer = keeper.post(address, {"role": role.pk, "language": "sv"})
        assert answer.status_code == 302, answer.text
        return link_in_mail()

    return send


def link_in_mail() -> str:
    found = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


@pytest.fixture
def contact(invite: Any) -> Client:
    """Kim, logged in after accepting."""
    visitor = Client()
    form = {"name": "Kim Berg", "language": "sv", "password": PASSWORD}
    assert visitor.post(invite(), form).status_code == 302
    return visitor


def test_an_invitation_opens_an_account_with_a_password_and_shows_the_own_company(
    invite: Any, users: dict[str, User], role: PersonRole
) -> None:
    link = invite()
    assert mail.outbox[-1].to == ["kim@stalverket.se"]
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert not CompanyContact.objects.exists(), "a mail scanner that opens the link changes nothing"
    answer = visitor.post(
        link, {"name": "Kim Berg", "language": "sv", "password": PASSWORD}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/my-company/{role.organisation_id}"
    assert "Stålverket AB" in answer.text
    kim = User.objects.get(email="kim@stalverket.se")
    assert kim.check_password(PASSWORD)
    made = kim.contacts.get()
    assert (made.let_in_by, made.way) == (users["keeper"], "invitation")


def test_without_a_password_the_contact_logs_in_by_code(invite: Any) -> None:
    Client().post(invite(), {"name": "Kim Berg", "language": "sv"})
    assert not User.objects.get(email="kim@stalverket.se").has_usable_password()
    later = Client()
    later.post("/account/login/code/", {"email": "kim@stalverket.se"})
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None, mail.outbox[-1].body
    answer = later.post("/account/login/code/confirm/", {"code": code[1]}, follow=True)
    assert answer.status_code == 200
    assert later.get("/my-company").status_code == 302


def test_a_weak_password_is_refused_and_the_link_still_works(invite: Any) -> None:
    link, visitor = invite(), Client()
    answer = visitor.post(link, {"name": "Kim", "language": "sv", "password": "12345678"})
    assert answer.status_code == 200 and not CompanyContact.objects.exists()
    assert visitor.post(link, {"name": "Kim", "language": "sv"}).status_code == 302


def test_a_link_works_once(invite: Any, contact: Client) -> None:
    used = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert used is not None
    again = Client().get(used[1])
    assert again.status_code == 410


@pytest.mark.parametrize("how", ["expired", "withdrawn", "replaced", "role ended"])
def test_a_link_stops_working(how: str, invite: Any, role: PersonRole, users: Any) -> None:
    link = invite()
    if how == "expired":
        ContactInvitation.objects.update(expires_at=timezone.now())
    if how == "withdrawn":
        keeper = Client()
        keeper.force_login(users["keeper"], backend=BACKEND)
        key = ContactInvitation.objects.get().pk
        assert keeper.post(f"/contacts/invitations/{key}/withdraw").status_code == 302
    if how == "replaced":
        assert invite() != link
    if how == "role ended":
        people.end_role(role, timezone.localdate(), by=users["keeper"])
    answer = Client().post(link, {"name": "Kim", "language": "sv"})
    assert answer.status_code == 410
    assert not User.objects.filter(email="kim@stalverket.se").exists()


@given(st.text(max_size=80))
def test_no_other_link_is_taken_for_one(token: str) -> None:
    assert invitation_key(token) is None
    assert request_key(token) is None


@pytest.mark.parametrize("token", ["x", "a:b:c", "å", "..", "0" * 2000])
def test_a_link_that_is_not_ours_leads_nowhere(token: str, db: Any) -> None:
    assert Client().get(f"/contacts/join/t/{token}").status_code == 404
    assert Client().get(f"/contacts/ask/t/{token}").status_code == 404


def test_a_link_for_one_thing_does_not_open_another(invite: Any) -> None:
    invite()
    token = invitation_token(ContactInvitation.objects.get())
    assert Client().get(f"/contacts/ask/t/{token}").status_code == 404


def test_somebody_who_has_an_account_logs_in_to_accept(invite: Any, users: Any) -> None:
    link = invite()
    kim = User.objects.create_user("Kim@Stalverket.se", PASSWORD, name="Kim")
    visitor = Client()
    page = visitor.post(link, {"name": "Någon annan", "language": "sv"})
    assert page.status_code == 200 and not CompanyContact.objects.exists()
    other = Client()
    other.force_login(users["outsider"], backend=BACKEND)
    assert "outsider@example.org" in other.post(link).text
    assert not CompanyContact.objects.exists(), "nobody takes another's invitation"
    visitor.force_login(kim, backend=BACKEND)
    assert visitor.post(link).status_code == 302
    assert CompanyContact.objects.get().user == kim


def test_a_contact_sees_the_own_company_and_no_other(
    contact: Client, make_organisation: Any, role: PersonRole
) -> None:
    other = make_organisation("Annan AB")
    assert contact.get(f"/my-company/{role.organisation_id}").status_code == 200
    assert contact.get(f"/my-company/{other.pk}").status_code == 403
    assert contact.get("/contacts").status_code == 403


def correct(contact: Client, organisation: Organisation, **changes: str) -> Any:
    fields = ("name", "number", "website", "street", "postcode", "city", "phone", "email",
              "description")  # fmt: skip
    values = {f"company-{name}": getattr(organisation, name) for name in fields}
    changed = {f"company-{name}": value for name, value in changes.items()}
    return contact.post(f"/my-company/{organisation.pk}", {"form": "company", **values, **changed})


def test_a_correction_is_told_by_hand_with_the_contacts_name(
    contact: Client, steel: Organisation
) -> None:
    assert correct(contact, steel, phone="0240-123 45").status_code == 302
    steel.refresh_from_db()
    assert steel.phone == "0240-123 45"
    kim = User.objects.get(email="kim@stalverket.se")
    told = SourcedValue.objects.get(row=steel.pk, field="phone", source=Source.BY_HAND)
    assert (told.value, told.by) == ("0240-123 45", kim)
    latest = steel.history.first()
    assert (latest.history_user, latest.history_change_reason) == (
        kim,
        "organisation.corrected_by_contact",
    )


def test_name_number_and_web_page_wait_until_staff_accepts_them(
    contact: Client, steel: Organisation, users: Any, log_in: Any
) -> None:
    correct(contact, steel, name="Nya Stålverket AB", website="https://nystal.se", city="Hedemora")
    steel.refresh_from_db()
    assert (steel.name, steel.website, steel.city) == (
        "Stålverket AB",
        "https://www.stalverket.se/om-oss",
        "Hedemora",
    )
    assert steel.proposals.count() == 2
    keeper = log_in(users["keeper"])
    assert "Nya Stålverket AB" in keeper.get("/contacts").text
    name = steel.proposals.get(field="name")
    keeper.post(f"/contacts/proposals/{name.pk}/accept")
    keeper.post(f"/contacts/proposals/{steel.proposals.get(field='website').pk}/refuse")
    steel.refresh_from_db()
    assert (steel.name, steel.website) == ("Nya Stålverket AB", "https://www.stalverket.se/om-oss")
    assert steel.other_names.get().name == "Stålverket AB", "the old name still finds it"
    page = contact.get(f"/my-company/{steel.pk}").text
    assert "tag--good" in page
    again = keeper.post(f"/contacts/proposals/{name.pk}/refuse", follow=True)
    name.refresh_from_db()
    assert name.is_accepted and again.status_code == 200


def test_a_proposed_number_that_another_has_is_refused_when_accepted(
    contact: Client, steel: Organisation, make_organisation: Any, users: Any, log_in: Any
) -> None:
    number = steel.number
    other = make_organisation("Annan AB")
    assert correct(contact, steel, number=other.number).status_code == 302
    wrong = correct(contact, steel, number="556036-0794")
    assert wrong.status_code == 200 and "company-number_error" in wrong.text
    proposal = steel.proposals.get()
    answer = log_in(users["keeper"]).post(f"/contacts/proposals/{proposal.pk}/accept", follow=True)
    assert "toast--error" in answer.text
    steel.refresh_from_db()
    proposal.refresh_from_db()
    assert (steel.number, proposal.decided_at) == (number, None)


def test_contacts_correct_what_is_said_of_themselves(contact: Client, role: PersonRole) -> None:
    fields = {"name": "Kim Bergman", "email": "kim@stalverket.se", "phone": "070", "language": "nb"}
    answer = contact.post(
        f"/my-company/{role.organisation_id}",
        {"form": "person", **{f"person-{name}": value for name, value in fields.items()}},
    )
    assert answer.status_code == 302
    role.person.refresh_from_db()
    assert (role.person.name, role.person.phone) == ("Kim Bergman", "070")


@pytest.mark.parametrize("how", ["ended", "removed", "person removed", "shut out"])
def test_access_and_sessions_end_with_the_role(
    how: str, contact: Client, role: PersonRole, users: Any, log_in: Any
) -> None:
    address = f"/my-company/{role.organisation_id}"
    assert contact.get(address).status_code == 200
    if how == "ended":
        people.end_role(role, timezone.localdate(), by=users["keeper"])
    if how == "removed":
        role.delete()
    if how == "person removed":
        role.person.delete()
    if how == "shut out":
        key = CompanyContact.objects.get().pk
        log_in(users["keeper"]).post(f"/contacts/{key}/end")
    answer = contact.get(address)
    assert answer.status_code == 302 and answer.url.startswith("/account/login")
    assert "_auth_user_id" not in contact.session
    for page in ("/", "/jobs", "/account/settings"):
        assert contact.get(page).status_code == 302, "nothing else stays open either"


def test_a_role_lasts_until_the_day_before_it_ends(
    contact: Client, role: PersonRole, users: Any
) -> None:
    people.end_role(role, timezone.localdate() + timedelta(days=1), by=users["keeper"])
    assert contact.get(f"/my-company/{role.organisation_id}").status_code == 200


def test_shutting_out_can_be_taken_back(
    contact: Client, role: PersonRole, users: Any, log_in: Any
) -> None:
    keeper = log_in(users["keeper"])
    keeper.post(f"/contacts/{CompanyContact.objects.get().pk}/end")
    version = CompanyContact.history.filter(history_type="-").latest().history_id
    keeper.post(f"/contacts/companies/{role.organisation_id}/{version}/restore")
    again = Client()
    again.post("/account/login/", {"login": "kim@stalverket.se", "password": PASSWORD})
    assert again.get(f"/my-company/{role.organisation_id}").status_code == 200


def test_one_who_has_another_role_here_stays_logged_in(
    contact: Client, role: PersonRole, falun: Any
) -> None:
    make_developer(User.objects.get(email="kim@stalverket.se"), falun)
    role.delete()
    assert contact.get("/account/settings").status_code == 200


def test_a_mail_that_cannot_be_sent_writes_nothing(
    role: PersonRole, users: Any, log_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any, **_named: Any) -> None:
        raise SMTPException

    monkeypatch.setattr("klustermotor.register.contact_mails.send_mail", broken)
    form = {"name": "Bo", "email": "bo@stalverket.se", "language": "sv"}
    answer = log_in(users["keeper"]).post(f"/contacts/companies/{role.organisation_id}", form)
    assert answer.status_code == 200 and "error" in answer.text
    assert not ContactInvitation.objects.exists()
    assert role.organisation.people.count() == 1, "Bo was not entered either"


def asks(email: str, organisation: Organisation, visitor: Client | None = None) -> Any:
    form = {"number": organisation.number, "name": "Bo Ek", "email": email, "title": "inköpare"}
    return (visitor or Client()).post("/contacts/ask", form)


def test_somebody_at_the_companys_domain_becomes_a_contact_when_another_confirms(
    steel: Organisation, users: Any, log_in: Any
) -> None:
    asks("bo@stalverket.se", steel)
    keeper = log_in(users["keeper"])
    assert "Bo Ek" not in keeper.get("/contacts").text, "not before the address is verified"
    link = link_in_mail()
    Client().get(link)
    assert ContactRequest.objects.get().verified_at is None, "opening alone verifies nothing"
    Client().post(link)
    assert "Bo Ek" in keeper.get("/contacts").text
    asked = ContactRequest.objects.get()
    assert keeper.post(f"/contacts/requests/{asked.pk}/confirm").status_code == 302
    Client().post(link_in_mail(), {"name": "Bo Ek", "language": "nb"})
    made = CompanyContact.objects.get()
    assert (made.way, made.let_in_by, made.user.email) == (
        "domain",
        users["keeper"],
        "bo@stalverket.se",
    )
    assert (made.role.title, made.organisation) == ("inköpare", steel)


def test_nobody_confirms_the_own_request(steel: Organisation, users: Any, log_in: Any) -> None:
    asks("bo@stalverket.se", steel)
    Client().post(link_in_mail())
    User.objects.filter(pk=users["administrator"].pk).update(email="bo@stalverket.se")
    asked = ContactRequest.objects.get()
    answer = log_in(users["administrator"]).post(
        f"/contacts/requests/{asked.pk}/confirm", follow=True
    )
    assert "toast--error" in answer.text
    assert not ContactInvitation.objects.exists()


def test_a_request_that_was_decided_or_never_verified_is_not_confirmed(
    steel: Organisation, users: Any, log_in: Any
) -> None:
    asks("bo@stalverket.se", steel)
    asked = ContactRequest.objects.get()
    keeper = log_in(users["keeper"])
    keeper.post(f"/contacts/requests/{asked.pk}/confirm")
    assert not ContactInvitation.objects.exists()
    Client().post(f"/contacts/ask/t/{request_token(asked)}")
    keeper.post(f"/contacts/requests/{asked.pk}/refuse")
    keeper.post(f"/contacts/requests/{asked.pk}/confirm")
    assert not ContactInvitation.objects.exists()


@pytest.mark.parametrize(
    ("website", "email", "right"),
    [
        ("https://www.stalverket.se", "bo@stalverket.se", True),
        ("https://www.stalverket.se", "BO@STALVERKET.SE", True),
        ("https://stålverket.se", "bo@xn--stlverket-62a.se", True),
        ("https://www.stalverket.se", "bo@mail.stalverket.se", False),
        ("https://www.stalverket.se", "bo@stalverket.se.evil.example", False),
        ("https://www.stalverket.se", "bo@evilstalverket.se", False),
        ("https://www.stalverket.se", "bo@annan.se", False),
        ("https://gmail.com", "bo@gmail.com", False),
        ("https://stal.wordpress.com", "bo@stal.wordpress.com", False),
        ("https://www.facebook.com/stal", "bo@facebook.com", False),
        ("https://localhost", "bo@localhost", False),
        ("", "bo@", False),
        ("https://[", "bo@[", False),
    ],
)
def test_only_the_very_domain_of_the_web_page_vouches(
    website: str, email: str, right: bool
) -> None:
    assert vouches(email, Organisation(website=website)) is right


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_comparison_of_domains(website: str, email: str) -> None:
    assert vouches(f"{email}@gmail.com", Organisation(website=website)) is False
    vouches(email, Organisation(website=f"https://{website}"))


def test_who_asks_learns_nothing_of_the_register(steel: Organisation) -> None:
    texts = set()
    for number in (steel.number, "5560360793"):
        for email in ("bo@stalverket.se", "bo@annat.se"):
            form = {"number": number, "name": "Bo", "email": email}
            answer = Client().post("/contacts/ask", form)
            assert answer.status_code == 200
            main = answer.text.partition("<main")[2]
            texts.add(main.replace(email, ""))
    assert len(texts) == 1
    assert len(mail.outbox) == 1, "only to the right domain"


def test_the_page_of_logging_in_tells_of_asking(db: Any) -> None:
    assert 'href="/contacts/ask"' in Client().get("/account/login/").text


def test_free_mail_is_refused_with_the_reason(steel: Organisation) -> None:
    answer = asks("bo@gmail.com", steel)
    assert "id_email_error" in answer.text
    assert not mail.outbox


def test_asking_too_often_is_refused(steel: Organisation, settings: Any) -> None:
    answers = [asks("ulla@stalverket.se", steel).status_code for _time in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_the_developer_invites_in_the_own_municipality_only(
    steel: Organisation, users: Any, falun: Any, log_in: Any, make_organisation: Any
) -> None:
    make_developer(users["outsider"], falun)
    own = make_organisation("Här AB", municipality=falun)
    client = log_in(users["outsider"])
    assert client.get(f"/contacts/companies/{own.pk}").status_code == 200
    assert client.get(f"/contacts/companies/{steel.pk}").status_code == 403


def test_the_list_takes_as_many_queries_for_many_contacts(
    steel: Organisation, users: Any, log_in: Any, make_person: Any
) -> None:
    client = log_in(users["keeper"])

    def add(count: int) -> None:
        for _time in range(count):
            name = f"P{PersonRole.objects.count()}"
            role = PersonRole.objects.create(person=make_person(name), organisation=steel)
            user = User.objects.create_user(f"{name}@example.org", name=name, is_contact=True)
            CompanyContact.objects.create(user=user, role=role, way="invitation")

    add(2)
    client.get("/contacts")
    with CaptureQueriesContext(connection) as few:
        client.get("/contacts")
    add(20)
    with CaptureQueriesContext(connection) as many:
        client.get("/contacts")
    assert len(many) == len(few)
