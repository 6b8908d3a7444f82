"""Answers on their way in: what counts, how often, and what the database tells of whose they are."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import Organisation
from klustermotor.surveys.fieldwork import keys
from klustermotor.surveys.fieldwork.collecting import (
    NotOpenError,
    has_taken_part,
    mine,
    save_draft,
    settle,
    submit,
)
from klustermotor.surveys.models import (
    Answer,
    Draft,
    FieldDay,
    Fieldwork,
    Frame,
    Invitation,
    SealedAnswer,
    Wave,
)
from klustermotor.surveys.services import save_instrument
from klustermotor.surveys.tests.conftest import YAML, invite, make_fieldwork

pytestmark = pytest.mark.django_db


def answers(slug: str = "steel") -> list[dict[str, Any]]:
    rows = Answer.objects.filter(wave__initiative__slug=slug).values_list("values", flat=True)
    return sorted(rows, key=str)


def test_a_submitted_answer_is_in_its_wave_at_once_with_what_the_frame_knows() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    submit(invitation, {"will.grow": "yes", "results.sales": "2"}, seconds=100)
    assert answers() == [
        {"will.grow": "yes", "results.sales": "2", "size": "10-49", "mode": "mail"}
    ]
    assert has_taken_part(invitation)
    assert FieldDay.objects.get().seconds == [90]
    assert Wave.objects.get().revision == 1


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_the_same_submit_twice_counts_once(mode: str) -> None:
    fieldwork = make_fieldwork(mode, "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(5)]
    for invitation in invitations * 3:
        submit(invitation, {"results.sales": "2"})
    settle(fieldwork, everything=True)
    submit(invitations[0], {"results.sales": "2"})
    settle(fieldwork, everything=True)
    assert len(answers()) == 5
    assert FieldDay.objects.get().finished == 5


def test_a_changed_mind_counts_until_the_close_in_confidential_mode() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    submit(invitation, {"results.sales": "1"})
    save_draft(invitation, {"results.sales": "2"}, page=1)
    settle(fieldwork)
    assert answers()[0]["results.sales"] == "1"
    submit(invitation, {"results.sales": "2"})
    assert answers()[0]["results.sales"] == "2"
    assert FieldDay.objects.get().finished == 1


def test_an_answer_to_a_question_that_is_no_longer_asked_is_dropped() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    submit(invitation, {"will.grow": "yes", "why.reason": "Vi är nöjda"})
    assert "why.reason" not in answers()[0]


def test_a_draft_is_taken_up_on_another_device_and_is_no_answer() -> None:
    fieldwork = make_fieldwork("confidential", "steel")
    invitation = invite(fieldwork, "A")
    save_draft(invitation, {"will.grow": "no"}, page=2, language="nb")
    found = mine(Invitation.objects.get())
    assert (found.values, found.page, found.language) == ({"will.grow": "no"}, 2, "nb")
    assert not has_taken_part(invitation)
    assert settle(fieldwork) == 0


@pytest.mark.parametrize("state", ["planned", "closed"])
@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_nothing_is_taken_unless_it_is_open(mode: str, state: str) -> None:
    fieldwork = make_fieldwork(mode, "steel")
    invitation = invite(fieldwork, "A")
    Fieldwork.objects.update(state=state)
    with pytest.raises(NotOpenError):
        submit(invitation, {"results.sales": "2"})
    with pytest.raises(NotOpenError):
        save_draft(invitation, {"results.sales": "2"}, page=1)
    assert not Draft.objects.exists()
    assert not SealedAnswer.objects.exists()


def test_a_company_in_three_initiatives_answers_what_is_about_itself_once() -> None:
    fieldwork = make_fieldwork("confidential", "food", "steel", "wood")
    invitation = invite(fieldwork, "A", "food", "steel")
    submit(
        invitation,
        {
            "will.grow": "yes",
            "food/results.sales": "1",
            "steel/results.sales": "2",
            "wood/results.sales": "2",
        },
    )
    assert answers("food")[0]["results.sales"] == "1"
    assert answers("steel")[0]["results.sales"] == "2"
    assert answers("food")[0]["will.grow"] == answers("steel")[0]["will.grow"] == "yes"
    assert answers("wood") == []


@pytest.mark.parametrize(
    ("rule", "counting"), [("first", "early"), ("latest", "late"), ("fullest", "full")]
)
def test_a_stated_rule_says_who_answers_for_a_company(rule: str, counting: str) -> None:
    fieldwork = make_fieldwork("confidential", "steel", several=rule)
    now = timezone.now()
    given_by = {
        "early": {"results.sales": "1"},
        "full": {"results.sales": "2", "results.skills": "2"},
        "late": {"results.skills": "1"},
    }
    first = invite(fieldwork, "A", email="early@a.se")
    others = [
        Invitation.objects.create(
            fieldwork=fieldwork, organisation=first.organisation, email=f"{who}@a.se"
        )
        for who in ("full", "late")
    ]
    for minute, (invitation, values) in enumerate(
        zip([first, *others], given_by.values(), strict=True)
    ):
        submit(invitation, values, now=now + timedelta(minutes=minute))
    (only,) = answers()
    assert {name: only[name] for name in only if "." in name} == given_by[counting]
    assert only["size"] == "10-49"


def test_a_panel_follows_the_company_and_not_without_its_key() -> None:
    respondents = []
    for name in ("2025", "2026"):
        instrument = save_instrument(YAML)
        initiative = Initiative.objects.get_or_create(slug="steel", name="Steel")[0]
        fieldwork = Fieldwork.objects.create(name=name, state="open", languages=["sv"])
        keys.make_fieldwork_key(fieldwork.pk)
        wave = Wave.objects.create(
            initiative=initiative,
            instrument=instrument,
            name=name,
            fieldwork=fieldwork,
            keyed=True,
        )
        Frame.objects.create(wave=wave)
        submit(invite(fieldwork, "A"), {"results.sales": "2"})
        respondents.append(Answer.objects.get(wave=wave).respondent)
    assert respondents[0] == respondents[1]
    assert str(Organisation.objects.get().pk) not in respondents[0]


def test_anonymous_answers_wait_for_a_batch_and_leave_marks_with_it() -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(12)]
    for invitation in invitations[:9]:
        submit(invitation, {"results.sales": "2"})
    assert answers() == []
    assert not Invitation.objects.filter(has_answered=True).exists()
    assert has_taken_part(invitations[0])
    submit(invitations[9], {"results.sales": "1"})
    assert len(answers()) == 5
    assert Invitation.objects.filter(has_answered=True).count() == 5
    submit(invitations[10], {"results.sales": "1"})
    assert len(answers()) == 5
    settle(fieldwork, everything=True)
    assert len(answers()) == 11
    assert not SealedAnswer.objects.exists()
    assert all("size" not in values and "mode" not in values for values in answers())


def test_fewer_than_a_batch_stay_sealed_even_at_the_close() -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    for n in range(4):
        submit(invite(fieldwork, f"C{n}"), {"results.sales": "2"})
    assert settle(fieldwork, everything=True) == 0
    assert answers() == []
    assert SealedAnswer.objects.count() == 4


def test_nothing_of_an_anonymous_answer_is_readable_before_it_is_settled() -> None:
    fieldwork = make_fieldwork("anonymous", "steel")
    invitation = invite(fieldwork, "A")
    submit(invitation, {"will.grow": "no", "why.reason": "hemligt skäl"})
    row = SealedAnswer.objects.get()
    assert b"hemligt" not in bytes(row.sealed)
    assert invitation.pk.hex not in row.pk
    assert str(invitation.pk).encode() not in bytes(row.sealed)


@settings(max_examples=25)
@given(
    order=st.permutations(range(9)),
    again=st.lists(st.integers(0, 8), max_size=9),
    anonymous=st.booleans(),
)
def test_whatever_the_order_and_however_often_each_company_counts_once(
    order: list[int], again: list[int], anonymous: bool
) -> None:
    for model in (Wave, Fieldwork, Initiative):  # what the example before this one left
        model.objects.all().delete()
    fieldwork = make_fieldwork("anonymous" if anonymous else "confidential", "steel")
    invitations = [invite(fieldwork, f"C{n}") for n in range(9)]
    rounds = [*order, *again]
    random.Random(len(again)).shuffle(rounds)
    for number in rounds:
        submit(invitations[number], {"results.sales": str(1 + number % 2)})
    settle(fieldwork, everything=True)
    assert len(answers()) == 9
    assert sorted(values["results.sales"] for values in answers()) == ["1"] * 5 + ["2"] * 4
    assert sum(FieldDay.objects.values_list("finished", flat=True)) == 9
