"""Put the demonstration region into the database. Again: the same region, nothing doubled."""

from collections.abc import Callable, Iterator, Mapping

import polars as pl
from django.db import transaction

from klustermotor.analysis.questionnaire import Text
from klustermotor.core.models import User
from klustermotor.evaluation.models import SectionText
from klustermotor.evaluation.services import save_text
from klustermotor.formats.answers import Reading, Source, read_answers
from klustermotor.formats.questionnaire import parse_questionnaire
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.services import assign, record_fact, save_initiative
from klustermotor.portal.demonstration.margins import origins
from klustermotor.portal.demonstration.published import Figure, read_figures
from klustermotor.portal.demonstration.reconstruct import ANSWERS, QUESTIONNAIRE
from klustermotor.portal.demonstration.region import (
    LANGUAGES,
    PASSWORD,
    USERS,
    DemoInitiative,
    Region,
    read_region,
)
from klustermotor.surveys.models import Instrument, Wave
from klustermotor.surveys.services import save_frame, save_instrument, save_wave, store_answers

Progress = Callable[[str], None]
BACKGROUND = ("size", "industry", "municipality")


def load_region(progress: Progress = lambda name: None) -> Region:
    """Create what is missing of the region; what people have changed since stays theirs.

    `progress` is told the name of each initiative before it is loaded.
    """
    region = read_region()
    users = load_users()
    instrument = save_instrument(QUESTIONNAIRE.read_text("utf-8"), QUESTIONNAIRE.name)
    figures = read_figures()
    for described in region.initiatives:
        progress(described.name)
        with transaction.atomic():
            initiative = _load_initiative(described, region, users)
            if (ANSWERS / f"{described.slug}.csv").exists():
                _load_waves(initiative, described, instrument, figures, users["evaluator"])
    with transaction.atomic():
        _load_texts(None, region.period, region.common_texts, lambda _: users["evaluator"])
    return region


def load_users() -> Mapping[str, User]:
    """One user per role, all with the same known password; by role."""
    found = {}
    for described in USERS:
        user = User.objects.filter(email=described.email).first()
        if user is None:
            user = User.objects.create_user(
                described.email,
                PASSWORD,
                name=described.name,
                is_administrator=described.role == "administrator",
            )
        found[described.role] = user
    return found


def _load_initiative(
    described: DemoInitiative, region: Region, users: Mapping[str, User]
) -> Initiative:
    administrator = users["administrator"]
    initiative = Initiative.objects.filter(slug=described.slug).first()
    if initiative is None:
        initiative = save_initiative(
            described.slug,
            by=administrator,
            name=described.name,
            region=region.name,
            owner=described.owner,
            started=described.started,
            purpose=described.purpose["sv"],
            translations=_translations(purpose=described.purpose),
        )
        for fact in described.facts:
            record_fact(
                initiative,
                fact.year,
                fact.label["sv"],
                fact.value,
                unit=fact.unit["sv"],
                source=fact.source["sv"],
                translations=_translations(label=fact.label, unit=fact.unit, source=fact.source),
                by=administrator,
            )
    for role in ("process_leader", "evaluator", "funder"):
        assign(users[role], initiative, role, by=administrator)

    def author(section: str) -> User:
        return users["process_leader" if section == "process-leader" else "evaluator"]

    _load_texts(initiative, region.period, described.texts, author)
    return initiative


def _translations(**texts: Text) -> dict[str, dict[str, str]]:
    """The texts of a row in the languages other than Swedish."""
    return {
        language: {field: text[language] for field, text in texts.items()}
        for language in LANGUAGES
        if language != "sv"
    }


def _load_texts(
    initiative: Initiative | None,
    period: str,
    texts: Mapping[str, Mapping[str, str]],
    author: Callable[[str], User],
) -> None:
    """Write the texts that nobody has written yet."""
    there = set(
        SectionText.objects.filter(initiative=initiative, period=period).values_list(
            "section", "language"
        )
    )
    for section, by_language in texts.items():
        for language, text in by_language.items():
            if (section, language) not in there:
                save_text(
                    initiative,
                    period,
                    section,
                    language,
                    text,
                    by=author(section),
                    base_version=0,
                )


def _load_waves(
    initiative: Initiative,
    described: DemoInitiative,
    instrument: Instrument,
    figures: tuple[Figure, ...],
    by: User,
) -> None:
    questionnaire = parse_questionnaire(instrument.yaml)
    invited = {
        f.wave: int(f.value)
        for f in figures
        if f.item == "invited" and f.initiative == described.slug
    }
    for name, rows in _answers(described.slug, described.groupings).items():
        if Wave.objects.filter(initiative=initiative, name=name).exists():
            continue
        wave = save_wave(
            initiative,
            name,
            by=by,
            instrument=instrument,
            state=Wave.State.CLOSED,
            selection=described.selection,
            invited=invited.get(name),
            population=described.population if name == max(invited, default="") else None,
            origins=dict(origins(figures, questionnaire, (described.slug, name))),
            groupings=list(described.groupings),
        )
        store_answers(wave, rows, by=by, file_name=f"{described.slug}.csv")
        if name in invited:
            save_frame(wave, _frame(described.slug, name))


def _answers(slug: str, background: tuple[str, ...]) -> Mapping[str, pl.DataFrame]:
    """The committed answers, one table per wave, as the reader of answer files codes them."""
    questionnaire = parse_questionnaire(QUESTIONNAIRE.read_text("utf-8"))
    answers = read_answers(
        [Source(ANSWERS / f"{slug}.csv")],
        questionnaire,
        Reading(keep=background, initiative=slug),
    )
    waves = sorted(set(answers.frame["wave"]))
    return {wave: answers.frame.filter(pl.col("wave") == wave) for wave in waves}


def _frame(slug: str, wave: str) -> Iterator[dict[str, str]]:
    """The invited units of a wave; their organisations are not known."""
    units = pl.read_csv(ANSWERS / f"{slug}-frame.csv", infer_schema=False)
    for unit in units.filter(pl.col("wave") == wave).iter_rows(named=True):
        yield {column: unit[column] for column in BACKGROUND}


def demo_data_only() -> bool:
    """Whether the database holds no users but those of the demonstration."""
    return not User.objects.exclude(email__in=[user.email for user in USERS]).exists()
