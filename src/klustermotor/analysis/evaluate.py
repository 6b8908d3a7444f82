"""An evaluation, from answers to findings, one question after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from klustermotor.analysis import weighting
from klustermotor.analysis.asked import asked
from klustermotor.analysis.claims.claim import Reference
from klustermotor.analysis.claims.find import find
from klustermotor.analysis.disclosure import (
    minimum_cell,
    protect_changes,
    protect_estimates,
    protect_gaps,
    protect_nonresponse,
)
from klustermotor.analysis.evaluation import (
    Answers,
    Design,
    Evaluation,
    Options,
    WaveFacts,
    WaveSummary,
)
from klustermotor.analysis.free_answers import free_answers
from klustermotor.analysis.gaps import gaps
from klustermotor.analysis.nonresponse import nonresponse
from klustermotor.analysis.tabulation import estimates
from klustermotor.analysis.waves import changes


def evaluate(
    answers: Answers,
    waves: Sequence[WaveFacts],
    options: Options | None = None,
    *,
    frame: pl.DataFrame | None = None,
    reference: Iterable[Reference] = (),
) -> Evaluation:
    """Everything that can be said from the answers, under disclosure control.

    ``waves`` are in order of time within each initiative. ``frame`` is one row per invited, with
    ``initiative``, ``wave`` and background columns. ``reference`` holds the series of others that
    findings compare with; an evaluation of several initiatives compares each with the others.
    Raises ValueError when a wave has more
    answers than it is about, a column named in `options` is missing, or the minimum cell is
    below 3.
    """
    options = options or Options()
    minimum_cell(options)
    answers = replace(answers, frame=_answered(answers))
    answers = replace(answers, frame=asked(answers).frame)
    facts = _with_design(answers, _every_wave(answers, waves), options.design)
    summaries = _summaries(answers, facts, options)
    evaluation = Evaluation(
        questionnaire=answers.questionnaire,
        options=options,
        waves=summaries,
        estimates=protect_estimates(
            estimates(answers, facts, options, frame=frame), answers, options
        ),
        changes=protect_changes(changes(answers, summaries, options), options),
        gaps=protect_gaps(gaps(answers, summaries, options), options),
        nonresponse=protect_nonresponse(nonresponse(answers, facts, frame), options),
        free_answers=free_answers(answers),
    )
    several = evaluation if len(evaluation.initiatives) > 1 else None
    return replace(evaluation, findings=find(evaluation, reference=reference, round=several))


def _answered(answers: Answers) -> pl.DataFrame:
    """The rows with at least one answer: a form sent in empty is no answer."""
    columns = [c.name for c in answers.questionnaire.columns if c.name in answers.frame.columns]
    return answers.frame.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in columns))


def _every_wave(answers: Answers, waves: Sequence[WaveFacts]) -> tuple[WaveFacts, ...]:
    """The waves given, and those that only the answers tell of, whose numbers are unknown."""
    given = {(w.initiative, w.wave) for w in waves}
    found = answers.frame.select("initiative", "wave").unique().sort("initiative", "wave")
    return (*waves, *(WaveFacts(i, w) for i, w in found.iter_rows() if (i, w) not in given))


def _with_design(
    answers: Answers, facts: Sequence[WaveFacts], design: Design
) -> tuple[WaveFacts, ...]:
    """Facts with the population that the design's own counts add up to, where none was given.

    A sample by design whose wave nothing else is known of is a random one. Clusters are counted
    in clusters, which say nothing of the number of companies.
    """
    if not design.fpc or design.clusters:
        return tuple(facts)
    found = []
    for wave in facts:
        rows = answers.frame.filter(
            pl.col("initiative") == wave.initiative, pl.col("wave") == wave.wave
        )
        if wave.population is None and rows.height:
            drawn_by = Design(strata=design.strata, fpc=design.fpc)
            stage = weighting.sample(rows, drawn_by).stages[0]
            count = round(float((stage.size / stage.sampled()).sum()))
            drawn = "random" if wave.invited is None else wave.selection
            found.append(replace(wave, population=count, selection=drawn))
        else:
            found.append(wave)
    return tuple(found)


def _summaries(
    answers: Answers, facts: Sequence[WaveFacts], options: Options
) -> tuple[WaveSummary, ...]:
    counted = answers.frame.group_by("initiative", "wave").len()
    answered = {(i, w): n for i, w, n in counted.iter_rows()}
    return tuple(
        WaveSummary(f, answered.get((f.initiative, f.wave), 0), options.response_floor)
        for f in facts
    )
