"""People: their roles over time, mail, notes and who may read them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.core.timeline import timeline
from klustermotor.register.models import Note, Organisation, Person
from klustermotor.register.queries.changes import acts_on, moment_key
from klustermotor.register.services import notes, people

Make = Callable[..., Organisation]
MakePerson = Callable[..., Person]
LogIn = Callable[[User], Client]


@pytest.fixture
def keeper(users: dict[str, User], log_in: LogIn) -> Client:
    return log_in(users["keeper"])


def company(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(name, kwargs={"organisation": organisation.pk, **more})


def person_url(name: str, person: Person, **more: Any) -> str:
    return reverse(name, kwargs={"person": person.pk, **more})


def test_somebody_new_is_added_from_the_page_of_the_company(
    make_organisation: Make, keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    keeper.post(
        company("company_person", steel),
        {"name": "Kim Berg", "email": "kim@stal.example", "title": "VD", "since": "2024-01-01"},
    )
    role = steel.people.get()
    assert (role.person.name, role.title, role.since) == ("Kim Berg", "VD", date(2024, 1, 1))


def test_somebody_with_the_same_address_is_given_the_role_instead(
    make_organisation: Make, make_person: MakePerson, keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    kim = make_person("Kim Berg", email="kim@stal.example")
    answer = keeper.post(
        company("company_person", steel), {"name": "K Berg", "email": "KIM@stal.example"}
    )
    known = company("company_known_person", steel, person=kim.pk)
    assert answer.status_code == 422
    assert f'href="{known}"' in answer.content.decode()
    keeper.post(known, {"title": "Styrelseledamot"})
    assert steel.people.get().person == kim
    assert Person.objects.count() == 1


def test_people_are_looked_up_while_typing_and_without_scripts(
    make_organisation: Make, make_person: MakePerson, keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    kim = make_person("Kim Berg")
    link = company("company_known_person", steel, person=kim.pk)
    for headers in ({"HX-Request": "true"}, {}):
        answer = keeper.get("/people/options", {"text": "kim", "at": steel.pk}, headers=headers)
        assert link in answer.content.decode()
    assert keeper.get("/people/options?text=kim&at=rubbish").status_code == 200


def test_roles_of_today_come_first_and_earlier_ones_stay(
    make_organisation: Make, make_person: MakePerson, users: dict[str, User], keeper: Client
) -> None:
    steel, kim = make_organisation("Stål AB"), make_person("Kim Berg")
    role = people.give_role(
        kim, steel, {"title": "VD", "since": date(2020, 1, 1)}, by=users["keeper"]
    ).row
    early = keeper.post(person_url("role_end", kim, role=role.pk), {"until": "2019-01-01"})
    assert early.status_code == 422
    keeper.post(person_url("role_end", kim, role=role.pk), {"until": "2025-06-30"})
    contacts = keeper.get(company("company", steel)).context["contacts"]
    assert contacts.now == []
    assert [(one.title, one.until) for one in contacts.earlier] == [("VD", date(2025, 6, 30))]
    assert "Utan roll i dag" in keeper.get(person_url("person", kim)).content.decode()


def test_the_list_finds_by_name_address_and_organisation(
    make_organisation: Make, make_person: MakePerson, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    kim = make_person("Kim Berg", email="kim@stal.example")
    make_person("Robin Ek", email="robin@tra.example")
    people.give_role(kim, steel, {"title": "VD"}, by=users["keeper"])

    def found(address: str) -> list[str]:
        return [row.name for row in keeper.get(address).context["page"].objects]

    assert found("/people") == ["Kim Berg", "Robin Ek"]
    assert found("/people?text=robin") == ["Robin Ek"]
    assert found("/people?text=stål") == ["Kim Berg"]
    assert found("/people?text=tra.example") == ["Robin Ek"]
    assert found("/people?role=VD") == ["Kim Berg"]
    people.set_unsubscribed(kim, True, by=users["keeper"])
    assert found("/people?mail=yes") == ["Robin Ek"]
    assert found("/people?mail=no") == ["Kim Berg"]


def test_the_list_costs_the_same_queries_whatever_it_holds(
    make_organisation: Make, make_person: MakePerson, users: dict[str, User], keeper: Client,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    steel = make_organisation("Stål AB")

    def fill(start: int) -> None:
        for number in range(start, start + 20):
            row = make_person(f"Person {number}")
            people.give_role(row, steel, {"title": "VD"}, by=users["keeper"])

    fill(0)
    keeper.get("/people")
    with django_assert_max_num_queries(15) as few:
        keeper.get("/people")
    fill(20)
    with django_assert_max_num_queries(15) as many:
        keeper.get("/people")
    assert len(few.captured_queries) == len(many.captured_queries)


def test_mail_is_stopped_and_taken_up_again(make_person: MakePerson, keeper: Client) -> None:
    kim = make_person("Kim Berg")
    keeper.post(person_url("person_unsubscribe", kim))
    kim.refresh_from_db()
    assert kim.unsubscribed_at is not None
    keeper.post(person_url("person_subscribe", kim))
    kim.refresh_from_db()
    assert kim.unsubscribed_at is None


def test_a_person_removed_by_mistake_comes_back_with_roles_and_notes(
    make_organisation: Make, make_person: MakePerson, users: dict[str, User], keeper: Client
) -> None:
    steel, kim = make_organisation("Stål AB"), make_person("Kim Berg")
    people.give_role(kim, steel, {"title": "VD"}, by=users["keeper"])
    notes.write_note(kim, "Träffades på mässan.", by=users["keeper"])
    done = people.remove_person(kim, by=users["keeper"])
    assert not steel.people.exists()
    keeper.post(person_url("person_undo", kim, moment=moment_key(done.at)))
    back = Person.objects.get(pk=kim.pk)
    assert back.roles.get().title == "VD"
    assert back.notes.get().text == "Träffades på mässan."


# Notes


def test_a_confidential_note_is_seen_by_its_writer_and_those_it_names_alone(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    steel = make_organisation("Stål AB")
    note = notes.write_note(
        steel, "Förhandlar om köp.", by=users["keeper"], is_confidential=True
    ).row
    page = company("company", steel)
    history = company("company_history", steel)
    for role, sees in (("keeper", True), ("reader", False), ("administrator", False)):
        client = log_in(users[role])
        for address in (page, history):
            assert ("Förhandlar om köp." in client.get(address).content.decode()) is sees, role
        told = [entry.text for entry in timeline(steel, users[role])]
        assert ("Förhandlar om köp." in told) is sees
    notes.change_note(
        note, note.text, by=users["keeper"], is_confidential=True, readers=[users["reader"]]
    )
    assert "Förhandlar om köp." in log_in(users["reader"]).get(page).content.decode()
    assert "Förhandlar om köp." not in log_in(users["administrator"]).get(page).content.decode()


def test_only_the_writer_changes_or_removes_a_note(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    steel = make_organisation("Stål AB")
    note = notes.write_note(steel, "Ring dem.", by=users["keeper"]).row
    address = reverse("note", kwargs={"note": note.pk})
    other = log_in(users["administrator"])
    assert other.get(address).status_code == 403
    assert other.post(f"{address}/remove").status_code == 403
    writer = log_in(users["keeper"])
    writer.post(address, {"text": "Ring dem i maj."})
    assert Note.objects.get().text == "Ring dem i maj."
    writer.post(f"{address}/remove")
    assert not Note.objects.exists()


def test_an_empty_note_is_refused(make_organisation: Make, keeper: Client) -> None:
    answer = keeper.post(company("company_note", make_organisation()), {"text": "  "})
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_a_reader_sees_notes_and_writes_none(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    steel = make_organisation("Stål AB")
    notes.write_note(steel, "Ring dem.", by=users["keeper"])
    reader = log_in(users["reader"])
    assert "Ring dem." in reader.get(company("company", steel)).content.decode()
    assert reader.post(company("company_note", steel), {"text": "x"}).status_code == 403


def test_the_timeline_tells_notes_and_changes_newest_first(
    make_organisation: Make, users: dict[str, User]
) -> None:
    steel = make_organisation("Stål AB")
    notes.write_note(steel, "Ring dem.", by=users["keeper"])
    people.create_person({"name": "Kim Berg"}, by=users["keeper"], at=steel, role={"title": "VD"})
    told = [(entry.label, entry.text) for entry in timeline(steel, users["reader"])]
    assert told[:2] == [("Lade till en person", "Kim Berg · VD"), ("Anteckning", "Ring dem.")]
    assert acts_on(steel, users["reader"])[0].by == "Keeper"
