"""The evaluator's pages of a fieldwork, from planning to a closed wave."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from klustermotor.core.jobs import run_job
from klustermotor.core.models import Job, User
from klustermotor.core.testing.smtp import MailServer
from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import Organisation
from klustermotor.surveys.fieldwork.collecting import submit
from klustermotor.surveys.models import Answer, Fieldwork, Invitation, Letter
from klustermotor.surveys.services import save_instrument
from klustermotor.surveys.tests.conftest import YAML, invite, make_fieldwork

TODAY = timezone.localdate()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def evaluator(db: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("eva@exempel.se", name="Eva"), backend=BACKEND)
    return client


def people(rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", rows.encode())


@pytest.mark.django_db(transaction=True)
def test_a_wave_is_planned_invited_answered_and_closed(smtp: MailServer) -> None:
    client = Client()
    user = User.objects.create_superuser("eva@exempel.se", name="Eva")
    client.force_login(user, backend=BACKEND)
    steel = Initiative.objects.create(slug="steel", name="Stålklustret")
    instrument = save_instrument(YAML)
    page = client.post(
        "/surveys/collections/new",
        {
            "name": "2026",
            "initiatives": [steel.pk],
            "instrument": instrument.pk,
            "mode": "confidential",
            "languages": ["sv", "nb"],
            "reminders": "14, 7",
            "link_until": TODAY + timedelta(days=90),
            "several": "latest",
            "quarantine_days": 0,
        },
    )
    fieldwork = Fieldwork.objects.get()
    address = f"/surveys/collections/{fieldwork.pk}"
    assert page.url == address
    assert fieldwork.reminders == [7, 14]
    assert "Ingen är inbjuden än" in client.get(address).content.decode()

    rows = "name,person,email,language\n" + "".join(
        f"Bolag {n},Anna {n},a{n}@b.se,{'nb' if n == 1 else 'sv'}\n" for n in range(20)
    )
    client.post(f"{address}/invite/steel", {"from": "file", "file": people(rows)})
    assert Invitation.objects.count() == 20
    assert Organisation.objects.count() == 20
    client.post(f"{address}/open")
    assert client.post(f"{address}/letters/send", {"kind": "invitation"}).status_code == 302
    run_job(Job.objects.get().pk)
    assert len(smtp.raw) == 20

    links = {
        str(mail["To"]): re.search(
            r"http://testserver(/s/\S+)", mail.get_body(("plain",)).get_content()
        ).group(1)
        for mail in smtp.messages
    }
    for email in ("a0@b.se", "a1@b.se"):
        person = Client()
        person.get(links[email])
        person.post("/answer/1", {"will.grow": "yes", "go": "next"})
        assert person.post("/answer/2", {"results.sales": "2", "go": "next"}).status_code == 303
    assert Answer.objects.count() == 2
    page = client.get(address).content.decode()
    assert "10\u00a0%" in page
    waiting = client.get(f"{address}/invited?show=waiting").content.decode()
    assert "a2@b.se" in waiting
    assert "a0@b.se" not in waiting

    client.post(f"{address}/letters/send", {"kind": "reminder", "number": "1"})
    run_job(Job.objects.order_by("-created").first().pk)
    assert len(smtp.raw) == 38
    client.post(f"{address}/close")
    fieldwork.refresh_from_db()
    assert fieldwork.state == "closed"
    client.post(f"{address}/forget", {"name": "2025"})
    assert "förstörs" in client.get(address).content.decode()
    client.post(f"{address}/forget", {"name": "2026"})
    assert "Den har förstörts" in client.get(address).content.decode()


def test_a_file_with_faults_invites_nobody_and_says_what_is_wrong(evaluator: Client) -> None:
    fieldwork = make_fieldwork("confidential", "steel", state="planned")
    rows = (
        "name,number,email,language\n"
        "A,556036-0794,a@a.se,sv\nB,,not-an-address,sv\nC,,a@a.se,fi\n,,,\n"
    )
    page = evaluator.post(
        f"/surveys/collections/{fieldwork.pk}/invite/steel", {"from": "file", "file": people(rows)}
    ).content.decode()
    for words in ("556036-0794", "not-an-address", "rad 2", "fi"):
        assert words in page
    assert not Invitation.objects.exists()
    assert not Organisation.objects.exists()


def test_strata_are_told_only_where_they_tell_of_no_company(evaluator: Client) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for n in range(9):
        invitation = invite(fieldwork, f"C{n}")
        if n < 4:
            submit(invitation, {"will.grow": "yes"})
    page = evaluator.get(f"/surveys/collections/{fieldwork.pk}").content.decode()
    assert "44\u00a0%" in page
    submit(invite(fieldwork, "C9"), {"will.grow": "yes"})
    for n in range(4, 9):
        submit(Invitation.objects.get(organisation__name=f"C{n}"), {"will.grow": "yes"})
    page = evaluator.get(f"/surveys/collections/{fieldwork.pk}").content.decode()
    assert "Visas inte" in page


def test_who_has_answered_anonymously_is_told_to_nobody(evaluator: Client) -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(12)]
    for invitation in invitations:
        submit(invitation, {"will.grow": "yes"})
    listing = f"/surveys/collections/{fieldwork.pk}/invited"
    for address in (listing, f"{listing}?show=waiting", f"{listing}?format=csv"):
        page = evaluator.get(address)
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert "Har svarat" not in body.decode()
    page = evaluator.get(f"/surveys/invitations/{invitations[0].pk}").content.decode()
    assert "har svarat" not in page


def test_an_interviewer_fills_in_the_form_and_sees_nothing_of_others(evaluator: Client) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    fresh, begun = invite(fieldwork, "A"), invite(fieldwork, "B")
    submit(begun, {"will.grow": "no", "why.reason": "hemligt"})
    page = evaluator.post(f"/surveys/invitations/{begun.pk}/phone", {"outcome": "done"})
    assert page.url == f"/surveys/invitations/{begun.pk}"
    assert "answering" not in evaluator.cookies
    page = evaluator.post(f"/surveys/invitations/{fresh.pk}/phone", {"outcome": "done"})
    assert page.url == "/answer"
    evaluator.post("/answer/1", {"will.grow": "yes", "go": "next"})
    done = evaluator.post("/answer/2", {"results.sales": "1", "go": "next"})
    assert "har glömt dig" in done.content.decode()
    assert evaluator.get("/answer").status_code == 403
    modes = sorted(values["mode"] for values in Answer.objects.values_list("values", flat=True))
    assert modes == ["mail", "phone"]


def test_sending_one_letter_again_writes_to_nobody_else(evaluator: Client) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    first, _other = invite(fieldwork, "Alfa"), invite(fieldwork, "Beta")
    letter = Letter.objects.create(
        invitation=first,
        kind=Letter.Kind.INVITATION,
        number=1,
        state=Letter.State.UNCERTAIN,
        message_id="<one@exempel.se>",
        not_before=timezone.now(),
    )
    address = f"/surveys/collections/{fieldwork.pk}/letters/uncertain"
    evaluator.post(address, {"do": "again", "letter": [str(letter.pk)]})
    assert [row.pk for row in Letter.objects.filter(state=Letter.State.QUEUED)] == [letter.pk]
    assert Job.objects.count() == 1


def test_paper_links_open_the_survey(evaluator: Client) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    Invitation.objects.update(channel="paper", email="")
    page = evaluator.get(f"/surveys/collections/{fieldwork.pk}/paper").content.decode()
    assert "<svg" in page
    link = re.search(r"http://testserver(/s/\S+?)<", page).group(1)
    assert Client().get(link).url == "/answer"
    assert invitation.pk


def test_saying_no_takes_a_press_and_stops_the_letters(evaluator: Client) -> None:
    from klustermotor.surveys.fieldwork import letters
    from klustermotor.surveys.fieldwork.links import link_token

    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    letters.queue(fieldwork, "invitation")
    address = f"/s/{link_token(invitation)}/no"
    visitor = Client()
    visitor.get(address)
    assert Letter.objects.get().state == "queued"
    visitor.post(address, {"no": "survey"})
    assert Letter.objects.get().state == "dropped"
    assert Invitation.objects.get().standing == "declined"
    assert visitor.get(f"/s/{link_token(invitation)}").status_code == 303


@pytest.mark.parametrize("n", [2, 12])
def test_pages_ask_the_database_as_often_however_many_are_invited(
    n: int, evaluator: Client, django_assert_max_num_queries: Any
) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for k in range(n):
        submit(invite(fieldwork, f"C{k}"), {"will.grow": "yes"})
    base = f"/surveys/collections/{fieldwork.pk}"
    for address in ("/surveys/collections", base, f"{base}/invited", f"{base}/letters"):
        with django_assert_max_num_queries(26):
            evaluator.get(address)


def test_an_interviewers_hold_ends_when_the_company_answers_itself(evaluator: Client) -> None:
    from klustermotor.surveys.fieldwork.links import link_token

    invitation = invite(make_fieldwork("confidential", "steel"), "A")
    evaluator.post(f"/surveys/invitations/{invitation.pk}/phone", {"outcome": "done"})
    assert evaluator.get("/answer").status_code == 200
    company = Client()
    company.get(f"/s/{link_token(invitation)}")
    company.post("/answer/1", {"will.grow": "no", "go": "next"})
    company.post("/answer/2", {"why.reason": "hemligt", "go": "next"})
    for address in ("/answer", "/answer/2", "/answer/mine"):
        page = evaluator.get(address)
        assert page.status_code == 403
        assert "hemligt" not in page.content.decode()


@pytest.mark.django_db
def test_a_hidden_group_cannot_be_had_by_subtraction() -> None:
    from klustermotor.surveys.fieldwork.progress import progress_of
    from klustermotor.surveys.models import FrameMember

    fieldwork = make_fieldwork("confidential", "steel")
    sizes = ["1-9"] * 8 + ["10-49"] * 6 + ["250-"]
    for n, size in enumerate(sizes):
        invitation = invite(fieldwork, f"C{n}")
        FrameMember.objects.filter(invitation=invitation).update(size=size)
        if n % 2 == 0:
            submit(invitation, {"will.grow": "yes"})
    told = {group.name: group.answered for group in progress_of(fieldwork).strata["size"]}
    assert told == {"1-9": 4, "10-49": None, "250-": None}
