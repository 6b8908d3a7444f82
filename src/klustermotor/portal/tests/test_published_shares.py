"""Evaluating the reconstructed answers gives back what was published, and nothing else."""

import polars as pl
import pytest

from klustermotor.analysis.evaluate import evaluate
from klustermotor.analysis.evaluation import WHOLE, Evaluation, WaveFacts
from klustermotor.formats.answers import Reading, Source, read_answers
from klustermotor.formats.questionnaire import read_questionnaire
from klustermotor.portal.demonstration.published import percent, read_figures
from klustermotor.portal.demonstration.reconstruct import ANSWERS, QUESTIONNAIRE, verdicts
from klustermotor.portal.tests.test_reconstruct import CANNOT_BE_MET

INVITED = {(f.initiative, f.wave): int(f.value) for f in read_figures() if f.item == "invited"}


@pytest.fixture(scope="module", params=["triple-steelix", "dalabit"])
def evaluation(request: pytest.FixtureRequest) -> Evaluation:
    questionnaire = read_questionnaire(QUESTIONNAIRE)
    source = Source(ANSWERS / f"{request.param}.csv")
    answers = read_answers([source], questionnaire, Reading(initiative=request.param))
    facts = [
        WaveFacts(request.param, wave, INVITED.get((request.param, wave)), selection="chosen")
        for wave in sorted(set(answers.frame["wave"]))
    ]
    return evaluate(answers, facts)


def test_every_published_share_that_whole_answers_can_give_comes_out_as_published(
    evaluation: Evaluation,
) -> None:
    shares = evaluation.estimates.filter(
        (pl.col("statistic") == "share")
        & (pl.col("base") == "answered")
        & (pl.col("group") == WHOLE)
    )
    off, checked = set(), 0
    for v in verdicts():
        figure = v.figure
        if figure.initiative not in evaluation.initiatives or figure.unit != "percent":
            continue
        row = shares.filter(
            (pl.col("wave") == figure.wave)
            & (pl.concat_str("block", "item", separator=".") == figure.item)
            & (pl.col("category") == figure.category)
        )
        value, n = row.select("value", "n").row(0)
        assert row.height == 1
        assert not row["suppressed"][0]
        count = round(value * n)
        assert value == pytest.approx(count / n, abs=1e-12)
        rounded = {percent(count, n, rule) for rule in ("half up", "half even", "truncation")}
        if figure.value not in rounded:
            off.add((figure.initiative, figure.wave, figure.item))
        checked += 1
    expected = {
        (initiative, wave, item)
        for initiative, wave, item, *_ in CANNOT_BE_MET
        if initiative in evaluation.initiatives and item != "initiative_taker.taker"
    }
    assert off == expected
    assert checked == {"triple-steelix": 55, "dalabit": 10}[evaluation.initiatives[0]]


def test_the_published_counts_of_answers_are_the_numbers_of_answers(
    evaluation: Evaluation,
) -> None:
    published = {(f.initiative, f.wave): f.value for f in read_figures() if f.item == "answered"}
    for wave in evaluation.waves:
        if (wave.initiative, wave.wave) in published:
            assert wave.answered == published[wave.initiative, wave.wave]
            assert wave.speaks_for in ("respondents", "invited")
