"""Browse the classification of industries."""

from collections.abc import Callable

import pytest
from django.test import Client

from klustermotor.core.models import User
from klustermotor.register.models import Industry, Organisation
from klustermotor.register.services.industries import set_industries
from klustermotor.register.services.reference import load_reference_data

Make = Callable[..., Organisation]
LogIn = Callable[[User], Client]


@pytest.fixture
def reader(users: dict[str, User], log_in: LogIn) -> Client:
    load_reference_data()
    return log_in(users["reader"])


def test_the_sections_of_each_standard_are_shown_in_the_pages_language(reader: Client) -> None:
    page = reader.get("/industries?standard=SNI2007").content.decode()
    assert "Tillverkning" in page
    reader.cookies["django_language"] = "en"
    assert "SNI 2025" in reader.get("/industries").content.decode()


def test_an_industry_is_found_by_code_and_by_words(reader: Client) -> None:
    def found(text: str) -> list[str]:
        context = reader.get("/industries", {"standard": "SNI2007", "text": text}).context
        return [row.code for row in context["found"]]

    assert found("25") == ["25"]
    assert "25" in found("metallvaror")
    assert found("hittepå") == []


def test_an_industry_counts_its_companies_and_shows_its_bridges(
    reader: Client, users: dict[str, User], make_organisation: Make
) -> None:
    steel = make_organisation("Stål AB")
    set_industries(steel, [Industry.objects.get(pk="SNI2007:25")], by=users["keeper"])
    division = reader.get("/industries/SNI2007:25")
    assert (division.context["count"], division.context["more"]) == (1, False)
    assert [row.pk for row in division.context["above"]] == ["SNI2007:C"]
    assert "SNI2025:25" in [row.pk for row, _partial in division.context["bridges"]]
    assert reader.get("/industries/SNI2007:C").context["count"] == 1
    assert reader.get("/industries/SNI2007:P").context["count"] == 0
    assert reader.get("/industries/rubbish").status_code == 404
