"""A person's register extract: all that is kept of them, and what law withholds."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from klustermotor.core.history import acting
from klustermotor.core.jobs import enqueue, run_job
from klustermotor.core.models import Controller, User
from klustermotor.core.privacy import Subject
from klustermotor.core.privacy.services import order
from klustermotor.register.models import Note, Person, PersonRole
from klustermotor.register.services.privacy import grant
from klustermotor.register.services.secrecy import mark_secret


@pytest.fixture
def asa(users, make_organisation):
    Controller.objects.create(
        name="Region Dalarna", kind="public", is_default=True, email="dataskydd@region.example"
    )
    by = users["keeper"]
    company = make_organisation("Stål AB", description="Kontakta Åsa Öström om besök.")
    with acting(by, "person.created"):
        person = Person.objects.create(name="Åsa Östrom", email="asa@stal.example")
    with acting(by, "person.changed"):
        person.name = "Åsa Öström"
        person.save()
    PersonRole.objects.create(person=person, organisation=company, title="VD")
    grant(person, "contact", "public_interest", given_on=date(2026, 1, 5), by=by)
    Note.objects.create(person=person, text="Vill veta mer om stålet.", by=by)
    secret = Note.objects.create(person=person, text="Uppgift från en uppsagd anställd.", by=by)
    mark_secret(
        secret,
        legal_ground="OSL 30 kap. 23 §",
        decided_by="Näringslivschefen",
        decided_on=date(2026, 2, 1),
        by=users["administrator"],
    )
    about = Note.objects.create(organisation=company, text="Åsa Öström säger upp sig.", by=by)
    mark_secret(
        about,
        legal_ground="OSL 30 kap. 23 §",
        decided_by="Näringslivschefen",
        decided_on=date(2026, 2, 1),
        by=users["administrator"],
    )
    return person


def extracted(subject, user, language="sv"):
    with translation.override(language):
        job = order("privacy.extract", subject, by=user, title="Utdrag")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    (path,) = job.files()
    with zipfile.ZipFile(path) as archive:
        return job, {name: archive.read(name) for name in archive.namelist()}


def test_the_extract_tells_everything_a_machine_can_read(asa, users):
    job, files = extracted(Subject.of(asa), users["administrator"])
    told = json.loads(files["extract.json"])
    parts = {part["model"]: part for part in told["parts"]}
    person = parts["register.person"]["rows"][0]
    assert person["values"]["name"] == "Åsa Öström"
    assert [version["name"] for version in person["earlier"]] == ["Åsa Östrom", "Åsa Öström"]
    assert [version["act"] for version in person["earlier"]] == ["person.created", "person.changed"]
    role = parts["register.personrole"]["rows"][0]["values"]
    assert (role["organisation"], role["title"]) == ("Stål AB", "VD")
    basis = parts["register.legalbasis"]["rows"][0]["values"]
    assert basis["given_on"] == "2026-01-05"
    assert [row["values"]["text"] for row in parts["register.note"]["rows"]] == [
        "Vill veta mer om stålet."
    ]
    assert parts["register.note"]["withheld"] == {"OSL 30 kap. 23 §": 1}
    assert told["withheld_mentions"] == {"OSL 30 kap. 23 §": 1}
    assert [one["text"] for one in told["mentions"]] == ["Kontakta Åsa Öström om besök."]
    assert told["who_has_looked"] is None
    assert told["controllers"][0]["name"] == "Region Dalarna"
    assert job.result == {"rows": 4, "mentions": 1, "withheld": 2}
    assert "Åsa" not in job.title + json.dumps(job.arguments)


def test_what_is_secret_stands_in_no_file_of_it_and_is_said_to_be_withheld(asa, users):
    _job, files = extracted(Subject.of(asa), users["administrator"])
    page = files["extract.html"].decode()
    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(files["extract.pdf"])).pages)
    assert set(files) == {"extract.json", "extract.html", "extract.pdf", "extract.xlsx"}
    for text in (page, pdf, files["extract.json"].decode()):
        assert "uppsagd" not in text
        assert "säger upp" not in text
    assert page.count("1 undanhålls enligt lag: OSL 30 kap. 23 §.") == 2
    assert "Vill veta mer om stålet." in page
    assert "Region Dalarna" in page and "dataskydd@region.example" in page
    assert "Vem som har tittat" in page
    assert "antecknade en rättslig grund" in page
    assert str(PersonRole.objects.get().organisation_id) not in page, "no keys for people to read"
    assert "Keeper" not in page, "who of the staff did what is not told"


@pytest.mark.parametrize(
    ("language", "title"),
    [("sv", "Registerutdrag"), ("nb", "Registerutskrift"), ("en", "Register extract")],
)
def test_the_extract_speaks_the_language_it_was_asked_for_in(asa, users, language, title):
    _job, files = extracted(Subject.of(asa), users["administrator"], language)
    page = files["extract.html"].decode()
    assert f'lang="{language}"' in page
    assert f"<h1>{title}" in page.replace("\n", "") or title in page


def test_a_user_gets_an_extract_too(users):
    Controller.objects.create(name="Region Dalarna", is_default=True)
    user = User.objects.create_user("eva@region.example", name="Eva Ek")
    with acting(user, "note.written"):
        for person in (Person.objects.create(name="A"), Person.objects.create(name="B")):
            assert person.pk
    user.last_login = timezone.now()
    user.save()
    enqueue("privacy.search", {"model": "core.user", "key": "1"}, owner=user, title="Sökning")
    _job, files = extracted(Subject.of(user), users["administrator"])
    told = json.loads(files["extract.json"])
    parts = {part["model"]: part for part in told["parts"]}
    assert parts["core.user"]["rows"][0]["values"]["email"] == "eva@region.example"
    assert [row["values"]["title"] for row in parts["core.job"]["rows"]] == ["Sökning"]
    (act,) = parts["history"]["rows"]
    assert (act["values"]["act"], act["values"]["times"]) == ("note.written", 2)


def test_an_extract_of_somebody_who_is_gone_says_so(asa, users):
    subject = Subject.of(asa)
    job = order("privacy.extract", subject, by=users["administrator"], title="Utdrag")
    asa.delete()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.error)) == ("failed", True)
