"""Change an organisation by its forms: numbers, names, sources, undoing and the history."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum import luhn

from klustermotor.analysis.identifiers import NumberFaultError, organisation_number
from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    Industry,
    Municipality,
    Organisation,
    Source,
    SourcedValue,
    YearlyFact,
)
from klustermotor.register.numbers import explain
from klustermotor.register.queries.changes import acts_on, moment_key
from klustermotor.register.queries.told import origins_of
from klustermotor.register.services import figures, hanging, organisations
from klustermotor.register.services.industries import set_industries
from klustermotor.register.services.provenance import Told, by_hand, hand_values, tell
from klustermotor.register.services.reference import load_industries
from klustermotor.register.services.removing import StillUsedError
from klustermotor.register.services.undoing import CannotUndoError, undo_act

Make = Callable[..., Organisation]
LogIn = Callable[[User], Client]
FORM = {"name": "Stål AB", "country": "SE", "kind": "company"}


def url(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(name, kwargs={"organisation": organisation.pk, **more})


@pytest.fixture
def keeper(users: dict[str, User], log_in: LogIn) -> Client:
    return log_in(users["keeper"])


def test_a_company_is_added_and_its_values_are_told_by_hand(
    keeper: Client, users: dict[str, User], falun: Municipality
) -> None:
    answer = keeper.post(
        "/companies/new",
        {**FORM, "number": "556036 0793", "municipality": "SE-2080", "city": " Falun "},
    )
    steel = Organisation.objects.get()
    assert answer.status_code == 302
    assert answer.url == url("company", steel)
    assert (steel.number, steel.municipality, steel.city) == ("5560360793", falun, "Falun")
    assert hand_values([steel.pk])[steel.pk, "city"] == "Falun"
    assert steel.history.get().history_change_reason == "organisation.created"
    assert steel.history.get().history_user == users["keeper"]


@pytest.mark.parametrize(
    ("country", "number", "message"),
    [
        ("SE", "556036-0794", "det skulle bli 556036-0793"),
        ("SE", "55603607", "Ett svenskt nummer har 10 siffror; det här har 8."),
        ("SE", "55603X-0793", "innehåller bokstäver eller tecken"),
        ("NO", "923609017", "det skulle bli 923 609 016"),
        ("NO", "5560360793", "Ett norskt nummer har 9 siffror; det här har 10."),
    ],
)
def test_a_wrong_number_is_answered_with_what_would_be_right(
    country: str, number: str, message: str, keeper: Client
) -> None:
    answer = keeper.post("/companies/new", {**FORM, "country": country, "number": number})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Organisation.objects.exists()


@given(st.integers(min_value=200000000, max_value=999999999), st.integers(0, 9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_said_to_be_right_is_always_right(first: int, last: int) -> None:
    text = f"{first}{last}"
    try:
        organisation_number(text, "SE")
    except NumberFaultError as fault:
        message = explain(fault, "SE")
        right = f"{str(first)[:6]}-{str(first)[6:]}{luhn.calc_check_digit(str(first))}"
        assert right in message or int(str(first)[2]) < 2


def test_a_number_that_another_has_names_the_other_with_a_link(
    make_organisation: Make, keeper: Client
) -> None:
    other = make_organisation("Järn AB", number="5560360793")
    answer = keeper.post("/companies/new", {**FORM, "number": "556036-0793"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Järn AB har redan numret 556036-0793." in page
    assert f'<a href="{url("company", other)}">Järn AB</a>' in page
    assert Organisation.objects.count() == 1


def test_a_personal_number_makes_a_sole_trader(keeper: Client) -> None:
    keeper.post("/companies/new", {**FORM, "number": "850101-0014"})
    assert Organisation.objects.get().is_sole_trader


def seen(organisation: Organisation, client: Client) -> dict[str, Any]:
    """What the form of an organisation holds, as a browser would send it back."""
    form = client.get(url("company_change", organisation)).context["form"]
    values = {}
    for field in form:
        value = field.value()
        values[field.html_name] = "" if value in (None, False) else value
        values[field.html_initial_name] = values[field.html_name]
    return values


def test_renaming_keeps_the_old_name_and_renumbering_the_old_number(
    make_organisation: Make, keeper: Client
) -> None:
    steel = make_organisation("Stål AB", number="5560360793")
    form = seen(steel, keeper) | {"name": "Nya Stål AB", "number": "202100-0662"}
    keeper.post(url("company_change", steel), form)
    steel.refresh_from_db()
    assert (steel.name, steel.number) == ("Nya Stål AB", "2021000662")
    name, number = steel.other_names.get(), steel.former_numbers.get()
    assert (name.name, name.kind, name.used_to) == ("Stål AB", "former", number.used_to)
    assert number.number == "5560360793"


def test_a_misspelling_leaves_no_earlier_name(make_organisation: Make, keeper: Client) -> None:
    steel = make_organisation("Stol AB", number="5560360793")
    form = seen(steel, keeper) | {"name": "Stål AB", "name_was_misspelt": "on"}
    form |= {"number": "202100-0662", "number_was_mistyped": "on"}
    keeper.post(url("company_change", steel), form)
    steel.refresh_from_db()
    assert (steel.name, steel.number) == ("Stål AB", "2021000662")
    assert not steel.other_names.exists()
    assert not steel.former_numbers.exists()


def test_two_people_who_change_different_fields_at_once_both_win(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB", city="Falun", phone="1")
    form = seen(steel, keeper)
    organisations.change_organisation(steel, {"city": "Mora"}, by=users["administrator"])
    keeper.post(url("company_change", steel), form | {"phone": "2"})
    steel.refresh_from_db()
    assert (steel.city, steel.phone) == ("Mora", "2")


def test_a_parent_below_the_organisation_is_refused(
    make_organisation: Make, keeper: Client
) -> None:
    mother = make_organisation("Mor AB")
    daughter = make_organisation("Dotter AB", parent=mother)
    grandchild = make_organisation("Dotterdotter AB", parent=daughter)
    for parent, message in (
        (grandchild.number, "kan inte vara dess moderbolag"),
        (mother.number, "inte sitt eget moderbolag"),
        ("finnsinte", "Ingen organisation har numret eller hela namnet"),
    ):
        answer = keeper.post(
            url("company_change", mother), seen(mother, keeper) | {"parent": parent}
        )
        assert answer.status_code == 422
        assert message in answer.content.decode()


def test_the_group_is_shown_from_the_top_down(make_organisation: Make, keeper: Client) -> None:
    mother = make_organisation("Mor AB")
    middle = make_organisation("Mellan AB", parent=mother)
    make_organisation("Nederst AB", parent=middle)
    group = keeper.get(url("company", middle)).context["group"]
    assert [row.name for row in group.above] == ["Mor AB"]
    assert [(row.name, below) for row, below in group.below] == [("Nederst AB", [])]


def test_ended_is_kept_and_can_go_on(make_organisation: Make, keeper: Client) -> None:
    steel = make_organisation("Stål AB", started=date(2020, 1, 1))
    early = keeper.post(url("company_end", steel), {"ended": "2019-12-31"})
    assert "Den kan inte upphöra innan den registrerades." in early.content.decode()
    keeper.post(url("company_end", steel), {"ended": "2026-06-30"})
    steel.refresh_from_db()
    assert steel.ended == date(2026, 6, 30)
    keeper.post(url("company_reopen", steel))
    steel.refresh_from_db()
    assert steel.ended is None


# Sources


def test_the_page_says_where_each_value_is_from_and_what_the_source_says_since(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB", city="Mora")
    register = Source.objects.create(pk="brreg", name="Enhetsregisteret")
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    tell([Told("organisation", steel.pk, "city", "Mora")], register, at=then)
    assert origins_of(steel)["city"].text == "från Enhetsregisteret 2026-03-01"
    organisations.change_organisation(steel, {"city": "Falun"}, by=users["keeper"])
    steel.refresh_from_db()
    today = SourcedValue.objects.get(source="by_hand").told_at.date()
    assert origins_of(steel)["city"].text == (
        f"från Enhetsregisteret 2026-03-01; rättat av Keeper {today}"
    )
    tell([Told("organisation", steel.pk, "city", "Rättvik")], register)
    offer = origins_of(steel)["city"].offers[0]
    assert (offer.source, offer.value) == ("Enhetsregisteret", "Rättvik")
    keeper.post(url("company_take_over", steel, told_value=offer.key))
    steel.refresh_from_db()
    assert steel.city == "Rättvik"
    assert hand_values([steel.pk]) == {}


def test_a_reader_is_not_offered_what_they_may_not_take_over(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    steel = make_organisation("Stål AB", city="Mora")
    register = Source.objects.create(pk="brreg", name="Enhetsregisteret")
    organisations.change_organisation(steel, {"city": "Falun"}, by=users["keeper"])
    tell([Told("organisation", steel.pk, "city", "Rättvik")], register)
    assert "Rättvik" in log_in(users["keeper"]).get(url("company", steel)).content.decode()
    assert "Rättvik" not in log_in(users["reader"]).get(url("company", steel)).content.decode()


# Undoing


def test_undoing_a_rename_takes_back_the_earlier_name_and_the_correction(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    register = Source.objects.create(pk="brreg", name="Enhetsregisteret")
    tell([Told("organisation", steel.pk, "name", "Stål AB")], register)
    done = organisations.change_organisation(steel, {"name": "Ny AB"}, by=users["keeper"])
    keeper.post(url("company_undo", steel, moment=moment_key(done.at)))
    steel.refresh_from_db()
    assert steel.name == "Stål AB"
    assert not steel.other_names.exists()
    assert hand_values([steel.pk]) == {}


def test_only_ones_own_last_change_is_undone(
    make_organisation: Make, users: dict[str, User]
) -> None:
    steel = make_organisation("Stål AB")
    mine = organisations.change_organisation(steel, {"city": "Falun"}, by=users["keeper"])
    with pytest.raises(CannotUndoError, match="other"):
        undo_act(Organisation, steel.pk, mine.at, by=users["administrator"])
    organisations.change_organisation(steel, {"city": "Mora"}, by=users["administrator"])
    with pytest.raises(CannotUndoError, match="changed"):
        undo_act(Organisation, steel.pk, mine.at, by=users["keeper"])
    steel.refresh_from_db()
    assert steel.city == "Mora"


def test_removing_an_organisation_is_undone_with_all_that_hung_on_it(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    load_industries()
    by = users["keeper"]
    steel = make_organisation("Stål AB")
    set_industries(steel, [Industry.objects.get(pk="SNI2007:25")], by=by)
    site = hanging.add(
        Establishment(organisation=steel, name="Verket"), "establishment.created", by=by
    ).row
    figures.record_employees(site, 2025, Decimal(7), by=by)
    figures.record_fact(steel, 2025, "turnover", Decimal(1000), unit="SEK", by=by)
    done = organisations.remove_organisation(steel, by=by)
    assert not Organisation.objects.exists()
    assert not Establishment.objects.exists()
    answer = keeper.post(url("company_undo", steel, moment=moment_key(done.at)))
    assert answer.url == url("company", steel)
    back = Organisation.objects.get(pk=steel.pk)
    assert back.main_industry_id == "SNI2007:25"
    assert back.establishments.get().years.get().employees == 7
    assert back.yearly_facts.get().value == 1000


def test_an_organisation_that_others_need_is_not_removed(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    mother = make_organisation("Mor AB")
    make_organisation("Dotter AB", parent=mother)
    with pytest.raises(StillUsedError):
        organisations.remove_organisation(mother, by=users["keeper"])
    answer = keeper.post(url("company_remove", mother), follow=True)
    assert "Markera den som upphörd i stället." in answer.content.decode()
    assert Organisation.objects.filter(pk=mother.pk).exists()


def test_a_new_organisation_is_taken_back_until_something_hangs_on_it(
    users: dict[str, User],
) -> None:
    by = users["keeper"]
    done = organisations.create_organisation({"name": "Fel AB"}, by=by)
    figures.record_fact(done.row, 2025, "employees", Decimal(1), by=users["administrator"])
    with pytest.raises(CannotUndoError, match="changed"):
        undo_act(Organisation, done.row.pk, done.at, by=by)
    other = organisations.create_organisation({"name": "Fel 2 AB"}, by=by)
    undo_act(Organisation, other.row.pk, other.at, by=by)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Fel AB"]


VALUES = {
    "city": st.sampled_from(["", "Falun", "Mora"]),
    "phone": st.sampled_from(["", "1", "2"]),
    "name": st.sampled_from(["Stål AB", "Järn AB", "Malm AB"]),
    "size": st.sampled_from(["", "1-9", "250-"]),
}


@given(
    st.lists(st.fixed_dictionaries({}, optional=VALUES), max_size=3),
    st.fixed_dictionaries({}, optional=VALUES),
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_always_leads_back_to_what_was_before_and_undoing_that_forth_again(
    users: dict[str, User], changes: list[dict[str, str]], last: dict[str, str]
) -> None:
    by = users["keeper"]
    steel = organisations.create_organisation({"name": "Stål AB"}, by=by).row

    def state() -> tuple[Any, ...]:
        row = Organisation.objects.get(pk=steel.pk)
        names = sorted(row.other_names.values_list("name", flat=True))
        hand = {key[1]: value for key, value in hand_values([row.pk]).items() if value}
        return {name: getattr(row, name) for name in VALUES}, names, hand

    for fields in changes:
        organisations.change_organisation(steel, fields, by=by)
    before = state()
    done = organisations.change_organisation(steel, last, by=by)
    after = state()
    if before == after:
        return
    undone = undo_act(Organisation, steel.pk, done.at, by=by)
    assert state() == before
    undo_act(Organisation, steel.pk, undone.at, by=by)
    assert state() == after


# The history


def test_the_history_tells_who_when_from_and_to_in_words(
    make_organisation: Make, users: dict[str, User], falun: Municipality
) -> None:
    steel = make_organisation("Stål AB", kind="other")
    organisations.change_organisation(
        steel, {"kind": "company", "municipality": falun, "name": "Nya Stål AB"}, by=users["keeper"]
    )
    act = acts_on(steel, users["reader"])[0]
    assert (act.by, act.label) == ("Keeper", "ändrade")
    assert {(one.what, one.field, one.before, one.after) for one in act.changes} == {
        ("", "Slag", "övrigt", "företag"),
        ("", "Kommun", "", "Falun"),
        ("", "Namn", "Stål AB", "Nya Stål AB"),
        ("Annat namn", "", "", "Stål AB"),
    }
    assert not act.may_undo
    assert acts_on(steel, users["keeper"])[0].may_undo


def test_a_long_change_begins_with_the_thing_itself_and_is_folded(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    with acting(users["keeper"], "organisation.created"):
        steel = make_organisation("Stål AB")
        for year in range(2005, 2025):
            YearlyFact.objects.create(
                organisation=steel, year=year, measure="employees", value=7,
                unit="persons", source=by_hand(),
            )  # fmt: skip
    (act,) = acts_on(steel, users["keeper"])
    assert act.changes[0].after == "Stål AB"
    assert (len(act.first), len(act.rest)) == (8, 13)
    assert "13 ändringar till" in keeper.get(f"/companies/{steel.pk}").text


def test_the_history_is_read_in_a_set_number_of_queries(
    make_organisation: Make, users: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    steel = make_organisation("Stål AB")
    for number in range(40):
        organisations.change_organisation(steel, {"phone": str(number)}, by=users["keeper"])
    with django_assert_max_num_queries(20):
        acts = acts_on(steel, users["keeper"], limit=10)
    assert [act.changes[0].after for act in acts] == [str(n) for n in range(39, 29, -1)]
    older = acts_on(steel, users["keeper"], before=acts[-1].at, limit=100)
    assert len(acts) + len(older) == 41


def test_the_page_costs_the_same_queries_whatever_hangs_on_the_company(
    make_organisation: Make, users: dict[str, User], keeper: Client,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    def fill(organisation: Organisation, times: int) -> None:
        by = users["keeper"]
        for number in range(times):
            site = Establishment.objects.create(organisation=organisation, name=f"Verk {number}")
            figures.record_employees(site, 2020 + number, Decimal(number), by=by)
            figures.record_fact(organisation, 2020 + number, "employees", Decimal(3), by=by)
            make_organisation(f"Dotter {organisation.name} {number}", parent=organisation)

    small, large = make_organisation("Liten AB"), make_organisation("Stor AB")
    fill(small, 2)
    fill(large, 6)
    keeper.get(url("company", small))
    with django_assert_max_num_queries(75) as few:
        keeper.get(url("company", small))
    with django_assert_max_num_queries(75) as many:
        keeper.get(url("company", large))
    assert len(few.captured_queries) == len(many.captured_queries)


# What hangs on an organisation


def test_figures_of_ones_own_stand_before_a_sources(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB")
    source = Source.objects.create(pk="scb", name="SCB")
    YearlyFact.objects.create(
        organisation=steel, year=2025, measure="employees", value=31, unit="persons", source=source
    )
    keeper.post(
        url("company_fact_add", steel), {"year": 2025, "measure": "employees", "value": "33,5"}
    )
    page = keeper.get(url("company", steel))
    series = page.context["figures"].series[0]
    assert series.points == [(2025, 33.5)]
    assert len(page.context["figures"].facts) == 2
    keeper.post(url("company_fact_remove", steel, fact=series.values[0].pk))
    assert keeper.get(url("company", steel)).context["figures"].series[0].points == [(2025, 31.0)]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"year": 2025, "measure": "export_share", "value": "120"}, "mellan 0 och 100 procent"),
        ({"year": 2025, "measure": "employees", "value": "-1"}, "inte vara mindre än noll"),
        ({"year": 1700, "measure": "employees", "value": "1"}, "1900"),
    ],
)
def test_a_senseless_figure_is_refused(
    values: dict[str, Any], message: str, make_organisation: Make, keeper: Client
) -> None:
    answer = keeper.post(url("company_fact_add", make_organisation()), values)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not YearlyFact.objects.exists()


def test_industries_are_set_in_order_by_code(make_organisation: Make, keeper: Client) -> None:
    load_industries()
    steel = make_organisation("Stål AB")
    keeper.post(url("company_industries", steel), {"industry_0": "28", "industry_1": "SNI2007:25"})
    steel.refresh_from_db()
    assert steel.main_industry_id == "SNI2007:28"
    keeper.post(url("company_industries", steel), {"industry_0": "25"})
    steel.refresh_from_db()
    assert [row.industry_id for row in steel.industries.all()] == ["SNI2007:25"]
    assert steel.main_industry_id == "SNI2007:25"
    wrong = keeper.post(url("company_industries", steel), {"industry_0": "hittepå"})
    assert "Det finns ingen bransch ”hittepå”." in wrong.content.decode()


def test_an_establishment_is_added_changed_and_its_employees_entered(
    make_organisation: Make, keeper: Client, falun: Municipality
) -> None:
    steel = make_organisation("Stål AB")
    empty = keeper.post(url("establishment_create", steel), {"city": "Falun"})
    assert "Ange ett namn, en adress eller ett nummer." in empty.content.decode()
    keeper.post(url("establishment_create", steel), {"name": "Verket", "municipality": "SE-2080"})
    site = steel.establishments.get()
    assert hand_values([site.pk]) == {
        (site.pk, "name"): "Verket",
        (site.pk, "municipality"): "SE-2080",
    }
    here = {"establishment": site.pk}
    keeper.post(url("employees_add", steel, **here), {"year": 2025, "employees": "12,5"})
    assert site.years.get().employees == Decimal("12.5")
    keeper.post(
        url("establishment", steel, **here),
        {"name": "Nya verket", "initial-name": "Verket", "closed": "2026-01-01"},
    )
    site.refresh_from_db()
    assert (site.name, site.closed) == ("Nya verket", date(2026, 1, 1))


def test_tags_are_one_in_any_case_of_letters(make_organisation: Make, keeper: Client) -> None:
    steel, wood = make_organisation("Stål AB"), make_organisation("Trä AB")
    for organisation, name in ((steel, "Export"), (wood, " export "), (wood, "EXPORT")):
        keeper.post(url("company_tag_add", organisation), {"tag": name})
    assert [row.tag.name for row in wood.tags.all()] == ["Export"]
    keeper.post(url("company_tag_remove", wood, tag=wood.tags.get().pk))
    assert not wood.tags.exists()
    assert steel.tags.exists()
