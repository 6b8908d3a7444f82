"""What the demonstration region consists of, as values: initiatives, facts, texts, people."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from klustermotor.analysis.questionnaire import Text
from klustermotor.portal.demonstration.published import HERE, Figure, read_figures

LANGUAGES = ("sv", "nb", "en")
PASSWORD = "klustermotor-demo"
SECTION_WORD = {"sv": "avsnitt", "nb": "avsnitt", "en": "section"}


@dataclass(frozen=True)
class Fact:
    """A published figure of an initiative's year, with its label, unit and source."""

    figure: str
    year: int
    value: float
    label: Text
    unit: Text
    source: Text


@dataclass(frozen=True)
class DemoInitiative:
    """An initiative of the region; `texts` by section, each in every language."""

    slug: str
    name: str
    owner: str
    started: int | None
    purpose: Text
    selection: str
    population: int | None
    groupings: tuple[str, ...]
    facts: tuple[Fact, ...]
    texts: Mapping[str, Text]


@dataclass(frozen=True)
class Region:
    """The region, the wave its round is about, and the texts of the round's common chapters."""

    name: str
    period: str
    initiatives: tuple[DemoInitiative, ...]
    common_texts: Mapping[str, Text]


@dataclass(frozen=True)
class DemoUser:
    """Someone to log in as; `role` is one in every initiative or of the register."""

    email: str
    name: str
    role: str


USERS = (
    DemoUser("administrator@demo.example", "Administratör (demo)", "administrator"),
    DemoUser("processledare@demo.example", "Processledare (demo)", "process_leader"),
    DemoUser("foljeforskare@demo.example", "Följeforskare (demo)", "evaluator"),
    DemoUser("finansiar@demo.example", "Finansiär (demo)", "funder"),
    DemoUser("kommun@demo.example", "Näringslivsutvecklare (demo)", "municipal_developer"),
    DemoUser("foretag@demo.example", "Kontakt på företag (demo)", "company_contact"),
)
"""One per role. The domain is reserved for examples: no mail can reach it."""


def read_region(folder: Path = HERE) -> Region:
    """The region from `region.yaml`, `texts/` and `published_figures.csv`.

    Raises KeyError when a fact names a figure that was not published.
    """
    plain = yaml.safe_load((folder / "region.yaml").read_text("utf-8"))
    published = {(f.initiative, f.item): f for f in read_figures(folder / "published_figures.csv")}
    return Region(
        plain["region"],
        plain["period"],
        tuple(
            _initiative(one, plain["source"], int(plain["period"]), published, folder)
            for one in plain["initiatives"]
        ),
        _texts(folder / "texts" / "round.yaml"),
    )


def _initiative(
    plain: Mapping[str, Any],
    source: Text,
    year: int,
    published: Mapping[tuple[str, str], Figure],
    folder: Path,
) -> DemoInitiative:
    slug = plain["slug"]
    population = plain.get("population")
    return DemoInitiative(
        slug=slug,
        name=plain["name"],
        owner=plain.get("owner", ""),
        started=plain.get("started"),
        purpose=plain["purpose"],
        selection=plain.get("selection", "census"),
        population=int(published[slug, population].value) if population else None,
        groupings=tuple(plain.get("groupings", ())),
        facts=tuple(_fact(f, published[slug, f["figure"]], source, year) for f in plain["facts"]),
        texts=_texts(folder / "texts" / f"{slug}.yaml"),
    )


def _fact(plain: Mapping[str, Any], figure: Figure, source: Text, year: int) -> Fact:
    section = figure.source.removeprefix("section ")
    return Fact(
        figure=figure.item,
        year=int(figure.wave or year),
        value=figure.value,
        label=plain["label"],
        unit=plain.get("unit", dict.fromkeys(LANGUAGES, "")),
        source={lang: f"{source[lang]}, {SECTION_WORD[lang]} {section}" for lang in LANGUAGES},
    )


def _texts(path: Path) -> Mapping[str, Text]:
    plain: Mapping[str, Text] = yaml.safe_load(path.read_text("utf-8"))
    return {section: {k: v.strip() for k, v in text.items()} for section, text in plain.items()}
