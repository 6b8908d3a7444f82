"""Planning a fieldwork: whom to ask, what must be right before it opens, closing and forgetting."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import LegalBasis, Organisation, Person, PersonRole, Source
from klustermotor.surveys.fieldwork import keys, planning
from klustermotor.surveys.fieldwork.collecting import NotOpenError, submit
from klustermotor.surveys.fieldwork.links import invitation_of, link_token
from klustermotor.surveys.fieldwork.planning import Unit
from klustermotor.surveys.fieldwork.progress import progress_of
from klustermotor.surveys.models import (
    Answer,
    Draft,
    Fieldwork,
    FrameMember,
    Invitation,
    Letter,
    SealedAnswer,
    Wave,
)
from klustermotor.surveys.services import save_instrument
from klustermotor.surveys.tests.conftest import YAML, make_fieldwork
from klustermotor.surveys.tests.conftest import invite as invite_one

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def initiatives(*slugs: str) -> list[Initiative]:
    return [Initiative.objects.create(slug=slug, name=slug.title()) for slug in slugs]


def planned(*slugs: str, **fields: Any) -> Fieldwork:
    fields = {"languages": ["sv"], "link_until": TODAY + timedelta(days=200)} | fields
    return planning.plan("2026", initiatives(*slugs), save_instrument(YAML), **fields)


def companies(n: int) -> list[Unit]:
    return [
        Unit(Organisation.objects.create(name=f"C{k}"), email=f"c{k}@a.se", known={"size": "1-9"})
        for k in range(n)
    ]


def test_a_company_of_several_initiatives_gets_one_invitation() -> None:
    fieldwork = planned("steel", "wood")
    units = companies(3)
    for slug, some in (("steel", units), ("wood", units[1:])):
        planning.invite(fieldwork, Initiative.objects.get(slug=slug), some)
    assert Invitation.objects.count() == 3
    assert FrameMember.objects.count() == 5
    assert list(Wave.objects.order_by("initiative__slug").values_list("invited", flat=True)) == [
        3,
        2,
    ]


def test_a_sample_is_random_and_the_same_for_the_same_seed() -> None:
    fieldwork = planned("steel")
    steel, units = Initiative.objects.get(), companies(40)

    def drawn(seed: int) -> set[str]:
        result = planning.invite(fieldwork, steel, units, sample=10, seed=seed)
        assert (result.population, result.invited) == (40, 10)
        return set(Invitation.objects.values_list("email", flat=True))

    assert drawn(1) == drawn(1) != drawn(2)
    wave = Wave.objects.get()
    assert (wave.selection, wave.population, wave.invited) == ("random", 40, 10)


def test_the_person_who_answers_has_a_role_today_and_takes_mail() -> None:
    source = Source.objects.create(id="test", name="Test")
    company = Organisation.objects.create(name="A", size="10-49")
    alone = Organisation.objects.create(name="B")
    for name, since, until, basis in (
        ("Gone", 900, 1, True),
        ("Old", 800, None, True),
        ("New", 100, None, True),
        ("Newest", 10, None, False),
    ):
        person = Person.objects.create(name=name, email=f"{name}@a.se", language="nb")
        PersonRole.objects.create(
            person=person,
            organisation=company,
            since=TODAY - timedelta(days=since),
            until=TODAY - timedelta(days=until) if until else None,
        )
        if basis:
            LegalBasis.objects.create(
                person=person,
                purpose="survey",
                basis="public_interest",
                source=source,
                given_on=TODAY,
            )
    units = planning.units_of(Organisation.objects.order_by("name"))
    assert [(unit.organisation, unit.name, unit.language) for unit in units] == [
        (company, "New", "nb"),
        (alone, "", "sv"),
    ]
    assert units[0].known["size"] == "10-49"
    fieldwork = planned("steel")
    result = planning.invite(fieldwork, Initiative.objects.get(), units)
    assert (result.invited, result.without_address) == (2, 1)


def test_who_got_a_survey_lately_rests() -> None:
    earlier = make_fieldwork("confidential", "earlier")
    invitation = invite_one(earlier, "C0", email="c0@a.se")
    Letter.objects.create(
        invitation=invitation,
        kind="invitation",
        message_id="<1@a>",
        state="sent",
        not_before=timezone.now(),
        sent_at=timezone.now() - timedelta(days=20),
    )
    Organisation.objects.all().delete()
    for days, resting in ((30, 1), (10, 0), (0, 0)):
        fieldwork = planning.plan(
            f"2026-{days}", [Initiative.objects.get()], save_instrument(YAML), quarantine_days=days
        )
        units = [Unit(email="c0@a.se"), Unit(email="c1@a.se")]
        result = planning.invite(fieldwork, Initiative.objects.get(), units)
        assert result.resting == resting


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Nobody is invited yet"),
        ({"link_until": None}, "link between person and answers"),
        ({"languages": ["sv", "fi"]}, "not translated into: fi"),
    ],
)
def test_what_is_missing_before_the_opening_is_said_all_at_once(
    fields: dict[str, Any], words: str
) -> None:
    from django.utils import translation

    with translation.override("en"):
        fieldwork = planned("steel", **fields)
        with pytest.raises(ValidationError) as caught:
            planning.open_fieldwork(fieldwork)
    assert words in " ".join(caught.value.messages)
    assert Fieldwork.objects.get().state == "planned"


def test_anonymous_and_panel_exclude_each_other() -> None:
    fieldwork = planned("steel", mode="anonymous")
    planning.invite(fieldwork, Initiative.objects.get(), companies(6))
    Wave.objects.update(keyed=True)
    with pytest.raises(ValidationError):
        planning.open_fieldwork(fieldwork)
    Wave.objects.update(keyed=False)
    planning.open_fieldwork(fieldwork)
    assert Wave.objects.get().state == "open"


def test_a_promise_cannot_be_changed_once_it_is_open() -> None:
    from klustermotor.core.models import User

    by = User.objects.create_superuser("a@a.se", name="A")
    fieldwork = planned("steel")
    planning.invite(fieldwork, Initiative.objects.get(), companies(6))
    planning.open_fieldwork(fieldwork)
    with pytest.raises(ValidationError):
        planning.change(fieldwork, by=by, mode="anonymous")
    with pytest.raises(ValidationError):
        planning.change(fieldwork, by=by, link_until=TODAY + timedelta(days=201))
    with pytest.raises(ValidationError):
        planning.change(fieldwork, by=by, link_until=None)
    planning.change(fieldwork, by=by, link_until=TODAY + timedelta(days=100))


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_closing_settles_what_was_acknowledged_and_takes_no_more(mode: str) -> None:
    fieldwork = planned("steel", mode=mode)
    planning.invite(fieldwork, Initiative.objects.get(), companies(7))
    planning.open_fieldwork(fieldwork)
    invitations = list(Invitation.objects.select_related("fieldwork"))
    for invitation in invitations[:6]:
        submit(invitation, {"will.grow": "yes"})
    planning.close_fieldwork(fieldwork)
    assert Answer.objects.count() == 6
    assert not SealedAnswer.objects.exists()
    with pytest.raises(NotOpenError):
        submit(invitations[6], {"will.grow": "yes"})
    wave = Wave.objects.get()
    assert (wave.state, wave.closed) == ("closed", TODAY)


def test_when_the_link_is_destroyed_answers_stay_and_nobody_can_tell_whose() -> None:
    fieldwork = planned("steel")
    planning.invite(fieldwork, Initiative.objects.get(), companies(6))
    planning.open_fieldwork(fieldwork)
    invitation = Invitation.objects.select_related("fieldwork").first()
    token = link_token(invitation)
    submit(invitation, {"will.grow": "yes"})
    with pytest.raises(ValidationError):
        planning.destroy_link(fieldwork)
    planning.close_fieldwork(fieldwork)
    assert planning.destroy_link(fieldwork)
    assert not planning.destroy_link(fieldwork)
    assert Answer.objects.count() == 1
    assert not Draft.objects.exists()
    assert not keys.has_fieldwork_key(fieldwork.pk)
    assert invitation_of(token) is None


def test_each_reminder_is_due_once() -> None:
    fieldwork = planned("steel", reminders=[7, 14])
    planning.invite(fieldwork, Initiative.objects.get(), companies(6))
    planning.open_fieldwork(fieldwork)
    opened = fieldwork.opens_on
    assert planning.due_reminder(fieldwork, opened + timedelta(days=6)) is None
    assert planning.due_reminder(fieldwork, opened + timedelta(days=7)) == 1
    Letter.objects.create(
        invitation=Invitation.objects.first(),
        kind="reminder",
        number=1,
        message_id="<1@a>",
        not_before=timezone.now(),
    )
    assert planning.due_reminder(fieldwork, opened + timedelta(days=8)) is None
    assert planning.due_reminder(fieldwork, opened + timedelta(days=20)) == 2


def test_with_an_open_link_no_response_rate_is_told() -> None:
    fieldwork = planned("steel", open_link=True)
    planning.invite(fieldwork, Initiative.objects.get(), companies(6))
    planning.open_fieldwork(fieldwork)
    wave = Wave.objects.get()
    assert (wave.invited, wave.selection) == (None, "chosen")
    assert progress_of(fieldwork).rate is None
