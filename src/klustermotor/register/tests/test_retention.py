"""Nothing is kept for ever, and nothing goes without a decision."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from klustermotor.core.jobs import run_job
from klustermotor.core.models import Controller, Disposal, Erasure, Job, RetentionRule
from klustermotor.core.privacy.nightly import tidy
from klustermotor.core.privacy.retention import (
    NotDecidedError,
    apply_rule,
    due_rows,
    months_before,
    retention_kind,
    retention_kinds,
    rule_for,
)
from klustermotor.core.privacy.services import order_disposal, save_rule
from klustermotor.register.models import Note, Person, PersonRole

TODAY = timezone.localdate()
OLD = TODAY - timedelta(days=1100)


@pytest.fixture
def people(users, make_person, make_organisation):
    """One who left long ago, one who left lately, one who is there, one who never was anywhere."""
    Controller.objects.create(name="Stålföreningen", kind="private", is_default=True)
    company = make_organisation()
    made = {}
    for name, until in (("Gammal Ek", OLD), ("Nylig Ek", TODAY), ("Kvar Ek", None)):
        made[name] = make_person(name)
        PersonRole.objects.create(
            person=made[name], organisation=company, title="VD", since=date(2010, 1, 1), until=until
        )
    PersonRole.objects.create(
        person=made["Kvar Ek"], organisation=company, title="ägare", until=OLD
    )
    made["Lös Ek"] = make_person("Lös Ek")
    made["Länge Lös"] = make_person("Länge Lös")
    Person.objects.filter(pk=made["Länge Lös"].pk).update(
        created_at=timezone.now() - timedelta(days=1100)
    )
    return made


def decide(kind, users, months=24, **fields):
    values = {
        "decision_number": "RD 2026/17",
        "decided_on": date(2026, 2, 1),
        "decided_by": "Regionstyrelsen",
        **fields,
    }
    return save_rule(RetentionRule(kind=kind, months=months, **values), by=users["administrator"])


def dry_run(*kinds):
    import io

    out = io.StringIO()
    call_command("retain", *kinds, "--dry-run", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_dry_run_names_exactly_what_would_go_and_touches_nothing(people, users):
    told = dry_run("people")["people"]
    expected = {str(people[name].pk) for name in ("Gammal Ek", "Länge Lös")}
    assert set(told["keys"]) == expected
    assert (told["rows"], told["months"], told["decision"]) == (2, 24, "")
    assert Person.objects.count() == 5
    decide("people", users)
    apply_rule(retention_kind("people"), by=users["administrator"])
    assert {person.name for person in Person.objects.all()} == {"Nylig Ek", "Kvar Ek", "Lös Ek"}
    assert set(Erasure.objects.values_list("subject", flat=True)) == expected
    assert set(Erasure.objects.values_list("reason", "decision")) == {
        ("people", "RD 2026/17, 2026-02-01, Regionstyrelsen"[:60])
    }


def test_nothing_goes_without_its_decision(people, users):
    with pytest.raises(NotDecidedError):
        apply_rule(retention_kind("people"), by=users["administrator"])
    for missing in ("decision_number", "decided_by", "decided_on"):
        RetentionRule.objects.all().delete()
        decide("people", users, **{missing: None if missing == "decided_on" else ""})
        with pytest.raises(NotDecidedError):
            apply_rule(retention_kind("people"), by=users["administrator"])
    with pytest.raises(CommandError) as raised:
        call_command("retain", "people")
    assert "name the disposal decision first" in str(raised.value)
    assert Person.objects.count() == 5
    with pytest.raises(ValidationError):
        decide("notes", users, is_active=True, decided_by="")


def test_a_disposal_is_put_on_record(people, users):
    decide("people", users)
    job = order_disposal(retention_kind("people"), by=users["administrator"])
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"rows": 2}), job.error
    record = Disposal.objects.get()
    assert (record.kind, record.rows, record.months, record.decision) == (
        "people",
        2,
        24,
        "RD 2026/17, 2026-02-01, Regionstyrelsen",
    )
    assert apply_rule(retention_kind("people"), by=None) == 0
    assert Disposal.objects.count() == 1


def test_the_worker_applies_what_is_set_to_apply_itself_once_a_night(people, users):
    decide("people", users, is_active=True)
    decide("notes", users, months=12)
    note = Note.objects.create(person=people["Kvar Ek"], text="Gammalt.")
    Note.objects.filter(pk=note.pk).update(written_at=timezone.now() - timedelta(days=900))
    tidy()
    assert Person.objects.count() == 3
    assert Note.objects.count() == 1
    again = Person.objects.create(name="Ny Gammal")
    Person.objects.filter(pk=again.pk).update(created_at=timezone.now() - timedelta(days=1100))
    tidy()
    assert Person.objects.filter(pk=again.pk).exists(), "once a night"


def test_old_notes_go_with_their_earlier_versions(people, users):
    note = Note.objects.create(person=people["Kvar Ek"], text="Första")
    note.text = "Andra"
    note.save()
    fresh = Note.objects.create(person=people["Kvar Ek"], text="Ny")
    Note.objects.filter(pk=note.pk).update(written_at=timezone.now() - timedelta(days=900))
    decide("notes", users, months=12)
    assert apply_rule(retention_kind("notes"), by=None) == 1
    assert [one.text for one in Note.objects.all()] == ["Ny"]
    assert {record.text for record in Note.history.all()} == {"Ny"}
    assert fresh.history.count() == 1


def test_jobs_that_a_room_still_shows_are_kept(users, home):
    old = timezone.now() - timedelta(days=900)
    job = Job.objects.create(
        kind="x", title="Rapport", owner=users["keeper"], state="done", finished=old, folder="a/1"
    )
    Job.objects.create(kind="x", title="Pågår", owner=users["keeper"], state="running")
    folder = home / "jobs" / str(job.pk) / "1"
    folder.mkdir(parents=True)
    decide("jobs", users, months=12)
    assert [
        one.title for one in due_rows(retention_kind("jobs"), rule_for(retention_kind("jobs")))
    ] == ["Rapport"]
    assert apply_rule(retention_kind("jobs"), by=None) == 1
    assert not folder.exists()
    assert [one.title for one in Job.objects.all()] == ["Pågår"]


def test_every_kind_can_say_what_is_due(users, db):
    names = {kind.name for kind in retention_kinds()}
    assert {"people", "notes", "jobs", "extracts", "history", "consents", "accounts"} <= names
    assert all(told["rows"] == 0 for told in dry_run().values())


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
        (date(2026, 1, 31), -1, date(2026, 2, 28)),
        (datetime(2026, 11, 24, 12), 24, datetime(2024, 11, 24, 12)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, expected):
    assert months_before(day, months) == expected
