"""Who may see and change which organisation, person and note."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    Municipality,
    Note,
    Organisation,
    Person,
    PersonRole,
)
from klustermotor.register.queries.secrecy import may_see
from klustermotor.register.services.responsibility import make_developer


def anew(user: User) -> User:
    """The user as the next request meets them."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def borlange(db: Any) -> Municipality:
    return Municipality.objects.get_or_create(
        pk="SE-2081", defaults={"country": "SE", "code": "2081", "name": "Borlänge"}
    )[0]


@pytest.fixture
def developer(users: dict[str, User], falun: Municipality) -> User:
    make_developer(users["outsider"], falun)
    return anew(users["outsider"])


def test_a_municipal_developer_reads_all_and_changes_what_lies_in_the_own_municipality(
    developer: User, make_organisation: Any, falun: Municipality, borlange: Municipality
) -> None:
    own = make_organisation("Här AB", municipality=falun)
    other = make_organisation("Där AB", municipality=borlange)
    nowhere = make_organisation("Ingenstans AB")
    for thing in (None, own, other, nowhere):
        assert developer.has_perm("register.view", thing)
    changes = [t for t in (own, other, nowhere) if developer.has_perm("register.change", t)]
    assert changes == [own]
    assert not developer.has_perm("register.change"), "not the register as a whole"
    assert not developer.has_perm("register.load")


def test_an_establishment_lies_where_it_stands(
    developer: User, make_organisation: Any, falun: Municipality, borlange: Municipality
) -> None:
    away = make_organisation("Där AB", municipality=borlange)
    here = Establishment.objects.create(organisation=away, municipality=falun)
    there = Establishment.objects.create(organisation=away, municipality=borlange)
    home = make_organisation("Här AB", municipality=falun)
    unplaced = Establishment.objects.create(organisation=home)
    may = [e for e in (here, there, unplaced) if developer.has_perm("register.change", e)]
    assert may == [here, unplaced]


def test_people_are_kept_where_they_are_something_today(
    developer: User, make_organisation: Any, make_person: Any, falun: Municipality
) -> None:
    organisation = make_organisation("Här AB", municipality=falun)
    today = timezone.localdate()
    people = {}
    for name, until in (("here", None), ("soon gone", today + timedelta(1)), ("gone", today)):
        people[name] = make_person(name)
        PersonRole.objects.create(person=people[name], organisation=organisation, until=until)
    people["elsewhere"] = make_person("elsewhere")
    may = {name for name, one in people.items() if developer.has_perm("register.change", one)}
    assert may == {"here", "soon gone"}
    note = Note.objects.create(person=people["here"], text="Ring")
    assert developer.has_perm("register.change", note)


def test_keepers_change_every_organisation_and_readers_none(
    users: dict[str, User], make_organisation: Any, borlange: Municipality
) -> None:
    anywhere: list[Organisation | None] = [
        make_organisation("Där AB", municipality=borlange),
        make_organisation("Ingenstans AB"),
        None,
    ]
    for thing in anywhere:
        assert users["keeper"].has_perm("register.change", thing)
        assert users["reader"].has_perm("register.view", thing)
        assert not users["reader"].has_perm("register.change", thing)
        assert not users["outsider"].has_perm("register.view", thing)


def test_a_confidential_note_is_for_its_writer_and_those_it_names(
    users: dict[str, User], make_person: Any
) -> None:
    person: Person = make_person()
    note = Note.objects.create(
        person=person, text="Söker köpare", is_confidential=True, by=users["keeper"]
    )
    note.readers.add(users["reader"])
    seen = {role for role, user in users.items() if may_see(note, user)}
    assert seen == {"keeper", "reader"}, "not even an administrator"


def test_an_administrator_gives_and_takes_a_municipality_and_takes_that_back(
    users: dict[str, User], falun: Municipality, client: Client, log_in: Any
) -> None:
    log_in(users["administrator"])
    user = users["reader"]
    answer = client.post(
        "/administration/municipalities", {"user": user.pk, "municipality": falun.pk}, follow=True
    )
    assert f"{falun}" in answer.text
    given = user.municipalities.get()
    assert given.history.get().history_user == users["administrator"]
    client.post(f"/administration/municipalities/{given.pk}/end")
    assert not user.municipalities.exists()
    removed = type(given).history.filter(history_type="-").latest()
    assert removed.history_change_reason == "developer.ended"
    client.post(f"/administration/municipalities/{removed.history_id}/restore")
    assert user.municipalities.get().municipality == falun


def test_a_municipality_that_is_none_is_answered_with_the_form(
    users: dict[str, User], client: Client, log_in: Any
) -> None:
    log_in(users["administrator"])
    answer = client.post("/administration/municipalities", {"user": 0, "municipality": "SE-1"})
    assert answer.status_code == 422
