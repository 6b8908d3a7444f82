"""Erasing a person: everything goes that may go, everywhere, and stays gone."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from klustermotor.core.history import acting
from klustermotor.core.jobs import enqueue, run_job
from klustermotor.core.models import Controller, Erasure, Job, RetentionRule, User
from klustermotor.core.privacy import Subject, ledger
from klustermotor.core.privacy.controllers import NoControllerError
from klustermotor.core.privacy.erasure import erase
from klustermotor.core.privacy.planning import mentions_of, plan, whole_plan
from klustermotor.register.models import (
    Establishment,
    LegalBasis,
    Note,
    Organisation,
    Person,
    PersonRole,
    Source,
    SourcedValue,
    SourceKey,
)

NAME, EMAIL, PHONE = "Åsa Öström-Lind", "asa.ostrom@stal.example", "070-123 45 67"


def everything_in_the_database() -> str:
    """Every value of every table, as text: what a grep of a dump would see."""
    rows = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            for row in model._base_manager.values_list(
                *(field.attname for field in model._meta.concrete_fields)
            ):
                rows.append(json.dumps([str(value) for value in row], ensure_ascii=False))
    return "\n".join(rows)


def named_in(text: str) -> list[str]:
    words = [NAME, NAME.upper(), "Öström", EMAIL, PHONE, "0701234567"]
    return [word for word in words if word.casefold() in text.casefold()]


@pytest.fixture
def private(db):
    return Controller.objects.create(name="Stålföreningen", kind="private", is_default=True)


@pytest.fixture
def public(db):
    return Controller.objects.create(name="Region Dalarna", kind="public", is_default=True)


@pytest.fixture
def asa(users, make_organisation):
    """A person who is named in every kind of place that we keep."""
    by = users["keeper"]
    source = Source.objects.create(id="list", name="Medlemslistan")
    company = make_organisation("Stål AB", description="Kontakta Åsa Öström-Lind om besök.")
    with acting(by, "person.created"):
        person = Person.objects.create(name="Åsa Östrom", email=EMAIL, phone=PHONE)
    with acting(by, "person.changed"):
        person.name = NAME
        person.save()
        PersonRole.objects.create(
            person=person, organisation=company, title="VD", email="vd.ostrom@stal.example"
        )
        LegalBasis.objects.create(
            person=person,
            purpose="contact",
            basis="public_interest",
            source=source,
            given_on=date(2026, 1, 5),
        )
        note = Note.objects.create(organisation=company, text=f"Talade med {NAME}s chef.", by=by)
        note.text = f"Talade med {NAME} och hennes chef. {EMAIL}"
        note.save()
        Note.objects.create(person=person, text="Vill veta mer om stålet.", by=by)
    SourcedValue.objects.create(
        source=source,
        model="person",
        row=person.pk,
        field="name",
        value=NAME,
        told_at=timezone.now(),
    )
    SourceKey.objects.create(source=source, key=EMAIL, model="person", row=person.pk)
    return person


@pytest.fixture
def job_about(users, home):
    """A finished job that tells of somebody in its title, arguments, result and files."""
    job = Job.objects.create(
        kind="x",
        title=f"Lista till {NAME}",
        arguments={"to": [NAME, {EMAIL: 1}]},
        result={"rows": [{"namn": NAME}]},
        owner=users["keeper"],
        state="done",
        folder="j/1",
    )
    folder = home / "jobs" / "j" / "1"
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text(f"namn;e-post\n{NAME};{EMAIL}\n", encoding="cp1252")
    (folder / "other.csv").write_text("namn\nKim Berg\n")
    import xlsxwriter

    book = xlsxwriter.Workbook(str(folder / "people.xlsx"))
    book.add_worksheet().write(0, 0, NAME)
    book.close()
    waiting = home / "uploads" / "register"
    waiting.mkdir(parents=True)
    (waiting / "load.csv").write_bytes(f"namn\n{NAME}\n".encode("utf-16"))
    with zipfile.ZipFile(waiting / "many.zip", "w") as archive:
        archive.writestr("inner.json", json.dumps({"namn": NAME}))
    return job


def files_named(home) -> list[str]:
    found = []
    for path in home.rglob("*"):
        if path.is_file() and ".sqlite3" not in path.name:
            content = path.read_bytes()
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(path) as archive:
                    content = b"".join(archive.read(name) for name in archive.namelist())
            text = content.decode("utf-8", "ignore") + content.decode("latin-1")
            text += content.decode("utf-16", "ignore") + text.encode().decode(
                "unicode_escape", "ignore"
            )
            if named_in(text):
                found.append(path.name)
    return found


def test_a_private_body_erases_everything_everywhere(asa, private, job_about, users, home):
    key = asa.pk
    assert set(named_in(everything_in_the_database())) == {
        NAME,
        NAME.upper(),
        "Öström",
        EMAIL,
        PHONE,
        "0701234567",  # in the search index
    }
    assert files_named(home)
    erase(Subject.of(asa), by=users["administrator"])
    assert named_in(everything_in_the_database()) == []
    assert "ostrom" not in everything_in_the_database().casefold()
    assert files_named(home) == []
    assert (home / "jobs" / "j" / "1" / "other.csv").exists()
    assert not Person.objects.filter(pk=key).exists()
    assert not Person.history.filter(id=key).exists()
    assert not PersonRole.history.filter(person=key).exists()
    job_about.refresh_from_db()
    assert job_about.title == "Lista till [raderad]"
    assert Organisation.objects.get(name="Stål AB").description == "Kontakta [raderad] om besök."
    assert Note.objects.get().text == "Talade med [raderad] och hennes chef. [raderad]"


def test_the_log_holds_keys_and_counts_and_no_name(asa, private, users, home):
    log = erase(Subject.of(asa), by=users["administrator"])
    assert (log.subject_model, log.subject) == ("register.person", str(asa.pk or log.subject))
    assert log.erased["register.person"] == 1
    assert log.erased["register.personrole"] == 1
    assert log.kept == {}
    text = ledger.ledger(home).read_text(encoding="utf-8")
    assert log.subject in text
    assert named_in(text) == []


def test_erasing_again_changes_nothing(asa, private, users, home):
    subject = Subject.of(asa)
    first = erase(subject, by=users["administrator"])
    before = everything_in_the_database()
    again = erase(subject, by=users["administrator"])
    assert again.pk == first.pk
    assert again.erased == first.erased
    assert Erasure.objects.count() == 1
    after = everything_in_the_database()
    assert [line for line in before.splitlines() if str(first.pk) not in line] == [
        line for line in after.splitlines() if str(first.pk) not in line
    ]


def test_a_public_body_keeps_its_documents_and_says_by_which_law(asa, public, job_about, users):
    told = plan(Subject.of(asa))
    actions = {(one.shredder.model.__name__, str(one.action)) for one in told.rows}
    assert actions == {
        ("Note", "keep"),
        ("PersonRole", "delete"),
        ("LegalBasis", "delete"),
        ("SourcedValue", "delete"),
        ("SourceKey", "delete"),
        ("Person", "blank"),
    }
    (law,) = {one.reason for one in told.rows if one.shredder.model is Note}
    assert "Region Dalarna" in law and "arkivlagen" in law
    log = erase(Subject.of(asa), by=users["administrator"])
    asa.refresh_from_db()
    assert (asa.name, asa.email, asa.phone) == (NAME, "", "")
    assert Person.history.filter(id=asa.pk).exclude(email="").count() == 0
    assert sorted(Note.objects.values_list("text", flat=True)) == [
        f"Talade med {NAME} och hennes chef. {EMAIL}",
        "Vill veta mer om stålet.",
    ]
    assert Organisation.objects.get(name="Stål AB").description == "Kontakta [raderad] om besök."
    assert log.kept["register.note"] == 2
    assert not PersonRole.objects.exists()


def test_a_norwegian_public_body_keeps_by_norwegian_law(asa, public):
    public.country = "NO"
    public.save()
    assert any("arkivlova" in str(one.reason) for one in plan(Subject.of(asa)).rows)


def test_a_disposal_decision_lets_a_public_body_erase_its_old_notes(asa, public, users):
    RetentionRule.objects.create(
        kind="notes",
        months=12,
        decision_number="RD 2026/17",
        decided_on=date(2026, 2, 1),
        decided_by="Regionstyrelsen",
    )
    old = timezone.now() - timedelta(days=800)
    Note.objects.filter(person=asa).update(written_at=old)
    assert not plan(Subject.of(asa)).stays
    erase(Subject.of(asa), by=users["administrator"])
    assert not Person.objects.filter(pk=asa.pk).exists()
    assert [note.text for note in Note.objects.all()] == [
        f"Talade med {NAME} och hennes chef. {EMAIL}"
    ]


def test_the_municipality_that_answers_decides_row_by_row(asa, private, falun, users):
    falun.controller = Controller.objects.create(name="Falu kommun", kind="public")
    falun.save()
    other = Organisation.objects.create(name="Trä AB", municipality=falun)
    Note.objects.create(person=asa, organisation=other, text="Om Trä AB.")
    actions = {
        one.row.text: str(one.action)
        for one in plan(Subject.of(asa)).rows
        if one.shredder.model is Note
    }
    assert actions == {"Vill veta mer om stålet.": "delete", "Om Trä AB.": "keep"}


def test_nobody_is_erased_before_a_controller_is_named(asa, users):
    with pytest.raises(NoControllerError):
        erase(Subject.of(asa), by=users["administrator"])
    assert Person.objects.filter(pk=asa.pk).exists()


def test_a_namesake_keeps_name_and_address(asa, private, users, make_person):
    namesake = make_person(NAME, email="asa@annan.example")
    namesake.name = "Åsa Lind"
    namesake.save()
    erase(Subject.of(asa), by=users["administrator"])
    namesake.refresh_from_db()
    assert (namesake.name, namesake.email) == ("Åsa Lind", "asa@annan.example")
    assert namesake.history.last().name == NAME


def test_a_longer_name_that_begins_alike_is_left(asa, private, users, make_organisation):
    other = make_organisation("Trä AB", description="Åsa Öström-Lindgren är inte Åsa.")
    erase(Subject.of(asa), by=users["administrator"])
    other.refresh_from_db()
    assert other.description == "Åsa Öström-Lindgren är inte Åsa."


def test_a_mention_that_somebody_left_stays_with_its_history(asa, private, users):
    note = Note.objects.get(organisation__isnull=False)
    place = f"register.note/{note.pk}/text"
    places = {one.place for one in mentions_of(Subject.of(asa))[0]}
    assert place in places
    log = erase(Subject.of(asa), by=users["administrator"], left=[place])
    note.refresh_from_db()
    assert NAME in note.text
    assert all(NAME in text for text in note.history.values_list("text", flat=True))
    assert log.left == [place]


def test_a_single_word_is_only_proposed(private, users, make_person, make_organisation):
    company = make_organisation("Trä AB", description="Madeleine sköter posten.")
    person = make_person("Madeleine")
    found = mentions_of(Subject.of(person))[0]
    mention, earlier = sorted(found, key=lambda one: "historical" in one.model)
    assert (earlier.model, earlier.sure) == ("register.historicalorganisation", False)
    assert (mention.place, mention.sure) == (
        f"register.organisation/{company.pk}/description",
        False,
    )
    erase(Subject.of(person), by=users["administrator"])
    company.refresh_from_db()
    assert company.description == "Madeleine sköter posten."
    again = make_person("Madeleine")
    erase(Subject.of(again), by=users["administrator"], also=[mention.place])
    company.refresh_from_db()
    assert company.description == "[raderad] sköter posten."


def test_a_sole_traders_number_and_address_go_with_the_person(
    private, users, make_person, make_organisation, home
):
    person = make_person("Bo Ek", email="bo@ek.example")
    trade = make_organisation(
        "Bo Eks Måleri", number="5501011235", is_sole_trader=True, street="Hemgatan 1"
    )
    PersonRole.objects.create(person=person, organisation=trade, title="innehavare")
    Establishment.objects.create(organisation=trade, street="Hemgatan 1")
    assert trade in [one.row for one in whole_plan(Subject.of(person)).rows]
    (home / "jobs").mkdir()
    (home / "jobs" / "list.csv").write_text("nummer\n19550101-1235\n")
    erase(Subject.of(person), by=users["administrator"])
    trade.refresh_from_db()
    assert (trade.name, trade.number, trade.street) == ("[raderad]", "", "")
    assert "Hemgatan" not in everything_in_the_database()
    assert "5501011235" not in everything_in_the_database()
    assert not (home / "jobs" / "list.csv").exists()


def test_a_sole_trader_without_a_person_is_erased_by_the_company_itself(
    private, users, make_organisation
):
    trade = make_organisation("Bo Ek", number="5501011235", is_sole_trader=True, email="bo@ek.se")
    subject = Subject.of(trade)
    assert subject.row() == trade
    erase(subject, by=users["administrator"])
    assert "5501011235" not in everything_in_the_database()
    assert "bo@ek.se" not in everything_in_the_database()
    company = make_organisation("Trä AB")
    assert Subject.of(company).row() is None


def test_the_job_erases_and_keeps_no_name(asa, private, users):
    job = enqueue(
        "privacy.erase",
        {"model": "register.person", "key": str(asa.pk)},
        owner=users["administrator"],
        title="Radering",
    )
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    assert job.result["erased"]["register.person"] == 1
    assert named_in(everything_in_the_database()) == []


def test_the_search_for_mentions_keeps_places_and_no_words(asa, private, users, job_about):
    job = enqueue(
        "privacy.search",
        {"model": "register.person", "key": str(asa.pk)},
        owner=users["administrator"],
        title="Sökning",
    )
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    assert named_in(json.dumps(job.result, ensure_ascii=False)) == []
    assert {file["path"] for file in job.result["files"]} == {
        "jobs/j/1/people.csv",
        "jobs/j/1/people.xlsx",
        "uploads/register/load.csv",
        "uploads/register/many.zip",
    }
    assert {one["model"] for one in job.result["mentions"]} >= {
        "register.note",
        "register.historicalnote",
        "register.organisation",
        "core.job",
    }


@pytest.mark.parametrize("kind", ["private", "public"])
def test_a_user_is_erased_with_jobs_and_files(kind, users, home):
    Controller.objects.create(name="Den som svarar", kind=kind, is_default=True)
    user = User.objects.create_user("eva.ek@region.example", "x", name="Eva Ek")
    with acting(user, "organisation.created"):
        company = Organisation.objects.create(name="Trä AB")
    note = Note.objects.create(organisation=company, text="Hej.", by=user)
    job = Job.objects.create(kind="x", title="Rapport", owner=user, state="done", folder="")
    (home / "jobs" / str(job.pk) / "1").mkdir(parents=True)
    erase(Subject.of(user), by=users["administrator"])
    text = everything_in_the_database()
    assert "eva.ek@region.example" not in text
    assert not (home / "jobs" / str(job.pk)).exists()
    assert not Job.objects.filter(pk=job.pk).exists()
    note.refresh_from_db()
    if kind == "private":
        assert "Eva Ek" not in text
        assert note.by is None
        assert company.history.get().history_user is None
    else:
        kept = User.objects.get(pk=user.pk)
        assert (kept.name, kept.is_active, note.by) == ("Eva Ek", False, kept)
        assert kept.email == f"erased-{user.pk}@erased.invalid"


def test_an_administrator_erases_neither_themselves_nor_the_last_one(private, users):
    from klustermotor.core.privacy.erasure import ErasureRefusedError

    admin = users["administrator"]
    with pytest.raises(ErasureRefusedError):
        erase(Subject.of(admin), by=admin)
    with pytest.raises(ErasureRefusedError):
        erase(Subject.of(admin), by=users["keeper"])
    assert User.objects.filter(pk=admin.pk).exists()


def test_whoever_was_merged_into_somebody_goes_with_them(asa, private, users, make_person, home):
    from klustermotor.register.services.merging import merge

    other, third = make_person("Åsa Öberg", email="oberg@stal.example"), make_person("Å. Öhman")
    merge(other, third, ["name"], by=users["administrator"])
    other.refresh_from_db()
    merge(asa, other, [], by=users["administrator"])
    assert "oberg@stal.example" in everything_in_the_database()
    erase(Subject.of(asa), by=users["administrator"])
    text = everything_in_the_database()
    assert named_in(text) == []
    assert "oberg" not in text.casefold()
    assert "Öhman" not in text
    keys = set(Erasure.objects.values_list("subject", flat=True))
    assert {str(other.pk), str(third.pk)} < keys
    assert len(keys) == 3
    assert {entry.key for entry in ledger.read(ledger.ledger(home))} == keys


def test_who_is_employed_by_a_sole_trader_does_not_take_the_firm_along(
    private, users, make_person, make_organisation
):
    trade = make_organisation("Bo Ek", number="5501011235", is_sole_trader=True)
    for name in ("Bo Ek", "Kim Berg"):
        PersonRole.objects.create(person=make_person(name), organisation=trade)
    erase(Subject.of(Person.objects.get(name="Kim Berg")), by=users["administrator"])
    trade.refresh_from_db()
    assert (trade.name, trade.number) == ("Bo Ek", "5501011235")


def test_many_earlier_names_are_not_too_many_for_the_database(
    private, users, make_person, make_organisation
):
    person = make_person("Åsa Ek")
    for number in range(160):
        person.name = f"Åsa Ek nr {number}"
        person.email = f"asa{number}@ek.example"
        person.save()
    company = make_organisation("Trä AB", description="Förr Åsa Ek nr 3, nu asa99@ek.example.")
    erase(Subject.of(person), by=users["administrator"])
    company.refresh_from_db()
    assert company.description == "Förr [raderad], nu [raderad]."
    assert "ek.example" not in everything_in_the_database()


def test_a_name_in_the_midst_of_other_bytes_is_found_and_a_packed_file_is_left_for_review(home):
    from klustermotor.core.privacy.files import files_naming
    from klustermotor.core.privacy.terms import terms_for

    folder = home / "uploads"
    folder.mkdir()
    (folder / "a.bin").write_bytes(b"\xff\xfe\x00\x81" + NAME.encode() + b"\x9f\xff")
    (folder / "b.sav").write_bytes(b"$FL2@(#) SPSS" + b"\x00" * 200)
    (folder / "c.csv").write_text("namn\nKim Berg\n")
    (folder / "d.zip").write_bytes(b"PK\x03\x04 cut short")
    found = {one.path: one.unread for one in files_naming(terms_for([NAME]), home)}
    assert found == {"uploads/a.bin": False, "uploads/b.sav": True, "uploads/d.zip": True}
