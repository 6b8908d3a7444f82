"""Find in the index: by the name's beginning, by beginnings of words, then inside words.

Each step is one statement over all kinds, each kind with a limit of its own, and the next step is
taken only for the kinds that the steps before have not filled. So a word that a million names
hold costs no more than a rare one: its first step fills the page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise

from klustermotor.core.models import User
from klustermotor.core.search.registry import Hit, Searched, Seen, searched, stored_key
from klustermotor.core.search.words import SHORTEST_INSIDE, Question

PER_KIND = 10
CANDIDATES = 200
"""Entries that are ranked, of those that a step finds."""
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Group:
    """The hits of one kind, best first; `more` when there are others."""

    kind: str
    label: str | Promise
    hits: Sequence[Hit]
    more: bool


@dataclass(frozen=True)
class Found:
    """One entry that answers, and how well."""

    key: str
    title: str
    rank: int


@dataclass(frozen=True)
class _Asked:
    """A kind that the user may see something of."""

    kind: Searched
    seen: Seen


Branch = tuple[str, list[object]]
Step = Callable[[Question, _Asked, int], Branch]


def search(text: str, user: User, *, kind: str = "", limit: int = PER_KIND) -> list[Group]:
    """The hits for ``text`` that ``user`` may see, at most ``limit`` of each kind.

    Groups come in the order of their best hit, weighed by kind; ``kind`` asks for one alone.
    """
    question = Question.of(text)
    if not question.words:
        return []
    asked = [
        _Asked(one, seen)
        for one in searched()
        if kind in ("", one.kind) and not (seen := one.seen_by(user)).nothing
    ]
    found = _found(question, asked, limit)
    groups = []
    for one in asked:
        best = found[one.kind.kind][: limit + 1]
        if best and (group := _group(one.kind, best, question, user, limit)):
            groups.append((-best[0].rank * one.kind.weight, one.kind.order, group))
    return [group for _, _, group in sorted(groups, key=lambda row: row[:2])]


def _group(
    kind: Searched, best: Sequence[Found], question: Question, user: User, limit: int
) -> Group | None:
    told = kind.hits([one.key for one in best[:limit]], question, user)
    shown = {stored_key(key): hit for key, hit in told.items()}
    hits = [shown[one.key] for one in best[:limit] if one.key in shown]
    return Group(kind.kind, kind.label, hits, len(best) > limit) if hits else None


def _found(question: Question, asked: Sequence[_Asked], limit: int) -> dict[str, list[Found]]:
    found: dict[str, dict[str, Found]] = {one.kind.kind: {} for one in asked}
    for step, many in ((_by_title, limit + 1), (_by_words, CANDIDATES), (_inside, CANDIDATES)):
        open_kinds = [one for one in asked if len(found[one.kind.kind]) <= limit]
        if not open_kinds or (step is _inside and not _long_words(question)):
            break
        branches = [step(question, one, max(many, limit + 1)) for one in open_kinds]
        for kind, key, title, text in _rows(branches):
            found[kind].setdefault(key, Found(key, title, question.rank(title, text)))
    return {
        kind: sorted(rows.values(), key=lambda row: (-row.rank, len(row.title), row.title, row.key))
        for kind, rows in found.items()
    }


def _rows(branches: Iterable[Branch]) -> list[tuple[str, str, str, str]]:
    statements, values = zip(*branches, strict=True)
    statement = " UNION ALL ".join(f"SELECT * FROM ({one}) AS part" for one in statements)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for some in values for value in some])
        return cursor.fetchall()


def _long_words(question: Question) -> list[str]:
    return [word for word in question.words if len(word) >= SHORTEST_INSIDE]


def _by_title(question: Question, asked: _Asked, many: int) -> Branch:
    title = "e.title" if connection.vendor == "sqlite" else 'e.title COLLATE "C"'
    scoped, scopes = _scoped(asked)
    return (
        "SELECT e.kind, e.key, e.title, e.text FROM core_searchentry e "
        f"WHERE e.kind = %s AND {title} >= %s AND {title} < %s{scoped} "
        f"ORDER BY {title} LIMIT %s",
        [asked.kind.kind, question.text, question.text + LAST, *scopes, many],
    )


def _by_words(question: Question, asked: _Asked, many: int) -> Branch:
    """Entries in which each word asked for begins a word."""
    if connection.vendor == "sqlite":
        words = " AND ".join(f'"{word}"*' for word in question.words)
        wanted = f'kind : "{asked.kind.kind}" AND text : ({words})'
        return _matched("core_search_words", wanted, [], asked, many)
    return _filtered(
        ["to_tsvector('simple', e.text) @@ to_tsquery('simple', %s)"],
        [" & ".join(f"'{word}':*" for word in question.words)],
        asked,
        many,
    )


def _inside(question: Question, asked: _Asked, many: int) -> Branch:
    """Entries that hold each word, also inside another; short ones at the beginning of a word."""
    long = _long_words(question)
    short = [word for word in question.words if word not in long]
    if connection.vendor == "sqlite":
        words = " AND ".join(f'"{word}"' for word in long)
        wanted = f'kind : "{asked.kind.code}" AND text : ({words})'
        return _matched("core_search_inside", wanted, short, asked, many)
    conditions = ["e.text LIKE %s"] * len(long) + ["' ' || e.text LIKE %s"] * len(short)
    values = [f"%{word}%" for word in long] + [f"% {word}%" for word in short]
    return _filtered(conditions, values, asked, many)


def _matched(
    table: str, wanted: str, beginnings: Sequence[str], asked: _Asked, many: int
) -> Branch:
    """FTS5 gives row by row, so that the limit ends it early; the entry is looked up by its id."""
    begins = " AND instr(' ' || e.text, %s) > 0" * len(beginnings)
    scoped, scopes = _scoped(asked)
    return (
        f"SELECT e.kind, e.key, e.title, e.text FROM {table} CROSS JOIN core_searchentry e "
        f"ON e.id = {table}.rowid WHERE {table} MATCH %s{begins}{scoped} LIMIT %s",
        [wanted, *(f" {word}" for word in beginnings), *scopes, many],
    )


def _filtered(
    conditions: Sequence[str], values: Sequence[object], asked: _Asked, many: int
) -> Branch:
    scoped, scopes = _scoped(asked)
    return (
        "SELECT e.kind, e.key, e.title, e.text FROM core_searchentry e "
        f"WHERE e.kind = %s AND {' AND '.join(conditions)}{scoped} LIMIT %s",
        [asked.kind.kind, *values, *scopes, many],
    )


def _scoped(asked: _Asked) -> Branch:
    """Only what the user may see is found at all."""
    statement, values = "", []
    if asked.seen.scopes is not None:
        values = sorted(asked.seen.scopes)
        statement = f" AND e.scope IN ({_marks(values)})"
    if hidden := sorted(stored_key(key) for key in asked.seen.but):
        statement += f" AND e.key NOT IN ({_marks(hidden)})"
        values += hidden
    return statement, list(values)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
