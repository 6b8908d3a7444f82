"""A mark hides what carries it, and what hangs on it, from those without right."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from klustermotor.register.models import (
    Establishment,
    Industry,
    Note,
    Organisation,
    Person,
    PersonRole,
)
from klustermotor.register.queries.secrecy import marked_among, marks_on, may_see, visible_to
from klustermotor.register.services.secrecy import lift_mark, mark_secret


@pytest.fixture
def region(make_organisation, make_person):
    """A secret company and an open one, each with an establishment, a person and a note."""
    found = {}
    for name in ("Hemliga AB", "Öppna AB"):
        organisation = make_organisation(name)
        person = make_person(f"Kim på {name}")
        PersonRole.objects.create(person=person, organisation=organisation, title="VD")
        Establishment.objects.create(organisation=organisation, name=f"Verkstad {name}")
        Note.objects.create(organisation=organisation, text=f"Om {name}")
        found[name] = organisation
    return found


def secret(thing, users, **fields):
    return mark_secret(
        thing,
        **{
            "legal_ground": "OSL 30 kap. 23 §",
            "decided_by": "Näringslivschefen",
            "decided_on": date(2026, 3, 1),
            "by": users["administrator"],
            **fields,
        },
    )


def names(model, user):
    return sorted(str(row) for row in visible_to(model.objects.all(), user))


def test_who_has_no_right_sees_neither_the_organisation_nor_what_hangs_on_it(region, users):
    secret(region["Hemliga AB"], users)
    for user in (users["reader"], users["keeper"], users["outsider"]):
        assert names(Organisation, user) == ["Öppna AB"]
        assert names(Establishment, user) == ["Verkstad Öppna AB"]
        assert names(PersonRole, user) == ["Kim på Öppna AB, VD"]
        assert names(Note, user) == ["Om Öppna AB"]
        assert not may_see(region["Hemliga AB"], user)
        assert may_see(region["Öppna AB"], user)
    assert names(Organisation, users["administrator"]) == ["Hemliga AB", "Öppna AB"]


def test_a_mark_on_a_person_hides_the_person_and_their_roles_but_not_the_company(region, users):
    secret(Person.objects.get(name="Kim på Öppna AB"), users)
    assert names(Person, users["reader"]) == ["Kim på Hemliga AB"]
    assert names(PersonRole, users["reader"]) == ["Kim på Hemliga AB, VD"]
    assert names(Organisation, users["reader"]) == ["Hemliga AB", "Öppna AB"]


def test_those_whom_the_mark_names_see_what_it_hides(region, users):
    secret(region["Hemliga AB"], users, readers=[users["keeper"]])
    assert names(Organisation, users["keeper"]) == ["Hemliga AB", "Öppna AB"]
    assert names(Note, users["keeper"]) == ["Om Hemliga AB", "Om Öppna AB"]
    assert names(Organisation, users["reader"]) == ["Öppna AB"]


def test_a_second_mark_on_the_same_row_hides_it_from_whom_the_first_lets_in(region, users):
    secret(region["Hemliga AB"], users, readers=[users["keeper"]])
    secret(region["Hemliga AB"], users, legal_ground="OSL 31 kap. 16 §")
    assert names(Organisation, users["keeper"]) == ["Öppna AB"]


def test_a_mark_that_has_ended_hides_nothing(region, users):
    today = timezone.localdate()
    secret(region["Hemliga AB"], users, until=today)
    assert not may_see(region["Hemliga AB"], users["reader"])
    mark = secret(region["Hemliga AB"], users, until=today - timedelta(days=1))
    assert may_see(region["Hemliga AB"], users["reader"])
    assert list(marks_on(region["Hemliga AB"])) == []
    assert mark.history.count() == 2


def test_lifting_a_mark_shows_the_row_again_and_is_remembered(region, users):
    mark = secret(region["Hemliga AB"], users)
    lift_mark(mark, by=users["administrator"])
    assert may_see(region["Hemliga AB"], users["reader"])
    last = type(mark).history.first()
    assert (last.history_type, last.history_change_reason) == ("-", "secrecy.lifted")


def test_a_confidential_note_is_for_its_writer_and_those_it_names(region, users):
    note = Note.objects.create(
        organisation=region["Öppna AB"], text="Förtroligt", is_confidential=True, by=users["keeper"]
    )
    assert "Förtroligt" in names(Note, users["keeper"])
    assert "Förtroligt" not in names(Note, users["reader"])
    assert "Förtroligt" not in names(Note, users["administrator"])
    note.readers.add(users["reader"], users["outsider"])
    assert names(Note, users["reader"]).count("Förtroligt") == 1


def test_a_mark_needs_its_ground_and_may_not_end_before_it_was_decided(region, users):
    with pytest.raises(ValidationError):
        secret(region["Öppna AB"], users, legal_ground="")
    with pytest.raises(ValidationError) as raised:
        secret(region["Öppna AB"], users, until=date(2026, 2, 1))
    assert set(raised.value.message_dict) == {"until"}
    assert may_see(region["Öppna AB"], users["reader"])


def test_the_marks_of_a_list_take_one_query(region, users, django_assert_num_queries):
    secret(region["Hemliga AB"], users)
    rows = list(Organisation.objects.all())
    with django_assert_num_queries(1):
        marks = marked_among(rows)
    assert [mark.legal_ground for mark in marks[region["Hemliga AB"].pk]] == ["OSL 30 kap. 23 §"]
    with django_assert_num_queries(1):
        list(visible_to(Organisation.objects.all(), users["reader"]))


def test_an_industry_carries_no_mark_and_is_seen(users, industries) -> None:
    industry = Industry.objects.get(pk="SNI2007:24")
    assert may_see(industry, users["reader"])
    assert users["reader"].has_perm("register.view", industry)
