"""What the search box finds of initiatives, waves and reports, for each role."""

import pytest
from django.utils import timezone

from klustermotor.core.search import out_of_date, search
from klustermotor.evaluation.models import Report
from klustermotor.initiatives.services import save_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(region):
    open_ = Report.objects.create(initiative=region.surveyed, period="2009")
    released = Report.objects.create(
        initiative=region.surveyed, period="2008", released_at=timezone.now()
    )
    Report.objects.create(initiative=None, period="2009", released_at=timezone.now())
    return open_, released


def found(text, user):
    return {group.kind: [hit.title for hit in group.hits] for group in search(text, user)}


def test_each_finds_what_they_may_see(region, reports):
    inside = {
        "initiative": ["Stålklustret"],
        "wave": ["Stålklustret 2008", "Stålklustret 2009"],
        "report": ["Stålklustret 2008", "Stålklustret 2009"],
    }
    for role in ("administrator", "process_leader", "staff", "evaluator"):
        assert found("stålklustr", region.users[role]) == inside, role
    assert found("stålklustr", region.users["funder"]) == {"report": ["Stålklustret 2008"]}
    assert found("stålklustr", region.users["outsider"]) == {}


def test_what_lies_in_another_initiative_is_not_found(region, reports):
    assert found("boom", region.users["evaluator"]) == {"initiative": ["Boomstaden"]}
    assert found("boom", region.users["process_leader"]) == {}


def test_a_part_of_a_compound_finds_the_initiative(region):
    assert found("klustret", region.users["staff"])["initiative"] == ["Stålklustret"]


def test_the_round_is_found_by_its_year_and_by_its_name_in_each_language(region, reports):
    for text in ("omgång 2009", "runde 2009", "round 2009"):
        assert len(found(text, region.users["administrator"]).get("report", [])) == 1, text


def test_waves_and_reports_follow_the_initiatives_name(region, reports):
    save_initiative("steel", name="Järnklustret", region="Dalarna")
    assert len(found("järnklustret", region.users["administrator"])["wave"]) == 2
    assert found("stålklustret", region.users["administrator"]) == {}
    assert not any(out_of_date().values())
    Report.objects.filter(pk=reports[0].pk).delete()
    assert len(found("järnklustret", region.users["administrator"])["report"]) == 1
