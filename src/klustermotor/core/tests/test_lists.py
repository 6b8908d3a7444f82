import csv
import io

import openpyxl
import pytest
from django.test import RequestFactory
from django.utils import translation

from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import User

pytestmark = pytest.mark.django_db
COLUMNS = [
    Column("name", "Namn", lambda user: user.name, sort="name"),
    Column("email", "E-post", lambda user: user.email),
    Column("created", "Skapad", lambda user: user.date_joined, sort="date_joined"),
    Column("half", "Hälften", lambda user: user.pk / 2, number=True),
]


@pytest.fixture
def people():
    for number in range(23):
        User.objects.create_user(f"u{number}@exempel.se", name=f"Namn {number % 5}")


def page_at(address, default="name", per_page=5):
    request = RequestFactory().get(f"/{address}")
    order = order_of(request, COLUMNS, default)
    return list_page(request, User.objects.all(), COLUMNS, order, per_page=per_page)


@pytest.mark.parametrize("sort", ["name", "-name", "created", "-created"])
def test_walking_the_pages_forth_and_back_meets_every_row_once_in_order(people, sort):
    address, forth = f"?sort={sort}", []
    while address and len(forth) < 10:
        page = page_at(address)
        forth.append([row.pk for row in page.objects])
        last, address = page, page.next
    field = {"name": "name", "created": "date_joined"}[sort.removeprefix("-")]
    sign = "-" if sort.startswith("-") else ""
    wanted = list(User.objects.order_by(f"{sign}{field}", f"{sign}pk").values_list("pk", flat=True))
    assert [pk for page in forth for pk in page] == wanted
    back, page = [[row.pk for row in last.objects]], last
    while page.previous and len(back) < 10:
        page = page_at(page.previous)
        back.insert(0, [row.pk for row in page.objects])
    assert [pk for page in back for pk in page] == wanted


@pytest.mark.parametrize(
    "cursor", ["after=xyz", "before=%FF", "after=W10", "sort=email", "after=WyJuYW1lIiwxLCJ4Il0"]
)
def test_a_senseless_address_shows_the_first_page(people, cursor):
    assert [row.pk for row in page_at(f"?{cursor}").objects] == [
        row.pk for row in page_at("").objects
    ]


def test_a_page_costs_two_queries_however_deep(people, django_assert_num_queries):
    second = page_at("").next
    with django_assert_num_queries(2):
        page_at(second)


def test_the_heading_turns_the_order_and_keeps_the_filter(people):
    page = page_at("?kind=x&sort=name")
    assert page.headings[0].url == "?kind=x&sort=-name"
    assert (page.headings[0].aria_sort, page.headings[1].url) == ("ascending", "")
    assert page.total == 23
    assert "kind=x" in page.csv


def file_at(address, rows=None):
    request = RequestFactory().get(f"/{address}")
    order = order_of(request, COLUMNS, "name")
    return exported(request, User.objects.all() if rows is None else rows, COLUMNS, order, "users")


def test_the_csv_holds_every_row_in_the_order_shown(people):
    text = file_at("?format=csv&sort=-name").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Namn", "E-post", "Skapad", "Hälften"]
    assert len(rows) == 24
    assert [row[0] for row in rows[1:]] == sorted((row[0] for row in rows[1:]), reverse=True)
    assert all("," in row[3] for row in rows[1:]), "decimal comma"


def test_the_csv_is_english_for_english_readers_and_runs_no_formula(people):
    User.objects.filter(name="Namn 0").update(name="=1+1")
    with translation.override("en"):
        text = file_at("?format=csv&sort=name").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][0] == "'=1+1"
    assert "." in rows[1][3]


def test_the_xlsx_holds_numbers_and_dates_as_such(people):
    sheet = openpyxl.load_workbook(io.BytesIO(file_at("?format=xlsx").content)).active
    assert sheet.max_row == 24
    assert sheet["A1"].value == "Namn"
    assert isinstance(sheet["D2"].value, float | int)
    assert sheet["C2"].is_date


def test_a_page_is_no_file(people):
    assert file_at("") is None
