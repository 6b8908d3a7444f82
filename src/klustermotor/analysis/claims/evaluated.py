"""Our own evaluations as the proofreader sees tables: cells, and the names of their items."""

from collections.abc import Iterator, Mapping

import polars as pl

from klustermotor.analysis.claims.cells import TableCell, Unit
from klustermotor.analysis.claims.render import LANGUAGES
from klustermotor.analysis.evaluation import WHOLE, Evaluation
from klustermotor.analysis.questionnaire import Block, Questionnaire, in_language

_WHOLE_COUNT = 1e-6
ANSWERED, INVITED, RATE = "answered", "invited", "response_rate"
SURVEY = "survey"
_SURVEY_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "sv": {SURVEY: ("enkäten",), ANSWERED: ("besvarade enkäter",),
           INVITED: ("inbjudna",), RATE: ("svarsfrekvens", "enkäten besvarades")},
    "nb": {SURVEY: ("undersøkelsen",), ANSWERED: ("besvarte skjemaer",),
           INVITED: ("inviterte",), RATE: ("svarprosent", "undersøkelsen ble besvart")},
    "en": {SURVEY: ("the survey",), ANSWERED: ("answered questionnaires",),
           INVITED: ("invited",), RATE: ("response rate", "answered the survey")},
}  # fmt: skip
_UNITS: Mapping[str, Unit] = {"share": "percent", "mean": "mean", "total": "other"}


def cells_of(evaluation: Evaluation) -> tuple[TableCell, ...]:
    """The shown figures of an evaluation as cells, unrounded; shares in percent.

    `item` is ``block.item`` (``block.item.now`` for one side of a gap), `category` the code or
    named share, `table` the block; `labels_of` gives their names. n is left out where figures are
    weighted, since no whole number of answers need then be behind a share. Gaps are cells with
    the category ``gap``; the response is the item ``survey``.
    """
    return (*_estimates(evaluation), *_gaps(evaluation), *_response(evaluation))


def labels_of(questionnaire: Questionnaire, language: str) -> Mapping[str, tuple[str, ...]]:
    """What the items, categories and blocks of `cells_of` are called in sv, nb or en."""
    found: dict[str, tuple[str, ...]] = dict(_SURVEY_NAMES[language])
    for block in questionnaire.blocks:
        topic = in_language(block.topic, language)
        question = in_language(block.text, language)
        found[block.id] = tuple(filter(None, (topic, question)))
        for item in block.items:
            text = in_language(item.text, language, item.id)
            forms = [
                in_language(frame, language).format(item=text)
                for frame in (block.item_statement, block.item_topic)
                if in_language(frame, language)
            ]
            if len(block.items) == 1 and topic:
                forms.append(topic)
            key = f"{block.id}.{item.id}"
            found[key] = tuple(dict.fromkeys([*forms, text]))
            found |= _sides(block, key, found[key], language)
            found |= _answers(block, key, language)
    return found


def _sides(
    block: Block, key: str, forms: tuple[str, ...], language: str
) -> dict[str, tuple[str, ...]]:
    """ "the present level of …" and "the wanted level of …" for an item with a gap."""
    if block.type != "gap":
        return {}
    words = LANGUAGES[language].words
    return {
        f"{key}.{side}": tuple(words[f"aspect.{side}"].format(topic=form) for form in forms)
        for side in ("now", "wanted")
    }


def _answers(block: Block, key: str, language: str) -> dict[str, tuple[str, ...]]:
    """The answers of a single-choice question, by item and code."""
    if block.scale is None or block.type != "single":
        return {}
    named = {code: in_language(text, language, code) for code, text in block.scale.codes.items()}
    named |= {share.id: in_language(share.text, language, share.id) for share in block.scale.shares}
    return {f"{key}={code}": (text,) for code, text in named.items()}


def _estimates(evaluation: Evaluation) -> Iterator[TableCell]:
    rows = evaluation.estimates.filter(
        pl.col("group") == WHOLE, pl.col("base") == "answered", ~pl.col("suppressed")
    )
    blocks = {block.id: block for block in evaluation.questionnaire.blocks}
    single = {block.id for block in blocks.values() if block.type == "single"}

    def told(block: str, category: str, statistic: str) -> bool:
        """A share of a scale is told by name ("to a great extent"), not code by code."""
        scale = blocks[block].scale if block in blocks else None
        if statistic != "share" or block in single:
            return True
        if scale is None:
            return category != "no"
        return scale.type == "nominal" or category not in scale.codes

    def alone(block: str, category: str) -> bool:
        """Whether it is one answer; a named share is a sum of answers and no part of the total."""
        scale = blocks[block].scale
        return scale is not None and category in scale.codes

    names = ("initiative", "wave", "block", "item", "category", "statistic", "value", "n")
    for initiative, wave, block, item, category, statistic, value, n in rows.select(
        *names
    ).iter_rows():
        if value is None or statistic not in _UNITS or not told(block, category, statistic):
            continue
        share = statistic == "share"
        counted = not share or abs(value * n - round(value * n)) < _WHOLE_COUNT
        key = f"{block}.{item}"
        yield TableCell(
            initiative, block, wave, key, category, "=", 100 * value if share else value,
            _UNITS[statistic], n if counted else None, n if counted else None,
            key if share and block in single and alone(block, category) else "",
        )  # fmt: skip


def _gaps(evaluation: Evaluation) -> Iterator[TableCell]:
    names = ("initiative", "wave", "block", "item", "gap", "n")
    for initiative, wave, block, item, gap, n in evaluation.gaps.select(*names).iter_rows():
        if gap is not None:
            key = f"{block}.{item}"
            yield TableCell(initiative, block, wave, key, "gap", "=", gap, "other", n, n, "")


def _response(evaluation: Evaluation) -> Iterator[TableCell]:
    for wave in evaluation.waves:
        figures: list[tuple[str, float, Unit]] = [(ANSWERED, wave.answered, "count")]
        invited = wave.facts.invited
        if invited:
            figures += [
                (INVITED, invited, "count"),
                (RATE, 100 * wave.answered / invited, "percent"),
            ]
        for category, value, unit in figures:
            yield TableCell(
                wave.initiative, SURVEY, wave.wave, SURVEY, category, "=", value, unit,
                invited, invited, "",
            )  # fmt: skip
