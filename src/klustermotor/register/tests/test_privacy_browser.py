"""A person's extract and erasure, in a browser, and a grep of everything afterwards."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from klustermotor.core.backup import write_backup
from klustermotor.core.jobs import run_job
from klustermotor.core.models import Controller, DataRequest, Job
from klustermotor.core.privacy import Subject
from klustermotor.core.privacy.services import receive_request
from klustermotor.core.search.index import reindex
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.register.models import Note, Organisation, Person, PersonRole, SecrecyMark
from klustermotor.register.services.privacy import grant, save_consent_texts, unsubscribe_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME, EMAIL = "Åsa Öström", "asa@stal.example"


@pytest.fixture
def asa(users, make_organisation, home):
    Controller.objects.create(name="Stålföreningen", kind="private", is_default=True)
    by = users["keeper"]
    company = make_organisation("Stål AB", description=f"Kontakta {NAME} om besök.")
    person = Person.objects.create(name=NAME, email=EMAIL, phone="070-123 45 67")
    PersonRole.objects.create(person=person, organisation=company, title="VD", email=EMAIL)
    save_consent_texts("news", {"sv": "Ja tack.", "nb": "Ja takk.", "en": "Yes, please."}, by=by)
    grant(person, "news", "consent", by=by)
    Note.objects.create(organisation=company, text=f"{NAME} ringde om lokalen.", by=by)
    Note.objects.create(person=person, text="Vill veta mer om stålet.", by=by)
    exported = Job.objects.create(
        kind="x", title="Export", owner=by, state="done", folder="export/1", result={"to": EMAIL}
    )
    folder = home / "jobs" / exported.folder
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text(f"namn;e-post\n{NAME};{EMAIL}\n")
    SecrecyMark.objects.create(
        model="register.organisation",
        row=company.pk,
        legal_ground="OSL 30 kap. 23 §",
        decided_by="Näringslivschefen",
        decided_on=date(2026, 2, 1),
    )
    receive_request(
        "extract",
        subject=Subject.of(person),
        received_on=date(2026, 1, 2),
        reference="D-17",
        by=users["administrator"],
    )
    reindex()
    return person


def work() -> None:
    """What the worker does while the page waits."""
    for job in Job.objects.filter(state="queued").order_by("created"):
        run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error


def named_in_a_backup(path) -> list[str]:
    """The parts of a whole backup, database and files, in which the person is named."""
    write_backup(path)
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            texts = [content.decode("utf-8", "ignore")]
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as inner:
                    texts += [
                        inner.read(part).decode("utf-8", "ignore") for part in inner.namelist()
                    ]
            text = " ".join(texts).casefold()
            text += text.encode().decode("unicode_escape", "ignore").casefold()
            if any(word.casefold() in text for word in (NAME, "Öström", EMAIL, "123 45 67")):
                found.append(name)
    return found


def test_a_person_is_told_everything_and_then_erased(visit, users, asa, home, tmp_path, client):
    assert len(named_in_a_backup(tmp_path / "before.zip")) > 5
    page = visit(reverse("person", args=[asa.pk]), user=users["administrator"])
    page.get_by_role("link", name="Utdrag och radering").click()
    page.get_by_role("button", name="Gör utdraget").click()
    page.wait_for_url("**/jobs/**")
    work()
    page.reload()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="extract.zip").click()
    with zipfile.ZipFile(downloading.value.path()) as archive:
        told = json.loads(archive.read("extract.json"))
    assert {part["model"] for part in told["parts"]} >= {
        "register.person",
        "register.personrole",
        "register.legalbasis",
        "register.note",
    }

    page.goto(reverse("person_erase", args=[asa.pk]))
    page.get_by_role("button", name="Sök efter omnämnanden").click()
    page.wait_for_url("**/jobs/**")
    work()
    page.goto(reverse("person_erase", args=[asa.pk]))
    assert page.get_by_role("checkbox").count() == 4, "a note, a description, two files"
    page.get_by_label("Skriv namnet för att radera").fill("Åsa Ström")
    page.get_by_role("button", name="Radera för gott").click()
    assert page.get_by_text("Det är inte namnet.").first.is_visible()
    assert Person.objects.filter(pk=asa.pk).exists()
    page.get_by_label("Skriv namnet för att radera").fill("åsa  öström")
    page.get_by_role("button", name="Radera för gott").click()
    page.wait_for_url("**/jobs/**")
    work()
    page.goto("/privacy/erasures")
    assert page.get_by_text(str(asa.pk)).is_visible()
    assert named_in_a_backup(tmp_path / "after.zip") == []
    assert Organisation.objects.get().description == "Kontakta [raderad] om besök."
    page.goto("/search?q=Öström")
    assert page.locator("main a", has_text="Åsa").count() == 0


PAGES = (
    "privacy",
    "data_requests",
    "data_request_new",
    "erasures",
    "retention",
    "processing",
    "controllers",
    "controller_new",
    "consent_texts",
    "without_basis",
    "secrecy_marks",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_and_can_be_read_by_everybody(visit, users, asa, width):
    company = Organisation.objects.get()
    addresses = {name: reverse(name) for name in PAGES} | {
        "person_privacy": reverse("person_privacy", args=[asa.pk]),
        "person_erase": reverse("person_erase", args=[asa.pk]),
        "person": reverse("person", args=[asa.pk]),
        "company": reverse("company", args=[company.pk]),
        "data_request": reverse("data_request", args=[DataRequest.objects.get().pk]),
        "retention_rule": reverse("retention_rule", args=["people"]),
        "consent_text": reverse("consent_text", args=["news"]),
        "controller": reverse("controller", args=[Controller.objects.get().pk]),
        "processing_text": reverse("processing_text", args=["register"]),
        "secrecy_mark": reverse("secrecy_mark", args=["register.person", asa.pk]),
        "user_privacy": reverse("user_privacy", args=[users["keeper"].pk]),
    }
    page = visit("/privacy", width=width, user=users["administrator"])
    for address in addresses.values():
        page.goto(address)
        assert_fits(page)
        assert_accessible(page)
    page.goto(addresses["person_erase"])
    page.get_by_role("button", name="Sök efter omnämnanden").click()
    page.wait_for_url("**/jobs/**")
    work()
    page.goto(addresses["person_erase"])
    assert_fits(page)
    assert_accessible(page)


def test_anybody_with_the_address_ends_their_mail_on_a_phone(visit, asa):
    page = visit(f"/unsubscribe/t/{unsubscribe_token(asa)}", width=390, language="nb")
    assert_accessible(page)
    page.get_by_role("button", name="Avslutt utsendelsene").click()
    assert page.get_by_role("heading", name="Du får ingen flere utsendelser").is_visible()
    asa.refresh_from_db()
    assert asa.unsubscribed_at.date() == timezone.now().date()
