"""The demonstration region in the database: once, complete, and never over what people wrote."""

import polars as pl
import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from klustermotor.analysis.evaluation import WHOLE
from klustermotor.core.models import User
from klustermotor.evaluation.models import SectionText
from klustermotor.evaluation.queries import evaluation_of
from klustermotor.evaluation.services import release_report
from klustermotor.initiatives.models import Assignment, Initiative, InitiativeFact
from klustermotor.portal.demonstration.loading import demo_data_only, load_region
from klustermotor.portal.demonstration.region import LANGUAGES, PASSWORD, USERS, read_region
from klustermotor.portal.demonstration.reports import order_reports
from klustermotor.surveys.models import Answer, FrameMember, Wave

pytestmark = pytest.mark.django_db


def _counts() -> dict[str, int]:
    rooms = ("core", "register", "initiatives", "surveys", "evaluation")
    return {m.__name__: m.objects.count() for room in rooms for m in _models(room)}


def _models(room: str) -> list:
    return list(apps.get_app_config(room).get_models())


def test_loading_twice_is_the_same_as_loading_once() -> None:
    load_region()
    once = _counts()
    load_region()
    assert _counts() == once
    assert once["Initiative"] == 4
    assert once["Wave"] == 5
    assert once["Answer"] == 34 + 36 + 27 + 18 + 20
    assert once["FrameMember"] == 49 + 92 + 93
    assert once["InitiativeFact"] == 21
    assert once["SectionText"] == 3 * (12 + 12 + 4 + 4 + 2)
    assert once["User"] == 6


def test_the_waves_carry_their_numbers_and_say_where_their_answers_come_from() -> None:
    load_region()
    waves = {
        (wave.initiative.slug, wave.name): wave
        for wave in Wave.objects.select_related("initiative")
    }
    steel = waves["triple-steelix", "2009"]
    assert (steel.invited, steel.population, steel.selection) == (93, 120, "chosen")
    assert steel.origins["growth_effects.sales"] == "reconstructed"
    assert steel.origins["cooperation.companies"] == "synthetic"
    assert not steel.keyed
    assert waves["triple-steelix", "2008"].population is None
    assert waves["dalabit", "2009"].invited is None
    assert Answer.objects.filter(wave=steel).count() == 27
    assert FrameMember.objects.filter(frame__wave=steel, organisation=None).count() == 93


def test_each_role_has_someone_to_log_in_as(client) -> None:
    load_region()
    for user in USERS:
        assert client.login(email=user.email, password=PASSWORD)
    assert User.objects.get(email=USERS[0].email).is_administrator
    roles = set(Assignment.objects.values_list("role", flat=True))
    assert roles == {"process_leader", "evaluator", "funder"}
    assert Assignment.objects.count() == 3 * 4


def test_facts_and_purposes_are_said_in_three_languages() -> None:
    load_region()
    fact = InitiativeFact.objects.get(label="företagsbesök")
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = fact.said("label")
    assert said == {"sv": "företagsbesök", "nb": "bedriftsbesøk", "en": "company visits"}
    for initiative in Initiative.objects.all():
        assert set(initiative.translations) == {"nb", "en"}


def test_what_people_have_written_since_stays() -> None:
    load_region()
    text = SectionText.objects.get(
        initiative__slug="dalabit", section="summary", language="sv", period="2009"
    )
    text.text = "Min egen sammanfattning."
    text.save()
    Initiative.objects.filter(slug="dalabit").update(name="DalaBIT 2.0")
    load_region()
    text.refresh_from_db()
    assert text.text == "Min egen sammanfattning."
    assert Initiative.objects.get(slug="dalabit").name == "DalaBIT 2.0"


def test_the_stored_answers_evaluate_to_what_was_published() -> None:
    load_region()
    evaluation = evaluation_of(Initiative.objects.get(slug="triple-steelix"), "2009").evaluation
    row = evaluation.estimates.filter(
        (pl.col("wave") == "2009")
        & (pl.col("block") == "research")
        & (pl.col("item") == "academia")
        & (pl.col("category") == "yes")
        & (pl.col("group") == WHOLE)
    ).row(0, named=True)
    assert (row["n"], round(row["value"], 3)) == (22, 0.818)
    assert evaluation.waves_of("triple-steelix")[-1].facts.origin_of("cooperation") == "synthetic"


def test_ordering_the_reports_twice_gives_the_same_reports() -> None:
    load_region()
    region, by = read_region(), User.objects.get(email=USERS[2].email)
    first = order_reports(region, by)
    assert [r.initiative.slug if r.initiative else None for r in first] == [
        None,
        "dalabit",
        "triple-steelix",
    ]
    assert order_reports(region, by) == first
    for report in first:
        release_report(report, by=by)
    assert order_reports(region, by) == first, "a release changes nothing in what is shown"


def test_the_demonstration_does_not_enter_a_database_with_users_of_its_own() -> None:
    assert demo_data_only()
    User.objects.create_user("kerstin@region.example", "a-long-enough-secret", name="Kerstin")
    assert not demo_data_only()
    with pytest.raises(CommandError, match="KLUSTERMOTOR_HOME"):
        call_command("demo", "--no-serve")
    assert not Initiative.objects.exists()
