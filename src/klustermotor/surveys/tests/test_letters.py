"""Letters through a real mail server that fails: none lost, none twice, what is uncertain listed."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from klustermotor.core.testing.smtp import MailServer
from klustermotor.register.models import LegalBasis, Person, Source
from klustermotor.surveys.fieldwork import letters
from klustermotor.surveys.fieldwork.collecting import submit
from klustermotor.surveys.fieldwork.links import invitation_of
from klustermotor.surveys.models import Fieldwork, Invitation, Letter
from klustermotor.surveys.tests.conftest import invite, make_fieldwork

pytestmark = pytest.mark.django_db
SITE = "https://enkat.exempel.se"


def send(fieldwork: Fieldwork) -> list[Letter]:
    return list(letters.send_due(fieldwork, SITE))


def let_time_pass() -> None:
    Letter.objects.update(not_before=timezone.now() - timedelta(seconds=1))


def sent_to(smtp: MailServer) -> Counter[str]:
    return Counter(str(message["To"]) for message in smtp.messages)


def test_an_invitation_arrives_with_a_link_that_works_in_text_and_html(smtp: MailServer) -> None:
    fieldwork = make_fieldwork(
        "confidential", "steel", sender_name="Region Dalarna", reply_to="eva@region.se"
    )
    invitation = invite(fieldwork, "A", email="anna@a.se")
    assert letters.queue(fieldwork, "invitation") == 1
    (letter,) = send(fieldwork)
    (mail,) = smtp.messages
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    link = next(word for word in text.split() if "/s/" in word)
    assert link in html
    assert invitation_of(link.rpartition("/")[2]) == invitation
    assert mail["Message-ID"] == letter.message_id
    assert mail["From"] == "Region Dalarna <klustermotor@localhost>"
    assert mail["Reply-To"] == "eva@region.se"
    assert mail["Subject"] == "Liten enkät"
    assert "konfidentiella" in text
    invitation.refresh_from_db()
    assert invitation.standing == "invited"


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Du inbjuds"), ("nb", "Du inviteres"), ("en", "You are invited")],
)
def test_it_speaks_the_language_of_the_invited(language: str, words: str, smtp: MailServer) -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invite(fieldwork, "A")
    Invitation.objects.update(language=language)
    letters.queue(fieldwork, "invitation")
    send(fieldwork)
    body = smtp.messages[0].get_body(("plain",)).get_content()
    assert words in body


def test_the_evaluators_own_words_replace_ours(smtp: MailServer) -> None:
    texts = {"subject": {"sv": "Hur går det?"}, "invitation": {"sv": "Hej!\n\nSvara <gärna>."}}
    fieldwork = make_fieldwork("confidential", "steel", texts=texts)
    invite(fieldwork, "A")
    letters.queue(fieldwork, "invitation")
    send(fieldwork)
    mail = smtp.messages[0]
    assert mail["Subject"] == "Hur går det?"
    assert "Svara <gärna>." in mail.get_body(("plain",)).get_content()
    assert "Svara &lt;gärna&gt;." in mail.get_body(("html",)).get_content()


def test_the_same_letter_is_queued_and_sent_once(smtp: MailServer) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for n in range(3):
        invite(fieldwork, f"C{n}")
    assert letters.queue(fieldwork, "invitation") == 3
    assert letters.queue(fieldwork, "invitation") == 0
    send(fieldwork)
    assert letters.queue(fieldwork, "invitation") == 0
    assert send(fieldwork) == []
    assert set(sent_to(smtp).values()) == {1}


def test_a_reminder_goes_to_those_who_have_not_answered(smtp: MailServer) -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    first, second = invite(fieldwork, "A"), invite(fieldwork, "B")
    letters.queue(fieldwork, "invitation")
    send(fieldwork)
    submit(first, {"will.grow": "yes"})
    assert letters.queue(fieldwork, "reminder", 1) == 1
    send(fieldwork)
    assert sent_to(smtp) == {"A@exempel.se": 1, "B@exempel.se": 2}
    assert str(smtp.messages[-1]["Subject"]).startswith("Påminnelse:")
    letters.queue(fieldwork, "reminder", 2)
    submit(second, {"will.grow": "yes"})
    (dropped,) = send(fieldwork)
    assert dropped.state == "dropped"
    assert sum(sent_to(smtp).values()) == 3


def test_who_asked_for_no_mail_gets_none_however_late(smtp: MailServer) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    source = Source.objects.create(id="test", name="Test")
    people = []
    for name in ("Anna", "Bo", "Cia"):
        person = Person.objects.create(name=name, email=f"{name}@a.se")
        people.append(person)
        LegalBasis.objects.create(
            person=person,
            purpose="survey",
            basis="public_interest",
            source=source,
            given_on=timezone.localdate(),
        )
        invitation = invite(fieldwork, name, email=person.email)
        invitation.person = person
        invitation.save()
    LegalBasis.objects.filter(person=people[0]).update(withdrawn_on=timezone.localdate())
    assert letters.queue(fieldwork, "invitation") == 2
    Person.objects.filter(pk=people[1].pk).update(unsubscribed_at=timezone.now())
    assert sorted(letter.state for letter in send(fieldwork)) == ["dropped", "sent"]
    assert sent_to(smtp) == {"Cia@a.se": 1}


@pytest.mark.parametrize(
    ("outcome", "state", "arrived"),
    [
        ("refuse", "failed", 0),
        ("later", "queued", 0),
        ("drop", "queued", 0),
        ("full", "queued", 0),
        ("cut", "uncertain", 1),
        ("lose", "uncertain", 0),
    ],
)
def test_what_the_server_did_is_what_is_noted(
    outcome: str, state: str, arrived: int, smtp: MailServer
) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invite(fieldwork, "A")
    letters.queue(fieldwork, "invitation")
    smtp.plan = lambda number, recipient: outcome
    (letter,) = send(fieldwork)
    assert letter.state == state
    assert letter.error
    assert len(smtp.raw) == arrived
    smtp.plan = lambda number, recipient: "ok"
    let_time_pass()
    again = send(fieldwork)
    assert len(again) == (1 if state == "queued" else 0)
    assert len(smtp.raw) == (1 if state == "queued" else arrived)


def test_a_person_decides_what_becomes_of_an_uncertain_letter(smtp: MailServer) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for name in ("A", "B"):
        invite(fieldwork, name)
    letters.queue(fieldwork, "invitation")
    smtp.plan = lambda number, recipient: "lose"
    send(fieldwork)
    first, second = letters.uncertain(fieldwork)
    assert letters.send_again([first.pk]) == 1
    assert letters.take_as_sent([second.pk]) == 1
    smtp.plan = lambda number, recipient: "ok"
    send(fieldwork)
    (mail,) = smtp.messages
    assert mail["Message-ID"] == first.message_id
    assert Invitation.objects.filter(standing="invited").count() == 2


def test_what_a_dead_worker_was_sending_is_uncertain_and_the_rest_goes_on(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for n in range(5):
        invite(fieldwork, f"C{n}")
    letters.queue(fieldwork, "invitation")

    class KilledError(BaseException):
        pass

    def die(self: Any, message: Any) -> None:
        raise KilledError

    monkeypatch.setattr("klustermotor.core.mail.Mailer.send", die)
    with pytest.raises(KilledError):
        send(fieldwork)
    monkeypatch.undo()
    assert letters.recover(fieldwork) == 0
    let_time_pass()
    assert letters.recover(fieldwork) == 1
    assert len(send(fieldwork)) == 4
    assert letters.uncertain(fieldwork).count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_with_every_kind_of_failure_at_random_none_is_lost_and_none_comes_twice(
    seed: int, smtp: MailServer
) -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    for n in range(60):
        invite(fieldwork, f"C{n}")
    letters.queue(fieldwork, "invitation")
    chance = random.Random(seed)
    kinds = ["ok", "later", "drop", "full", "cut", "lose", "refuse"]
    smtp.plan = lambda number, recipient: chance.choices(kinds, [10, 2, 2, 2, 1, 1, 1])[0]
    for _round in range(12):
        send(fieldwork)
        let_time_pass()
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert sum(states.values()) == 60
    assert set(states) <= {"sent", "uncertain", "failed"}
    assert set(sent_to(smtp).values()) == {1}
    arrived = set(sent_to(smtp))
    sent = Letter.objects.filter(state="sent").values_list("invitation__email", flat=True)
    assert set(sent) <= arrived
    assert len(arrived) <= states["sent"] + states["uncertain"]
