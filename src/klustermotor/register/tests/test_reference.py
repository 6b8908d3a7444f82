"""What is shipped of industries and municipalities."""

import csv
import json

import pytest
import shapely
from django.core.management import call_command

from klustermotor.register import reference
from klustermotor.register.models import Industry, IndustryCrosswalk, Municipality
from klustermotor.register.services.reference import load_reference_data

pytestmark = pytest.mark.django_db


def count(standard: str, level: str) -> int:
    return Industry.objects.filter(standard=standard, level=level).count()


def test_both_standards_have_the_sections_and_divisions_of_both_versions(industries):
    for standard in ("SNI2007", "SN2007"):
        assert (count(standard, "section"), count(standard, "division")) == (21, 88)
    for standard in ("SNI2025", "SN2025"):
        assert (count(standard, "section"), count(standard, "division")) == (22, 87)


def test_each_industry_has_a_title_in_three_languages_and_each_division_a_section(industries):
    for industry in Industry.objects.select_related("parent"):
        assert set(industry.titles) == {"sv", "nb", "en"}
        assert all(industry.titles.values())
        if industry.level == Industry.Level.DIVISION:
            assert industry.parent.level == Industry.Level.SECTION
            assert industry.parent.standard == industry.standard
    assert Industry.objects.get(pk="SNI2007:24").titles["sv"] == "Stål- och metallframställning"
    assert Industry.objects.get(pk="SN2025:62").parent.code == "K"


def test_loading_twice_adds_nothing_and_takes_nothing_back():
    first = load_reference_data()
    assert (first.industries, first.municipalities) == (2 * 109 + 2 * 109, 290 + 357)
    Industry.objects.filter(pk="SNI2007:24").update(titles={"sv": "Ur den fulla listan"})
    Municipality.objects.filter(pk="SE-2080").update(name="Fahlun", boundary=None)
    again = load_reference_data()
    assert (again.industries, again.bridges, again.municipalities) == (0, 0, 0)
    assert again.filled_in == 1
    assert Industry.objects.get(pk="SNI2007:24").title == "Ur den fulla listan"
    falun = Municipality.objects.get(pk="SE-2080")
    assert falun.name == "Fahlun"
    assert falun.boundary["type"] == "Polygon"
    assert load_reference_data().nothing


def test_the_command_says_what_it_did(capsys):
    call_command("reference-data")
    assert "647 municipalities added" in capsys.readouterr().out
    call_command("reference-data")
    assert capsys.readouterr().out.strip() == "Everything is there already."


def test_trade_in_motor_vehicles_is_divided_between_three_divisions():
    load_reference_data()
    bridges = IndustryCrosswalk.objects.filter(old="SNI2007:45")
    assert {bridge.new_id for bridge in bridges} == {"SNI2025:46", "SNI2025:47", "SNI2025:95"}
    assert all(bridge.is_partial for bridge in bridges)
    whole = IndustryCrosswalk.objects.get(old="SN2007:24")
    assert (whole.new_id, whole.is_partial) == ("SN2025:24", False)
    sections = IndustryCrosswalk.objects.filter(old="SNI2007:J")
    assert {bridge.new_id for bridge in sections} == {"SNI2025:J", "SNI2025:K"}


def test_every_code_of_2007_leads_somewhere_and_every_code_of_2025_comes_from_somewhere():
    pairs = reference.bridges()
    assert {old for old, _, _ in pairs} == {row.code for row in reference.industries("2007")}
    assert {new for _, new, _ in pairs} == {row.code for row in reference.industries("2025")}


def test_municipalities_lie_in_their_country_and_their_county(municipalities):
    assert Municipality.objects.filter(country="SE").count() == 290
    assert Municipality.objects.filter(country="NO").count() == 357
    falun = Municipality.objects.get(pk="SE-2080")
    assert (falun.name, falun.county) == ("Falun", "Dalarnas län")
    lillehammer = Municipality.objects.get(pk="NO-3405")
    assert (lillehammer.name, lillehammer.county) == ("Lillehammer", "Innlandet")
    assert lillehammer.latitude == pytest.approx(61.115, abs=0.01)
    for municipality in Municipality.objects.filter(country="SE"):
        point = shapely.Point(municipality.longitude, municipality.latitude)
        assert shapely.geometry.shape(municipality.boundary).distance(point) < 0.01
    size = len(json.dumps(list(Municipality.objects.values_list("boundary", flat=True))))
    assert size < 1_000_000


def test_norwegian_points_and_codes_agree_with_the_map(shared_data, municipalities):
    shapes = json.loads((shared_data / "regions/norway_municipalities.geojson").read_text("utf-8"))
    there = {f["properties"]["kommunenummer"]: f for f in shapes["features"]}
    ours = Municipality.objects.filter(country="NO")
    assert {m.code for m in ours} == set(there)
    for municipality in ours.filter(latitude__isnull=False):
        shape = shapely.geometry.shape(there[municipality.code]["geometry"])
        point = shapely.Point(municipality.longitude, municipality.latitude)
        assert shape.distance(point) < 0.01, municipality.name


def test_divisions_agree_with_those_of_statistics_norway(shared_data):
    with (shared_data / "regions/sn2007.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["Nace_2_nr"] for row in csv.DictReader(file)}
    assert {row.code for row in reference.industries("2007") if row.parent} == theirs
