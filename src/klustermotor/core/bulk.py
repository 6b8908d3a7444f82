"""Rows by the hundred thousand: written as they are, with their history, in bounded memory.

`bulk_create` of Django makes an object of each row; a national register of a million organisations
does not have the time. Here values come as the database takes them: ids as 32 hexadecimal digits,
dates as ISO text, JSON as text.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from klustermotor.core.history import current_act

SQLITE_CACHE_KIB = 192 * 1024
MOST_IN = 900
"""Values in one ``IN (…)``."""

Value = str | int | float | bool | None


def insert(
    model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Value]]
) -> None:
    """Write rows whose values stand in the order of `fields` (as ``name``, ``parent_id``)."""
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def record_created(model: type[models.Model], first: str, last: str, *, at: datetime) -> int:
    """Give all rows with ids from `first` to `last` their line of history, as the current act."""
    return _record(model, "+", "BETWEEN %s AND %s", [first, last], at)


def record_changed(model: type[models.Model], ids: Sequence[str], *, at: datetime) -> None:
    """Give rows that were changed past Django their line of history, as the current act."""
    for start in range(0, len(ids), MOST_IN):
        part = list(ids[start : start + MOST_IN])
        _record(model, "~", f"IN ({', '.join(['%s'] * len(part))})", part, at)


def _record(model: Any, what: str, where: str, values: list[str], at: datetime) -> int:
    history = model.history.model
    quote = connection.ops.quote_name
    ours = {field.attname for field in model._meta.concrete_fields}
    kept = [f.column for f in history._meta.concrete_fields if f.attname in ours]
    act = current_act()
    extra = {
        "history_date": as_stored(at),
        "history_type": what,
        "history_change_reason": act.action if act else None,
        "history_user_id": act.user.pk if act and act.user else None,
    }
    columns = ", ".join(quote(name) for name in (*kept, *extra))
    selected = ", ".join([*(quote(name) for name in kept), *(["%s"] * len(extra))])
    if connection.vendor == "postgresql":
        selected = ", ".join(
            [
                *(quote(name) for name in kept),
                "%s::timestamptz",
                "%s::varchar",
                "%s::varchar",
                f"%s::{_type_of_user(history)}",
            ]
        )
    sql = (
        f"INSERT INTO {quote(history._meta.db_table)} ({columns}) SELECT {selected} "
        f"FROM {quote(model._meta.db_table)} WHERE {quote(model._meta.pk.column)} {where}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*extra.values(), *values])
        return int(cursor.rowcount)


def _type_of_user(history: Any) -> str:
    field = history._meta.get_field("history_user")
    return str(field.target_field.rel_db_type(connection))


def as_stored(moment: datetime) -> str:
    """A moment as both databases take it in text."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return text if connection.vendor == "sqlite" else f"{text}+00:00"


def _column(model: type[models.Model], name: str) -> str:
    for field in model._meta.concrete_fields:
        if name in (field.attname, field.name):
            return field.column
    raise LookupError(f"{model.__name__} has no field {name!r}.")


@contextmanager
def many_writes() -> Iterator[None]:
    """One transaction for many rows; SQLite gets room for its indexes while it lasts."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{SQLITE_CACHE_KIB}")
    try:
        with transaction.atomic():
            yield
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size=-2000")
