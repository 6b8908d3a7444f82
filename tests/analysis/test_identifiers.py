"""Organisation numbers as people, registers and invoices write them."""

import pytest

from klustermotor.analysis.identifiers import (
    NumberFaultError,
    is_organisation_number,
    organisation_number,
)


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("556036-0793", "SE", "5560360793"),
        ("5560360793", "SE", "5560360793"),
        ("16556036-0793", "SE", "5560360793"),
        ("SE556036079301", "SE", "5560360793"),
        ("923 609 016", "NO", "923609016"),
        ("NO 923 609 016 MVA", "NO", "923609016"),
        ("923609016MVA", "NO", "923609016"),
    ],
)
def test_a_number_is_read_in_every_form_that_people_write(
    text: str, country: str, digits: str
) -> None:
    number = organisation_number(text)
    assert (number.country, number.digits, number.is_personal) == (country, digits, False)


def test_a_number_is_written_as_its_country_writes_it() -> None:
    assert organisation_number("5560360793").written == "556036-0793"
    assert organisation_number("923609016").written == "923 609 016"


def test_a_sole_traders_number_is_told_apart() -> None:
    assert organisation_number("19811228-9874").is_personal
    assert organisation_number("811228-9874").digits == "8112289874"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("556036-0794", "check_digit"),
        ("923609017", "check_digit"),
        ("811328-9874", "check_digit"),
        ("55603607", "length"),
        ("20556036-0793", "length"),
        ("Ovako AB", "letters"),
        ("٥٥٦٠٣٦٠٧٩٣", "letters"),
    ],
)
def test_what_is_no_number_says_why(text: str, fault: str) -> None:
    with pytest.raises(NumberFaultError) as caught:
        organisation_number(text)
    assert caught.value.fault == fault


def test_a_country_narrows_what_is_taken() -> None:
    assert not is_organisation_number("923609016", "SE")
    assert not is_organisation_number("5560360793", "NO")
