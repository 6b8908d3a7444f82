"""The synthetic companies of the demonstration."""

from collections import Counter

import pytest

from klustermotor.analysis.identifiers import organisation_number
from klustermotor.core.models import User
from klustermotor.core.search import out_of_date, search
from klustermotor.register.demonstration import making, roles
from klustermotor.register.demonstration.loading import SOURCE_NAME, TAG, load
from klustermotor.register.models import (
    CompanyContact,
    Establishment,
    MunicipalDeveloper,
    Organisation,
    OrganisationName,
    Person,
    SourceKey,
    YearlyFact,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def users(db):
    return {"administrator": User.objects.create_superuser("a@demo.example", name="Admin")}


def test_the_same_companies_are_made_each_time_with_numbers_of_their_own():
    made = making.companies()
    assert made == making.companies()
    numbers = [one.number for one in made if one.number]
    assert len(numbers) == len(set(numbers))
    assert len({one.key for one in made}) == len(made)


def test_numbers_are_valid_and_of_series_that_nobody_has():
    for one in making.companies():
        if one.number:
            number = organisation_number(one.number, one.country)
            assert not number.is_personal
            if one.country == "NO":
                assert one.number[0] == "2"
            else:
                assert one.number.startswith(("558", "2999", "8999"))


def test_the_establishments_of_a_company_have_all_its_employees():
    for one in making.companies():
        employees = {
            year: value for year, measure, value, _unit in one.facts if measure == "employees"
        }
        counted = Counter()
        for unit in one.units:
            counted.update(dict(unit.employees))
        assert {year: counted[year] for year in employees} == employees
        assert all(count >= 0 for unit in one.units for _year, count in unit.employees)


def test_four_regions_are_filled_once_and_again_changes_nothing(users):
    load(users)
    counts = {
        model: model.objects.count()
        for model in (Organisation, Establishment, Person, YearlyFact, SourceKey, OrganisationName)
    }
    assert counts[Organisation] == 471
    by_country = Counter(Organisation.objects.values_list("municipality__county_code", flat=True))
    assert set(by_country) == {"20", "23", "18", "34"}
    gone = Organisation.objects.filter(kind="other").first()
    gone.delete()
    Organisation.objects.filter(kind="academia").update(name="Annat namn")
    load(users)
    counts[Organisation] -= 1
    assert counts == {model: model.objects.count() for model in counts}
    assert Organisation.objects.filter(name="Annat namn").count() == 4


def test_one_keeps_a_municipality_and_one_a_company_until_it_is_taken_away(users):
    load(users)
    for name in ("municipal_developer", "company_contact"):
        users[name] = User.objects.create_user(f"{name}@demo.example", name=name)
    roles.load(users)
    roles.load(users)
    contact = CompanyContact.objects.get(user=users["company_contact"])
    assert contact.organisation.municipality_id == roles.MUNICIPALITY
    assert users["municipal_developer"].has_perm("register.change", contact.organisation)
    contact.delete()
    MunicipalDeveloper.objects.all().delete()
    roles.load(users)
    assert not CompanyContact.objects.exists()
    assert not MunicipalDeveloper.objects.exists()


def test_each_says_that_it_is_invented_and_is_found(users):
    load(users)
    assert Organisation.objects.exclude(tags__tag__name=TAG).count() == 0
    assert set(YearlyFact.objects.values_list("source__name", flat=True)) == {SOURCE_NAME}
    assert not Organisation.objects.exclude(description__iregex="^(Påhitta|Oppdikte)").exists()
    assert not any(out_of_date().values())
    former = OrganisationName.objects.first()
    titles = [
        hit.title
        for group in search(former.name, users["administrator"], limit=50)
        for hit in group.hits
    ]
    assert former.organisation.name in titles


def test_some_companies_are_there_twice_for_the_scan_to_find():
    made = {one.key: one for one in making.companies()}
    twice = [one for one in made.values() if one.duplicates]
    assert len(twice) == 12
    for one in twice:
        other = made[one.duplicates]
        assert one.municipality == other.municipality
        assert one.street == other.street
        assert one.number == ""
    assert sum(one.name != made[one.duplicates].name for one in twice) >= 10
