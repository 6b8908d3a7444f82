"""Figures and quantity words against the cells they must come from."""

import re
from collections.abc import Iterator

from klustermotor.analysis.claims.cells import Fault, Severity, TableCell
from klustermotor.analysis.claims.checks.messages import figure, percent, say, shown
from klustermotor.analysis.claims.checks.verdict import Tables, fault
from klustermotor.analysis.claims.figures import agrees, as_percent
from klustermotor.analysis.claims.reading.labels import Topic
from klustermotor.analysis.claims.reading.quantities import Quantity
from klustermotor.analysis.claims.reading.statement import Bound, Statement


def value_faults(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """Quantities that no cell they can be about allows."""
    for bound in statement.bound():
        if is_of_a_change(bound.quantity, statement) or _is_relative(bound.quantity, statement):
            continue
        found = _verdict(bound, statement, tables)
        if found is not None:
            yield found
    yield from _everyone(statement, tables)
    yield from _rates(statement)


def is_of_a_change(quantity: Quantity, statement: Statement) -> bool:
    """Whether a percentage tells the size of a change: "an increase of 8 percent"."""
    if quantity.kind not in ("percent", "bare", "count") or quantity.role:
        return False
    before = statement.text[: quantity.start]
    words = before.split()[-4:]
    if not words or words[-1].lower() not in ("med", "på", "of", "by", "om"):
        return False
    lead = " ".join(words[:-1])
    if len(words) > 1 and _TOLD_BY.fullmatch(words[-2]):
        return False  # "higher sales, named by 45 percent"
    return any(statement.lexicon.has(field, lead) for field in ("up", "down")) or (
        statement.lexicon.has("largest_change", lead) or _names_difference(lead)
    )


_TOLD_BY = re.compile(
    r"named|stated|given|reported|mentioned|chosen|ticked|cited|said", re.IGNORECASE
)


def _names_difference(words: str) -> bool:
    return any(
        word.lower().startswith(("skillnad", "forskjell", "differen", "förändring", "endring",
                                 "change", "gap", "avstånd", "distance"))
        for word in words.split()
    )  # fmt: skip


def _is_relative(quantity: Quantity, statement: Statement) -> bool:
    """ "half as interesting": a comparison of two figures, not a share; nor is "all that they make"
    a share of those who answered."""
    after = statement.text[quantity.end :].split()[:1]
    return quantity.kind == "word" and bool(after) and after[0].lower() in _COMPARES


_COMPARES = ("så", "like", "as", "that")


def _verdict(bound: Bound, statement: Statement, tables: Tables) -> Fault | None:
    quantity = bound.quantity
    if is_base(quantity, statement) or _is_equivalence(quantity, statement):
        return None
    cells = _cells(bound, tables, statement)
    judged = [(cell, agrees(quantity, cell)) for cell in cells]
    judged = [(cell, verdict) for cell, verdict in judged if verdict is not None]
    if quantity.kind == "bare" and any(cell.unit == "mean" for cell, _ in judged):
        judged = [(cell, verdict) for cell, verdict in judged if cell.unit == "mean"]
    if not judged:
        return None if bound.topics else _in_no_table(bound, statement, tables)
    if quantity.role == "between":
        if _within_pair(quantity, statement, [c for c, _ in judged]):
            return None
    elif any(verdict for _, verdict in judged) or not _is_meant(bound, statement, judged):
        return None
    if (
        all(_counts_no_one_in(cell, quantity) for cell, _ in judged)
        or _is_sum(bound, statement, tables)
        or _stands_elsewhere(bound, judged, tables)
    ):
        return None
    return _wrong(bound, statement, tables, [cell for cell, _ in judged])


def _cells(bound: Bound, tables: Tables, statement: Statement) -> list[TableCell]:
    found = []
    for topic in bound.topics:
        row = tables.figures.row(topic)
        inside = [row[w] for w in bound.waves if w in row]
        if not inside and not bound.named and row:
            undated = row.get("")
            inside = [undated] if undated is not None else [list(row.values())[-1]]
        if not inside and "" in row:
            inside = [row[""]]
        found += inside
    return found


def is_base(quantity: Quantity, statement: Statement) -> bool:
    """ "Of the 40 who answered": the number that shares are of."""
    if quantity.kind not in ("bare", "count"):
        return False
    before = statement.text[: quantity.start].lower().split()[-2:]
    after = statement.text[quantity.end :].lower().split()[:2]
    if (before and before[-1] in _IN_ALL) or after[:2] in (
        ["in", "all"],
        ["i", "alt"],
        ["i", "allt"],
    ):
        return True
    return (
        bool(before)
        and before[0] in ("av", "of", "blant", "bland", "among")
        and (before[-1] in ("de", "dessa", "the", "these", "disse", "totalt"))
    )


_IN_ALL = ("sammanlagt", "totalt", "sammen", "altogether")


def _is_equivalence(quantity: Quantity, statement: Statement) -> bool:
    """ "which equals two respondents": checked with the change it explains."""
    lead = " ".join(statement.text[: quantity.start].split()[-5:])
    points_before = any(
        q.kind == "points" and 0 <= quantity.start - q.end <= 3 for q in statement.quantities
    )
    return quantity.kind in ("count", "bare", "of") and (
        statement.lexicon.has("equals", lead) or points_before
    )


def _within_pair(quantity: Quantity, statement: Statement, cells: list[TableCell]) -> bool:
    pair = [q for q in statement.quantities if q.role == "between"]
    low, high = min(q.low for q in pair), max(q.high for q in pair)
    values = [as_percent(c) or (c.value, c.slack) for c in cells]
    return any(low <= value + slack and value - slack <= high for value, slack in values)


def _is_meant(
    bound: Bound, statement: Statement, judged: list[tuple[TableCell, bool | None]]
) -> bool:
    """Whether a number without a unit is surely told of the topic."""
    quantity = bound.quantity
    if quantity.kind not in ("bare", "count"):
        return True
    if quantity.kind == "bare" and all(c.unit in ("mean", "ratio", "other") for c, _ in judged):
        return quantity.decimals > 0 or quantity.modifier != "" or bool(quantity.role)
    if (
        quantity.kind == "bare"
        and len(quantity.noun) >= _LONG_NOUN
        and not any(
            (quantity.end <= m.start + 1 and m.start - quantity.end <= 2)
            or m.start < quantity.end + 2 + len(quantity.noun) <= m.end + 1
            for m in statement.mentions
        )
    ):
        return bool(quantity.role)
    alike = any(
        cell.comparator == "=" and cell.value <= _TIMES * quantity.value <= _TIMES**2 * cell.value
        for cell, _ in judged
        if cell.unit == "count"
    )
    if quantity.kind == "bare" and not alike and all(c.unit == "count" for c, _ in judged):
        return False
    near = any(-2 <= m.start - quantity.end <= _NEXT for m in statement.mentions)
    opening = statement.text.rfind("(", 0, quantity.start)
    bracketed = opening > statement.text.rfind(")", 0, quantity.start)
    if quantity.kind == "count" and quantity.noun.lower().startswith(_PEOPLE):
        return bool(statement.mentions) or bound.carried
    after_verb = statement.has("attribution") and any(
        0 <= m.start - quantity.end <= 2 * _NEXT for m in statement.mentions
    )
    return near or bracketed or bool(quantity.role) or after_verb


def _counts_no_one_in(cell: TableCell, quantity: Quantity) -> bool:
    """A number of more than answered, or a whole number of things that are no respondents, is not
    told of a share: "120 companies" beside a share of 24, "thirty projects"."""
    if cell.unit == "count" or quantity.kind not in ("bare", "count"):
        return False
    if cell.n_max is not None and quantity.value > cell.n_max:
        return True
    if cell.unit == "other":
        return False
    people = quantity.noun.lower().startswith(_PEOPLE)
    return quantity.kind == "bare" and bool(quantity.noun) and not quantity.role and not people


_PEOPLE = (
    "företag", "respondent", "svarande", "bolag", "medlem", "bedrift", "selskap", "compan", "firm",
    "member", "participant", "deltagare", "deltakere", "business", "enterprise", "virksomhet",
    "inbjud", "inviter", "responding",
)  # fmt: skip


def _is_sum(bound: Bound, statement: Statement, tables: Tables) -> bool:
    """Whether several answers of one question make the figure together: those who want to grow."""
    if bound.quantity.kind not in ("percent", "of") or (bound.sure and not bound.carried):
        return False
    for topic in bound.topics:
        group = [
            row[wave]
            for sibling in tables.figures.siblings(topic)
            for row in [tables.figures.row(sibling)]
            for wave in bound.waves
            if wave in row and row[wave].base
        ]
        for i, first in enumerate(group):
            for second in group[i + 1 :]:
                if first.unit == second.unit == "percent" and bound.quantity.allows(
                    first.value + second.value, first.slack + second.slack
                ):
                    return True
    return False


def _stands_elsewhere(
    bound: Bound, judged: list[tuple[TableCell, bool | None]], tables: Tables
) -> bool:
    """Whether a percentage, set against counts only, is printed as such in another table."""
    if bound.quantity.kind != "percent" or any(c.unit == "percent" for c, _ in judged):
        return False
    initiative = judged[0][0].initiative
    return any(
        c.unit == "percent" and c.initiative == initiative and agrees(bound.quantity, c)
        for c in tables.figures.cells
    )


def _wrong(
    bound: Bound, statement: Statement, tables: Tables, cells: list[TableCell]
) -> Fault | None:
    quantity, language = bound.quantity, statement.lexicon.code
    cell = cells[0]
    topic = Topic(cell.initiative, cell.table, cell.item, cell.category)
    name = tables.name(topic)
    others = [
        other
        for t in bound.topics
        for wave, other in tables.figures.row(t).items()
        if wave not in bound.waves and other not in cells and agrees(quantity, other)
    ]
    right = _right(quantity, cell, language)
    span = (quantity.start, quantity.end)
    if quantity.kind == "n":
        message = say(
            "wrong_n",
            language,
            words=quantity.text,
            cell=shown(cell, language, name),
            n=f"{cell.n_min}" if cell.n_min == cell.n_max else f"{cell.n_min}–{cell.n_max}",
        )
        return fault(statement, "wrong_figure", "error", cell, message, "", span)
    if others and bound.since and any(w.relative for w in statement.waves):
        key, kind = "reference_wave", "reference_wave"
    elif others and quantity.kind != "word":
        key, kind = "stale", "stale_figure"
    elif others:
        key, kind = "stale_word", "quantity_word"
    elif quantity.kind == "word":
        key, kind = "quantity_word", "quantity_word"
    else:
        key, kind = "wrong_figure", "wrong_figure"
    message = say(
        key, language, words=quantity.text, cell=shown(cell, language, name),
        other=shown(others[0], language, name) if others else "",
    )  # fmt: skip
    severity: Severity = "warning" if key in ("stale", "stale_word", "reference_wave") else "error"
    return fault(statement, kind, severity, cell, message, right, span)


def _right(quantity: Quantity, cell: TableCell, language: str) -> str:
    """The cell's figure, with as many decimals as the writer gave when the cell is computed."""
    if cell.unit == "percent" and cell.decimals is None:
        return percent(cell.value, language, quantity.decimals)
    return figure(cell, language)


def _in_no_table(bound: Bound, statement: Statement, tables: Tables) -> Fault | None:
    quantity = bound.quantity
    about_answers = statement.has("attribution") or any(
        word.lower().startswith(_PEOPLE) for word in statement.text[quantity.end :].split()[:4]
    )
    if quantity.kind != "percent" or not quantity.exact or quantity.role or not about_answers:
        return None
    if any(agrees(quantity, cell) for cell in tables.figures.cells):
        return None
    if not any(cell.unit == "percent" for cell in tables.figures.cells):
        return None
    message = say("not_in_table", statement.lexicon.code, words=quantity.text)
    return fault(
        statement, "not_in_table", "warning", None, message, "", (quantity.start, quantity.end)
    )


def _everyone(statement: Statement, tables: Tables) -> Iterator[Fault]:
    """ "All companies" and "no company" where the cell says otherwise."""
    language = statement.lexicon.code
    for field, whole in (("all_people", 100.0), ("no_people", 0.0)):
        for match in statement.lexicon.compiled[field].finditer(statement.text):
            clause = statement.clause_of(match.start())
            denied = statement.lexicon.has("negation", statement.text[match.end() :])
            if not statement.has("attribution") or denied:
                continue
            topics = _after(statement, match.end(), clause)
            cells = [
                cell
                for topic in topics
                for cell in _of_waves(statement, tables, topic)
                if as_percent(cell) is not None
            ]
            cells = [cell for cell in cells if cell.unit == "percent"] or cells
            shares = [(cell, as_percent(cell)) for cell in cells]
            if not cells or any(
                s is not None and abs(s[0] - whole) <= s[1] + 1e-9 for _, s in shares
            ):
                continue
            if any(cell.base for cell in cells):
                continue
            near = [
                c for c, s in shares if s is not None and abs(s[0] - whole) < 50 + 50 * (whole == 0)
            ]
            cell = (near or cells)[0]
            topic = Topic(cell.initiative, cell.table, cell.item, cell.category)
            share = as_percent(cell)
            message = say(
                "quantity_word", language, words=match[0],
                cell=shown(cell, language, tables.name(topic)),
            )  # fmt: skip
            suggestion = percent(share[0], language, 0) if share else ""
            yield fault(
                statement, "quantity_word", "error", cell, message, suggestion, match.span()
            )


def _after(statement: Statement, at: int, clause: tuple[int, int]) -> tuple[Topic, ...]:
    """The topics named after a word, at whatever distance within the sentence."""
    following = [m for m in statement.mentions if m.end > at]
    inside = [m for m in following if m.start < clause[1]]
    return tuple(t for m in inside[:1] or following[:1] for t in m.topics)


def _of_waves(statement: Statement, tables: Tables, topic: Topic) -> list[TableCell]:
    row = tables.figures.row(topic)
    named = [w for mention in statement.waves for w in mention.waves]
    inside = [row[w] for w in named if w in row]
    return inside or (list(row.values())[-1:] if not named else [])


def _rates(statement: Statement) -> Iterator[Fault]:
    """ "27 of 93, a response rate of 29 percent": the two told in one sentence must agree."""
    counted = [q for q in statement.quantities if q.kind == "of" and q.out_of]
    told = [q for q in statement.quantities if q.kind == "percent" and q.exact and not q.role]
    if len(counted) != 1 or len(told) != 1 or len(statement.mentions) > 2:
        return
    share = 100 * counted[0].value / (counted[0].out_of or 1)
    if abs(told[0].start - counted[0].end) > _NEAR or _truncated(share, told[0]):
        return
    if abs(share - told[0].value) < _FAR and not told[0].allows(share):
        language = statement.lexicon.code
        message = say(
            "rate",
            language,
            words=told[0].text,
            of=counted[0].text,
            share=percent(share, language, told[0].decimals),
        )
        yield fault(
            statement,
            "wrong_figure",
            "error",
            None,
            message,
            percent(share, language, told[0].decimals),
            (told[0].start, told[0].end),
        )


_LONG_NOUN, _TIMES = 10, 4
_NEAR, _FAR, _NEXT = 60, 20.0, 14


def _truncated(share: float, told: Quantity) -> bool:
    return told.value <= share < told.value + 10.0**-told.decimals
