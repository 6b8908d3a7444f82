"""Narrow a list by what somebody writes: the same index, the same words as the search box.

    found = matching("organisation", "lokal")
    rows = rows.filter(found.condition)

A list has an order and filters of its own, so all that answers counts, not only the best. Where
few rows answer they are looked up by their keys; where many do, the list is read in its own order
and each row is asked whether it answers, which a page's worth of them soon does.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from klustermotor.core.search.registry import kind_named
from klustermotor.core.search.words import SHORTEST_INSIDE, Question

FEW = 20_000


@dataclass(frozen=True)
class Matching:
    """What a list is narrowed by; `many` when more rows answer than a list counts one by one."""

    condition: Q
    many: bool


def matching(kind_name: str, text: str) -> Matching:
    """The rows of a kind that hold every word; without words all of them."""
    kind = kind_named(kind_name)
    question = Question.of(text)
    if kind is None or not question.words:
        return Matching(Q(), many=False)
    statement, values = _answering(question, kind.kind, kind.code)
    counted = f"SELECT count(*) FROM (SELECT 1 {statement} LIMIT %s) AS answering"
    with connection.cursor() as cursor:
        cursor.execute(counted, [*values, FEW])
        many = cursor.fetchone()[0] >= FEW
    if not many:
        key = "e.key" if connection.vendor == "sqlite" else "e.key::uuid"
        return Matching(Q(pk__in=RawSQL(f"SELECT {key} {statement}", values)), many=False)
    table = kind.model._meta.db_table
    own = f"{table}.id"
    if connection.vendor == "postgresql":
        own = f"replace({own}::text, '-', '')"
    words, parts = _in_text(question)
    exists = (
        f"EXISTS (SELECT 1 FROM core_searchentry e WHERE e.kind = %s AND e.key = {own} AND {words})"
    )
    return Matching(Q(RawSQL(exists, [kind.kind, *parts], BooleanField())), many=True)


def _answering(question: Question, kind: str, code: str) -> tuple[str, list[object]]:
    """FROM and WHERE of the entries that answer, through the index."""
    long = [word for word in question.words if len(word) >= SHORTEST_INSIDE]
    if connection.vendor == "sqlite":
        table = "core_search_inside" if long else "core_search_words"
        asked = " AND ".join(
            f'"{word}"' if long else f'"{word}"*' for word in long or question.words
        )
        wanted = f'kind : "{code if long else kind}" AND text : ({asked})'
        begins = [word for word in question.words if long and word not in long]
        rest = " AND instr(' ' || e.text, %s) > 0" * len(begins)
        return (
            f"FROM {table} CROSS JOIN core_searchentry e ON e.id = {table}.rowid "
            f"WHERE {table} MATCH %s{rest}",
            [wanted, *(f" {word}" for word in begins)],
        )
    if long:
        words, values = _in_text(question)
        return f"FROM core_searchentry e WHERE e.kind = %s AND {words}", [kind, *values]
    return (
        "FROM core_searchentry e WHERE e.kind = %s "
        "AND to_tsvector('simple', e.text) @@ to_tsquery('simple', %s)",
        [kind, " & ".join(f"'{word}':*" for word in question.words)],
    )


def _in_text(question: Question) -> tuple[str, list[str]]:
    """Each word in the entry's text, the short ones where a word begins."""
    parts, values = [], []
    for word in question.words:
        if len(word) >= SHORTEST_INSIDE:
            parts.append("e.text LIKE %s")
            values.append(f"%{word}%")
        else:
            parts.append("' ' || e.text LIKE %s")
            values.append(f"% {word}%")
    return " AND ".join(parts), values
