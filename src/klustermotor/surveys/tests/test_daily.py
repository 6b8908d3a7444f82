"""What the worker does by itself: reminders on their day, closing, forgetting – each once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from klustermotor.core.jobs import run_job
from klustermotor.core.models import User
from klustermotor.core.testing.smtp import MailServer
from klustermotor.surveys.fieldwork import keys, letters
from klustermotor.surveys.fieldwork.collecting import submit
from klustermotor.surveys.fieldwork.daily import go_on
from klustermotor.surveys.fieldwork.jobs import send_letters
from klustermotor.surveys.models import Answer, Draft, Fieldwork
from klustermotor.surveys.tests.conftest import invite, make_fieldwork

TODAY = timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_letters_are_sent_by_a_job_that_tells_how_it_went(smtp: MailServer) -> None:
    by = User.objects.create_superuser("a@a.se", name="A")
    fieldwork = make_fieldwork("confidential", "steel", site="https://enkat.exempel.se")
    for n in range(4):
        invite(fieldwork, f"C{n}")
    smtp.plan = lambda number, recipient: "refuse" if "C1" in recipient else "ok"
    job = send_letters(fieldwork, "invitation", 1, by=by)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sent": 3, "failed": 1})


@pytest.mark.django_db
def test_a_reminder_goes_out_on_its_day_and_once(smtp: MailServer) -> None:
    fieldwork = make_fieldwork(
        "confidential",
        "steel",
        site="https://enkat.exempel.se",
        reminders=[7],
        opens_on=TODAY - timedelta(days=7),
    )
    answered, waiting = invite(fieldwork, "A"), invite(fieldwork, "B")
    letters.queue(fieldwork, "invitation")
    go_on()
    assert len(smtp.raw) == 2 + 0
    submit(answered, {"will.grow": "yes"})
    for _again in range(3):
        go_on()
    assert [str(message["To"]) for message in smtp.messages[2:]] == [waiting.email]


@pytest.mark.django_db
def test_it_closes_after_its_last_day_and_the_link_ends_as_promised() -> None:
    fieldwork = make_fieldwork("confidential", "steel", closes_on=TODAY, link_until=TODAY)
    submit(invite(fieldwork, "A"), {"will.grow": "yes"})
    go_on()
    assert Fieldwork.objects.get().state == "open"
    Fieldwork.objects.update(closes_on=TODAY - timedelta(days=1))
    go_on()
    assert Fieldwork.objects.get().state == "closed"
    assert keys.has_fieldwork_key(fieldwork.pk)
    go_on()
    assert not keys.has_fieldwork_key(fieldwork.pk)
    assert (Answer.objects.count(), Draft.objects.count()) == (1, 0)
    go_on()


@pytest.mark.django_db
def test_one_fieldwork_that_lost_its_key_keeps_no_other_from_its_turn(
    smtp: MailServer,
) -> None:
    broken = make_fieldwork("anonymous", "broken")
    submit(invite(broken, "X"), {"will.grow": "yes"})
    keys.destroy_fieldwork_key(broken.pk)
    whole = make_fieldwork("confidential", "steel", site="https://enkat.exempel.se")
    invite(whole, "A")
    letters.queue(whole, "invitation")
    go_on()
    assert len(smtp.raw) == 1
