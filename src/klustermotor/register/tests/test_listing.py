"""The list of organisations: what it shows, filters and gives as a file."""

import csv
import io
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.register.models import Industry, Municipality, Organisation, OrganisationName
from klustermotor.register.services.industries import set_industries
from klustermotor.register.services.organisations import change_organisation
from klustermotor.register.services.reference import load_industries
from klustermotor.register.services.secrecy import mark_secret
from klustermotor.register.services.tags import put_tag, take_position

Make = Callable[..., Organisation]
LogIn = Callable[[User], Client]


def shown(client: Client, address: str = "") -> list[str]:
    """The names in the list at this address, in order."""
    page = client.get(f"/companies{address}").context["page"]
    return [row.name for row in page.objects]


@pytest.fixture
def keeper(users: dict[str, User], log_in: LogIn) -> Client:
    return log_in(users["keeper"])


def test_the_list_sorts_by_name_and_by_last_change(make_organisation: Make, keeper: Client) -> None:
    for name in ("Cement AB", "Adit AB", "Berg AB"):
        make_organisation(name)
    assert shown(keeper) == ["Adit AB", "Berg AB", "Cement AB"]
    assert shown(keeper, "?sort=-name") == ["Cement AB", "Berg AB", "Adit AB"]
    assert shown(keeper, "?sort=-changed") == ["Berg AB", "Adit AB", "Cement AB"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("?text=stål", ["Stål AB"]),
        ("?text=gamla", ["Stål AB"]),
        ("?text=556036-0793", ["Mora AB"]),
        ("?text=5560360793", ["Mora AB"]),
        ("?place=SE-2080", ["Stål AB"]),
        ("?place=SE-20", ["Mora AB", "Stål AB"]),
        ("?place=NO-3101", []),
        ("?kind=academia", ["Högskolan"]),
        ("?size=10-49", ["Stål AB"]),
        ("?industry=SNI2007:25", ["Stål AB"]),
        ("?industry=SNI2007:C", ["Mora AB", "Stål AB"]),
        ("?industry=SNI2007:P", []),
        ("?tag=Export", ["Stål AB"]),
        ("?cluster=Verkstad", ["Stål AB"]),
        ("?cluster=Verkstad&position=downstream", []),
        ("?position=upstream", ["Stål AB"]),
        ("?ended=too", ["Högskolan", "Mora AB", "Slut AB", "Stål AB"]),
        ("?ended=only", ["Slut AB"]),
        ("?place=SE-20&industry=SNI2007:16", ["Mora AB"]),
        ("?kind=rubbish&size=huge&ended=maybe", ["Högskolan", "Mora AB", "Stål AB"]),
    ],
)
def test_each_filter_leaves_what_fits(
    filters: str, names: list[str], make_organisation: Make, falun: Municipality,
    users: dict[str, User], keeper: Client,
) -> None:  # fmt: skip
    load_industries()
    mora = Municipality.objects.create(
        id="SE-2062",
        country="SE",
        code="2062",
        name="Mora",
        county_code="20",
        county="Dalarnas län",
    )
    by = users["keeper"]
    steel = make_organisation("Stål AB", municipality=falun, size="10-49")
    OrganisationName.objects.create(organisation=steel, name="Gamla Järnet AB")
    wood = make_organisation("Mora AB", municipality=mora, number="5560360793")
    make_organisation("Högskolan", kind="academia")
    make_organisation("Slut AB", ended=date(2024, 1, 1))
    for row, key in ((steel, "SNI2007:25"), (wood, "SNI2007:16")):
        set_industries(row, [Industry.objects.get(pk=key)], by=by)
    put_tag(steel, "Export", by=by)
    take_position(steel, "Verkstad", "upstream", by=by)
    assert shown(keeper, filters) == names


def test_a_former_number_finds_the_organisation(
    make_organisation: Make, users: dict[str, User], keeper: Client
) -> None:
    steel = make_organisation("Stål AB", number="5560360793")
    change_organisation(steel, {"number": "2021000662"}, by=users["keeper"])
    assert shown(keeper, "?text=556036-0793") == ["Stål AB"]
    assert shown(keeper, "?text=202100-0662") == ["Stål AB"]


def test_each_filter_in_use_is_a_chip_that_takes_it_off(
    make_organisation: Make, falun: Municipality, keeper: Client
) -> None:
    make_organisation("Stål AB", municipality=falun)
    page = keeper.get("/companies?text=stål&place=SE-2080&sort=-name&after=x")
    chips = {chip.label: (chip.value, chip.without) for chip in page.context["chips"]}
    assert chips == {
        "Text": ("stål", "?place=SE-2080&sort=-name"),
        "Plats": ("Falun", "?text=st%C3%A5l&sort=-name"),
    }


def test_an_empty_list_says_what_to_do(users: dict[str, User], keeper: Client) -> None:
    assert "Lägg till det första, eller läs in en fil." in keeper.get("/companies").content.decode()
    page = keeper.get("/companies?text=finnsinte").content.decode()
    assert "Inget företag passar filtren." in page


def table(client: Client, address: str) -> list[list[str]]:
    answer: Any = client.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_csv_holds_what_the_list_shows_and_a_sole_traders_number_only_when_asked_for(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    make_organisation("Stål AB", number="5560360793", size="1-9")
    make_organisation("Kims firma", number="8501010014", is_sole_trader=True)
    make_organisation("Slut AB", ended=date(2024, 1, 1))
    keeper = log_in(users["keeper"])
    head, first, second = table(keeper, "/companies?format=csv")
    assert head[:3] == ["Namn", "Nummer", "Slag"]
    assert (first[0], first[1]) == ("Kims firma", "")
    assert (second[0], second[1], second[5]) == ("Stål AB", "556036-0793", "1–9 anställda")
    assert table(keeper, "/companies?format=csv&personal=1")[1][1] == "850101-0014"
    reader = log_in(users["reader"])
    assert table(reader, "/companies?format=csv&personal=1")[1][1] == ""


def test_the_xlsx_holds_the_filtered_rows(make_organisation: Make, keeper: Client) -> None:
    make_organisation("Stål AB")
    make_organisation("Trä AB")
    answer = keeper.get("/companies?format=xlsx&text=trä")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [next(cell.value for cell in row) for row in sheet.rows] == ["Namn", "Trä AB"]


def test_a_sole_traders_number_is_not_shown_in_the_list_either(
    make_organisation: Make, keeper: Client
) -> None:
    make_organisation("Kims firma", number="8501010014", is_sole_trader=True)
    assert "850101-0014" not in keeper.get("/companies").content.decode()
    assert "850101-0014" in keeper.get("/companies?personal=1").content.decode()


def test_what_a_secrecy_mark_hides_is_not_listed(
    make_organisation: Make, users: dict[str, User], log_in: LogIn
) -> None:
    hidden = make_organisation("Hemliga AB")
    mark_secret(
        hidden,
        legal_ground="OSL 31 kap. 16 §",
        decided_by="Chefen",
        decided_on=date(2026, 1, 1),
        by=users["administrator"],
    )
    assert shown(log_in(users["keeper"])) == []
    assert shown(log_in(users["administrator"])) == ["Hemliga AB"]
    assert log_in(users["keeper"]).get(_page(hidden)).status_code == 403
    offers = log_in(users["keeper"]).get("/companies/options?field=parent&parent=heml")
    assert "Hemliga" not in offers.content.decode()


def _page(organisation: Organisation) -> str:
    return reverse("company", kwargs={"organisation": organisation.pk})


def test_the_list_costs_the_same_queries_whatever_it_holds(
    make_organisation: Make, users: dict[str, User], falun: Municipality, keeper: Client,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    def fill(start: int) -> None:
        for number in range(start, start + 30):
            row = make_organisation(f"Företag {number} AB", municipality=falun)
            put_tag(row, f"Etikett {number % 7}", by=users["keeper"])

    fill(0)
    keeper.get("/companies")
    with django_assert_max_num_queries(20) as few:
        keeper.get("/companies?place=SE-20&sort=-changed")
    fill(30)
    with django_assert_max_num_queries(20) as many:
        keeper.get("/companies?place=SE-20&sort=-changed")
    assert len(few.captured_queries) == len(many.captured_queries)


def test_the_fields_of_forms_are_offered_matches_while_typing(
    make_organisation: Make, keeper: Client
) -> None:
    make_organisation("Stål AB", number="5560360793")
    for text in ("stå", "Stål", "5560", "556036-07"):
        offers = keeper.get("/companies/options", {"field": "parent", "parent": text})
        assert '<option value="556036-0793">Stål AB</option>' in offers.content.decode(), text
    assert keeper.get("/companies/options?field=parent&parent=x").content.strip() == b""


@pytest.mark.parametrize("address", ["/companies", "/companies/new", "/companies/options"])
def test_an_outsider_sees_nothing_of_the_register(
    address: str, users: dict[str, User], log_in: LogIn
) -> None:
    assert log_in(users["outsider"]).get(address).status_code == 403


def test_a_reader_may_not_add(users: dict[str, User], log_in: LogIn) -> None:
    reader = log_in(users["reader"])
    assert "/companies/new" not in reader.get("/companies").content.decode()
    assert reader.get("/companies/new").status_code == 403


def test_walking_the_list_in_order_gives_the_same_rows_as_looking_them_up(
    make_organisation: Make, falun: Municipality, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_industries()
    for number in range(6):
        make_organisation(
            f"Företag {number} AB",
            municipality=falun if number % 2 else None,
            size="1-9" if number < 4 else "250-",
            main_industry_id="SNI2007:25" if number % 3 else "SNI2007:47",
        )
    addresses = [
        f"?{filters}&sort={sort}"
        for filters in ("place=SE-20", "place=SE-2080", "industry=SNI2007:C", "size=1-9",
                        "place=SE-20&industry=SNI2007:C&size=1-9&kind=company")
        for sort in ("name", "-changed")
    ]  # fmt: skip
    looked_up = [shown(keeper, address) for address in addresses]
    monkeypatch.setattr("klustermotor.register.queries.listing.DENSE", 0)
    assert [shown(keeper, address) for address in addresses] == looked_up
    assert looked_up[0] == ["Företag 1 AB", "Företag 3 AB", "Företag 5 AB"]
    assert looked_up[-1] == ["Företag 1 AB"]


def test_a_word_that_is_everywhere_finds_the_same(
    make_organisation: Make, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Malm Data AB", "Malm Bygg AB", "Trä AB"):
        make_organisation(name)
    monkeypatch.setattr(sys.modules["klustermotor.core.search.matching"], "FEW", 1)
    assert shown(keeper, "?text=malm") == ["Malm Bygg AB", "Malm Data AB"]
    assert shown(keeper, "?text=ab malm&kind=company") == ["Malm Bygg AB", "Malm Data AB"]
    assert shown(keeper, "?text=trä") == ["Trä AB"]


def test_those_who_load_files_find_the_loads_beside_the_list(
    users: dict[str, User], log_in: LogIn
) -> None:
    link = f'href="{reverse("register_loads")}"'
    assert link in log_in(users["keeper"]).get("/companies").content.decode()
    assert link not in log_in(users["reader"]).get("/companies").content.decode()
