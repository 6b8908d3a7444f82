"""A small region: two initiatives, one surveyed; one user per role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from klustermotor.core.models import User
from klustermotor.evaluation import cache
from klustermotor.evaluation.services import order_report, save_text
from klustermotor.initiatives.models import Assignment, Initiative
from klustermotor.initiatives.services import assign, record_fact, save_initiative
from klustermotor.surveys.loading import stage
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
    instrument = save_instrument(YAML)
    waves = {}
    for name, count in (("2008", 24), ("2009", 27)):
        waves[name] = save_wave(
            surveyed, name, instrument=instrument, invited=60, population=80, groupings=["size"]
        )
        store_answers(waves[name], answers(name, count), file_name=f"{name}.csv")
    users = {
        role: User.objects.create_user(f"{role}@example.org", name=role.replace("_", " ").title())
        for role in ("outsider", *Assignment.Role.values)
    }
    users["administrator"] = User.objects.create_superuser("admin@example.org", name="Admin")
    for role in Assignment.Role.values:
        assign(users[role], surveyed, role)
    assign(users["evaluator"], told, "evaluator")
    return Region(surveyed, told, waves["2009"], users)


ROOMS = ("initiatives", "surveys", "evaluation", "register", "portal")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif entry.callback.__module__.split(".")[:2] in [["klustermotor", r] for r in ROOMS]:
            yield entry


@pytest.fixture
def addresses(region: Any) -> dict[str, str]:
    """One address per view, about the initiative that the roles belong to."""
    evaluator = region.users["evaluator"]
    text = save_text(
        region.surveyed, "2009", "results", "sv", "Det gick bra.", by=evaluator, base_version=0
    ).text
    common = {"initiative": region.surveyed, "period": "2009"}
    report = order_report(**common, languages=["sv"], formats=["html"], by=evaluator)
    upload = ContentFile(b"respondent,results.sales\n1,3\n", name="svar.csv")
    load = stage(region.wave, upload, by=evaluator)
    slug = region.surveyed.slug
    values: dict[str, dict[str, object]] = {
        "fact_remove": {"slug": slug, "fact": region.surveyed.facts.get().pk},
        "fact_restore": {"slug": slug, "version": region.surveyed.facts.get().history.get().pk},
        "user": {"user": evaluator.pk},
        "assignment_end": {"assignment": Assignment.objects.get(role="staff").pk},
        "assignment_restore": {"version": 1},
        "instrument": {"slug": "small", "version": 1},
        "instrument_file": {"slug": "small", "version": 1},
        "evaluation_download": {"slug": slug, "content": "table-results", "suffix": "csv"},
        "text_history": {"text": text.pk},
        "report_file": {"report": report.pk, "name": "steel-2009-sv.html"},
        "round": {"period": "2009"},
        "round_text_save": {"period": "2009"},
        "round_report_order": {"period": "2009"},
    }
    found = {}
    for pattern in patterns():
        name = pattern.name
        own = values.get(name)
        if own is None:
            known = {"slug": slug, "wave": region.wave.pk, "load": load.pk, "report": report.pk}
            own = {k: v for k, v in known.items() if k in pattern.pattern.converters}
        found[name] = reverse(name, kwargs=own)
    return found
