"""Claims about a survey as a whole: who answered, and whom the results may speak of."""

from klustermotor.analysis.claims.claim import Cell, Claim
from klustermotor.analysis.claims.draft import draft
from klustermotor.analysis.claims.tables import Tables
from klustermotor.analysis.evaluation import WaveSummary


def survey_claims(tables: Tables) -> list[Claim]:
    """Response rate of the last wave and of earlier ones, scope, and answers per question."""
    waves = [wave for wave in tables.waves if wave.answered]
    if not waves:
        return []
    last = waves[-1]
    found = (
        _response(tables, last),
        _earlier(tables, waves[:-1]),
        _scope(tables, last),
        _per_item(tables, last.wave),
    )
    return [claim for claim in found if claim is not None]


def _wave_cell(tables: Tables, wave: str) -> Cell:
    """Every row of a wave carries its answered, invited and population."""
    return Cell("estimates.csv", {"initiative": tables.initiative, "wave": wave})


def _response(tables: Tables, last: WaveSummary) -> Claim:
    figures: dict[str, float] = {"answered": last.answered}
    form = "counted"
    if last.response_rate is not None and last.facts.invited:
        figures |= {"invited": last.facts.invited, "rate": last.response_rate}
        form = "all" if last.answered == last.facts.invited else ""
    return draft(
        tables,
        None,
        "response_rate",
        subjects={"wave": (last.wave,)},
        figures=figures,
        rows=[_wave_cell(tables, last.wave)],
        form=form,
    )


def _earlier(tables: Tables, waves: list[WaveSummary]) -> Claim | None:
    known = [w for w in waves if w.response_rate is not None and w.facts.invited]
    if not known:
        return None
    figures: dict[str, float] = {}
    for i, wave in enumerate(known, start=1):
        figures[f"answered_{i}"] = wave.answered
        figures[f"invited_{i}"] = wave.facts.invited or 0
        figures[f"rate_{i}"] = wave.response_rate or 0.0
    return draft(
        tables,
        None,
        "response_earlier",
        subjects={"wave_earlier": [w.wave for w in known]},
        figures=figures,
        rows=[_wave_cell(tables, w.wave) for w in known],
    )


def _scope(tables: Tables, last: WaveSummary) -> Claim:
    form: str = last.speaks_for
    figures: dict[str, float] = {}
    if last.census:
        form = "census"
    elif last.response_rate is None:
        form = "unknown"
    elif form == "respondents":
        figures["floor"] = last.response_floor
    elif last.facts.population is not None and (
        form == "population" or last.facts.selection == "chosen"
    ):
        figures["population"] = last.facts.population
    return draft(
        tables,
        None,
        "scope",
        subjects={"wave": (last.wave,)},
        figures=figures,
        rows=[_wave_cell(tables, last.wave)],
        severity="caution" if form in ("respondents", "unknown") else "normal",
        form=form,
    )


def _per_item(tables: Tables, wave: str) -> Claim | None:
    rows = [row for key, row in tables.estimates.items() if key[0] == wave]
    if not rows:
        return None
    fewest, most = min(rows, key=lambda r: r.n), max(rows, key=lambda r: r.n)
    if fewest.n == most.n:
        return None
    return draft(
        tables,
        None,
        "item_response",
        subjects={"wave": (wave,)},
        figures={"n_min": fewest.n, "n_max": most.n},
        rows=[fewest.cell, most.cell],
    )
