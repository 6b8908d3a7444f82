"""How organisations and people are found, on both databases."""

from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import translation

from klustermotor.core.history import acting, bulk_create
from klustermotor.core.models import Controller, SearchEntry
from klustermotor.core.privacy import Subject
from klustermotor.core.privacy.erasure import erase
from klustermotor.core.search import out_of_date, refresh, reindex, search
from klustermotor.register.models import FormerNumber, Organisation, OrganisationName, PersonRole
from klustermotor.register.services.secrecy import mark_secret

narrowing = import_module("klustermotor.core.search.matching")
pytestmark = pytest.mark.django_db


@pytest.fixture
def find(users):
    def titles(text, user="reader", **options):
        groups = search(text, users[user], **options)
        return [hit.title for group in groups for hit in group.hits]

    return titles


def test_a_ring_over_the_a_makes_another_letter(find, make_organisation):
    make_organisation("Ås kommun")
    make_organisation("Bygg i Ås AB")
    make_organisation("As Maskin AB")
    make_organisation("Asfalt Nord AB")
    assert find("ås") == ["Ås kommun", "Bygg i Ås AB"]
    assert find("ÅS") == find("ås")
    assert set(find("as")) == {"As Maskin AB", "Asfalt Nord AB"}


def test_a_part_of_a_compound_finds_it(find, make_organisation):
    make_organisation("Falu Industrilokaler AB")
    make_organisation("Lokalvård i Mora AB")
    make_organisation("Borlänge Stål AB")
    assert find("lokal") == ["Lokalvård i Mora AB", "Falu Industrilokaler AB"]
    assert find("industri lok") == ["Falu Industrilokaler AB"]
    assert find("fal lokal ab") == ["Falu Industrilokaler AB"]


@pytest.mark.parametrize("written", ["556036-0793", "5560360793", "556036-07", "55603", "0360793"])
def test_a_number_finds_with_and_without_dash_and_partly_typed(find, make_organisation, written):
    make_organisation("Stål AB", number="5560360793")
    make_organisation("Annat AB")
    assert "Stål AB" in find(written)


def test_norwegian_letters_meet_swedish_ones(find, make_organisation):
    make_organisation("Røros Kobber AS", country="NO", number="923609016")
    assert find("röros") == find("Røros") == find("923 609 016") == ["Røros Kobber AS"]


def test_earlier_names_and_numbers_find_the_company_and_say_so(find, users, make_organisation):
    company = make_organisation("Nya Verket AB")
    OrganisationName.objects.create(organisation=company, name="Gamla Bruket AB")
    FormerNumber.objects.create(organisation=company, number="5560360793")
    with translation.override("en"):
        [group] = search("bruket", users["reader"])
        assert group.hits[0].title == "Nya Verket AB"
        assert "formerly Gamla Bruket AB" in group.hits[0].line
        [group] = search("556036-0793", users["reader"])
        assert "earlier number 5560360793" in group.hits[0].line
        [group] = search("verket", users["reader"])
        assert "formerly" not in group.hits[0].line


def test_people_are_found_by_name_and_e_mail(find, make_person, make_organisation):
    person = make_person("Kim Berg", email="kim.berg@stal.example")
    role = {"title": "vd", "email": "vd@stal.example"}
    PersonRole.objects.create(person=person, organisation=make_organisation("Stål AB"), **role)
    assert find("kim.berg@stal.example") == ["Kim Berg"]
    assert find("vd@stal") == ["Kim Berg"]
    assert find("berg kim") == ["Kim Berg"]


def test_the_better_answer_stands_first(find, make_organisation):
    for name in ("Rostfristål AB", "Mora Stål AB", "Stålverket AB", "Stål"):
        make_organisation(name)
    assert find("stål") == ["Stål", "Stålverket AB", "Mora Stål AB", "Rostfristål AB"]


def test_only_some_of_many_are_shown_and_more_are_told_of(users, make_organisation):
    for number in range(14):
        make_organisation(f"Stål {number} AB")
    [group] = search("stål", users["reader"])
    assert (len(group.hits), group.more) == (10, True)
    [group] = search("stål", users["reader"], kind="organisation", limit=100)
    assert (len(group.hits), group.more) == (14, False)


def test_who_may_not_see_the_register_finds_nothing_in_it(find, make_organisation, make_person):
    make_organisation("Stål AB")
    make_person("Stål Berg")
    assert find("stål", "outsider") == []
    assert set(find("stål", "administrator")) == {"Stål AB", "Stål Berg"}
    assert search("stål", AnonymousUser()) == []


def test_what_a_secrecy_mark_hides_is_not_found(find, users, make_organisation):
    hidden, open_ = make_organisation("Hemliga Stål AB"), make_organisation("Öppna Stål AB")
    name = OrganisationName.objects.create(organisation=open_, name="Dolda Bruket AB")
    decision = {"legal_ground": "OSL 30:23", "decided_by": "Chefen", "decided_on": "2026-01-01"}
    for thing in (hidden, name):
        mark_secret(thing, **decision, by=users["administrator"])
    assert find("stål") == ["Öppna Stål AB"]
    assert find("dolda") == []
    assert "Hemliga Stål AB" in find("stål", "administrator")


def test_the_index_follows_every_way_of_writing(find, users, make_organisation):
    company = make_organisation("Stål AB")
    company.name = "Järn AB"
    company.save()
    assert (find("stål"), find("järn")) == ([], ["Järn AB"])
    with acting(users["keeper"], "organisation.loaded"):
        bulk_create([Organisation(name="Koppar AB"), Organisation(name="Zink AB")], Organisation)
    assert (find("koppar"), find("zink")) == (["Koppar AB"], ["Zink AB"])
    company.delete()
    assert find("järn") == []
    assert SearchEntry.objects.filter(kind="organisation").count() == 2
    assert not any(out_of_date().values())


def test_what_is_undone_is_not_found(find, users):
    with pytest.raises(RuntimeError), acting(users["keeper"], "organisation.created"):
        Organisation.objects.create(name="Stål AB")
        raise RuntimeError
    assert find("stål") == []


def test_reindex_makes_the_index_anew_and_check_says_what_is_wrong(find, make_organisation):
    company = make_organisation("Stål AB")
    Organisation.objects.filter(pk=company.pk).update(name="Järn AB")
    SearchEntry.objects.create(kind="organisation", key="gone", title="borta", text="borta")
    assert out_of_date()["organisation"] == 2
    with pytest.raises(CommandError):
        call_command("reindex", "--check")
    assert refresh("organisation", [company.pk]) == 1
    assert reindex()["organisation"] == 1
    assert not any(out_of_date().values())
    assert find("järn") == ["Järn AB"]


def test_words_that_the_databases_give_a_meaning_are_only_words(find, make_organisation):
    make_organisation("Not And Or Near AB")
    assert find('NOT "and" OR near*') == ["Not And Or Near AB"]
    for text in ("'", '"', "%", "_", "& | !", "stål:*", "(", "\\", "\u00ad", "🙂", "a" * 500):
        assert find(text) == []


def test_a_search_costs_few_queries(users, make_organisation, django_assert_max_num_queries):
    for number in range(12):
        make_organisation(f"Stål {number} AB")
    with django_assert_max_num_queries(11):
        search("stål", users["reader"])


def test_an_erased_person_is_found_nowhere(find, users, make_person, make_organisation):
    Controller.objects.create(name="Stålföreningen", kind="private", is_default=True)
    person = make_person("Åsa Öström-Lind", email="asa@stal.example")
    company = make_organisation("Öström-Linds Verkstad", description="Ring Åsa Öström-Lind.")
    assert set(find("öström-lind")) == {"Åsa Öström-Lind", company.name}
    erase(Subject.of(person), by=users["administrator"])
    assert "Åsa Öström-Lind" not in find("öström-lind")
    assert find("asa@stal.example") == []
    assert not SearchEntry.objects.filter(kind="person").exists()
    assert not any(out_of_date().values())


@pytest.fixture(params=["few", "many"])
def few_or_many(request, monkeypatch):
    """A list is narrowed in one way where few answer and in another where many do."""
    if request.param == "many":
        monkeypatch.setattr(narrowing, "FEW", 1)


def test_a_list_is_narrowed_by_the_same_words(users, make_organisation, log_in, few_or_many):
    make_organisation("Falu Industrilokaler AB")
    make_organisation("Ås Lokalvård AB", number="5560360793")
    make_organisation("As Bygg AB")
    client = log_in(users["reader"])

    def shown(text, **more):
        page = client.get("/companies", {"text": text, **more}).context["page"]
        return [str(row) for row in page.objects]

    assert shown("lokal") == ["Falu Industrilokaler AB", "Ås Lokalvård AB"]
    assert shown("LOKAL", sort="-name") == ["Ås Lokalvård AB", "Falu Industrilokaler AB"]
    assert shown("ås") == ["Ås Lokalvård AB"]
    assert shown("ab lok fal") == ["Falu Industrilokaler AB"]
    assert shown("556036-0793") == ["Ås Lokalvård AB"]
    assert shown("lokal", kind="public") == []
    assert shown("finns inte") == []
    assert len(shown("")) == 3
