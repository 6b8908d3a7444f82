"""What somebody with the whole database, and two of its backups, can find out of anonymous answers.

The attacker reads every table, row order, SQLite's rowid and PostgreSQL's xmin, and compares dumps
taken after every single submit. The least that may be told is a batch.
"""

import json
import logging
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from klustermotor.core.logs import JsonFormatter
from klustermotor.surveys.fieldwork import planning
from klustermotor.surveys.fieldwork.collecting import submit
from klustermotor.surveys.fieldwork.links import link_token
from klustermotor.surveys.models import Answer, Draft, Fieldwork, Invitation, SealedAnswer
from klustermotor.surveys.models.fieldwork import LEAST_BATCH
from klustermotor.surveys.tests.conftest import invite, make_fieldwork

Rows = dict[str, list[dict[str, Any]]]


def dump() -> Rows:
    """Every row of every table that a backup holds, in the order the database gives them."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def marked(rows: Rows) -> set[str]:
    return {str(row["id"]) for row in rows["surveys_invitation"] if row["has_answered"]}


def answered(rows: Rows) -> set[str]:
    return {str(row["id"]) for row in rows["surveys_answer"]}


@pytest.mark.django_db
def test_an_answer_has_no_column_that_could_say_whose_it_is_or_when() -> None:
    columns = {field.name for field in Answer._meta.get_fields() if field.concrete}
    assert columns == {"id", "wave", "respondent", "values"}
    assert not hasattr(Answer, "history")
    assert not hasattr(Invitation, "history")
    reaching = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.fields
        if field.remote_field and field.remote_field.model is Answer
    }
    assert reaching == set()


@pytest.mark.django_db
def test_two_backups_in_a_row_tell_a_batch_at_most() -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(23)]
    before = dump()
    steps = []
    for number, invitation in enumerate(invitations):
        submit(invitation, {"results.sales": str(1 + number % 2)})
        after = dump()
        steps.append((marked(after) - marked(before), answered(after) - answered(before)))
        before = after
    planning.close_fieldwork(fieldwork)
    after = dump()
    steps.append((marked(after) - marked(before), answered(after) - answered(before)))
    sizes = [(len(people), len(answers)) for people, answers in steps if people or answers]
    assert all(people == answers >= LEAST_BATCH for people, answers in sizes)
    assert sum(people for people, _answers in sizes) == 23


@pytest.mark.django_db
def test_no_row_anywhere_holds_an_id_of_both_sides() -> None:
    """Neither in clear nor in another notation does a table name person and answer together."""
    fieldwork = make_fieldwork("anonymous", "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(12)]
    for invitation in invitations:
        submit(invitation, {"will.grow": "yes"})
    people = {form for row in invitations for form in (row.pk.hex, str(row.pk))}
    answers = {form for row in Answer.objects.all() for form in (row.pk.hex, str(row.pk))}
    answers |= set(Answer.objects.values_list("respondent", flat=True))
    for table, rows in dump().items():
        for row in rows:
            text = json.dumps({k: _shown(v) for k, v in row.items()}, default=str)
            names_person = any(form in text for form in people)
            names_answer = any(form in text for form in answers)
            assert not (names_person and names_answer), table
    for row in SealedAnswer.objects.all():
        assert not any(form.encode() in bytes(row.sealed) for form in people)


def _shown(value: Any) -> Any:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


@pytest.mark.django_db
def test_the_order_of_rows_is_not_the_order_of_answering() -> None:
    """By rowid or ctid: of 60 answers in order, hardly any run of five comes out as it went in."""
    fieldwork = make_fieldwork("anonymous", "steel")
    invitations = [invite(fieldwork, f"C{n:02}") for n in range(60)]
    for number, invitation in enumerate(invitations):
        submit(invitation, {"staff.number": float(number)})
    planning.close_fieldwork(fieldwork)
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "values" FROM surveys_answer ORDER BY {hidden}')
        stored = [_number(row[0]) for row in cursor.fetchall()]
    assert sorted(stored) == list(range(60))
    batches = [stored[start : start + 5] for start in range(0, 60, 5)]
    in_order = sum(batch == sorted(batch) for batch in batches)
    assert in_order <= 4  # each by chance once in 120; all twelve once in 10^25


def _number(value: Any) -> int:
    values = json.loads(value) if isinstance(value, str) else value
    return int(values["staff.number"])


@pytest.mark.django_db(transaction=True)
def test_transaction_ids_tell_a_batch_at_most() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("transaction ids are PostgreSQL's: run with scripts/with_postgres.sh")
    fieldwork = make_fieldwork("anonymous", "steel")
    for number in range(17):
        submit(invite(fieldwork, f"C{number}"), {"results.sales": "1"})
    planning.close_fieldwork(fieldwork)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM surveys_answer")
        of_answers = Counter(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT xmin::text FROM surveys_invitation WHERE has_answered")
        of_marks = Counter(row[0] for row in cursor.fetchall())
    assert sum(of_answers.values()) == 17
    assert of_answers == of_marks
    assert min(of_answers.values()) >= LEAST_BATCH


@pytest.mark.django_db
def test_confidential_answers_cannot_be_joined_without_the_key() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    before = dump()
    invitation = invite(fieldwork, "A")
    invited = dump()
    submit(invitation, {"will.grow": "no", "why.reason": "hemligt"})
    after = dump()
    assert len(answered(after) - answered(before)) == 1
    assert after["surveys_invitation"] == invited["surveys_invitation"]
    draft = Draft.objects.get()
    assert invitation.pk.hex not in draft.pk
    assert b"hemligt" not in bytes(draft.sealed)
    assert str(invitation.pk).encode() not in bytes(draft.sealed)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["anonymous", "confidential"])
def test_the_log_of_answering_names_neither_person_nor_answer(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    fieldwork = make_fieldwork(mode, "steel")
    invitation = invite(fieldwork, "A")
    with caplog.at_level(logging.DEBUG):
        client = Client()
        client.get(f"/s/{link_token(invitation)}")
        client.post("/answer/1", {"will.grow": "no", "go": "next"})
        sent = {"will.grow": "no", "why.reason": "hemligt", "go": "next"}
        assert client.post("/answer/2", sent).status_code == 303
    lines = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    for secret in ("hemligt", str(invitation.pk), invitation.email, link_token(invitation)[:20]):
        assert secret not in lines
    assert Fieldwork.objects.count() == 1
