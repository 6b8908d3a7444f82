"""Free answers, apart from everything else known of who gave them."""

from klustermotor.analysis.evaluation import Answers, FreeAnswer
from klustermotor.analysis.themes import grouped_by_theme


def free_answers(answers: Answers) -> tuple[FreeAnswer, ...]:
    """Every free answer by question, initiative and wave, in alphabetical order, with its theme.

    The order of the answers is not that of the respondents, so that two questions cannot be
    joined by position.
    """
    found: list[FreeAnswer] = []
    for column in answers.questionnaire.columns:
        if column.block.type != "text" or column.name not in answers.frame.columns:
            continue
        given = answers.frame.select("initiative", "wave", column.name).drop_nulls(column.name)
        texts: dict[tuple[str, str], list[str]] = {}
        for initiative, wave, text in given.iter_rows():
            if text.strip():
                texts.setdefault((initiative, wave), []).append(" ".join(text.split()))
        found += [
            FreeAnswer(initiative, wave, column.block.id, column.item_key, text)
            for (initiative, wave), written in texts.items()
            for text in sorted(written, key=str.casefold)
        ]
    return grouped_by_theme(found)
