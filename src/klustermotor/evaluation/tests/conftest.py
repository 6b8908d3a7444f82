"""A small region: two initiatives, one surveyed; one user per role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest

from klustermotor.core.models import User
from klustermotor.evaluation import cache
from klustermotor.initiatives.models import Assignment, Initiative
from klustermotor.initiatives.services import assign, record_fact, save_initiative
from klustermotor.surveys.models import Wave
from klustermotor.surveys.services import save_instrument, save_wave, store_answers

YAML = """
id: small
title: {sv: "Liten enkät", nb: "Lite skjema", en: "Small survey"}
scales:
  extent:
    type: ordinal
    codes:
      1: {sv: "inte alls", nb: "ikke i det hele tatt", en: "not at all"}
      2: {sv: "i liten grad", nb: "i liten grad", en: "to a small extent"}
      3: {sv: "i viss grad", nb: "i noen grad", en: "to some extent"}
      4: {sv: "i hög grad", nb: "i stor grad", en: "to a great extent"}
      5: {sv: "helt", nb: "fullt ut", en: "fully"}
    shares:
      great: {codes: [4, 5], text: {sv: "i hög grad eller mer", nb: "i stor grad eller mer", en: "to a great extent or more"}}
blocks:
  - id: cooperation
    indicator: cooperation
    type: gap
    scale: extent
    text: {sv: "Hur mycket samarbetar företaget?", nb: "Hvor mye samarbeider bedriften?", en: "How much does the company cooperate?"}
    items:
      - {id: companies, text: {sv: "andra företag", nb: "andre bedrifter", en: "other companies"}}
      - {id: university, text: {sv: "universitet", nb: "universitet", en: "universities"}}
  - id: results
    indicator: growth
    type: scale
    scale: extent
    text: {sv: "Vad har deltagandet gett?", nb: "Hva har deltakelsen gitt?", en: "What has taking part given?"}
    items:
      - {id: sales, text: {sv: "ökad försäljning", nb: "økt salg", en: "more sales"}}
"""


@dataclass(frozen=True)
class Region:
    """What the tests walk through; `users` by role."""

    surveyed: Initiative
    told: Initiative
    wave: Wave
    users: dict[str, User]


def answers(wave: str, count: int, initiative: str = "steel") -> pl.DataFrame:
    """So many answers of one wave, half of them from small companies."""
    rows = [
        {
            "initiative": initiative,
            "wave": wave,
            "respondent": f"hemlig-{number}",
            "size": "1–9" if number % 2 else "10–",
            "cooperation.companies.now": str(1 + number % 4),
            "cooperation.companies.wanted": str(2 + number % 4),
            "cooperation.university.now": str(1 + number % 3),
            "cooperation.university.wanted": str(3 + number % 3),
            "results.sales": str(1 + number % 5),
        }
        for number in range(count)
    ]
    return pl.DataFrame(rows)


def surveyed_waves(initiative: Initiative) -> dict[str, Wave]:
    """Two waves with answers, by name."""
    instrument = save_instrument(YAML)
    waves = {}
    for name, count in (("2008", 24), ("2009", 27)):
        waves[name] = save_wave(
            initiative, name, instrument=instrument, invited=60, population=80, groupings=["size"]
        )
        store_answers(waves[name], answers(name, count), file_name=f"{name}.csv")
    return waves


@pytest.fixture
def answers_of() -> Callable[..., pl.DataFrame]:
    return answers


@pytest.fixture(autouse=True)
def nothing_at_hand() -> None:
    """What an earlier test kept in memory is not this test's."""
    cache._kept.clear()


@pytest.fixture
def region(db: Any) -> Region:
    surveyed = save_initiative("steel", name="Stålklustret", region="Dalarna", started=2004)
    told = save_initiative("boom", name="Boomstaden", region="Dalarna")
    record_fact(surveyed, 2009, "Företagsbesök", 550, unit="besök", source="Utvärderingen")
    waves = surveyed_waves(surveyed)
    users = {
        role: User.objects.create_user(f"{role}@example.org", name=role.replace("_", " ").title())
        for role in ("outsider", *Assignment.Role.values)
    }
    users["administrator"] = User.objects.create_superuser("admin@example.org", name="Admin")
    for role in Assignment.Role.values:
        assign(users[role], surveyed, role)
    assign(users["evaluator"], told, "evaluator")
    return Region(surveyed, told, waves["2009"], users)
