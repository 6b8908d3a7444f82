"""A person's correction is remembered; sources tell beside it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from klustermotor.core.models import User
from klustermotor.register.models import Municipality, Organisation, Source, SourcedValue
from klustermotor.register.services.provenance import (
    Told,
    as_told,
    correct,
    hand_values,
    tell,
)

Make = Callable[..., Organisation]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("2.50"), "2.5"),
        (Decimal("100"), "100"),
        (Decimal("100.00"), "100"),
        (60.61, "60.61"),
        (0.0, "0"),
        (date(2026, 3, 1), "2026-03-01"),
        ("Falun", "Falun"),
        (Municipality(id="SE-2080"), "SE-2080"),
    ],
)
def test_a_value_is_kept_as_text_that_compares(value: object, told: str) -> None:
    assert as_told(value) == told


def test_only_what_a_person_changed_is_told_by_hand(
    make_organisation: Make, users: dict[str, User], falun: Municipality
) -> None:
    steel = make_organisation("Stål AB", city="Borlänge")
    changed = correct(
        steel, {"name": "Stål AB", "city": "Falun", "municipality": falun}, by=users["keeper"]
    )
    steel.save()
    assert changed == ["city", "municipality"]
    assert hand_values([steel.pk]) == {
        (steel.pk, "city"): "Falun",
        (steel.pk, "municipality"): "SE-2080",
    }
    assert {told.by for told in SourcedValue.objects.all()} == {users["keeper"]}


def test_a_source_tells_beside_a_correction_and_only_its_latest_value_is_kept(
    make_organisation: Make, users: dict[str, User]
) -> None:
    steel = make_organisation("Stål AB", city="Borlänge")
    register = Source.objects.create(pk="brreg", name="Enhetsregisteret")
    correct(steel, {"city": "Falun"}, by=users["keeper"])
    for city in ("BORLÄNGE", "MORA"):
        tell([Told("organisation", steel.pk, "city", city)], register)
    told = dict(SourcedValue.objects.values_list("source_id", "value"))
    assert told == {"by_hand": "Falun", "brreg": "MORA"}
    assert hand_values([steel.pk]) == {(steel.pk, "city"): "Falun"}


def test_a_source_that_comes_along_is_called_in_the_language_of_the_page():
    assert str(Source(pk="file", name="Files of our own")) == "Egna filer"
    with translation.override("nb"):
        assert str(Source(pk="x", name="Synthetic, demonstration")) == "Syntetisk, demonstrasjon"
    assert str(Source(pk="scb", name="SCB:s register")) == "SCB:s register"
